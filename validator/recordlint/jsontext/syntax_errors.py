"""Slips in JSON's syntax: orjson names the offending token, and short tables make a sentence of it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import orjson

from recordlint.jsontext.parse import DEEPEST, STRINGS_AND_BRACKETS, too_deep
from recordlint.jsontext.positions import Span
from recordlint.wording.phrases import as_json
from recordlint.wording.suggestions import nearest

_TOKEN: Final = re.compile(r"[\w.+$-]+|//[^\n]*|/\*.*?\*/|.", re.DOTALL)
_WORD: Final = re.compile(r"[\w$-]+")
_PAIRS: Final = {"{": "}", "[": "]"}


class JsonSyntaxError(NamedTuple):
    """What is wrong at a span, in words."""

    message: str
    hint: str
    span: Span
    related: tuple[Span, str] | None = None
    redacted_hint: str | None = None


def find_syntax_error(text: str, start: int) -> JsonSyntaxError | None:
    """The first slip of a text, which begins at `start`; None where there is none."""
    try:
        orjson.loads(text[start:])
    except orjson.JSONDecodeError as error:
        return _named(text, error.msg, error.pos + start, start)
    deep = too_deep(text)
    if deep is not None:
        return JsonSyntaxError(f"the nesting goes past {DEEPEST} levels", "", (deep, deep + 1))
    return None


def _named(text: str, said: str, at: int, start: int) -> JsonSyntaxError:
    token_match = _TOKEN.match(text, at)
    token = token_match.group() if token_match else ""
    span = (at, at + max(1, len(token))) if token else (at, at)
    if not text[start:].strip(" \t\n\r"):
        return JsonSyntaxError("the text is empty", "write a JSON object", (start, start))
    if at >= len(text) or "end of data" in said:
        return _unclosed(text)
    if "trailing comma" in said:
        return JsonSyntaxError("a trailing comma stands before the closing bracket", "delete the comma", (at, at + 1))
    if "control character" in said:
        return _control_character(text, at)
    if "infinity" in said:
        return JsonSyntaxError(
            "a number is beyond the range of a double", "check it: 1.8e308 is the end", _number(text, at)
        )
    if "leading zero" in said:
        return JsonSyntaxError("a number begins with a zero", "drop the zero, or put it in quotes", _number(text, at))
    if "surrogate" in said:
        return JsonSyntaxError(
            "half of a surrogate pair stands alone",
            "write the character itself",
            (at, min(at + 6, len(text))),
        )
    if "escape" in said:
        return JsonSyntaxError("a backslash begins no escape that JSON has", r"write \\ for a backslash", (at, at + 1))
    if token.startswith(("//", "/*", "#")):
        return JsonSyntaxError("JSON has no comments", "delete the comment", span)
    if "after document" in said:
        return _after(text, at, span)
    if token in _QUOTES:
        return JsonSyntaxError(
            f"{_QUOTES[token]} do not make a string", 'write straight double quotes: "…"', (at, at + 1)
        )
    if text.startswith(("{{", "${"), at) or (token == "{" and "string key" in said):
        return JsonSyntaxError("a value or key is expected here", "fill in the template's placeholder", (at, at + 1))
    glued = _glued(text, at)
    if glued:
        return glued
    if "string key" in said:
        return _key(text, token, span)
    if "':'" in said:
        return JsonSyntaxError("a colon is missing after the key", "write : between key and value", span)
    if "expected ','" in said:
        return _comma(text, at, token, span)
    return _value(text, token, at, span)


_QUOTES: Final = {"'": "single quotes", "`": "backquotes", **dict.fromkeys("“”„‘’«»", "typographic quotes")}


def _glued(text: str, at: int) -> JsonSyntaxError | None:
    """What goes on where a value has ended: `1_000`, `2024-01-01`, `nulll`, a quote inside a string."""
    before = text[at - 1 : at]
    if before == '"' and re.match(r"\w", text[at]):
        hint = r"write \" for a quote inside a string, or a comma behind the string"
        return JsonSyntaxError("a string ends just before this", hint, (at, at + 1))
    if before in ".eE+-" and before and re.search(r"[0-9][.eE+-]+$", text[:at]):
        return JsonSyntaxError("this is not how JSON writes a number", "such as 0.5, -1 or 100", _number(text, at - 1))
    if not re.match(r"\w", before) or not re.match(r"[\w.+-]", text[at]):
        return None
    start = at
    while start and re.match(r"[\w.+-]", text[start - 1]):
        start -= 1
    match = re.compile(r"[\w.+:-]+").match(text, start)
    span = (start, match.end() if match else at + 1)
    whole = text[span[0] : span[1]]
    if re.fullmatch(r"[0-9][0-9_]*|0[xXbBoO][0-9a-fA-F]+", whole):
        return JsonSyntaxError("this is not how JSON writes a number", "write plain decimal digits", span)
    return _bare_text(whole, span)


def _bare_text(word: str, span: Span) -> JsonSyntaxError:
    near = nearest(word, ("true", "false", "null"))
    hint = f"write {near[0]}, or put a text in double quotes" if near else "put it in double quotes"
    return JsonSyntaxError("a text stands without quotes", hint, span)


def _key(text: str, token: str, span: Span) -> JsonSyntaxError:
    if re.fullmatch(r"[0-9]{3}([.][0-9]+)?", token) and re.search(r"[0-9],$", text[: span[0]]):
        hint = "write the number without thousands separators"
        return JsonSyntaxError("a key in double quotes is expected here", hint, span)
    if _WORD.fullmatch(token):
        return JsonSyntaxError(
            "a key stands without quotes", f"write {as_json(token)}", span, None, "put it in double quotes"
        )
    if token == ",":
        return JsonSyntaxError("a comma stands where a key should", "delete the comma", span)
    return JsonSyntaxError("a key in double quotes is expected here", "", span)


def _comma(text: str, at: int, token: str, span: Span) -> JsonSyntaxError:
    opened = _open_bracket(text, at)
    bracket = text[opened]
    expects = _PAIRS[bracket]
    if token in ("}", "]"):
        related = ((opened, opened + 1), f"{bracket} opens here")
        return JsonSyntaxError(f"{token} does not close {bracket}", f"write {expects} before it", span, related)
    if not re.match(r'["\w{\[.+-]', token):
        return JsonSyntaxError(f"a comma or {expects} is expected here", "", span)
    return JsonSyntaxError("a comma is missing before this", "write a comma between the two", span)


_LITERALS: Final = {
    "None": "null",
    "nil": "null",
    "undefined": "null",
    "NULL": "null",
    "Null": "null",
    "True": "true",
    "TRUE": "true",
    "False": "false",
    "FALSE": "false",
}
_NOT_NUMBERS: Final = ("NaN", "Infinity", "-Infinity", "+Infinity", "inf", "nan")


def _value(text: str, token: str, at: int, span: Span) -> JsonSyntaxError:
    number = _number(text, at)
    whole = text[number[0] : number[1]]
    if token in _LITERALS:
        return JsonSyntaxError(f"{token} is not a JSON value", f"write {_LITERALS[token]}", span)
    if whole in _NOT_NUMBERS or token in _NOT_NUMBERS:
        return JsonSyntaxError(f"{whole or token} is not a JSON number", "write null or leave the field out", number)
    if token == ":":
        return JsonSyntaxError("a value is expected here", "delete the second colon", span)
    if token.startswith(".."):
        return JsonSyntaxError("a value is expected here", "write what the dots stand for, or delete them", span)
    if token in (",", "}", "]"):
        return JsonSyntaxError("a value is missing here", "write it before this", span)
    if re.match(r"[+.\d-]", token):
        return JsonSyntaxError("this is not how JSON writes a number", "such as 0.5, -1 or 100", number)
    if _WORD.fullmatch(token):
        return _bare_text(token, span)
    return JsonSyntaxError("a JSON value is expected here", "", span)


def _after(text: str, at: int, span: Span) -> JsonSyntaxError:
    if text[at] in "]}":
        return JsonSyntaxError(f"{text[at]} closes nothing", "delete it", (at, at + 1))
    if text[at] in "{[":
        return JsonSyntaxError(
            "a second document begins here; a file holds one", "put it into a file of its own", (at, at + 1)
        )
    return JsonSyntaxError("something stands after the end of the document", "delete it", span)


def _control_character(text: str, at: int) -> JsonSyntaxError:
    character = text[at]
    if character in "\r\n":
        opened = text.rindex('"', 0, at)
        return JsonSyntaxError(
            "a string is not closed at the end of its line",
            r"close it with a double quote, or write \n for a new line",
            (at, at + 1),
            ((opened, opened + 1), "it opens here"),
        )
    name = r"\t" if character == "\t" else f"\\u{ord(character):04x}"
    return JsonSyntaxError("a control character stands in a string", f"write {name}", (at, at + 1))


def _number(text: str, at: int) -> Span:
    """The whole number around `at`: orjson may name the digit after the sign."""
    start = at
    while start and text[start - 1] in "+-.0123456789eE":
        start -= 1
    match = _TOKEN.match(text, start)
    return (start, match.end() if match else at + 1)


def _open_bracket(text: str, at: int) -> int:
    """Where the bracket stands that is open at `at`. There is one: only in it a comma may be missing."""
    stack: list[int] = []
    for match in re.finditer(STRINGS_AND_BRACKETS, text[:at]):
        token = match.group()
        if token in _PAIRS:
            stack.append(match.start())
        elif token in ("}", "]"):
            stack.pop()
    return stack[-1]


def _unclosed(text: str) -> JsonSyntaxError:
    """The text ends too early: inside a string, or before a bracket is closed."""
    end = len(text)
    stack: list[tuple[int, str]] = []
    for match in re.finditer(STRINGS_AND_BRACKETS, text):
        token = match.group()
        if token[0] == '"':
            if len(token) == 1 or not _closes(token):
                opened = (match.start(), match.start() + 1)
                return JsonSyntaxError(
                    "a string is not closed",
                    "close it with a double quote",
                    (end, end),
                    (opened, "it opens here"),
                )
        elif token in _PAIRS:
            stack.append((match.start(), token))
        elif stack:
            stack.pop()
    if not stack:
        return JsonSyntaxError("the text ends before the value does", "", (end, end))
    at, bracket = stack[-1]
    closing = _PAIRS[bracket]
    return JsonSyntaxError(
        f"the text ends before this {bracket} is closed",
        f"write {closing} at the end",
        (end, end),
        ((at, at + 1), f"{bracket} opens here"),
    )


def _closes(token: str) -> bool:
    """Whether a string token ends in a quote that is not escaped."""
    if not token.endswith('"'):
        return False
    body = token[1:-1]
    return (len(body) - len(body.rstrip("\\"))) % 2 == 0
