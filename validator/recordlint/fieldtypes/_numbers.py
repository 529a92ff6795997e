"""What counts as a number, for Number fields and for the value of an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recordlint.fieldtypes._patterns import whole
from recordlint.problems.problem import Problem, ValueFix
from recordlint.wording.phrases import either, json_type

JSON_NUMBER: Final = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?"
LONGEST: Final = 30
"""Nobody types a number longer than this."""


_PERHAPS_THOUSANDS: Final = r"-?[1-9][0-9]{0,2}\.[0-9]{3}"
"""A JSON number such as 1.250, which may be meant for 1250."""
CURRENCY_SIGN: Final = r"[$€£¥₹]"
_SIGNED: Final = rf"([-−+]?)\s*{CURRENCY_SIGN}?\s*([-−+]?)([^-−+$€£¥₹]*?)\s*{CURRENCY_SIGN}?"
_SEPARATORS: Final = ((",", r"\."), (r"\.", ","), (r"['’]", r"[.,]"), ("[ \u00a0\u2009\u202f]", r"[.,]"), ("_", r"\."))
"""What stands between thousands and before decimals."""
_SEPARATED: Final = "(?!_)[0-9,.'’ \u00a0\u2009\u202f_]+"
"""Digits with any of them."""
_SHAPES: Final = (
    *[rf"([1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}})+)(?:{point}([0-9]+))?" for thousands, point in _SEPARATORS],
    *[rf"([0-9]*)(?:{point}([0-9]+))?" for point in (r"\.", ",")],
)
"""Digits with separators between thousands, and without."""


def not_a_number(what: str, value: object) -> Problem | None:
    """The problem of a value that is not a number, else None; `what` is its name in the message."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None
    message = f"{what} takes a number, not {json_type(value)}"
    if not isinstance(value, str):
        return Problem("wrong-type", message, "write a number such as 42 or 0.5")
    readings = readings_of(value)
    redacted_hint = "write digits without quotes, with a dot for decimals"
    if not readings:
        return Problem("wrong-type", message, "write a number without quotes, such as 42 or 0.5")
    if len(readings) > 1:
        return Problem("wrong-type", message, f"did you mean {either(readings)}?", redacted_hint=redacted_hint)
    return Problem(
        "wrong-type",
        message,
        f"write {readings[0]}",
        fix=ValueFix(safe=readings[0] == value, description="write the number", text=readings[0]),
        redacted_hint=redacted_hint,
    )


def readings_of(value: str) -> list[str]:
    """The JSON numbers that a text may mean: itself, where it is one and means nothing else."""
    if whole(JSON_NUMBER)(value) and not whole(_PERHAPS_THOUSANDS)(value):
        return [value] if _is_finite(value) else []
    match = whole(_SIGNED)(value.strip()) if len(value) <= 2 * LONGEST else None
    if not match or (match[1] and match[2]) or len(match[3]) > LONGEST:
        return []
    sign = "-" if (match[1] or match[2]) in ("-", "−") else ""
    return list(dict.fromkeys([f"{sign}{each}" for each in _unsigned(match[3]) if _is_finite(each)]))


def _is_finite(number: str) -> bool:
    return abs(float(number)) != float("inf")


def _unsigned(digits: str) -> Iterator[str]:
    """The numbers that digits with separators may mean."""
    if whole(JSON_NUMBER)(digits):
        if whole(_PERHAPS_THOUSANDS)(digits):
            yield digits.replace(".", "")
        yield digits
        return
    if not whole(_SEPARATED)(digits):
        return
    for shape in _SHAPES:
        number = whole(shape)(digits)
        if number:
            integer = re.sub(r"[^0-9]", "", number[1]).lstrip("0") or "0"
            yield f"{integer}.{number[2]}" if number[2] else integer
    if whole(r"[1-9][0-9]?(,[0-9]{2})+,[0-9]{3}(\.[0-9]+)?")(digits):
        # Lakhs and crores.
        yield digits.replace(",", "")
