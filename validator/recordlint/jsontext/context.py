"""What surrounds a position in a text that is JSON up to there: open brackets, an open string, what may follow."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

WHITE_SPACE: Final = " \t\n\r"
CLOSING: Final = {"{": "}", "[": "]"}

Expected = Literal["value", "key", "colon", "comma", "end"]
"""What the grammar takes next. A comma means the closing bracket too; the end is that of the document."""

STRUCTURE: Final = re.compile(
    r'(?P<string>"[^"\\]*+(?:\\.[^"\\]*+)*+")|(?P<open>[{\[])|(?P<close>[}\]])|(?P<unclosed>")', re.DOTALL
)
"""Whole strings, brackets, and the quote of a string that is not closed."""


class Context(NamedTuple):
    """What surrounds a position."""

    open: tuple[int, ...]
    """Where the brackets are that are open there, outermost first."""
    string: int | None
    """Where the string opens that the position is in; None outside strings."""
    expected: Expected
    """What the grammar takes there; of no use inside a string."""


def context(text: str, start: int, at: int) -> Context:
    """The context of position `at`.

    Args:
        text: JSON from `start` to `at`, as far as it goes; a number's sign may come right before `at`.
        start: where the text begins, past a byte order mark.
        at: the position, in code points.
    """
    brackets: list[int] = []
    string = start
    for match in STRUCTURE.finditer(text, start, at):
        if match.lastgroup == "string":
            string = match.start()
        elif match.lastgroup == "open":
            brackets.append(match.start())
        elif match.lastgroup == "close" and brackets:
            brackets.pop()
        elif match.lastgroup == "unclosed":
            return Context(tuple(brackets), match.start(), "value")
    bracket = text[brackets[-1]] if brackets else ""
    return Context(tuple(brackets), None, _expected(text, start, at, bracket, string))


def _expected(text: str, start: int, at: int, bracket: str, string: int) -> Expected:
    """What is expected at `at`, within `bracket`, where the last string before it begins at `string`."""
    last = _last(text, start, at)
    if last in ("", ":", "-"):
        return "value"
    if not bracket:
        return "end"
    if last in "{[,":
        return "key" if bracket == "{" else "value"
    if last == '"' and bracket == "{" and _last(text, start, string) in "{,":
        return "colon"
    return "comma"


def _last(text: str, start: int, end: int) -> str:
    """The last character before `end` that is not white space; empty where there is none."""
    while end > start and text[end - 1] in WHITE_SPACE:
        end -= 1
    return text[end - 1] if end > start else ""
