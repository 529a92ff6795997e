"""The vendor's limits of requests, and the headers that say how many are left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

LIMIT: Final = 100
"""Requests in an interval, as the vendor publishes it."""
INTERVAL: Final = 10_000
"""Milliseconds."""
DAILY: Final = 200_000
DAY: Final = 86_400_000


class Left(NamedTuple):
    """What a request leaves."""

    is_within: bool
    headers: Mapping[str, str]


class Limits:
    """Counts the requests of each token."""

    def __init__(self, limit: int, now: Callable[[], float]) -> None:
        """Start with none.

        Args:
            limit: how many requests an interval takes.
            now: the time in seconds.
        """
        self._limit: Final = limit
        self._now: Final = now
        self._counts: dict[tuple[str, int], tuple[int, int]] = {}
        """By token and length of the interval: its number, and the requests in it."""

    def count(self, token: str) -> Left:
        """Count a request.

        Args:
            token: who sends it.
        """
        milliseconds = int(self._now() * 1000)
        left = [
            self._left(token, milliseconds, length, most) for length, most in ((INTERVAL, self._limit), (DAY, DAILY))
        ]
        headers = {
            "X-RateLimit-Max": str(self._limit),
            "X-RateLimit-Remaining": str(max(left[0], 0)),
            "X-RateLimit-Interval-Milliseconds": str(INTERVAL),
            "X-RateLimit-Limit-Daily": str(DAILY),
            "X-RateLimit-Daily-Remaining": str(max(left[1], 0)),
        }
        return Left(min(left) >= 0, headers)

    def clear(self) -> None:
        """Forget all requests."""
        self._counts.clear()

    def _left(self, token: str, milliseconds: int, length: int, most: int) -> int:
        number = milliseconds // length
        before = self._counts.get((token, length), (number, 0))
        count = before[1] + 1 if before[0] == number else 1
        self._counts[token, length] = number, count
        return most - count
