"""What is inside a string and JSON does not take: line breaks and tabs, backslashes, quotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from io import StringIO
from typing import Final, NamedTuple

from recordlint.jsontext.positions import Span
from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError
from recordlint.jsontext.tokens import ESCAPE
from recordlint.violations import LISTED_AT_MOST

_SIGNIFICANT: Final = re.compile(rf'(?P<escape>{ESCAPE})|\\(?P<other>\r\n|.|\Z)|(?P<raw>["\x00-\x1f])', re.DOTALL)
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_HEX: Final = re.compile(r"\\x([0-9a-fA-F]{2})")

# Kinds of mistakes. Any other is the character that is raw in the string.
DOUBLE_QUOTE: Final = "double quote"
OWN_QUOTE: Final = "own quote"
_SURROGATE: Final = "half of a surrogate pair"
_ESCAPED_QUOTE: Final = "escaped quote"
_HEXADECIMAL: Final = "hexadecimal"
_BACKSLASH: Final = "backslash"

_NO_ESCAPE: Final = "this backslash does not start a valid JSON escape"
_CAUSES: Final[Mapping[str, tuple[str, str, int]]] = {
    _SURROGATE: ("half of a surrogate pair is missing", "write the character itself", 6),
    _ESCAPED_QUOTE: (_NO_ESCAPE, "delete the backslash", 1),
    _HEXADECIMAL: (_NO_ESCAPE, r"write \u00 instead of \x", 1),
    _BACKSLASH: (_NO_ESCAPE, r"write \\ for a backslash", 1),
}
"""What is said of them: the message, the hint, and how many characters are marked."""


class Content(NamedTuple):
    """What is wrong inside a string."""

    with_quotes: list[Change]
    """What changes with the quotes around it."""
    kinds: Collection[str]
    """The kinds of mistakes."""
    errors: list[JsonSyntaxError]
    """One per cause, at its first place."""
    whole: Change | None
    """Writes the whole string, with its quotes, where very many changes would; it is in the errors too."""


def content(text: str, string: Span, inside: Span, quote: str) -> Content:
    """What is wrong inside a string.

    Args:
        text: the text.
        string: where the string is, with its quotes and what is before them.
        inside: where what it says is.
        quote: the character that opens it.
    """
    firsts: dict[str, list[Change]] = {}
    count = 0
    is_text, are_letters = False, True
    for match in _SIGNIFICANT.finditer(text, *inside):
        if match["escape"]:
            is_text = is_text or match["escape"][1] not in '"\\/'
            continue
        kind, change = _mistake(text, match, quote)
        count += 1
        changes = firsts.setdefault(kind, [])
        if len(changes) <= LISTED_AT_MOST:
            changes.append(change)
        if kind == _BACKSLASH:
            are_letters = are_letters and match["other"].isalpha() and match["other"] not in "ux"
    # In a string with escapes too, another backslash may be wrong as well: a path may hold both `\U` and `\n`.
    left = {_SURROGATE} if are_letters and not is_text else {_SURROGATE, _BACKSLASH}
    whole = _whole(text, string, inside, quote, left) if count > LISTED_AT_MOST else None
    raw = [kind for kind in firsts if kind not in (DOUBLE_QUOTE, OWN_QUOTE, *_CAUSES)]
    errors = []
    for kind in [*raw, *[each for each in _CAUSES if each in firsts]]:
        message, hint, span = _words(kind, firsts[kind][0], many=quote == "`")
        changes = [] if kind in left else [whole] if whole else firsts[kind]
        errors.append(JsonSyntaxError(message, hint, span, tuple(changes)))
    with_quotes = sorted([*firsts.get(DOUBLE_QUOTE, ()), *firsts.get(OWN_QUOTE, ())])
    return Content(with_quotes, firsts.keys(), errors, whole)


def _mistake(text: str, match: re.Match[str], quote: str) -> tuple[str, Change]:
    """The kind of a mistake, and what changes."""
    at, character = match.start(), match["other"] or match["raw"] or ""
    if match["raw"] == '"':
        return DOUBLE_QUOTE, Change(at, at, "\\")
    if match["raw"]:
        return "\n" if character in "\r\n" else character, _escaped(text, at, match.end())
    if quote != '"' and character == quote:
        return OWN_QUOTE, Change(at, at + 1, "")
    if half := _HALF.match(text, at):
        return _SURROGATE, Change(at, half.end(), half.group())
    if character and character in "'`":
        return _ESCAPED_QUOTE, Change(at, at + 1, "")
    if _HEX.match(text, at):
        return _HEXADECIMAL, Change(at, at + 2, r"\u00")
    return _BACKSLASH, Change(at, at, "\\")


def _escaped(text: str, at: int, after: int) -> Change:
    character = text[at]
    if character == "\r" and text[after : after + 1] == "\n":
        return Change(at, after, "")
    return Change(at, after, {"\t": r"\t", "\n": r"\n", "\r": r"\n"}.get(character, f"\\u{ord(character):04x}"))


def _whole(text: str, string: Span, inside: Span, quote: str, left: Collection[str]) -> Change:
    """The change that writes the whole string in double quotes, without its mistakes, except for some kinds."""
    written = StringIO()
    written.write('"')
    at = inside[0]
    for match in _SIGNIFICANT.finditer(text, *inside):
        if match["escape"]:
            continue
        kind, change = _mistake(text, match, quote)
        if kind not in left:
            written.write(text[at : change.start])
            written.write(change.text)
            at = change.end
    written.write(text[at : inside[1]])
    written.write('"')
    return Change(*string, written.getvalue())


def _words(kind: str, first: Change, *, many: bool) -> tuple[str, str, Span]:
    """The message, the hint and the place of mistakes of one kind."""
    if kind in _CAUSES:
        message, hint, length = _CAUSES[kind]
        return message, hint, (first.start, first.start + length)
    span = (first.start, first.end)
    if kind == "\n":
        message = "a string has a line break" if many else "a string is not closed at the end of its line"
        return message, r"write \n for a new line", span
    return "there is a control character in a string", f"write {first.text}", span
