"""Dropdown (Multiple): option keys to add and to remove, or an array of them on create (documented)."""

from __future__ import annotations

from collections.abc import Iterator

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, clean_part, field_type
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._deltas import ADD, delta_problems, in_each_array
from recordlint.fieldtypes._options import option_problem
from recordlint.rules.notes import LABEL_IGNORED
from recordlint.violations import Problem


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/multiple_options.json`, and the field's own keys."""
    return {"allOf": [field_type("multiple_options", operation.name), _own_keys(field, operation)]}


def clean(field: Field, operation: Operation) -> Schema:
    """The same, and not a no-op."""
    return {"allOf": [field_type("multiple_options", clean_part(operation)), _own_keys(field, operation)]}


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""

    def items(item: object) -> Iterator[Problem]:
        problem = option_problem(field, item, target)
        if problem:
            yield problem

    for each in delta_problems(title(field), value, target.operation, items):
        is_ignored = each.rule == "option-label" and each.path[:1] == (ADD,) and field.data_type == "MULTIPLE_OPTIONS"
        yield each._replace(note=LABEL_IGNORED) if is_ignored else each


def _own_keys(field: Field, operation: Operation) -> Schema:
    return in_each_array({"items": {"enum": [option.key for option in field.options]}}, operation)
