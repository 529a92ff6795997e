"""What is wrong with a text that does not parse, in words, with the changes that fix it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from recordlint.jsontext.positions import Span
from recordlint.violations import LISTED_AT_MOST


class Change(NamedTuple):
    """A stretch of the text, in code points, becomes `text`."""

    start: int
    end: int
    text: str


class JsonSyntaxError(NamedTuple):
    """What is wrong at a span."""

    message: str
    hint: str
    span: Span
    changes: tuple[Change, ...] = ()
    """They fix it; empty if it is not clear what is meant. Those of one text can be made together."""
    safe: bool = False
    """Whether the changes can only be what is meant."""
    related: tuple[Span, str] | None = None
    redacted_hint: str | None = None


def replaced(span: Span, text: str) -> tuple[Change, ...]:
    """The one change that writes `text` instead of what is at `span`."""
    return (Change(*span, text),)


def deleted(text: str, start: int, end: int, character: str) -> list[Change]:
    """The changes that delete a character wherever it is in a stretch: one each, or one for very many."""
    if text.count(character, start, end) > LISTED_AT_MOST:
        return [Change(start, end, text[start:end].replace(character, ""))]
    return [Change(at, at + 1, "") for at in range(start, end) if text[at] == character]


def changed(text: str, changes: Iterable[Change]) -> str:
    """The text with all changes made."""
    parts: list[str] = []
    at = 0
    for start, end, new in apart(changes):
        parts += text[at:start], new
        at = end
    return "".join([*parts, text[at:]])


def apart(changes: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Changes, or edits, in the order of the text, so that no two overlap.

    What is inside a stretch that is deleted is not changed, and stretches that are deleted may overlap.
    """
    at = 0
    for start, end, text in sorted(changes, key=_order):
        if start >= at:
            yield start, end, text
        elif not text and end > at:
            yield at, end, ""
        at = max(at, end)


def _order(change: tuple[int, int, str]) -> tuple[int, bool, int, bool]:
    """Insertions before what is changed after them, the longer of two stretches first, and deletions first."""
    start, end, text = change
    return start, end > start, -end, text != ""
