"""Date Picker: a day of the Gregorian calendar, YYYY-MM-DD (documented)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type, read_spec
from recordlint.definitions.model import Field, title
from recordlint.fieldtypes._texts import not_a_string
from recordlint.violations import Problem, ValueFix
from recordlint.wording.phrases import as_json

FILE: Final = "field-types/date.json"
EXAMPLE: Final = '"2024-07-11"'
_SHAPE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_YEAR_FIRST: Final = r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})"
_COMPACT: Final = r"([0-9]{4})([0-9]{2})([0-9]{2})"
_DATE_TIME: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}"
_YEAR_LAST: Final = r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})"


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/date.json`."""
    return field_type("date")


def problems(field: Field, value: object, operation: Operation) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    if isinstance(value, int) and re.fullmatch(_COMPACT, str(value)):
        # 20260228: the digits are a date, so the hint is the date rather than the number in quotes.
        problem = _not_iso(field, str(value))
        yield problem._replace(rule="wrong-type", fix=problem.fix and problem.fix._replace(safe=False))
    elif not isinstance(value, str):
        yield not_a_string(field, value, "a date in a string", EXAMPLE)
    elif is_day(value):
        return
    elif re.fullmatch(_SHAPE, value):
        yield Problem(
            "date-impossible",
            f"{title(field)} has a day that is not in the calendar",
            _last_day(value),
            redacted_hint="check the day",
        )
    else:
        yield _not_iso(field, value)


def is_day(value: str) -> bool:
    """Whether the text is a day as the contract's pattern has it."""
    return len(value) == 10 and re.search(read_spec(FILE)["pattern"], value) is not None


def _last_day(value: str) -> str:
    from calendar import monthrange

    year, month, _ = map(int, value.split("-"))
    if not 1 <= month <= 12:
        return "months go from 01 to 12; the order is year, month, day"
    if not year:
        return "years go from 0001 to 9999"
    return f"that month has {monthrange(year, month)[1]} days"


def _not_iso(field: Field, value: str) -> Problem:
    message = f"{title(field)} takes a date as YYYY-MM-DD"
    parts = re.fullmatch(_YEAR_FIRST, value) or re.fullmatch(_COMPACT, value)
    if parts:
        year, month, day = parts.group(1), parts.groups()[-2], parts.groups()[-1]
        text = f"{year}-{int(month):02}-{int(day):02}"
        if is_day(text):
            # A dot is no separator that the safe fixes name.
            safe = "." not in value
            return _instead(message, ValueFix(safe, "write the date as YYYY-MM-DD", as_json(text)))
    date_time = re.match(_DATE_TIME, value)
    if date_time and is_day(date_time.group(1)):
        text = as_json(date_time.group(1))
        return Problem(
            "date-format",
            message,
            f"write {text}; mind the time zone, which may move the day",
            fix=ValueFix(False, "write the date alone", text),
            redacted_hint="leave out the time; mind the time zone, which may move the day",
        )
    year_last = re.fullmatch(_YEAR_LAST, value)
    if year_last:
        first, second, year = year_last.groups()
        readings = [f"{year}-{int(m):02}-{int(d):02}" for d, m in ((first, second), (second, first))]
        right = sorted({as_json(reading) for reading in readings if is_day(reading)})
        if len(right) == 2:
            return Problem(
                "date-format",
                message,
                f"{right[0]} or {right[1]}? Day and month could be either",
                redacted_hint="write year, month, day; day and month could be either here",
            )
        if right:
            return _instead(message, ValueFix(False, "write the date as YYYY-MM-DD", right[0]))
    return Problem("date-format", message, f"such as {EXAMPLE}")


def _instead(message: str, fix: ValueFix) -> Problem:
    return Problem("date-format", message, f"write {fix.text}", fix=fix, redacted_hint=f"such as {EXAMPLE}")
