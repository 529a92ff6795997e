"""Cells of dates: ISO dates, what `--fix` makes one, days of a spreadsheet, and others by the declared order."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from typing import Final

from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._cells import (
    CellReader,
    DateOrder,
    Noted,
    Reading,
    Remembering,
    digits_of,
    formula_error,
    json_value,
    safely_fixed,
)
from recordlint.fieldtypes._date_problems import is_day
from recordlint.fieldtypes._days import LONGEST
from recordlint.problems.problem import Problem
from recordlint.wording.phrases import as_json, either

_DIGITS: Final = len("20240711")
_ORDERED: Final = re.compile(r"([0-9]{1,2})([/. -])([0-9]{1,2})\2([0-9]{4})").fullmatch
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([/. -])([0-9]{1,2})\2([0-9]{1,2})").fullmatch
_TWO_DIGITS: Final = re.compile(r"[0-9]{1,2}([/. -])[0-9]{1,2}\1[0-9]{2}").fullmatch
ORDERS: Final[tuple[DateOrder, ...]] = ("dmy", "mdy")


def date_cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Dates, by the order or the format that is declared."""
    by_order = _by_format(reading.date_format) if reading.date_format else _by_order(reading.date_order)

    def read(cell: object) -> object:
        if not isinstance(cell, str):
            digits = digits_of(cell)
            if digits is None or len(digits) != _DIGITS:
                return _stored_day(cell)
            cell = digits  # As CSV has it: no program numbers days with so many.
        if is_day(cell):
            return cell
        day = by_order(cell) if len(cell) <= LONGEST else None
        if day is not None:
            return day
        return (
            formula_error(title(field), cell, is_text=False)
            or (None if reading.date_order or reading.date_format else ambiguous(field, cell))
            or safely_fixed(field, cell, target)
        )

    return Remembering(read)


def _stored_day(cell: object) -> object:
    """The day of a spreadsheet's cell. At another time than midnight, or in a zone, it may be another day."""
    if isinstance(cell, datetime):
        is_midnight = cell.time() == time() and cell.tzinfo is None
        return cell.date().isoformat() if is_midnight else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else json_value(cell)


def _by_order(order: DateOrder | None) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        if order == "ymd":
            match = _YEAR_FIRST(text.strip())
            return _day(match[1], match[3], match[4]) if match else None
        match = _ORDERED(text.strip()) if order else None
        return in_order(match, order) if match and order else None

    return read


def in_order(match: re.Match[str], order: DateOrder) -> str | None:
    """The day of two numbers and a year; None where there is no such day."""
    first, second = match[1], match[3]
    return _day(match[4], second, first) if order == "dmy" else _day(match[4], first, second)


def _day(year: str, month: str, day: str) -> str | None:
    text = f"{year}-{int(month):02}-{int(day):02}"
    return text if is_day(text) else None


def _by_format(form: str) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        try:
            moment = datetime.strptime(text.strip(), form)
        except ValueError:
            return None
        # At another time, or in a zone, it may be another day elsewhere.
        return moment.date().isoformat() if moment.time() == time() and moment.tzinfo is None else None

    return read


def orders_of(text: str) -> tuple[DateOrder, ...]:
    """The orders of day and month in which a text is a day; none where its year does not stand last.

    Example:
        >>> orders_of("31/12/2024"), orders_of("01.02.2024"), orders_of("2024-02-01")
        (('dmy',), ('dmy', 'mdy'), ())
    """
    match = _ORDERED(text.strip()) if len(text) <= LONGEST else None
    if match is None:
        return ()
    return tuple([order for order in ORDERS if in_order(match, order) is not None])


def ambiguous(field: Field, text: str) -> Noted | None:
    """The question of a date whose order or century its column does not declare."""
    orders = orders_of(text)
    if orders:
        return Noted(text, (_ambiguous(title(field), orders),))
    match = _TWO_DIGITS(text.strip())
    mark = match[1] if match else ""
    forms = [form for form in (f"%d{mark}%m{mark}%y", f"%m{mark}%d{mark}%y") if mark and _by_format(form)(text)]
    return Noted(text, (_century(title(field), tuple(forms)),)) if forms else None


@cache
def _ambiguous(what: str, orders: tuple[DateOrder, ...]) -> Problem:
    """One value for all such cells of a column."""
    return Problem(
        "ambiguous-date",
        f"{what} has a date with the year last, and the table does not declare the order of day and month",
        f"set date-order = {either(map(as_json, orders))} for this column",
    )


@cache
def _century(what: str, forms: tuple[str, ...]) -> Problem:
    return Problem(
        "ambiguous-date",
        f"{what} has a date without the century",
        f"set date-format = {either(map(as_json, forms))} for this column, if 68 is 2068 and 69 is 1969 in it",
    )
