"""Date Picker: a day of the Gregorian calendar, YYYY-MM-DD (documented)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type
from recordlint.definitions.model import Field
from recordlint.definitions.target import Target

if TYPE_CHECKING:
    from recordlint.fieldtypes._cells import CellReader, Reading
    from recordlint.problems.problem import Problem

ASKS: Final = True
"""A table has to declare how some cells are read."""


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/date.json`."""
    return field_type("date")


def usual(field: Field, operation: Operation) -> Schema:
    """Days of this century and the last that every month has."""
    return field_type("date", "usual")


def cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Days, by the order or the format that the column declares."""
    from recordlint.fieldtypes._date_cells import date_cells

    return date_cells(field, target, reading)


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._date_problems import date_problems

    return date_problems(field, value)
