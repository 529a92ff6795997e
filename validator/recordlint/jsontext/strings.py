"""Strings that JSON does not take: other quotes, raw line breaks and tabs, backslashes."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from recordlint.jsontext.missing_quotes import closing_on_line
from recordlint.jsontext.positions import Span
from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError, replaced
from recordlint.jsontext.tokens import ESCAPE, ODD_SPACE


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
    r"(?:[^“”„»«'\\\x00-\x1f]|(?<=\w)'(?=\w))*([”“»'])(?=[ \t\r\n]*(?:[:}\]]|,[ \t\r\n]*[\"“”„}\]]))"
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
    inside, errors = _content(text, opening + 1, end, quote)
    written = {change.text for change in inside}
    if "\\" in written:
        hint += r", and \" for each quote inside"
    if "" in written:
        hint += rf", and {quote} instead of \{quote} inside"
    changes = [Change(start, opening + 1, '"'), *inside, Change(end, end + 1, '"')]
    error = JsonSyntaxError(message, hint, (opening, opening + 1), tuple(changes))
    return String([error, *errors], end + 1)


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


_SIGNIFICANT: Final = re.compile(rf'(?P<escape>{ESCAPE})|\\(?P<other>\r\n|.|\Z)|(?P<raw>["\x00-\x1f])', re.DOTALL)
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_HEX: Final = re.compile(r"\\x([0-9a-fA-F]{2})")


def _content(text: str, start: int, end: int, quote: str) -> tuple[list[Change], list[JsonSyntaxError]]:
    """What changes with the quotes of a string, and the errors that are left: one per cause, at its first place."""
    with_quotes: list[Change] = []
    raw: dict[str, list[Change]] = {}
    slashes: list[tuple[int, str]] = []
    halves: list[int] = []
    is_text = False
    for match in _SIGNIFICANT.finditer(text, start, end):
        at, after, character = match.start(), match.end(), match["other"] or match["raw"] or ""
        if match["escape"]:
            is_text = is_text or match["escape"][1] not in '"\\/'
        elif match["raw"] == '"':
            with_quotes.append(Change(at, at, "\\"))
        elif match["raw"]:
            raw.setdefault("\n" if character in "\r\n" else character, []).append(_escaped(text, at, after))
        elif quote != '"' and character == quote:
            with_quotes.append(Change(at, at + 1, ""))
        elif _HALF.match(text, at):
            halves.append(at)
        else:
            slashes.append((at, character))
    errors = [_raw(character, changes, many=quote == "`") for character, changes in raw.items()]
    errors += [_half(at) for at in halves[:1]]
    errors += _backslashes(text, slashes, is_text=is_text)
    return with_quotes, errors


def _escaped(text: str, at: int, after: int) -> Change:
    character = text[at]
    if character == "\r" and text[after : after + 1] == "\n":
        return Change(at, after, "")
    return Change(at, after, {"\t": r"\t", "\n": r"\n", "\r": r"\n"}.get(character, f"\\u{ord(character):04x}"))


def _raw(character: str, changes: list[Change], *, many: bool) -> JsonSyntaxError:
    span = (changes[0].start, changes[0].end)
    if character == "\n":
        message = "a string has a line break" if many else "a string is not closed at the end of its line"
        return JsonSyntaxError(message, r"write \n for a new line", span, tuple(changes))
    hint = f"write {changes[0].text}"
    return JsonSyntaxError("there is a control character in a string", hint, span, tuple(changes))


def _half(at: int) -> JsonSyntaxError:
    return JsonSyntaxError("half of a surrogate pair is missing", "write the character itself", (at, at + 6))


def _backslashes(text: str, slashes: list[tuple[int, str]], *, is_text: bool) -> list[JsonSyntaxError]:
    r"""The errors of backslashes that start no escape.

    Args:
        text: the text.
        slashes: where they are, with what is after each.
        is_text: whether the string has escapes too: then another backslash of it may be wrong as well, as in a path
            that holds both `\U` and `\n`.
    """
    message = "this backslash does not start a valid JSON escape"
    errors = []
    quotes = [at for at, character in slashes if character and character in "'`"]
    if quotes:
        changes = tuple([Change(at, at + 1, "") for at in quotes])
        errors.append(JsonSyntaxError(message, "delete the backslash", (quotes[0], quotes[0] + 1), changes))
    hexadecimal = [(at, match[1]) for at, _ in slashes if (match := _HEX.match(text, at))]
    if hexadecimal:
        at = hexadecimal[0][0]
        changes = tuple([Change(each, each + 2, r"\u00") for each, _ in hexadecimal])
        errors.append(JsonSyntaxError(message, r"write \u00 instead of \x", (at, at + 1), changes))
    known = {*quotes, *[each for each, _ in hexadecimal]}
    others = [slash for slash in slashes if slash[0] not in known]
    if others:
        first = others[0][0]
        are_letters = all(character.isalpha() and character not in "ux" for _, character in others)
        changes = tuple([Change(at, at, "\\") for at, _ in others]) if are_letters and not is_text else ()
        errors.append(JsonSyntaxError(message, r"write \\ for a backslash", (first, first + 1), changes))
    return errors


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
    _, errors = _content(text, start + 1, end, '"')
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
