"""What a cell of a table means as a value: the parts that all field types share.

A cell is a text, as CSV has it, or what a spreadsheet or a Parquet file stores: a number, a boolean, a date, a list.
A text that cannot be read stays as it is, so that `problems` of the type says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from math import isfinite
from typing import Final, Literal, NamedTuple

from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._halves import ADD
from recordlint.problems.problem import KEPT, Problem
from recordlint.wording.phrases import as_json

DateOrder = Literal["ymd", "dmy", "mdy"]
Half = Literal["add", "remove"]
Empty = Literal["skip", "null"]

SPREADSHEET_DIGITS: Final = 15
"""The digits of a number that a spreadsheet keeps. It writes zeros for the others."""
SHORT: Final = 64
"""Characters of a text whose value is remembered: columns repeat short texts."""
AT_MOST: Final = 16_384
"""How many texts of a column are remembered."""
EXACT: Final = 2**53
"""The whole numbers below it are the same as doubles."""
LARGEST: Final = 10**30
"""No id or phone number is larger."""
_FIXES: Final = 3
"""The most safe fixes that one text needs, one after the other."""
_EXPONENT: Final = re.compile(r"[-−]?[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}").fullmatch
"""A number as a spreadsheet writes it that does not show all of its digits."""
_ERRORS: Final = frozenset(
    [
        *("#BLOCKED!", "#BUSY!", "#CALC!", "#CONNECT!", "#DIV/0!", "#ERROR!", "#FIELD!", "#N/A", "#NAME?", "#NULL!"),
        *("#NUM!", "#REF!", "#SPILL!", "#UNKNOWN!", "#VALUE!", "#FMT", "#GETTING_DATA"),
        *("#BEZUG!", "#NV", "#WERT!", "#ZAHL!", "#ÜBERLAUF!"),
        *("#NOM?", "#NOMBRE!", "#NUL!", "#PROPAGATION!", "#VALEUR!"),
        *("#DESPEJAR!", "#N/D", "#NOME?", "#NULO!", "#NÚM!", "#VALOR!"),
    ]
)
"""What a spreadsheet shows for a formula without a result: in English, German, French, Portuguese."""


_OTHER_ERROR: Final = re.compile("Err:[0-9]{3}|###+").fullmatch
"""What LibreOffice shows for other errors, and what stands for a value in a column that is too narrow."""
ERROR_MARKS: Final = ("#", "Err:")
"""How these begin."""
UNREAD: Final = "#ERROR!"
"""Stands, among rejected rows, in a cell of a workbook without a value that can be read. No field takes it."""


class Reading(NamedTuple):
    """How the cells of a column are read. What it does not say is not guessed."""

    separator: str | None = None
    """What stands between the values of a cell with several; None where a cell has one."""
    decimal_mark: str | None = None
    """`.` or `,`; None where only JSON's numbers are read."""
    thousands_mark: str | None = None
    """What stands between thousands; a space is any of the spaces that locales use."""
    date_order: DateOrder | None = None
    date_format: str | None = None
    """The directives of `datetime.strptime`, such as `%d.%m.%y`."""
    phone_region: str | None = None
    """The region of numbers without a country code; None for that of the target."""
    currency: str | None = None
    """The sign or code of the location's own currency, which may stand before or after an amount."""
    true_words: tuple[str, ...] = ()
    """Texts that mean the option that says yes."""
    false_words: tuple[str, ...] = ()
    part: Half = ADD
    """What an update does with the values of a field of several values."""
    empty: Empty = "skip"
    """What an empty cell means: nothing, or null, which clears the field."""
    digits_kept: int | None = None
    """How many digits of a number the file keeps: `SPREADSHEET_DIGITS`, or None for all."""


class Noted(NamedTuple):
    """What a cell means where there is something to say about it."""

    value: object
    """Left as it is where it could not be read."""
    problems: tuple[Problem, ...]
    """By paths from the value. What an error is about is not said again by `problems` of the field type."""


CellReader = Callable[[object], object]
"""Gives the value of a cell that is not empty, or `Noted`. Values may be shared: they are not to be changed."""

UNKNOWN: Final = object()


class Remembering:
    """A reader that reads each short text of a column once.

    Args:
        read: reads a cell.
        known: the values of some texts.
    """

    __slots__ = ("_read", "values")

    def __init__(self, read: CellReader, known: Mapping[str, object] | None = None) -> None:
        self._read: Final = read
        self.values: Final[dict[str, object]] = {**(known or {})}
        """By text, for those who look up very many cells themselves."""

    def __call__(self, cell: object) -> object:
        """The value of a cell."""
        if type(cell) is not str:
            return self._read(cell)
        value = self.values.get(cell, UNKNOWN)
        return self.first(cell) if value is UNKNOWN else value

    def first(self, cell: object) -> object:
        """The value of a cell whose text is not among the known ones."""
        value = self._read(cell)
        if type(cell) is str and len(self.values) < AT_MOST and len(cell) <= SHORT:
            self.values[cell] = value
        return value


def by_safe_fixes(field: Field, target: Target, reading: Reading) -> CellReader:
    """A reader for types whose cells need nothing but what `--fix` does to a value."""
    return Remembering(partial(_read_by_safe_fixes, field, with_region(target, reading)))


def _read_by_safe_fixes(field: Field, target: Target, cell: object) -> object:
    if not isinstance(cell, str):
        return json_value(cell)
    value = safely_fixed(field, cell, target)
    return value if value != cell else formula_error(title(field), cell, is_text=False) or value


def with_region(target: Target, reading: Reading) -> Target:
    """The target with the column's own phone region."""
    return target if reading.phone_region is None else target._replace(phone_region=reading.phone_region)


def safely_fixed(field: Field, value: object, target: Target) -> object:
    """The value after the safe fixes of its field type; the value itself where there are none.

    Example:
        >>> from recordlint.contract.operations import UPDATE
        >>> from recordlint.definitions.model import ObjectDefinition
        >>> day = Field("day", "Day", "DATE")
        >>> safely_fixed(day, "2024/7/1", Target(ObjectDefinition("custom_objects.pet", "Pet", (day,)), UPDATE))
        '2024-07-01'
    """
    from recordlint.fieldtypes import field_type

    problems = field_type(field.data_type).problems
    for _ in range(_FIXES):
        fixed = first_safe_fix(problems(field, value, target), value)
        if fixed is None:
            return value
        value = fixed
    return value


def first_safe_fix(problems: Iterator[Problem], value: object) -> object | None:
    """What the safe fix of the first problem writes for the whole value; None where it has none."""
    problem = next(problems, None)
    fix = problem.fix if problem else None
    if problem is None or fix is None or not fix.safe or problem.path or problem.part != "value":
        return None
    if fix.at is not None or fix.keep is not None or fix.drops:
        return None
    from json import loads

    fixed: object = loads(fix.text.replace(KEPT, as_json(value)))
    return fixed


def is_blank(cell: object) -> bool:
    """Whether a cell is empty, or an empty list, or a missing number of pandas, which is not equal to itself."""
    return cell is None or cell == "" or cell != cell or cell == []


def is_number(cell: object) -> bool:
    """Whether a cell holds a number, and no boolean."""
    kind = type(cell)
    if kind is int or kind is float:
        return True
    from decimal import Decimal

    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def digits_of(cell: object) -> str | None:
    """The text of a whole number, as a spreadsheet shows it; None for anything else.

    Example:
        >>> digits_of(42.0), digits_of(0.5), digits_of(True)
        ('42', None, None)
    """
    from decimal import Decimal

    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal) or not -LARGEST < cell < LARGEST:
        return None
    number = int(cell)
    return str(number) if number == cell else None


def decimal_text(cell: object) -> str | None:
    """All digits of a decimal with a fraction, of which a JSON number may keep some; None for anything else."""
    from decimal import Decimal

    return format(cell, "f") if isinstance(cell, Decimal) and cell.is_finite() else None


def json_value(cell: object) -> object:
    """The nearest that JSON has for what a file stores: numbers for decimals, and texts for days, times and infinity.

    JSON has no infinity, and `null` for it would clear a field.
    """
    if isinstance(cell, float):
        return cell if isfinite(cell) else str(cell)
    if cell is None or isinstance(cell, str | bool | int):
        return cell
    if isinstance(cell, list | tuple):
        return [json_value(each) for each in cell]
    if isinstance(cell, dict):
        return {str(key): json_value(each) for key, each in cell.items()}
    from datetime import date, time
    from decimal import Decimal

    if isinstance(cell, Decimal):
        digits = digits_of(cell)
        return json_value(float(cell)) if digits is None else int(digits)
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def digits_lost(what: str, cell: object, reading: Reading, *, is_text: bool = False) -> tuple[Problem, ...]:
    """The warning about a number with more digits than the file keeps.

    Args:
        what: the field's name in it.
        cell: the number, or anything else.
        reading: how the column is read.
        is_text: whether the number is a text, such as an id: then each digit counts.
    """
    if is_text and type(cell) is float and abs(cell) >= EXACT and reading.digits_kept is None:
        return (_digits_of_a_double(what),)
    if reading.digits_kept is None or not is_number(cell):
        return ()
    digits = digits_of(cell)
    if digits is None or len(digits.lstrip("-")) <= reading.digits_kept:
        return ()
    return (_digits_lost(what),)


@cache
def _digits_lost(what: str) -> Problem:
    message = f"{what} has a number with more digits than a spreadsheet keeps, so the last ones may be lost"
    return Problem("digits-lost", message, FORMAT_AS_TEXT, severity="warning")


@cache
def _digits_of_a_double(what: str) -> Problem:
    message = f"{what} is stored as a number that has no room for all of its digits, so the last ones may be lost"
    return Problem("digits-lost", message, "write the column as text when you make the file", severity="warning")


FORMAT_AS_TEXT: Final = "format the column as text in the spreadsheet, and enter the whole value again"
FORMULA_HINT: Final = "correct the formula, or empty the cell"
AS_TEXT_HINT: Final = "format the column as text in the spreadsheet, so that the text is what the cell shows"


def exponent(what: str, text: str, *, is_number: bool) -> Noted | None:
    """The problem of a number as a spreadsheet exports it that shows only its first digits, such as 4.47911E+11.

    Args:
        what: the field's name as messages say it.
        text: the cell.
        is_number: whether the field takes numbers, or any text, so that the value can be sent.
    """
    if "E+" not in text or not _EXPONENT(text):
        return None
    return Noted(text, (_exponent(what, is_number=is_number),))


@cache
def _exponent(what: str, *, is_number: bool) -> Problem:
    message = f"{what} has a number of which the spreadsheet wrote only the first digits"
    return Problem("digits-lost", message, FORMAT_AS_TEXT, severity="warning" if is_number else "error")


def formula_error(what: str, text: str, *, is_text: bool) -> Noted | None:
    """The problem of a cell that holds what a spreadsheet shows for a formula without a result.

    Args:
        what: the field's name as messages say it.
        text: the cell.
        is_text: whether the field takes any text.
    """
    if not text.startswith(ERROR_MARKS) or not (text in _ERRORS or _OTHER_ERROR(text)):
        return None
    return Noted(text, (_formula_error(what, is_text=is_text and text != UNREAD),))


@cache
def _formula_error(what: str, *, is_text: bool) -> Problem:
    message = f"{what} has the error of a formula instead of a value"
    return Problem("formula-error", message, FORMULA_HINT, severity="warning" if is_text else "error")
