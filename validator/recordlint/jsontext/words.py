"""Words where JSON takes a value or a key: Python's literals, odd numbers, text without quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

from recordlint.jsontext.positions import Span
from recordlint.jsontext.syntax_errors import JsonSyntaxError, deleted, replaced
from recordlint.jsontext.tokens import NUMBER
from recordlint.wording.phrases import as_json
from recordlint.wording.suggestions import nearest

Where = Literal["member", "item", "document"]
"""Whose value a word is: an object's member, an array's item, or the whole document."""

WRITE_AN_OBJECT: Final = "write a JSON object"
UNDEFINED: Final = "undefined"
_LITERALS: Final = {
    "None": "null",
    "nil": "null",
    "NULL": "null",
    "Null": "null",
    "True": "true",
    "TRUE": "true",
    "False": "false",
    "FALSE": "false",
}
_JSON_WORDS: Final = ("true", "false", "null")
_SHORT: Final = 64
_NOT_A_NUMBER: Final = re.compile(r"[+-]?(?:NaN|nan|Infinity|inf)")
_LEFT_OUT: Final = {"member": "leave the member out", "item": "remove the item", "document": WRITE_AN_OBJECT}
_LONG_WORD: Final = re.compile(r"[\w.+-]+(?::[0-9][\w.+-]*)*")
"""A word that begins as a number does, such as a date with its time."""
_DATE: Final = re.compile(r"[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,4}(?:T.*)?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_PHONE: Final = re.compile(r"\+[0-9]{7,}")
_SIGNED: Final = re.compile(rf"\+({NUMBER})")
_NO_WHOLE: Final = re.compile(r"([+-]?)(\.[0-9]+(?:[eE][+-]?[0-9]+)?)")
_NO_FRACTION: Final = re.compile(r"([+-]?)(0|[1-9][0-9]*)\.((?:[eE][+-]?[0-9]+)?)")
_UNDERSCORES: Final = re.compile(r"-?[1-9][0-9]*(?:_[0-9]+)+(?:\.[0-9]+)?")
_FAR_NUMBER: Final = "a number is beyond the range of a double"
_NUMBER: Final = "this is not a valid JSON number"
_OTHER_NUMBERS: Final = [
    (re.compile(r"-?00.+"), "a number has leading zeros", "remove the zeros in front, or put the number in quotes"),
    (re.compile(r"-?0[0-9].*"), "a number has a leading zero", "remove the zero, or put the number in quotes"),
    (re.compile(r"0[xXbBoO][0-9a-fA-F]+|[0-9][0-9_]*"), _NUMBER, "write plain decimal digits"),
    (re.compile(r"-?[0-9]+(?:\.[0-9]*)?[eE][+-]?|[+.].*|-[+.-].*|-"), _NUMBER, "write it like 0.5, -1 or 100"),
]


def long_word(text: str, start: int) -> int:
    """The end of the word at `start`, with its colons if it begins as a date or time does."""
    match = _LONG_WORD.match(text, start) if text[start] in "0123456789+-" else None
    return match.end() if match else start


def far_number(text: str, span: Span) -> JsonSyntaxError | None:
    """The error of a JSON number that no double holds; None for any other."""
    if span[1] - span[0] < 5 or float(text[slice(*span)]) not in (float("inf"), float("-inf")):
        return None
    return JsonSyntaxError(_FAR_NUMBER, "check the number: the largest is about 1.8e308", span)


def value_word(text: str, span: Span, where: Where) -> JsonSyntaxError:
    """The error of a word that is no JSON value. That of `undefined` has no changes: they depend on its neighbours."""
    word = text[slice(*span)]
    if where == "document":
        return JsonSyntaxError("this is not a JSON document", WRITE_AN_OBJECT, span)
    if word == UNDEFINED:
        return JsonSyntaxError("JSON has no undefined", _LEFT_OUT[where], span)
    if _NOT_A_NUMBER.fullmatch(word):
        other = "leave the field out" if where == "member" else _LEFT_OUT[where]
        return JsonSyntaxError("this is not a JSON number", f"write a number, or {other}", span)
    if word in _LITERALS:
        literal = _LITERALS[word]
        changes = replaced(span, literal)
        redacted = "write null, true or false"
        return JsonSyntaxError("this is not a JSON value", f"write {literal}", span, changes, redacted_hint=redacted)
    if _DATE.fullmatch(word) or _PHONE.fullmatch(word):
        return JsonSyntaxError(
            "this text is not in quotes", "put it in double quotes", span, replaced(span, f'"{word}"')
        )
    number = _meant_number(word)
    if number:
        redacted = "write it like 0.5, -1 or 100"
        return JsonSyntaxError(_NUMBER, f"write {number}", span, replaced(span, number), redacted_hint=redacted)
    if set(word) == {"."}:
        return JsonSyntaxError("a value is expected here", "write what the dots stand for, or delete them", span)
    for pattern, message, hint in _OTHER_NUMBERS:
        if pattern.fullmatch(word):
            return JsonSyntaxError(message, hint, span)
    near = _near(word) if len(word) <= _SHORT else nearest(word, _JSON_WORDS)
    hint = f"write {near[0]}, or put the text in double quotes" if near else "put it in double quotes"
    return JsonSyntaxError("this text is not in quotes", hint, span)


@lru_cache(maxsize=1024)
def _near(word: str) -> Sequence[str]:
    """The literals that a short word may be meant for; remembered, since a text may have it very often."""
    return nearest(word, _JSON_WORDS)


def _meant_number(word: str) -> str:
    """The only JSON number that another notation can mean; empty if there is none."""
    if match := _SIGNED.fullmatch(word):
        return match[1]
    if match := _NO_WHOLE.fullmatch(word):
        return f"{match[1].strip('+')}0{match[2]}"
    if match := _NO_FRACTION.fullmatch(word):
        return f"{match[1].strip('+')}{match[2]}{match[3]}"
    return word.replace("_", "") if _UNDERSCORES.fullmatch(word) else ""


def bare_key(text: str, span: Span) -> JsonSyntaxError:
    """The error of a key without quotes."""
    key = as_json(text[slice(*span)])
    redacted = "put it in double quotes"
    return JsonSyntaxError(
        "this key is not in quotes", f"write {key}", span, replaced(span, key), redacted_hint=redacted
    )


_NUMBER_GOES_ON: Final = re.compile(r"(?:[0-9]{3}(?:,[0-9]{3})*(?:\.[0-9]+)?|[0-9]{1,2}|[0-9]{4,})(?=[ \t\r\n]*[,}])")


def split_number(text: str, before: Span, comma: int, start: int) -> tuple[JsonSyntaxError, int] | None:
    """The error of a number with a comma in it, and where the number ends; None if there is no such number.

    Args:
        text: the text.
        before: the number before the comma.
        comma: where the comma is.
        start: where the next token starts.
    """
    match = _NUMBER_GOES_ON.match(text, start)
    if before[1] != comma or start != comma + 1 or not match or not re.fullmatch(r"-?[0-9]+", text[slice(*before)]):
        return None
    span = (before[0], match.end())
    digits = text[comma : match.end()]
    if re.fullmatch(r",[0-9]+", digits) and len(digits) != 4:
        error = JsonSyntaxError(
            "the number has a decimal comma", "write a decimal point", span, replaced((comma, start), ".")
        )
    else:
        hint = "write the number without thousands separators"
        if digits.count(",") == 1 and "." not in digits:
            error = JsonSyntaxError("there is a comma in the number", f"{hint}, or with a decimal point", span)
        else:
            changes = deleted(text, comma, match.end(), ",")
            error = JsonSyntaxError("the number has thousands separators", hint, span, tuple(changes))
    return error, match.end()
