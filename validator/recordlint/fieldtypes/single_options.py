"""Dropdown (Single): the key of one option, never its label (documented)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type
from recordlint.definitions.model import Field
from recordlint.definitions.target import Target

if TYPE_CHECKING:
    from recordlint.fieldtypes._cells import CellReader, Reading
    from recordlint.problems.problem import Problem


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/single_options.json`, and the field's own keys."""
    keys: list[str | None] = [option.key for option in field.options]
    return {"allOf": [field_type("single_options"), {"enum": [*keys, None]}]}


def example(field: Field, operation: Operation) -> str:
    """The key of the first option."""
    return field.options[0].key


def cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Keys, and labels as keys."""
    from recordlint.fieldtypes._option_cells import option_cells

    return option_cells(field, target, reading)


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._options import one_option_problem

    problem = one_option_problem(field, value, target)
    if problem:
        yield problem
