"""Dropdown (Single): the key of one option, never its label (documented)."""

from __future__ import annotations

from collections.abc import Iterator

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type
from recordlint.definitions.model import Field
from recordlint.definitions.target import Target
from recordlint.violations import Problem


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/single_options.json`, and the field's own keys."""
    keys: list[str | None] = [option.key for option in field.options]
    return {"allOf": [field_type("single_options"), {"enum": [*keys, None]}]}


def example(field: Field, operation: Operation) -> str:
    """The key of the first option."""
    return field.options[0].key


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._options import one_option_problem

    problem = one_option_problem(field, value, target)
    if problem:
        yield problem
