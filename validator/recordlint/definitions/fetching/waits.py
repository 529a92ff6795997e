"""How long to wait before a request is sent again, by what the service answers."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

ATTEMPTS: Final = 5
"""How often a request is sent before its failure is told."""
FIRST: Final = 0.5
"""Seconds before the second attempt. Each wait after it is twice as long as the one before."""
LONGEST: Final = 86_400
"""Seconds in a day: the longest time limit."""
_LASTING: Final = frozenset(
    {
        HTTPStatus.NOT_IMPLEMENTED,
        HTTPStatus.HTTP_VERSION_NOT_SUPPORTED,
        HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED,
    }
)
"""The failures that are the same at each attempt."""
_DAILY: Final = "x-ratelimit-daily-remaining"
_REMAINING: Final = "x-ratelimit-remaining"
_INTERVAL: Final = "x-ratelimit-interval-milliseconds"


def may_pass(status: int) -> bool:
    """Whether a status may be another one at the next attempt. Networks before the service have many of their own.

    Example:
        >>> [may_pass(each) for each in (200, 403, 429, 503, 522)]
        [False, False, True, True, True]
    """
    is_early = status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
    return is_early or (status >= HTTPStatus.INTERNAL_SERVER_ERROR and status not in _LASTING)


def usual_wait(attempt: int) -> float:
    """Seconds to wait after a failed attempt if nothing else is said.

    Args:
        attempt: its number, from 1.

    Example:
        >>> [usual_wait(each) for each in (1, 2, 3)]
        [0.5, 1.0, 2.0]
    """
    return FIRST * 2.0 ** (attempt - 1)


def asked_wait(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that the headers of an answer ask to wait: `Retry-After`, or else the interval of the rate limit.

    Source: RFC 9110, 10.2.3, and the vendor's page on rate limits.

    Args:
        headers: by names in lower case.
        now: seconds since 1970, to which a date is compared.

    Returns:
        None if they ask for nothing, or for what is no time.
    """
    asked = headers.get("retry-after", "").strip()
    seconds = _number(asked)
    if seconds is None and asked:
        seconds = _seconds_until(asked, now)
    if seconds is None and _number(headers.get(_REMAINING, "")) == 0:
        interval = _number(headers.get(_INTERVAL, ""))
        seconds = None if interval is None else interval / 1000
    return seconds


def is_day_over(headers: Mapping[str, str]) -> bool:
    """Whether the day's requests are used up.

    Args:
        headers: by names in lower case.
    """
    return _number(headers.get(_DAILY, "")) == 0


def _number(text: str) -> float | None:
    """A number of ASCII digits; None for another text."""
    text = text.strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _seconds_until(date: str, now: float) -> float | None:
    """Seconds until an HTTP date, and none where it is over; None if it is no date."""
    from email.utils import parsedate_to_datetime

    try:
        return max(parsedate_to_datetime(date).timestamp() - now, 0.0)
    except (ValueError, OverflowError, TypeError):
        return None
