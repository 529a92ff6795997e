"""What is wrong with a date, in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from recordlint.contract.spec_files import read_spec
from recordlint.definitions.model import Field, title
from recordlint.problems.problem import Problem, ValueFix
from recordlint.wording.phrases import as_json, either

if TYPE_CHECKING:
    from recordlint.fieldtypes._patterns import Match

FILE: Final = "field-types/date.json"
EXAMPLE_HINT: Final = 'write a date such as "2024-07-11"'
_SHAPE: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
WHAT: Final = "a date as a string"


def date_problems(field: Field, value: object) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._patterns import whole
    from recordlint.fieldtypes._texts import not_a_string

    if isinstance(value, int | float) and not isinstance(value, bool):
        yield _number(field, value)
    elif not isinstance(value, str):
        yield not_a_string(field, value, WHAT, EXAMPLE_HINT)
    elif is_day(value):
        return
    elif whole(_SHAPE)(value):
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
    return len(value) <= _longest() and _pattern()(value) is not None


@cache
def _longest() -> int:
    length: int = read_spec(FILE)["maxLength"]
    return length


@cache
def _pattern() -> Match:
    from recordlint.fieldtypes._patterns import within

    return within(read_spec(FILE)["pattern"])


def _existing_day(value: str) -> str:
    from calendar import monthrange

    year, month, day = map(int, value.split("-"))
    if not 1 <= month <= 12:
        swapped = f"{year:04}-{day:02}-{month:02}"
        swap = f"did you mean {as_json(swapped)}? The" if is_day(swapped) else "write a month from 01 to 12; the"
        return f"{swap} order is year, month, day"
    if not year:
        return "write a year from 0001 to 9999"
    return f"write a day from 01 to {monthrange(year, month)[1]}"


def _number(field: Field, value: float) -> Problem:
    """The problem of a number: 20260228 has the digits of a date, and milliseconds since 1970 have none."""
    from recordlint.fieldtypes._days import reading
    from recordlint.fieldtypes._texts import not_a_string

    problem = not_a_string(field, value, WHAT, EXAMPLE_HINT)
    read = reading(str(value)) if isinstance(value, int) else None
    if read and not read.has_time and is_day(read.days[0]):
        return _rewritten(problem, read.days[0], safe=False)
    return _counted(problem, value)


def _counted(problem: Problem, number: float) -> Problem:
    """The problem of a number of seconds or milliseconds, whose day depends on the time zone."""
    from recordlint.fieldtypes._days import epoch_day

    day = epoch_day(number)
    if day is None:
        return problem
    hint = f"did you mean {as_json(day)}, the day in UTC? Elsewhere it may be another day"
    return problem.with_hint(hint, EXAMPLE_HINT)


def _not_iso(field: Field, value: str) -> Problem:
    from recordlint.fieldtypes._days import reading
    from recordlint.fieldtypes._patterns import whole

    problem = Problem("date-format", f"{title(field)} takes a date in the form YYYY-MM-DD", EXAMPLE_HINT)
    read = reading(value)
    if read is None:
        return _counted(problem, int(value)) if whole(r"[0-9]{9,14}")(value) else problem
    days = [day for day in read.days if is_day(day)]
    if not days:
        is_one = len(read.days) == 1
        return problem.with_hint(_existing_day(read.days[0]), EXAMPLE_HINT) if is_one else problem
    if len(days) > 1:
        return problem.with_hint(
            f"did you mean {either(map(as_json, days))}? Day and month are ambiguous",
            "write year, month and day; day and month are ambiguous here",
        )
    if not read.has_time:
        return _rewritten(problem, days[0], safe=read.is_safe)
    zone = "check the time zone, which may change the day"
    text = as_json(days[0])
    return problem.with_hint(
        f"write {text}; {zone}",
        f"leave out the time; {zone}",
        ValueFix(safe=False, description="write the date alone", text=text),
    )


def _rewritten(problem: Problem, day: str, *, safe: bool) -> Problem:
    fix = ValueFix(safe=safe, description="write the date as YYYY-MM-DD", text=as_json(day))
    return problem.with_hint(f"write {fix.text}", EXAMPLE_HINT, fix)
