"""Strings with one quote missing, where it is clear which one."""

from __future__ import annotations

import re
from typing import Final

from recordlint.jsontext.positions import Span
from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError, replaced
from recordlint.jsontext.tokens import GAP

_OPENING_KEY: Final = re.compile(rf'([\w.$-]+)"(?={GAP}:)')
_TEXT: Final = r"[^\",:;{}\[\]\\/#，：\x00-\x1f]+"
_OPENING_VALUE: Final = re.compile(rf'(?!(?:undefined|None|True|False|NaN|Infinity)\b)({_TEXT})"(?={GAP}[,}}\]])')
_KEY: Final = re.compile(r"([\w.$-]+)[ \t]*:(?=[ \t])")
_VALUE: Final = re.compile(r'([^"\\\x00-\x1f]*[^"\\\x00-\x1f, \t])[ \t]*,[ \t]*')
_NEXT_KEY: Final = re.compile(rf'[\w.$-]+"{GAP}:')
_NEXT_ITEM: Final = re.compile(rf'{_TEXT}"{GAP}[,\]]')
_LINE: Final = re.compile(
    r'([^"\\\x00-\x1f]*[^"\\\x00-\x1f, \t])([ \t]*,?[ \t]*)(?:\r?\n[ \t]*)+(?:"[^"\n]*"[ \t]*:|[}\]])'
)


def opening(text: str, start: int, *, is_key: bool) -> tuple[JsonSyntaxError, int] | None:
    """The error of a key or value that starts without its quote, and where the string ends."""
    match = (_OPENING_KEY if is_key else _OPENING_VALUE).match(text, start)
    if not match:
        return None
    what = "key" if is_key else "string"
    message, hint = f"this {what} does not start with a double quote", "write a double quote before it"
    # The whole of it is written, so that nothing is left where a member that is `undefined` is deleted.
    return JsonSyntaxError(message, hint, match.span(1), replaced(match.span(1), f'"{match[1]}')), match.end()


def closing(text: str, string: Span, *, is_key: bool, is_item: bool) -> tuple[JsonSyntaxError, int] | None:
    """The error of a string that ends right before a word because it was meant to close before, and that place."""
    inside, end = string[0] + 1, string[1] - 1
    match = (_KEY if is_key else _VALUE).match(text, inside, end)
    if not match or (not is_key and match.end() < end):
        return None
    if not is_key and not (_NEXT_ITEM if is_item else _NEXT_KEY).match(text, string[1]):
        return None
    return _unclosed(string[0], match.end(1)), match.end(1)


def _unclosed(start: int, at: int) -> JsonSyntaxError:
    opens = ((start, start + 1), "it opens here")
    return JsonSyntaxError(
        "a string is not closed", "close it with a double quote", (at, at), (Change(at, at, '"'),), related=opens
    )


def closing_on_line(text: str, start: int) -> tuple[JsonSyntaxError, int] | None:
    """The error of a string that is open at the end of its line, before a key or a bracket, and where it closes."""
    match = _LINE.match(text, start + 1)
    return (_unclosed(start, match.end(1)), match.end(1)) if match else None
