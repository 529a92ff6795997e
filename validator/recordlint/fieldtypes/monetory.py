"""Monetary: an amount in the location's own currency, the only one that is supported (documented)."""

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
    """The contract: `spec/field-types/monetory.json`."""
    return field_type("monetory")


def clean(field: Field, operation: Operation) -> Schema:
    """The same, asked in another way, which takes less time."""
    return field_type("monetory", "clean")


def cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Amounts, by the marks and the currency that the column declares."""
    from recordlint.fieldtypes._amount_problems import own_currency
    from recordlint.fieldtypes._number_cells import amount_cells

    return amount_cells(field, target, reading, own_currency())


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._amount_problems import amount_problems

    return amount_problems(field, value)
