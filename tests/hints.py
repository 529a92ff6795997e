"""What a hint says to write, written where its violation is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from recordlint import Violation

WRITE: Final = re.compile(r'write (?=["{\[0-9-])')
UNREADABLE: Final = {"invalid-json", "encoding", "duplicate-key"}
"""Rules of texts whose body is judged only once the text is fixed."""


def value_to_write(hint: str) -> str | None:
    """The JSON text that a hint begins with to write; None where it tells nothing of the kind.

    Raises:
        ValueError: what it tells to write is no JSON.
    """
    start = WRITE.match(hint)
    if not start:
        return None
    _, end = json.JSONDecoder().raw_decode(hint, start.end())
    return hint[start.end() : end]


def followed(data: bytes, violations: Sequence[Violation]) -> Iterator[tuple[Violation, bytes]]:
    """The text with each hint followed that tells a value to write, one at a time."""
    for violation in violations:
        text, place = value_to_write(violation.hint), violation.place
        if text is None or place is None or not _is_json(data[place.start : place.end]):
            continue  # nothing is told, or it is about what is missing or about a text within a text
        assert "…" not in text
        yield violation, data[: place.start] + text.encode() + data[place.end :]


def require_that_hints_pass(data: bytes, check: Callable[[bytes], Sequence[Violation]]) -> int:
    """What a hint says to write no longer raises its violation there, and as a value nothing else either.

    Returns:
        How many hints were followed.
    """
    before = check(data)
    cases = list(followed(data, before))
    for violation, text in cases:
        after, where, place = check(text), violation.pointer, violation.place
        assert place
        assert not [each for each in after if (each.rule, each.pointer) == (violation.rule, where)], violation.hint
        if not data[place.end :].lstrip().startswith(b":") and violation.rule not in UNREADABLE:
            there = {each.rule for each in after if each.pointer == where or each.pointer.startswith(f"{where}/")}
            # What is wrong with the key is not what the hint is about.
            assert there <= {each.rule for each in before if each.place != place}, violation.hint
            # An item that is right may be there already.
            assert len(after) <= len(before), violation.hint
    return len(cases)


def _is_json(text: bytes) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
