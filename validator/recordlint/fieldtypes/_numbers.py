"""What a number is, for Number and for the value of an amount."""

from __future__ import annotations

import re
from typing import Final

from recordlint.violations import Mend, Problem
from recordlint.words import kind

JSON_NUMBER: Final = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?"


def not_a_number(what: str, value: object) -> Problem | None:
    """The problem of a value that is no number; `what` is its name in the message."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None
    message = f"{what} takes a number, not {kind(value)}"
    if isinstance(value, str):
        text = number_text(value)
        if text:
            return Problem(
                "wrong-type",
                message,
                f"write {text}",
                mend=Mend(safe=True, description="drop the quotes", text=text),
                blind_hint="write it without quotes",
            )
        return Problem("wrong-type", message, "write digits without quotes, with a dot for decimals")
    return Problem("wrong-type", message)


def number_text(value: str) -> str | None:
    """The string as it stands, where it is a JSON number within a double's range."""
    if not re.fullmatch(JSON_NUMBER, value) or abs(float(value)) == float("inf"):
        return None
    return value
