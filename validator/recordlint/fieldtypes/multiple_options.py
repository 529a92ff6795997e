"""Dropdown (Multiple): option keys to add and to remove, or an array of them on create (documented)."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, clean_part, field_type
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes import Hides
from recordlint.fieldtypes._halves import ADD, REMOVE, delta_overlaps, in_each_array
from recordlint.wording.phrases import as_json

if TYPE_CHECKING:
    from recordlint.fieldtypes._cells import CellReader, Reading
    from recordlint.problems.problem import Problem


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/multiple_options.json`, and the field's own keys."""
    return {"allOf": [field_type("multiple_options", operation.name), _own_keys(field, operation)]}


def clean(field: Field, operation: Operation) -> Schema:
    """The same, and not a no-op."""
    return {"allOf": [field_type("multiple_options", clean_part(operation)), _own_keys(field, operation)]}


def hides(field: Field) -> Hides:
    """Whether a clean delta adds and removes one key."""
    return delta_overlaps


def example(field: Field, operation: Operation) -> Any:
    """The keys of the first options: on update, one to add and one to remove."""
    keys = [option.key for option in field.options[:2]]
    if operation.multi_value == "array":
        return keys
    return {ADD: keys[:1], REMOVE: keys[1:]} if len(keys) > 1 else {ADD: keys}


def is_item(field: Field, text: str) -> bool:
    """Whether a text is an option's key, or can only mean one."""
    from recordlint.fieldtypes._options import named_option

    return named_option(field, text) is not None


def cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Keys, and labels as keys, as many as a cell has."""
    from recordlint.fieldtypes._list_cells import list_cells
    from recordlint.fieldtypes._option_cells import option_reader

    item, is_value = option_reader(field, reading), partial(is_item, field)
    return list_cells(title(field), target.operation, reading, item, is_value)


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._deltas import delta_problems
    from recordlint.fieldtypes._options import listed_options, option_inside, option_problem, split_list, ticked_options
    from recordlint.rules.notes import LABEL_IGNORED

    @cache
    def texts(half: str) -> Set[str]:
        array = value.get(half) if isinstance(value, dict) else value
        return {item for item in array if isinstance(item, str)} if isinstance(array, list) else set()

    def items(item: object, half: str, *, brief: bool = False) -> Iterator[Problem]:
        keys = split_list(field, item) if isinstance(item, str) else None
        if keys:
            yield listed_options(field, keys, texts(half), target)
            return
        note = LABEL_IGNORED if half == ADD and field.data_type == "MULTIPLE_OPTIONS" else ""
        problem = option_problem(field, item, target, label_note=note, brief=brief)
        if problem:
            yield problem

    yield from delta_problems(
        title(field),
        value,
        target.operation,
        items,
        split=partial(split_list, field),
        unwrap=partial(ticked_options, field),
        meant=partial(option_inside, field),
        example=as_json(field.options[0].key),
    )


def _own_keys(field: Field, operation: Operation) -> Schema:
    return in_each_array({"items": {"enum": [option.key for option in field.options]}}, operation)
