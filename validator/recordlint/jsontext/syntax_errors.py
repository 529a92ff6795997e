"""Syntax errors of JSON in words: orjson says where, the token and what is expected there say what.

Nothing here depends on the words of orjson, which change between its releases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

import orjson

from recordlint.jsontext.context import CLOSING, STRUCTURE, WHITE_SPACE, Context, Expected, context
from recordlint.jsontext.parse import DEEPEST, too_deep
from recordlint.jsontext.positions import Span
from recordlint.wording.phrases import as_json
from recordlint.wording.suggestions import nearest


class JsonSyntaxError(NamedTuple):
    """What is wrong at a span, in words."""

    message: str
    hint: str
    span: Span
    related: tuple[Span, str] | None = None
    redacted_hint: str | None = None


def find_syntax_error(text: str, start: int) -> JsonSyntaxError | None:
    """The first syntax error of a text, which begins at `start`; None where there is none."""
    try:
        orjson.loads(text[start:])
    except orjson.JSONDecodeError as error:
        return _explain(text, start, start + error.pos)
    deep = too_deep(text)
    return None if deep is None else _too_deep(deep)


def _explain(text: str, start: int, at: int) -> JsonSyntaxError:
    """The syntax error that orjson sees at `at`."""
    end = len(text.rstrip(WHITE_SPACE))
    if end <= start:
        return JsonSyntaxError("the text is empty", "write a JSON object", (start, start))
    token = _token(text, at) if at < end else Token("nothing", "", len(text))
    around = context(text, start, token.start)
    if len(around.open) > DEEPEST:
        return _too_deep(around.open[DEEPEST])
    if around.string is not None:
        return _in_string(text, around.string)
    if at >= end:
        return _cut_short(text, around)
    explain = _EXPLANATIONS[around.expected].get(token.kind, _OTHERWISE[around.expected])
    return explain(_Fault(text, token, around))


def _too_deep(at: int) -> JsonSyntaxError:
    return JsonSyntaxError(f"the nesting is deeper than {DEEPEST} levels", "", (at, at + 1))


_LONG_NUMBER: Final = re.compile(r"(?<![0-9.eE+-])-?[0-9]{1000,}[0-9.eE+-]*")


def find_long_number(text: str, start: int) -> JsonSyntaxError | None:
    """The number with the most digits in a text that orjson reads, which jiter may refuse for them alone."""
    strings = [match.span() for match in STRUCTURE.finditer(text, start) if match.lastgroup == "string"]
    outside = [(end, after) for (_, end), (after, _) in pairwise([(start, start), *strings, (len(text), len(text))])]
    numbers = [match.span() for first, last in outside for match in _LONG_NUMBER.finditer(text, first, last)]
    if not numbers:
        return None
    longest = max(numbers, key=lambda span: span[1] - span[0])
    return JsonSyntaxError("a number has too many digits", "write it with an exponent and fewer digits", longest)


# Tokens, as people write them where JSON is expected.


class Token(NamedTuple):
    """A piece of the text."""

    kind: str
    """The name of a group of `_TOKEN`, or `nothing`."""
    text: str
    start: int

    @property
    def span(self) -> Span:
        """From its start to its end."""
        return self.start, self.start + len(self.text)

    @property
    def first(self) -> Span:
        """Its first character alone."""
        return self.start, self.start + 1


_TOKEN: Final = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z)|\#)
    |(?P<quote>['`“”„‘’«»])
    |(?P<template>\{\{|\$\{)
    |(?P<string>")
    |(?P<open>[{\[])
    |(?P<close>[}\]])
    |(?P<comma>,)
    |(?P<colon>:)
    |(?P<word>(?:[\w.+-]|\$(?!\{))+)
    |(?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)
_LONG_WORD: Final = re.compile(r"[\w.+-]+(?::[\w.+-]+)*")
"""A word that begins as a number or literal does, such as a date with its time."""
_UNFINISHED_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.(?![0-9])|(?:\.[0-9]+)?[eE][+-]?(?![0-9]))")
_NOT_A_NUMBER: Final = re.compile(r"[+-]?(?:NaN|nan|Infinity|inf)\b")
_NUMBERS_AND_LITERALS: Final = "+-.0123456789E" + "aeflnrstu"
"""The characters of numbers, `true`, `false` and `null`."""


def _token(text: str, at: int) -> Token:
    """The token at a position, from its start: a number or literal may begin before it."""
    match = _TOKEN.match(text, at)
    if match is None or match.lastgroup is None:
        raise AssertionError("every character is a token")
    start = len(text[:at].rstrip(_NUMBERS_AND_LITERALS))
    before = text[start:at]
    if match.lastgroup == "word" and before and (before != "-" or _is_number_like(text, at)):
        word = _LONG_WORD.match(text, start)
        return Token("word", word.group() if word else before, start)
    if _UNFINISHED_NUMBER.fullmatch(before) or (before == "-" and text[at] in WHITE_SPACE):
        return Token("word", before, start)
    return Token(match.lastgroup, match.group(), at)


def _is_number_like(text: str, at: int) -> bool:
    """Whether the text at `at`, after a minus, is meant as a number."""
    return text[at] in "+-.0123456789" or _NOT_A_NUMBER.match(text, at) is not None


# What each token means where it is not expected.


class _Fault(NamedTuple):
    text: str
    token: Token
    around: Context


_Explanation = Callable[[_Fault], JsonSyntaxError]


def _always(message: str, hint: str = "") -> _Explanation:
    """An explanation that says the same of every such token."""
    return lambda fault: JsonSyntaxError(message, hint, fault.token.span)


def _quote(fault: _Fault) -> JsonSyntaxError:
    kind = {"'": "single quotes", "`": "backquotes"}.get(fault.token.text, "typographic quotes")
    return JsonSyntaxError(
        f"a string needs double quotes, not {kind}", 'write straight double quotes: "…"', fault.token.span
    )


def _template(fault: _Fault) -> JsonSyntaxError:
    return JsonSyntaxError("a value or key is expected here", "fill in the template's placeholder", fault.token.first)


def _bracket_for_key(fault: _Fault) -> JsonSyntaxError:
    return _template(fault) if fault.token.text == "{" else _KEY(fault)


def _key(fault: _Fault) -> JsonSyntaxError:
    text, token, _ = fault
    if re.fullmatch(r"[0-9]{3}([.][0-9]+)?", token.text) and re.search(r"[0-9],\Z", text[: token.start][-2:]):
        hint = "write the number without thousands separators"
        return JsonSyntaxError("a key in double quotes is expected here", hint, token.span)
    if re.fullmatch(r"[\w$-]+", token.text):
        redacted = "put it in double quotes"
        return JsonSyntaxError(
            "this key is not in quotes", f"write {as_json(token.text)}", token.span, redacted_hint=redacted
        )
    return _KEY(fault)


def _after_value(explanation: _Explanation) -> _Explanation:
    """For a word, which a string may end right before: then the quote was meant to be part of the string."""

    def explain(fault: _Fault) -> JsonSyntaxError:
        if fault.text[fault.token.start - 1] == '"' and re.match(r"\w", fault.token.text):
            hint = r"write \" for a quote inside a string, or a comma after the string"
            return JsonSyntaxError("the string ends just before this", hint, fault.token.first)
        return explanation(fault)

    return explain


def _wrong_bracket(fault: _Fault) -> JsonSyntaxError:
    opened = fault.around.open[-1]
    bracket = fault.text[opened]
    message = f"{fault.token.text} does not close {bracket}"
    related = ((opened, opened + 1), f"{bracket} opens here")
    return JsonSyntaxError(message, f"write {CLOSING[bracket]} before it", fault.token.span, related)


def _no_comma(fault: _Fault) -> JsonSyntaxError:
    closing = CLOSING[fault.text[fault.around.open[-1]]]
    return JsonSyntaxError(f"a comma or {closing} is expected here", "", fault.token.span)


# A word where a value is expected: the first pattern that it matches as a whole.

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
_INVALID_NUMBER: Final = "this is not a valid JSON number"
_WORDS: Final = [
    (_NOT_A_NUMBER, "this is not a JSON number", "write null or leave the field out"),
    (re.compile(r"\.\..*"), "a value is expected here", "write what the dots stand for, or delete them"),
    (re.compile(r"-?0[0-9].*"), "a number has a leading zero", "remove the zero, or put the number in quotes"),
    (
        re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"),
        "a number is beyond the range of a double",
        "check the number: the largest is about 1.8e308",
    ),
    (re.compile(r"[0-9][0-9_]*|0[xXbBoO][0-9a-fA-F]+"), _INVALID_NUMBER, "write plain decimal digits"),
    (
        re.compile(rf"(?:{_UNFINISHED_NUMBER.pattern}|[+.]|-[+.-]).*|-"),
        _INVALID_NUMBER,
        "write it like 0.5, -1 or 100",
    ),
]


def _word(fault: _Fault) -> JsonSyntaxError:
    word, span = fault.token.text, fault.token.span
    if word in _LITERALS:
        literal, redacted = _LITERALS[word], "write null, true or false"
        return JsonSyntaxError("this is not a JSON value", f"write {literal}", span, redacted_hint=redacted)
    for pattern, message, hint in _WORDS:
        if pattern.fullmatch(word):
            return JsonSyntaxError(message, hint, span)
    near = nearest(word, ("true", "false", "null"))
    hint = f"write {near[0]}, or put the text in double quotes" if near else "put it in double quotes"
    return JsonSyntaxError("this text is not in quotes", hint, span)


# The text ends too early, or a string holds what it must not.

_STRING_PART: Final = re.compile(
    r"""(?:[^"\\\x00-\x1f]++
    |\\["\\/bfnrt]
    |\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}
    |\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}
    )*+""",
    re.VERBOSE,
)
"""What a string may hold, up to its first fault."""
_CUT_OFF: Final = re.compile(r"(?:\\(?:u[0-9a-fA-F]{0,3})?)?")
"""What may be between the last whole part of a string and the end of the text."""
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def _in_string(text: str, opened: int) -> JsonSyntaxError:
    """The first fault of the string that opens at `opened`."""
    opens = ((opened, opened + 1), "it opens here")
    part = _STRING_PART.match(text, opened + 1)
    at = part.end() if part else opened + 1
    if _CUT_OFF.fullmatch(text, at):
        end = (len(text), len(text))
        return JsonSyntaxError("a string is not closed", "close it with a double quote", end, opens)
    here = (at, at + 1)
    if text[at] in "\r\n":
        hint = r"close it with a double quote, or write \n for a new line"
        return JsonSyntaxError("a string is not closed at the end of its line", hint, here, opens)
    if text[at] < " ":
        name = r"\t" if text[at] == "\t" else f"\\u{ord(text[at]):04x}"
        return JsonSyntaxError("there is a control character in a string", f"write {name}", here)
    if _SURROGATE.match(text, at):
        return JsonSyntaxError("half of a surrogate pair is missing", "write the character itself", (at, at + 6))
    return JsonSyntaxError("this backslash does not start a valid JSON escape", r"write \\ for a backslash", here)


def _cut_short(text: str, around: Context) -> JsonSyntaxError:
    """The text ends before a bracket is closed, or within the only value."""
    end = (len(text), len(text))
    if not around.open:
        return JsonSyntaxError("the text ends in the middle of a value", "", end)
    at = around.open[-1]
    bracket = text[at]
    related = ((at, at + 1), f"{bracket} opens here")
    hint = f"write {CLOSING[bracket]} at the end"
    return JsonSyntaxError(f"the text ends before this {bracket} is closed", hint, end, related)


def _unopened(fault: _Fault) -> JsonSyntaxError:
    message = f"there is no opening bracket for this {fault.token.text}"
    return JsonSyntaxError(message, "delete it", fault.token.span)


# The table.

_COMMENT: Final = _always("JSON has no comments", "delete the comment")
_COLON: Final = _always("a colon is missing after the key", "write : between the key and the value")
_KEY: Final = _always("a key in double quotes is expected here")
_COMMA: Final = _always("a comma is missing before this", "write a comma between the two")
_MISSING: Final = _always("a value is missing here", "write the value before this")
_COMMON: Final[Mapping[str, _Explanation]] = {"comment": _COMMENT, "quote": _quote, "template": _template}

_EXPLANATIONS: Final[Mapping[Expected, Mapping[str, _Explanation]]] = {
    "value": {
        **_COMMON,
        "word": _word,
        "colon": _always("a value is expected here", "delete the second colon"),
        "comma": _MISSING,
        "close": _MISSING,
    },
    "key": {
        **_COMMON,
        "word": _key,
        "open": _bracket_for_key,
        "comma": _always("there is a comma where a key is expected", "delete the comma"),
    },
    "colon": {**_COMMON, "word": _after_value(_COLON)},
    "comma": {
        **_COMMON,
        "word": _after_value(_COMMA),
        "string": _COMMA,
        "open": _COMMA,
        "comma": _always("there is a trailing comma before the closing bracket", "delete the comma"),
        "close": _wrong_bracket,
    },
    "end": {
        "comment": _COMMENT,
        "close": _unopened,
        "open": _always("a second document starts here, but only one is allowed", "put it in a file of its own"),
    },
}
"""What each token means, by what is expected there."""

_OTHERWISE: Final[Mapping[Expected, _Explanation]] = {
    "value": _always("a JSON value is expected here"),
    "key": _KEY,
    "colon": _COLON,
    "comma": _no_comma,
    "end": _always("there is something after the end of the document", "delete it"),
}
"""What any other token means there."""
