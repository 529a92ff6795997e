"""What stands between tokens and is not white space in JSON: comments, and white space of other kinds."""

from __future__ import annotations

import re
from typing import Final

from recordlint.jsontext.positions import Span
from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError, replaced
from recordlint.jsontext.tokens import character_name, plain_space

_WORDS: Final = re.compile(r"""[\w$+.'"-]""")
_BLANK: Final = " \t"


def comment(text: str, span: Span) -> JsonSyntaxError:
    """The error of a comment.

    A comment that has its lines to itself is removed with them. Any other goes with the white space before it, or
    after it at the start of a line or right after a bracket. If it is not closed, its end is not clear.
    """
    message = "JSON has no comments"
    if text.startswith("/*", span[0]) and not text.endswith("*/", span[0] + 2, span[1]):
        return JsonSyntaxError(message, "delete the comment, which is not closed", span)
    return JsonSyntaxError(message, "delete the comment", span, (_removal(text, span),))


def odd_space(text: str, span: Span) -> JsonSyntaxError:
    """The error of white space that JSON does not have, or of marks without a width."""
    characters = text[slice(*span)]
    plain = plain_space(characters)
    if not plain and _WORDS.match(text, span[0] - 1) and _WORDS.match(text, span[1]):
        plain = " "  # Else two tokens would become one.
    message = f"JSON does not take {character_name(characters[0])} as white space"
    return JsonSyntaxError(message, "write a plain space" if plain else "delete it", span, replaced(span, plain))


def _removal(text: str, span: Span) -> Change:
    start, end = span
    before, behind = _skip_back(text, start), end
    while text[behind : behind + 1] in (" ", "\t"):
        behind += 1
    starts_line = before == 0 or text[before - 1] in "\n\r\ufeff"
    if starts_line and text.startswith(("\r\n", "\n", "\r"), behind):
        return Change(before, behind + (2 if text.startswith("\r\n", behind) else 1), "")
    if starts_line and behind == len(text):
        return Change(before, behind, "")
    if starts_line or text[start - 1] in "{[":
        return Change(start, behind, "")
    return Change(before, end, "")


def _skip_back(text: str, at: int) -> int:
    while at and text[at - 1] in _BLANK:
        at -= 1
    return at
