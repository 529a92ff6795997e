"""Why a text is no JSON document: orjson names the offending token, a short table makes a sentence of it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import orjson

from recordlint.document import BOM, DEEPEST, STRINGS_AND_BRACKETS, Unreadable, parse, read_json, too_deep
from recordlint.places import Span, duplicates, to_places
from recordlint.violations import Edit, Fix, Place, Related, Violation, pointer
from recordlint.words import as_json

_TOKEN: Final = re.compile(r"[\w.+$-]+|//[^\n]*|/\*.*?\*/|.", re.DOTALL)
_WORD: Final = re.compile(r"[\w$-]+")
_PAIRS: Final = {"{": "}", "[": "]"}


class _Slip(NamedTuple):
    """What is wrong at a span, in words."""

    message: str
    hint: str
    span: Span
    related: tuple[Span, str] | None = None
    blind_hint: str | None = None


def diagnose(data: bytes) -> list[Violation]:
    """The violations of a text that cannot be read as JSON, at least one.

    A byte order mark comes first; what stands behind it is diagnosed too, where it does not parse either.
    """
    if data.startswith(BOM):
        try:
            read_json(data[len(BOM) :])
        except Unreadable:
            # What is no JSON behind it is left alone as a whole.
            return [_byte_order_mark()._replace(fix=None), *_behind_mark(data)]
        return [_byte_order_mark()]
    return _behind_mark(data)


def _behind_mark(data: bytes) -> list[Violation]:
    encoding = _other_encoding(data)
    if encoding:
        return [_violation("encoding", f"the file is {encoding}, and JSON is UTF-8", "save it as UTF-8", _first(data))]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return [_not_utf8(data, error.start)]
    start = 1 if text.startswith("\ufeff") else 0
    slip = _slip(text, start)
    if slip:
        return [_of_slip(text, slip)]
    repeated = duplicates(text, start)
    if repeated:
        return _of_duplicates(text, repeated)
    try:
        parse(data[len(BOM) if start else 0 :])
    except Unreadable as error:
        return [_violation("invalid-json", f"not JSON: {error}", "", _first(data))]
    raise AssertionError("a text that parses was to be diagnosed")


def _violation(
    rule: str,
    message: str,
    hint: str,
    place: Place,
    fix: Fix | None = None,
    related: tuple[Related, ...] = (),
) -> Violation:
    return Violation(rule, "error", "", message, hint, place, related, fix)


def _byte_order_mark() -> Violation:
    fix = Fix(True, "drop the byte order mark", (Edit(0, len(BOM), ""),))
    place = Place(1, 1, 1, 2, 0, len(BOM))
    return _violation(
        "encoding", "a byte order mark stands before the text", "save it as UTF-8 without BOM", place, fix
    )


def _other_encoding(data: bytes) -> str:
    """UTF-16 and UTF-32 by their marks, or by the zero bytes that ASCII has in them."""
    head = data[:4]
    if head in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff") or head[:3] == b"\x00\x00\x00" or head[1:] == b"\x00\x00\x00":
        return "UTF-32"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    if len(head) >= 2 and len(data) % 2 == 0 and (head[0] == 0) != (head[1] == 0):
        return "UTF-16"
    return ""


def _first(data: bytes) -> Place:
    return Place(1, 1, 1, 2, 0, min(1, len(data)))


def _not_utf8(data: bytes, at: int) -> Violation:
    before = data[:at].decode()
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    place = Place(line, column, line, column + 1, at, at + 1)
    hint = "save the file as UTF-8"
    found = _violation("encoding", "this byte is not UTF-8", f"{hint}; the byte is 0x{data[at]:02x}", place)
    return found._replace(blind_hint=hint)


def _of_slip(text: str, slip: _Slip) -> Violation:
    related: tuple[Related, ...] = ()
    if slip.related:
        place, other = to_places(text, [slip.span, slip.related[0]])
        related = (Related("", slip.related[1], other),)
    else:
        (place,) = to_places(text, [slip.span])
    found = _violation("invalid-json", slip.message, slip.hint, place, None, related)
    return found._replace(blind_hint=slip.blind_hint)


def _of_duplicates(text: str, repeated: list[tuple[tuple[str | int, ...], Span, Span]]) -> list[Violation]:
    places = to_places(text, [span for _, first, later in repeated for span in (first, later)])
    found = []
    for index, (path, _, _) in enumerate(repeated):
        first, later = places[2 * index], places[2 * index + 1]
        at = pointer(path)
        message = (
            f"{as_json(path[-1])} stands twice in one object: at line {first.line} column {first.column} "
            f"and at line {later.line} column {later.column}"
        )
        related = (Related(at, "the first is here", first),)
        found.append(Violation("duplicate-key", "error", at, message, "keep one of the two", later, related, None))
    return sorted(found, key=lambda violation: violation.place.start if violation.place else 0)


def _slip(text: str, start: int) -> _Slip | None:
    try:
        orjson.loads(text[start:])
    except orjson.JSONDecodeError as error:
        return _named(text, error.msg, error.pos + start, start)
    deep = too_deep(text)
    if deep is not None:
        return _Slip(f"the nesting goes past {DEEPEST} levels", "", (deep, deep + 1))
    return None


def _named(text: str, said: str, at: int, start: int) -> _Slip:
    token_match = _TOKEN.match(text, at)
    token = token_match.group() if token_match else ""
    span = (at, at + max(1, len(token))) if token else (at, at)
    if not text[start:].strip(" \t\n\r"):
        return _Slip("the text is empty", "write a JSON object", (start, start))
    if at >= len(text) or "end of data" in said:
        return _unclosed(text)
    if "trailing comma" in said:
        return _Slip("a comma stands before a closing bracket", "delete the comma", (at, at + 1))
    if "control character" in said:
        return _control_character(text, at)
    if "infinity" in said:
        return _Slip("a number is beyond the range of a double", "check it: 1.8e308 is the end", _number(text, at))
    if "leading zero" in said:
        return _Slip("a number begins with a zero", "drop the zero, or put it in quotes", _number(text, at))
    if "surrogate" in said:
        return _Slip(
            "half of a surrogate pair stands alone",
            "write the character itself",
            (at, min(at + 6, len(text))),
        )
    if "escape" in said:
        return _Slip("a backslash begins no escape that JSON has", r"write \\ for a backslash", (at, at + 1))
    if token.startswith(("//", "/*", "#")):
        return _Slip("JSON has no comments", "delete the comment", span)
    if "after document" in said:
        return _after(text, at, span)
    if token == "'":
        return _Slip("single quotes do not make a string", 'write double quotes: "…"', (at, at + 1))
    if token in ("“", "”", "„", "‘", "’"):
        return _Slip("typographic quotes do not make a string", 'write straight double quotes: "…"', (at, at + 1))
    if "string key" in said:
        return _key(token, span)
    if "':'" in said:
        return _Slip("a colon is missing after the key", "write : between key and value", span)
    if "expected ','" in said:
        return _comma(text, at, token, span)
    return _value(text, token, at, span)


def _key(token: str, span: Span) -> _Slip:
    if _WORD.fullmatch(token):
        return _Slip("a key stands without quotes", f"write {as_json(token)}", span, None, "put it in double quotes")
    if token == ",":
        return _Slip("a comma stands where a key should", "delete the comma", span)
    return _Slip("a key in double quotes is expected here", "", span)


def _comma(text: str, at: int, token: str, span: Span) -> _Slip:
    expects = "]" if _open_bracket(text, at) == "[" else "}"
    if token in ("}", "]", ":"):
        return _Slip(f"{token} does not belong here; a comma or {expects} is expected", "", span)
    return _Slip("a comma is missing before this", "write a comma between the two", span)


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


def _value(text: str, token: str, at: int, span: Span) -> _Slip:
    number = _number(text, at)
    whole = text[number[0] : number[1]]
    if token in _LITERALS:
        return _Slip(f"{token} is not a JSON value", f"write {_LITERALS[token]}", span)
    if whole in _NOT_NUMBERS or token in _NOT_NUMBERS:
        return _Slip(f"{whole or token} is not a JSON number", "write null or leave the field out", number)
    if token in (",", "}", "]"):
        return _Slip("a value is missing here", "write it before this", span)
    if re.match(r"[+.\d-]", token):
        return _Slip("this is not how JSON writes a number", "such as 0.5, -1 or 100", number)
    if _WORD.fullmatch(token):
        return _Slip("a text stands without quotes", "put it in double quotes", span)
    return _Slip("a JSON value is expected here", "", span)


def _after(text: str, at: int, span: Span) -> _Slip:
    if text[at] in "]}":
        return _Slip(f"{text[at]} closes nothing", "delete it", (at, at + 1))
    if text[at] in "{[":
        return _Slip("a second document begins here; a file holds one", "put it into a file of its own", (at, at + 1))
    return _Slip("something stands after the end of the document", "delete it", span)


def _control_character(text: str, at: int) -> _Slip:
    character = text[at]
    if character in "\r\n":
        return _Slip("a string goes past the end of its line", r"close it with a quote, or write \n", (at, at + 1))
    name = r"\t" if character == "\t" else f"\\u{ord(character):04x}"
    return _Slip("a control character stands in a string", f"write {name}", (at, at + 1))


def _number(text: str, at: int) -> Span:
    """The whole number around `at`: orjson may name the digit after the sign."""
    start = at
    while start and text[start - 1] in "+-.0123456789eE":
        start -= 1
    match = _TOKEN.match(text, start)
    return (start, match.end() if match else at + 1)


def _open_bracket(text: str, at: int) -> str:
    stack: list[str] = []
    for match in re.finditer(STRINGS_AND_BRACKETS, text[:at]):
        token = match.group()
        if token in _PAIRS:
            stack.append(token)
        elif token in ("}", "]") and stack:
            stack.pop()
    return stack[-1] if stack else "{"


def _unclosed(text: str) -> _Slip:
    """The text ends too early: inside a string, or before a bracket is closed."""
    end = len(text)
    stack: list[tuple[int, str]] = []
    for match in re.finditer(STRINGS_AND_BRACKETS, text):
        token = match.group()
        if token[0] == '"':
            if len(token) == 1 or not _closes(token):
                opened = (match.start(), match.start() + 1)
                return _Slip(
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
        return _Slip("the text ends before the value does", "", (end, end))
    at, bracket = stack[-1]
    closing = _PAIRS[bracket]
    return _Slip(
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
