"""How long a request waits before it is sent again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint.definitions.fetching.waits import asked_wait, is_day_over

NOON = 1_764_158_400.0
"""2025-11-26, 12:00 UTC."""
INTERVAL = {"x-ratelimit-remaining": "0", "x-ratelimit-interval-milliseconds": "10000"}
ASKED = [
    ({}, None),
    ({"retry-after": "7"}, 7.0),
    ({"retry-after": " 7 "}, 7.0),
    ({"retry-after": "0"}, 0.0),
    ({"retry-after": "Wed, 26 Nov 2025 12:00:30 GMT"}, 30.0),
    ({"retry-after": "Wed, 26 Nov 2025 11:00:00 GMT"}, 0.0),
    ({"retry-after": "soon"}, None),
    ({"retry-after": "-5"}, None),
    ({"retry-after": "٣"}, None),
    ({"retry-after": "9" * 400}, None),
    ({"retry-after": "1e999"}, None),
    (INTERVAL, 10.0),
    ({**INTERVAL, "retry-after": "2"}, 2.0),
    ({**INTERVAL, "retry-after": "soon"}, 10.0),
    ({**INTERVAL, "x-ratelimit-remaining": "1"}, None),
    ({**INTERVAL, "x-ratelimit-interval-milliseconds": "x"}, None),
    ({"x-ratelimit-remaining": "0"}, None),
]


@pytest.mark.parametrize(("headers", "seconds"), ASKED)
def test_what_headers_ask_for(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_wait(headers, NOON) == seconds


@given(st.text(), st.text(), st.text())
def test_any_headers(after: str, remaining: str, interval: str) -> None:
    names = ("retry-after", "x-ratelimit-remaining", "x-ratelimit-interval-milliseconds")
    seconds = asked_wait(dict(zip(names, (after, remaining, interval), strict=True)), NOON)
    assert seconds is None or seconds >= 0


def test_the_day() -> None:
    assert is_day_over({"x-ratelimit-daily-remaining": "0"})
    assert not is_day_over({"x-ratelimit-daily-remaining": "1"})
    assert not is_day_over({})
