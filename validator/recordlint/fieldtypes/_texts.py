"""What the types whose value is a string have in common."""

from __future__ import annotations

from recordlint.definitions.model import Field, title
from recordlint.violations import Problem, ValueFix
from recordlint.wording.phrases import as_json, json_type


def not_a_string(field: Field, value: object, what: str = "a string", example: str = "") -> Problem:
    """A value of another type in a field that takes a string. The hint is the example, else the value in quotes."""
    message = f"{title(field)} takes {what}, not {json_type(value)}"
    if isinstance(value, int | float) and not example:
        text = as_json(as_json(value))
        return Problem(
            "wrong-type",
            message,
            f"write {text}",
            fix=ValueFix(safe=False, description="put it in quotes", text=text),
            redacted_hint="put it in double quotes",
        )
    return Problem("wrong-type", message, f"such as {example}" if example else "write it in double quotes")
