"""The days that may be meant by a text or number that is not written as YYYY-MM-DD."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from recordlint.fieldtypes._patterns import whole

_TIME: Final = (
    r"[0-9]{1,2}(?::[0-9]{2}){1,2}(?:[.,][0-9]+)?\s*(?:[ap]\.?m\.?)?\s*(?:z|(?:utc|gmt)?\s*[+-][0-9]{2}:?[0-9]{2}|[a-z]{3,4})?"
    r"(?:\s*[(\[][^()\[\]]*[)\]])?"
)
_YEAR_FIRST: Final = r"(?P<year>[0-9]{4})(?P<between>[/.-])(?P<month>[0-9]{1,2})(?P=between)(?P<day>[0-9]{1,2})"
_COMPACT: Final = r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
_YEAR_LAST: Final = r"(?P<first>[0-9]{1,2})(?P<between>[/. -])(?P<second>[0-9]{1,2})(?P=between)(?P<year>[0-9]{4})"
_NAMED: Final = (
    r"(?:(?P<weekday>[a-z]{3,9})\.?,?\s+)?(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\.?[\s-]+(?:of\s+)?(?P<name>[a-z]{3,9})\.?,?"
    r"|(?P<name2>[a-z]{3,9})\.?[\s-]+(?P<day2>[0-9]{1,2})(?:st|nd|rd|th)?,?)[\s-]+(?P<year>[0-9]{4})"
)
_DATE_STRING: Final = (
    rf"(?P<weekday>[a-z]{{3}})\s+(?P<name>[a-z]{{3}})\s+(?P<day>[0-9]{{1,2}})\s+{_TIME}\s+(?P<year>[0-9]{{4}})"
)
"""What ctime writes, with the year last."""
_WITH_TIME: Final = rf"(?P<date>.*?[0-9])(?P<time>(?:t|,?\s+(?:at\s+)?){_TIME})"
_COMPACT_WITH_TIME: Final = r"(?P<date>[0-9]{8})t?[0-9]{6}(?:\.[0-9]+)?z?"
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

LONGEST: Final = 64
"""Nobody writes a date longer than this."""
SECONDS: Final = (1_000_000_000, 4_102_444_800)
"""Seconds since 1970 that are taken for a time: 2001 to 2099."""
MILLISECONDS: Final = (100_000_000_000, 4_102_444_800_000)
"""Milliseconds since 1970 that are taken for a time: 1973 to 2099."""


class Reading(NamedTuple):
    """What a text may mean."""

    days: tuple[str, ...]
    """As YYYY-MM-DD, not all of which need exist; more than one where day and month could be swapped."""
    is_safe: bool = False
    """Whether only this can be meant."""
    has_time: bool = False
    """Whether a time of day was there too, so that the day depends on its zone."""


def reading(text: str) -> Reading | None:
    """The meaning of a text that is not written as YYYY-MM-DD; None if it does not look like a date."""
    if len(text) > LONGEST:
        return None
    bare = text.strip()
    return _without_time(bare) or _with_time(bare)


def epoch_day(number: float) -> str | None:
    """The UTC day of seconds or milliseconds since 1970, where a number is likely to be one of them."""
    from datetime import UTC, datetime

    for (least, most), unit in ((SECONDS, 1), (MILLISECONDS, 1_000)):
        if least <= number < most:
            return datetime.fromtimestamp(number // unit, UTC).date().isoformat()
    return None


def _without_time(text: str) -> Reading | None:
    lower = text.lower()
    match = whole(_YEAR_FIRST)(lower) or whole(_COMPACT)(lower)
    if match:
        is_dotted = match.groupdict().get("between") == "."
        return Reading((_day(match["year"], match["month"], match["day"]),), is_safe=not is_dotted)
    match = whole(_YEAR_LAST)(lower)
    if match:
        days = {
            _day(match["year"], *order)
            for order in ((match["first"], match["second"]), (match["second"], match["first"]))
        }
        return Reading(tuple(sorted(days)))
    match = whole(_NAMED)(lower)
    return _named(match) if match else None


def _with_time(text: str) -> Reading | None:
    lower = text.lower()
    match = whole(_COMPACT_WITH_TIME)(lower) or whole(_WITH_TIME)(lower)
    inner = _without_time(match["date"]) if match else None
    if inner is None:
        match = whole(_DATE_STRING)(lower)
        inner = _named(match) if match else None
    return inner and inner._replace(is_safe=False, has_time=True)


def _named(match: re.Match[str]) -> Reading | None:
    groups = match.groupdict()
    month = _number_of(groups["name"] or groups["name2"], _MONTHS)
    if month is None:
        return None
    day = _day(groups["year"], str(month), groups["day"] or groups["day2"])
    weekday = groups.get("weekday")
    return Reading((day,)) if weekday is None or _number_of(weekday, _WEEKDAYS) == _weekday(day) else None


def _number_of(name: str, names: tuple[str, ...]) -> int | None:
    """The number from 1 of a month or weekday, by its name or at least three letters of it."""
    return next((number for number, each in enumerate(names, 1) if each.startswith(name)), None)


def _weekday(day: str) -> int | None:
    from datetime import date

    try:
        return date.fromisoformat(day).isoweekday()
    except ValueError:
        return None


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"
