"""Strings that JSON does not take: other quotes, raw line breaks and tabs, backslashes."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from recordlint.jsontext.missing_quotes import closing_on_line
from recordlint.jsontext.positions import Span
from recordlint.jsontext.string_contents import DOUBLE_QUOTE, OWN_QUOTE, content
from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError, replaced
from recordlint.jsontext.tokens import ODD_SPACE


class String(NamedTuple):
    """A string that was meant."""

    errors: list[JsonSyntaxError]
    end: int | None
    """After its closing quote; None if it is not clear where it closes."""


_CLOSERS: Final = {
    "'": "'",
    "`": "`",
    "“": '”“"',
    "”": '”“"',
    "„": '“”"',
    "‘": "’‘'",
    "’": "’‘'",
    "‚": "‘’'",
    "«": "»",
    "»": "«»",
    "＂": '＂"',
}
_KINDS: Final = {"'": "single quotes", "`": "backquotes"}
_FOLLOWS: Final = re.compile(rf"[ \t{ODD_SPACE}]*(?:[,:}}\]);=\r\n，：]|//|/\*|\#|\Z)")
"""What follows a string that is closed."""
_FOLLOWS_LINES: Final = re.compile(r"[ \t\r\n]*(?:[,}\]]|\Z)")
"""What follows a string of several lines."""
_BODY: Final = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_STRAY_CLOSER: Final = re.compile(
    r"(?:[^“”„»«'\\\x00-\x1f]++|(?<=\w)'(?=\w))*+([”“»'])(?=[ \t\r\n]*(?:[:}\]]|,[ \t\r\n]*[\"“”„}\]]))"
)
"""A single or typographic quote that none opens."""
_NEW_LINE: Final = re.compile(r"\r\n|\n|\r")


def other_quotes(text: str, start: int) -> String:
    """A string that opens with a quote that JSON does not have, or with one of Python's prefixes."""
    opening = start + 1 if text[start] in "uUbBrRfF" else start
    quote = text[opening]
    kind = _KINDS.get(quote, "typographic quotes")
    message, hint = f"a string needs double quotes, not {kind}", 'write straight double quotes: "…"'
    end = _closing(text, opening + 1, _CLOSERS[quote], over_lines=quote == "`")
    if end is None or text[start] in "rRfF":  # A backslash or a brace of Python's raw and f-strings is something else.
        return String([JsonSyntaxError(message, hint, (opening, opening + 1))], None)
    inside = content(text, (start, end + 1), (opening + 1, end), quote)
    if DOUBLE_QUOTE in inside.kinds:
        hint += r", and \" for each quote inside"
    if OWN_QUOTE in inside.kinds:
        hint += rf", and {quote} instead of \{quote} inside"
    changes = [Change(start, opening + 1, '"'), *inside.with_quotes, Change(end, end + 1, '"')]
    if inside.whole:
        changes = [inside.whole]
    error = JsonSyntaxError(message, hint, (opening, opening + 1), tuple(changes))
    return String([error, *inside.errors], end + 1)


def _closing(text: str, at: int, closers: str, *, over_lines: bool) -> int | None:
    """Where the string closes. A quote between two letters is an apostrophe."""
    for match in re.compile(rf"\\.|[{closers}\r\n]", re.DOTALL).finditer(text, at):
        if match.group() in closers:
            if _FOLLOWS.match(text, match.end()):
                inner = _behind_inner_quotes(text, at, closers) if match.group() == '"' else None
                return match.start() if inner is None else inner
            if match.group() == '"':
                continue
            if not re.match(r"\w", text[match.end()]) or not re.match(r"\w", text[match.start() - 1]):
                return None
        elif match.group() in "\r\n" and not over_lines:
            return None
    return None


def _behind_inner_quotes(text: str, at: int, closers: str) -> int | None:
    """Where a string with typographic quotes closes that has pairs of straight ones in it, such as `“a "b", c”`."""
    own = closers.replace('"', "")
    match = re.compile(rf"[^“”„‘’‚{own}\\\r\n]*([{own}])").match(text, at)
    if not match or not _FOLLOWS.match(text, match.end()):
        return None
    count = text.count('"', at, match.end())
    return match.start(1) if count and count % 2 == 0 else None


def faulty_string(text: str, start: int) -> String:
    """A string in double quotes that is not closed, or holds what it must not."""
    body = _BODY.match(text, start + 1)
    end = body.end() if body else len(text)
    opens = ((start, start + 1), "it opens here")
    line = _NEW_LINE.search(text, start + 1, end)
    is_open = text[end : end + 1] != '"'
    if is_open or (line and not _FOLLOWS_LINES.match(text, end + 1)):
        stray = stray_closer(text, start, end)
        if stray:
            return String([stray], stray.span[1])
        if line and (missing := closing_on_line(text, start)):
            return String([missing[0]], missing[1])
    if is_open:
        cut = line.start() if line else len(text)
        return String([_unclosed(text, cut, opens)], None)
    if line and not _FOLLOWS_LINES.match(text, end + 1):
        return String([_unclosed(text, line.start(), opens)], None)
    errors = content(text, (start, end + 1), (start + 1, end), '"').errors
    if line:
        errors = [each._replace(related=opens) if each.span[0] == line.start() else each for each in errors]
    return String(sorted(errors, key=lambda error: error.span), end + 1)


def _unclosed(text: str, at: int, opens: tuple[Span, str]) -> JsonSyntaxError:
    if at == len(text):
        return JsonSyntaxError("a string is not closed", "close it with a double quote", (at, at), related=opens)
    hint = r"close it with a double quote, or write \n for a new line"
    return JsonSyntaxError("a string is not closed at the end of its line", hint, (at, at + 1), related=opens)


def stray_closer(text: str, start: int, end: int) -> JsonSyntaxError | None:
    """The error of a string that opens with a straight quote and closes with a typographic one, before `end`."""
    match = _STRAY_CLOSER.match(text, start + 1, end + 1)
    if not match:
        return None
    message = f"a string needs double quotes, not {_KINDS.get(match[1], 'typographic quotes')}"
    return JsonSyntaxError(message, 'write straight double quotes: "…"', match.span(1), replaced(match.span(1), '"'))
