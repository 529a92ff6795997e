"""Number: a finite double, no boolean, no numeric string (documented)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target

if TYPE_CHECKING:
    from recordlint.fieldtypes._cells import CellReader, Reading
    from recordlint.problems.problem import Problem

ASKS: Final = True
"""A table has to declare how some cells are read."""


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/numerical.json`."""
    return field_type("numerical")


def clean(field: Field, operation: Operation) -> Schema:
    """The same, asked in another way, which takes less time."""
    return field_type("numerical", "clean")


def cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Numbers, by the marks that the column declares."""
    from recordlint.fieldtypes._number_cells import number_cells

    return number_cells(field, target, reading)


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._numbers import not_a_number

    problem = not_a_number(title(field), value)
    if problem:
        yield problem
