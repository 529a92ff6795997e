"""What sending bodies costs at the vendor's published limits."""

from __future__ import annotations

from typing import Final

from recordlint.wording.phrases import count_of

BURST: Final = 100
"""Requests in `INTERVAL` seconds."""
INTERVAL: Final = 10
PER_DAY: Final = 200_000


def cost(requests: int) -> str:
    """How many requests some bodies take, and how long that is at least.

    Example:
        >>> cost(12_000)
        'sending them takes 12,000 requests and at least 20 minutes, at 100 requests in 10 seconds'
    """
    seconds = (requests - 1) // BURST * INTERVAL
    days = (requests - 1) // PER_DAY
    if days:
        time, limit = count_of(days + 1, "day"), f"{PER_DAY:,} requests a day"
    else:
        time, limit = _time(seconds), f"{BURST} requests in {INTERVAL} seconds"
    return f"sending them takes {count_of(requests, 'request')} and at least {time}, at {limit}"


def _time(seconds: int) -> str:
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds >= 2 * size:
            return count_of(-(-seconds // size), unit)
    return count_of(max(seconds, 1), "second")
