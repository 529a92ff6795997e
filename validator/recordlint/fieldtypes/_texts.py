"""What the types with string values have in common."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import Field, title
from recordlint.problems.problem import KEPT, Problem, ValueFix
from recordlint.wording.phrases import as_json, either, json_type

A_STRING: Final = "a string"
EXAMPLE_HINT: Final = 'write a string such as "some text"'
LONGEST_HINT: Final = 120
SEPARATORS: Final = (", ", "\n")
"""What may stand between texts that become one."""


def not_a_string(field: Field, value: object, what: str = A_STRING, hint: str = "") -> Problem:
    """The problem of a value that is not a string, in a field of strings. By default, the hint quotes the value."""
    message = f"{title(field)} takes {what}, not {json_type(value)}"
    if hint:
        return Problem("wrong-type", message, hint)
    if isinstance(value, int | float):
        # The text as it stands: 1.10 as a number is 1.1.
        text = f'"{KEPT}"'
        return Problem(
            "wrong-type",
            message,
            f"write {text}",
            fix=ValueFix(safe=False, description="put it in quotes", text=text),
            redacted_hint="put it in double quotes",
        )
    if isinstance(value, list) and value and what == A_STRING:
        return _several_texts(message, value)
    return Problem("wrong-type", message, EXAMPLE_HINT)


def _several_texts(message: str, value: list[object]) -> Problem:
    """The problem of an array: what it may mean is a question, but for the one text in it."""
    from recordlint.contract.placeholders import is_placeholder

    redacted_hint = "write one string instead of the array"
    texts = [each for each in value if isinstance(each, str) and each.strip()]
    readings = list(dict.fromkeys([as_json(separator.join(texts)) for separator in SEPARATORS]))
    if len(texts) < len(value) or len(readings[0]) > LONGEST_HINT or is_placeholder(texts[0]):
        return Problem("wrong-type", message, redacted_hint)
    if len(texts) == 1:
        return Problem(
            "wrong-type",
            message,
            f"write {readings[0]}",
            fix=ValueFix(safe=False, description="write the text without the brackets", text=readings[0]),
            redacted_hint=redacted_hint,
        )
    return Problem("wrong-type", message, f"did you mean {either(readings)}?", redacted_hint=redacted_hint)
