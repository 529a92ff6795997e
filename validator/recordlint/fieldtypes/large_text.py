"""Multi Line: a string (documented) of at most 12,000 characters (observed)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type, read_spec
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target

if TYPE_CHECKING:
    from recordlint.fieldtypes._cells import CellReader, Reading
    from recordlint.problems.problem import Problem

FILE: Final = "field-types/large_text.json"


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/large_text.json`."""
    return field_type("large_text")


def clean(field: Field, operation: Operation) -> Schema:
    """Short enough for the limit that was observed, and no placeholder that was never filled in."""
    return field_type("large_text", "clean")


def cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Texts as they are, and whole numbers as digits."""
    from recordlint.fieldtypes._text_cells import text_cells

    return text_cells(field, target, reading)


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._texts import not_a_string
    from recordlint.problems.problem import Problem
    from recordlint.rules.notes import TEXT_REFUSED

    if not isinstance(value, str):
        yield not_a_string(field, value)
        return
    limit: int = read_spec(FILE)["$defs"]["clean"]["maxLength"]
    excess = len(value) - limit
    if excess > 0:
        yield Problem(
            "text-too-long",
            f"{title(field)} has {len(value):,} characters, and the service has refused more than {limit:,}",
            f"remove at least {excess:,} {'character' if excess == 1 else 'characters'}",
            severity="warning",
            note=TEXT_REFUSED,
        )
