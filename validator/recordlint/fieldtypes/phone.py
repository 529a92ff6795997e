"""Phone: an E.164 number without a national trunk 0 (documented)."""

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
    """The contract: `spec/field-types/phone.json`."""
    return field_type("phone")


def clean(field: Field, operation: Operation) -> Schema:
    """Only numbers that are possible in their country, as phonenumbers writes them."""
    return field_type("phone", "clean")


def usual(field: Field, operation: Operation) -> Schema:
    """Numbers of a usual length, in countries where phonenumbers writes back all of them as they are."""
    return field_type("phone", "usual")


def cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Numbers in E.164, and what can only mean one."""
    from recordlint.fieldtypes._text_cells import phone_cells

    return phone_cells(field, target, reading)


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._phone_problems import phone_problems

    return phone_problems(field, value, target.phone_region)
