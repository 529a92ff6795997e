"""Cells of numbers and amounts: JSON's numbers, and others by the marks that their column declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._cells import (
    EXACT,
    CellReader,
    Noted,
    Reading,
    Remembering,
    digits_lost,
    exponent,
    formula_error,
    is_number,
    json_value,
)
from recordlint.fieldtypes._numbers import CURRENCY_SIGN, readings_of
from recordlint.fieldtypes._patterns import whole, within
from recordlint.problems.problem import Problem
from recordlint.wording.phrases import as_json, either

SPACES: Final = " \u00a0\u2009\u202f"
APOSTROPHES: Final = "'’"
MARKS: Final = (".", ",", " ", "'", "_")
"""What may stand between thousands."""
DECIMAL_MARKS: Final = (".", ",")
LONGEST: Final = 60
_MARKED: Final = r"[0-9][,'’ \u00a0\u2009\u202f_][0-9]"
_MARK: Final = "[.,'’ \u00a0\u2009\u202f_]"
_PERHAPS_THOUSANDS: Final = r"-?[1-9][0-9]{0,2}\.[0-9]{3}"
_INFINITE: Final = float("inf")
Pair = tuple[str | None, str | None]
"""The mark for decimals, and the one between thousands."""
Marks = tuple[Pair, ...]
_OTHER_DIGITS: Final = 16
"""A text of fewer characters has no more digits than a double keeps."""


def number_cells(field: Field, target: Target, reading: Reading) -> CellReader:
    """Numbers, by the marks that are declared."""
    return Remembering(_reader(field, reading, lambda number: number))


def amount_cells(field: Field, target: Target, reading: Reading, currency: str) -> CellReader:
    """Amounts, by the marks and the currency that are declared: objects with `currency` and the number."""
    return Remembering(_reader(field, reading, lambda number: {"currency": currency, "value": number}))


def _reader(field: Field, reading: Reading, wrap: Callable[[int | float], object]) -> CellReader:
    to_number = parser(reading)

    def read(cell: object) -> object:
        if isinstance(cell, str):
            # Most are whole numbers of a few digits, whatever is declared.
            if len(cell) < _OTHER_DIGITS and cell.isdigit() and cell.isascii() and (cell[0] != "0" or cell == "0"):
                return wrap(int(cell))
            text = to_number(cell)
            if text is None:
                return formula_error(title(field), cell, is_text=False) or _unread(field, cell, reading)
            number, is_whole = from_json(text)
            noted = exponent(title(field), cell, is_number=True) if "E+" in cell else None
            problems = noted.problems if noted else () if is_whole else (_too_long(title(field)),)
        elif is_number(cell):
            value = json_value(cell)
            if not isinstance(value, int | float):
                return value
            number, problems = plain(value), digits_lost(title(field), cell, reading)
            if not problems and _is_rounded(cell, number):
                problems = (_too_long(title(field)),)
        else:
            return json_value(cell)
        return Noted(wrap(number), problems) if problems else wrap(number)

    return read


def _is_rounded(cell: object, number: float) -> bool:
    """Whether a decimal has more digits than the number that is written for it."""
    if type(cell) is int or type(cell) is float:
        return False
    from decimal import Decimal

    return isinstance(cell, Decimal) and Decimal(repr(number)) != cell


def plain(number: int | float) -> int | float:
    """The number without a fraction that is zero, as far as doubles are exact."""
    if isinstance(number, float) and abs(number) < EXACT and number == int(number) and (number or str(number) == "0.0"):
        return int(number)
    return number


def from_json(text: str) -> tuple[int | float, bool]:
    """The number of a JSON number's text, and whether it keeps all digits."""
    if len(text) < _OTHER_DIGITS:
        return (int(text) if text.lstrip("-").isdigit() and text != "-0" else float(text)), True
    if text.lstrip("-").isdigit():
        return int(text), True
    number = float(text)
    from decimal import Decimal

    return number, Decimal(text) == Decimal(repr(number))


@cache
def _too_long(what: str) -> Problem:
    message = f"{what} has a number with more digits than JSON programs keep"
    return Problem("digits-lost", message, "round the number in the table", severity="warning")


def parser(reading: Reading) -> Callable[[str], str | None]:
    """A function from a cell to the JSON number that it is by what is declared, as text; None where it is none.

    Without declared marks, those texts are numbers that `--fix` makes numbers.

    Example:
        >>> parser(Reading(decimal_mark=",", thousands_mark="."))("-1.250,00")
        '-1250.00'
        >>> parser(Reading())("1.250") is None
        True
    """
    if reading.decimal_mark is None and reading.thousands_mark is None:
        return _without_currency(_json_number, reading.currency)
    decimal = reading.decimal_mark or {",": ".", ".": ","}.get(reading.thousands_mark or "")
    return _without_currency(_by_marks(decimal, reading.thousands_mark), reading.currency)


def _json_number(text: str) -> str | None:
    readings = readings_of(text)
    return text if len(readings) == 1 and readings[0] == text else None


def _without_currency(parse: Callable[[str], str | None], currency: str | None) -> Callable[[str], str | None]:
    """The same for texts with a currency's sign before or after the number."""
    if not currency:
        return parse
    sign = re.escape(currency)
    pattern = re.compile(rf"\s*([-−]?)(?:\s*{sign}\s*(?P<after>.+?)|\s*(?P<before>.+?)\s*{sign})\s*").fullmatch

    def without(text: str) -> str | None:
        match = pattern(text) if len(text) <= LONGEST and currency in text else None
        return parse(text) if match is None else parse(f"{match[1]}{match['after'] or match['before']}")

    return without


def _by_marks(decimal: str | None, thousands: str | None) -> Callable[[str], str | None]:
    """Reads digits, in groups of three or as in India, with these marks."""
    number = _pattern(decimal, thousands)
    drop = _class(thousands) if thousands else ""

    def parse(text: str) -> str | None:
        match = number(text.strip()) if len(text) <= LONGEST else None
        if match is None:
            return None
        sign, integer, fraction, exponent = match.groups()
        integer = re.sub(drop, "", integer) if drop else integer
        written = f"{'-' if sign else ''}{integer}{f'.{fraction}' if fraction else ''}{exponent or ''}"
        return written if exponent is None or abs(float(written)) != _INFINITE else None

    return parse


def _pattern(decimal: str | None, thousands: str | None) -> Callable[[str], re.Match[str] | None]:
    mark = _class(thousands) if thousands else ""
    grouped = (
        rf"|[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}})+|[1-9][0-9]?(?:{mark}[0-9]{{2}})+{mark}[0-9]{{3}}" if mark else ""
    )
    fraction = rf"(?:{re.escape(decimal)}(?P<fraction>[0-9]+))?" if decimal else "(?P<fraction>(?!))?"
    exponent = r"(?P<exponent>[eE][+-]?[0-9]{1,3})?"
    return re.compile(rf"(?P<sign>[-−])?(?P<integer>0|[1-9][0-9]*{grouped}){fraction}{exponent}").fullmatch


def _class(mark: str) -> str:
    """A pattern of a mark, in each of its forms."""
    if mark in SPACES:
        return f"[{SPACES}]"
    return f"[{APOSTROPHES}]" if mark in APOSTROPHES else re.escape(mark)


def _unread(field: Field, text: str, reading: Reading) -> object:
    """A text that is no number by what is declared: a question, where the marks of the column would answer it."""
    if len(text) > LONGEST or within(CURRENCY_SIGN)(text):
        return text
    answers = marks_of(text, reading) if has_marks(text) else ()
    if answers:
        return Noted(text, (_ambiguous(title(field), answers),))
    if (reading.decimal_mark or reading.thousands_mark) and within(_MARK)(text) and readings_of(text):
        # By itself, it may be JSON's number: 12.5 where the comma is declared for decimals.
        return Noted(text, (_other_marks(title(field)),))
    return text


def has_marks(text: str) -> bool:
    """Whether a text has what could be a mark between thousands, or a comma for decimals."""
    return bool(within(_MARKED)(text) or whole(_PERHAPS_THOUSANDS)(text.strip()) or text.count(".") > 1)


def marks_of(text: str, reading: Reading) -> Marks:
    """The marks by which a text would be a number: for decimals, and between thousands. Only those that it needs."""
    answers: list[Pair] = []
    declared = reading.decimal_mark, reading.thousands_mark
    singles = [(mark, None) for mark in DECIMAL_MARKS] + [(None, mark) for mark in MARKS]
    pairs = [(decimal, mark) for decimal in DECIMAL_MARKS for mark in MARKS if mark != decimal]
    for options in (singles, pairs):
        for decimal, thousands in options:
            fits = all(own is None or own == other for own, other in zip(declared, (decimal, thousands), strict=True))
            if fits and _by_marks(decimal, thousands)(text) is not None:
                answers.append((decimal, thousands))
        if answers:
            break
    return tuple(answers)


@cache
def _ambiguous(what: str, answers: Marks) -> Problem:
    """One value for all such cells of a column."""
    return Problem(
        "ambiguous-number",
        f"{what} has a number with marks that the table does not declare",
        _marks_hint(answers),
    )


def _marks_hint(answers: Marks) -> str:
    return f"set {either([_settings(*each) for each in answers])} for this column"


def marks_hint(texts: Sequence[str], reading: Reading) -> str:
    """The hint for numbers of one column that need different marks: those by which all of them are numbers.

    Example:
        >>> marks_hint(["1.250", "950,00"], Reading())
        'set decimal-mark = "," and thousands-mark = "." for this column'
    """
    together: Marks = ((reading.decimal_mark, reading.thousands_mark),)
    for text in texts:
        both = [_both(first, second) for first in together for second in marks_of(text, reading)]
        together = tuple(dict.fromkeys(filter(None, both)))
    return _marks_hint(together) if together else "write all numbers of the column with the same marks, and set these"


def _both(first: Pair, second: Pair) -> Pair | None:
    """The marks of two answers; None where they contradict each other."""
    if any(one and other and one != other for one, other in zip(first, second, strict=True)):
        return None
    decimal, thousands = [one or other for one, other in zip(first, second, strict=True)]
    return None if decimal == thousands else (decimal, thousands)


@cache
def _other_marks(what: str) -> Problem:
    return Problem(
        "ambiguous-number",
        f"{what} has a number that is not written with the marks that the table declares",
        "write it with these marks, or correct decimal-mark and thousands-mark for this column",
    )


def _settings(decimal: str | None, thousands: str | None) -> str:
    pairs = (("decimal-mark", decimal), ("thousands-mark", thousands))
    return " and ".join([f"{name} = {as_json(mark)}" for name, mark in pairs if mark is not None])
