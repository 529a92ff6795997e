"""Date Picker: a day of the Gregorian calendar, YYYY-MM-DD (documented)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type, read_spec
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.fieldtypes._texts import not_a_string
from recordlint.violations import Problem, ValueFix
from recordlint.wording.phrases import as_json, either

FILE: Final = "field-types/date.json"
EXAMPLE_HINT: Final = 'write a date such as "2024-07-11"'
_SHAPE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_YEAR_FIRST: Final = r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})"
_COMPACT: Final = r"([0-9]{4})([0-9]{2})([0-9]{2})"
_DATE_TIME: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}"
_YEAR_LAST: Final = r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})"


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/date.json`."""
    return field_type("date")


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    if isinstance(value, int) and re.fullmatch(_COMPACT, str(value)):
        # 20260228: the digits are a date, so the hint is that date rather than the number in quotes.
        problem = _not_iso(field, str(value))
        yield problem._replace(rule="wrong-type", fix=problem.fix and problem.fix._replace(safe=False))
    elif not isinstance(value, str):
        yield not_a_string(field, value, "a date as a string", EXAMPLE_HINT)
    elif is_day(value):
        return
    elif re.fullmatch(_SHAPE, value):
        yield Problem(
            "date-impossible",
            f"{title(field)} has a date that does not exist",
            _existing_day(value),
            redacted_hint="check year, month and day",
        )
    else:
        yield _not_iso(field, value)


def is_day(value: str) -> bool:
    """Whether the text is a date by the contract's pattern."""
    spec = read_spec(FILE)
    return len(value) <= spec["maxLength"] and re.search(spec["pattern"], value) is not None


def _existing_day(value: str) -> str:
    from calendar import monthrange

    year, month, _ = map(int, value.split("-"))
    if not 1 <= month <= 12:
        return "write a month from 01 to 12; the order is year, month, day"
    if not year:
        return "write a year from 0001 to 9999"
    return f"write a day from 01 to {monthrange(year, month)[1]}"


def _not_iso(field: Field, value: str) -> Problem:
    message = f"{title(field)} takes a date in the form YYYY-MM-DD"
    return (
        _year_first(message, value)
        or _date_time(message, value)
        or _year_last(message, value)
        or Problem("date-format", message, EXAMPLE_HINT)
    )


def _year_first(message: str, value: str) -> Problem | None:
    """2024/7/11 and 20240711."""
    parts = re.fullmatch(_YEAR_FIRST, value) or re.fullmatch(_COMPACT, value)
    if not parts:
        return None
    year, month, day = parts.group(1), parts.groups()[-2], parts.groups()[-1]
    text = f"{year}-{int(month):02}-{int(day):02}"
    # With dots, the contract does not call the fix safe.
    return _rewritten(message, text, safe="." not in value) if is_day(text) else None


def _date_time(message: str, value: str) -> Problem | None:
    """2024-07-11T23:30:00Z."""
    parts = re.match(_DATE_TIME, value)
    if not parts or not is_day(parts.group(1)):
        return None
    text = as_json(parts.group(1))
    zone = "check the time zone, which may change the day"
    return Problem(
        "date-format",
        message,
        f"write {text}; {zone}",
        fix=ValueFix(safe=False, description="write the date alone", text=text),
        redacted_hint=f"leave out the time; {zone}",
    )


def _year_last(message: str, value: str) -> Problem | None:
    """25/12/2024, and 07/11/2024, where day and month are ambiguous."""
    parts = re.fullmatch(_YEAR_LAST, value)
    if not parts:
        return None
    first, second, year = parts.groups()
    readings = {f"{year}-{int(month):02}-{int(day):02}" for day, month in ((first, second), (second, first))}
    days = sorted(filter(is_day, readings))
    if len(days) == 1:
        return _rewritten(message, days[0], safe=False)
    if not days:
        return None
    return Problem(
        "date-format",
        message,
        f"did you mean {either(map(as_json, days))}? Day and month are ambiguous",
        redacted_hint="write year, month and day; day and month are ambiguous here",
    )


def _rewritten(message: str, day: str, *, safe: bool) -> Problem:
    fix = ValueFix(safe=safe, description="write the date as YYYY-MM-DD", text=as_json(day))
    return Problem("date-format", message, f"write {fix.text}", fix=fix, redacted_hint=EXAMPLE_HINT)
