"""Textbox List: one string per label, each a property of its own (documented)."""

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
    """The contract: `spec/field-types/textbox_list.json`."""
    return field_type("textbox_list")


def clean(field: Field, operation: Operation) -> Schema:
    """No placeholder that was never filled in."""
    return field_type("textbox_list", "clean")


def usual(field: Field, operation: Operation) -> Schema:
    """As a single line."""
    return field_type("text", "usual")


def cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Texts as they are, and whole numbers as digits."""
    from recordlint.fieldtypes._text_cells import text_cells

    return text_cells(field, target, reading)


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._texts import not_a_string

    if not isinstance(value, str):
        yield not_a_string(field, value)
