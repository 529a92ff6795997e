"""What counts as a number, for Number fields and for the value of an amount."""

from __future__ import annotations

import re
from typing import Final

from recordlint.contract.spec_files import Schema
from recordlint.violations import Problem, ValueFix
from recordlint.wording.phrases import either, json_type

JSON_NUMBER: Final = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?"
LONGEST: Final = 30
"""Nobody types a number longer than this."""

USUAL: Final[Schema] = {"minimum": -(2**53), "maximum": 2**53}
"""Bounds for the clean schema: comparing with these takes a fifth of the time of comparing with the largest double."""

_DRESSING: Final = r"[\s$€£¥₹]+"


def not_a_number(what: str, value: object) -> Problem | None:
    """The problem of a value that is not a number, else None; `what` is its name in the message."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None
    message = f"{what} takes a number, not {json_type(value)}"
    if isinstance(value, str):
        text = number_text(value)
        if text:
            return Problem(
                "wrong-type",
                message,
                f"write {text}",
                fix=ValueFix(safe=True, description="drop the quotes", text=text),
                redacted_hint="write it without quotes",
            )
        readings = readings_of(value)
        hint = "write digits without quotes, with a dot for decimals"
        if not readings:
            return Problem("wrong-type", message, hint)
        return Problem(
            "wrong-type",
            message,
            f"did you mean {either(readings)}? Write digits without quotes, with a dot for decimals",
            fix=ValueFix(safe=False, description="write the number", text=readings[0]) if len(readings) == 1 else None,
            redacted_hint=hint,
        )
    return Problem("wrong-type", message, "write a number such as 42 or 0.5")


def number_text(value: str) -> str | None:
    """The text itself if it is a JSON number within the range of a double, else None."""
    if not re.fullmatch(JSON_NUMBER, value) or abs(float(value)) == float("inf"):
        return None
    return value


def readings_of(value: str) -> list[str]:
    """The numbers that a text with currency signs, spaces or thousands separators may mean, without repeats."""
    bare = re.sub(_DRESSING, "", value)
    sign, digits = ("-", bare[1:]) if bare[:1] in ("-", "−") else ("", bare.removeprefix("+"))
    readings = [
        f"{sign}{whole.lstrip('0') or '0'}{decimals}"
        for thousands, point in ((",", "."), (".", ","), ("'", "."), ("’", "."))
        for whole, decimals in [_split(digits, thousands, point)]
        if whole
    ]
    return list(dict.fromkeys(readings))


def _split(digits: str, thousands: str, point: str) -> tuple[str, str]:
    """The whole part without separators and the decimals with a dot; both empty if the text has another form."""
    match = re.fullmatch(
        rf"([0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+|[0-9]+)(?:{re.escape(point)}([0-9]+))?", digits
    )
    if not match or len(digits) > LONGEST:
        return "", ""
    return match[1].replace(thousands, ""), f".{match[2]}" if match[2] else ""
