"""What the types with string values have in common."""

from __future__ import annotations

from recordlint.definitions.model import Field, title
from recordlint.violations import Problem, ValueFix
from recordlint.wording.phrases import as_json, json_type


def not_a_string(field: Field, value: object, what: str = "a string", hint: str = "") -> Problem:
    """The problem of a value that is not a string, in a field of strings. By default, the hint quotes the value."""
    message = f"{title(field)} takes {what}, not {json_type(value)}"
    if isinstance(value, int | float) and not hint:
        text = as_json(as_json(value))
        return Problem(
            "wrong-type",
            message,
            f"write {text}",
            fix=ValueFix(safe=False, description="put it in quotes", text=text),
            redacted_hint="put it in double quotes",
        )
    return Problem("wrong-type", message, hint or "write a string in double quotes")
