"""Cells of fields that take texts, and of phone numbers, which a spreadsheet stores as numbers."""

from __future__ import annotations

from functools import cache
from typing import Final

from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._cells import (
    AS_TEXT_HINT,
    ERROR_MARKS,
    CellReader,
    Noted,
    Reading,
    Remembering,
    decimal_text,
    digits_lost,
    digits_of,
    exponent,
    formula_error,
    json_value,
    safely_fixed,
    with_region,
)
from recordlint.problems.problem import Problem

PLUS_HINT: Final = "check the number, and format the column as text in the spreadsheet"


def text_cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Texts as they are. A whole number is its digits; any other value is written as text, with a warning."""

    def read(cell: object) -> object:
        if type(cell) is str:
            if "E+" in cell or cell.startswith(ERROR_MARKS):
                return (
                    formula_error(title(field), cell, is_text=True)
                    or exponent(title(field), cell, is_number=True)
                    or cell
                )
            return cell
        return _as_text(field, cell, reading)

    return read


def _as_text(field: Field, cell: object, reading: Reading) -> object:
    digits = digits_of(cell)
    if digits is not None:
        problems = digits_lost(title(field), cell, reading, is_text=True)
        return Noted(digits, problems) if problems else digits
    value = decimal_text(cell) or json_value(cell)
    if isinstance(value, list | dict):
        return value
    if isinstance(value, bool):
        value = "TRUE" if value else "FALSE"
    return Noted(str(value), (_written_as_text(title(field)),))


@cache
def _written_as_text(what: str) -> Problem:
    message = f"{what} takes a text, and the cell holds a number, a date or a boolean, which may show another text"
    return Problem("cell-as-text", message, AS_TEXT_HINT, severity="warning")


def phone_cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Numbers as `--fix` writes them. Of a number that a spreadsheet made of one, zeros and + may be lost."""
    from recordlint.fieldtypes._phone_numbers import is_e164

    target = with_region(target, reading)

    def read(cell: object) -> object:
        if isinstance(cell, str):
            if is_e164(cell):
                return cell
            return (
                formula_error(title(field), cell, is_text=False)
                or exponent(title(field), cell, is_number=False)
                or safely_fixed(field, cell, target)
            )
        digits = digits_of(cell)
        if digits is None:
            return json_value(cell)
        number = safely_fixed(field, digits, target)
        return digits if number == digits else Noted(number, (_stored_as_number(title(field)),))

    return Remembering(read)


@cache
def _stored_as_number(what: str) -> Problem:
    message = f"{what} is stored as a number in the table, so + or zeros before it may be lost"
    return Problem("digits-lost", message, PLUS_HINT, severity="warning")
