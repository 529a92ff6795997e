"""Bytes into a value, strictly: RFC 8259 in UTF-8, no name twice, nothing that a double cannot hold."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, Final

from jiter import from_json

BOM: Final = b"\xef\xbb\xbf"
DEEPEST: Final = 128
"""Levels of nesting that are read."""
LARGEST: Final = 1.7976931348623157e308
"""The largest double."""

_ALIKE: Final = bytes.maketrans(b"123456789E{", b"000000000e[")
"""Digits made zeros, and brackets made one."""
_BETWEEN: Final = b' \n\r\t"+'
"""What is taken out before: there is less to look through then, and one spelling of an exponent."""
_FAR_NUMBERS: Final = (b"0e000", b"0" * 200)
"""One of these is in every number beyond the range of a double, its digits made zeros; fewer stay below 1e299."""

_NO_BRACKETS: Final = bytes({*range(256)} - {*b'[]{}"'})

STRINGS_AND_BRACKETS: Final = r'"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[\[\]{}]'
"""Compiled where it is used: a pattern compiled at import is paid for at every start."""


class Unreadable(ValueError):
    """The bytes are no JSON document that can be judged; `jsontext.diagnose` says why and where."""


def parse(data: bytes) -> Any:
    """The value of a JSON text.

    Numbers beyond a double come out as infinities or long integers, and nesting goes to 201 levels: no schema
    takes such a value for clean, and `verify` finds them before anything is said of it.

    Raises:
        Unreadable: it does not parse, or a name appears twice in an object.
    """
    try:
        return from_json(data, catch_duplicate_keys=True, allow_inf_nan=False)
    except ValueError:
        raise Unreadable from None


def names_differ(data: bytes) -> bool:
    """Whether a JSON text parses with no name twice in an object."""
    try:
        parse(data)
    except Unreadable:
        return False
    return True


def verify(data: bytes) -> None:
    """Find what `parse` lets through.

    Raises:
        Unreadable: a number is beyond the range of a double, or the nesting is past 128 levels.
    """
    alike = data.translate(_ALIKE, _BETWEEN)
    # orjson costs 10 ms at start, so it is asked about a text that may need it, or where it is there already.
    if "orjson" in sys.modules or any(far in alike for far in _FAR_NUMBERS):
        import orjson

        try:
            orjson.loads(data)
        except orjson.JSONDecodeError:
            raise Unreadable from None
    # This counts in a tenth of the time that `count` takes.
    brackets = len(alike) - len(alike.replace(b"[", b"", DEEPEST + 1))
    if brackets > DEEPEST and _may_be_deep(data) and too_deep(data.decode()) is not None:
        raise Unreadable


def _may_be_deep(data: bytes) -> bool:
    """Whether a JSON text may be nested past the deepest level. This takes a tenth of the time to look at each bracket.

    Without its strings, what is left are brackets, and each round takes away one or two levels of them.
    """
    if b"\\" in data:
        data = data.replace(rb"\\", b"").replace(rb"\"", b"")
    rest = b"".join(data.translate(None, _NO_BRACKETS).replace(b'""', b"").split(b'"')[::2])
    for _ in range(DEEPEST // 2):
        if not rest:
            return False
        rest = rest.replace(b"[]", b"").replace(b"{}", b"")
    return bool(rest)


def read_json(data: bytes) -> Any:
    """The value of a JSON text, with nothing let through.

    Raises:
        Unreadable: as `parse` and `verify` have it.
    """
    if "orjson" in sys.modules:
        from recordlint.jsontext.round_trip import read_back

        value, is_known = read_back(data)
        if is_known:
            return value
    value = parse(data)
    verify(data)
    return value


def is_json(data: bytes) -> bool:
    """Whether a text parses."""
    try:
        read_json(data)
    except Unreadable:
        return False
    return True


def is_beyond(value: Any, level: int) -> bool:
    """Whether a parser has read a value that no JSON document may have: a number beyond a double, or too many levels.

    Args:
        value: parsed JSON.
        level: the levels around it.
    """
    type_ = type(value)
    if type_ is int or type_ is float:
        return not -LARGEST <= value <= LARGEST
    if type_ is not dict and type_ is not list:
        return False
    items = value.values() if type_ is dict else value
    return level >= DEEPEST or any(is_beyond(item, level + 1) for item in items)


def too_deep(text: str) -> int | None:
    """Where the first bracket past the deepest level opens, or None. The text must be JSON."""
    depth = 0
    for position, token in brackets(text):
        depth += 1 if token in "[{" else -1
        if depth > DEEPEST:
            return position
    return None


def brackets(text: str) -> Iterator[tuple[int, str]]:
    """The brackets outside strings, each with its position."""
    for match in re.finditer(STRINGS_AND_BRACKETS, text):
        token = match.group()
        if token[0] != '"':
            yield match.start(), token
