"""Phrases that many messages share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from recordlint.wording.escape import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def json_type(value: object) -> str:
    """What a JSON value is: `a string`, `a boolean`, `null`. It says nothing of the value itself."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    for type_, name in ((str, "a string"), (dict, "an object"), (list, "an array")):
        if isinstance(value, type_):
            return name
    return "a number"


def as_json(value: object) -> str:
    """The value as JSON text, as a payload would have it."""
    return _encoder()(value)


def quoted(text: object) -> str:
    """What a user wrote, in single quotes, on one line and safe to show."""
    return f"'{escape(str(text))}'"


@cache
def _encoder() -> Callable[[object], str]:
    # Made once: json.dumps would make one per call.
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False).encode


def count_of(number: int, what: str) -> str:
    """A number of things: `1 file`, `1,000 bodies`."""
    return f"1 {what}" if number == 1 else f"{number:,} {plural(what)}"


def plural(what: str) -> str:
    """The plural of a word that ends in no hiss."""
    return f"{what.replace('body', 'bodie')}s"


def either(items: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return _joined(items, "or")


def all_of(items: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return _joined(items, "and")


def _joined(items: Iterable[str], word: str) -> str:
    *others, last = items
    return f"{', '.join(others)} {word} {last}" if others else last


def abridged(items: Sequence[str], at_most: int = 8) -> Sequence[str]:
    """The first items, and as the last one how many more there are: `a`, `b`, `3 more`."""
    more = len(items) - at_most
    return [*items[:at_most], f"{more:,} more"] if more > 0 else items
