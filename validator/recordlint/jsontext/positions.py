"""JSON Pointers into lines, columns and byte ranges, in one walk for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined] # unlisted
from typing import Any, Final

from recordlint.problems.named_tuples import new
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Part
from recordlint.violations import Place

Span = tuple[int, int]
"""Start and end of a stretch of the text, in code points."""

_scan_value: Final = JSONDecoder().scan_once  # type: ignore[attr-defined] # in C: the fastest way past a value
_space: Final = re.compile(r"[ \t\n\r]*").match
_member: Final = re.compile(r'[ \t\n\r]*("[^"\\]*")[ \t\n\r]*:[ \t\n\r]*').match
"""A name without escapes, up to its value."""
_escaped_name: Final = re.compile(r'\\.[^"\\]*"[ \t\n\r]*:').search
"""An escape in what may be a name."""

_SPACE: Final = " \t\n\r"

_SEARCHED: Final = 1_000_000
"""Code points that may be searched for the places of one text, before a walk costs less."""

_FEW: Final = 20
"""Items that are passed one by one behind the last that is asked for. C passes very many in less time, all of them."""

_HERE: Final = object()
_KEY: Final = object()


def spans(text: str, wanted: Sequence[tuple[Path, Part]], start: int = 0) -> list[Span]:
    """Where each path's value, key or opening bracket is.

    Args:
        text: a JSON text that parses, without a name twice in one object.
        wanted: paths that exist in it.
        start: where the text begins, past a byte order mark.
    """
    if len(text) * len(wanted) > _SEARCHED or ("\\" in text and _escaped_name(text)):
        return _walked(text, wanted, start)
    placed = []
    for path, part in wanted:
        span = _by_its_name(text, path, part) or _by_names(text, path, part)
        if span is None:
            return _walked(text, wanted, start)
        placed.append(span)
    return placed


def _by_its_name(text: str, path: Path, part: Part) -> Span | None:
    """Where a path leads whose last name appears in a text once, in quotes; else None. It is so for most."""
    if not path or type(path[-1]) is not str:
        return None
    name = f'"{path[-1]}"'
    at = text.find(name)
    if text.find(name, at + 1) != -1:
        return None
    end = at + len(name)
    if part == "key":
        return at, end
    at = end + 2 if text.startswith(": ", end) else _skip(text, end) + 1
    if text[at] in _SPACE:
        at = _skip(text, at)
    return at, at + 1 if part == "open" else _scan_value(text, at)[1]


def _by_names(text: str, path: Path, part: Part) -> Span | None:
    """Where a path leads in which a name before the last appears in a text once; else None.

    What appears in quotes once is that name, where names have no escapes. It saves the walk in most rows.
    """
    for length in range(len(path) - 1, 0, -1):
        above = _by_its_name(text, path[:length], "open")
        if above:
            return _walked(text, [(path[length:], part)], above[0])[0]
    return None


def _walked(text: str, wanted: Sequence[tuple[Path, Part]], start: int) -> list[Span]:
    """The same, by a walk over the text."""
    tree: dict[Any, Any] = {}
    for index, (path, part) in enumerate(wanted):
        node = tree
        for step in path:
            node = node.setdefault(step, {})
        node.setdefault(_KEY if part == "key" and path else _HERE, []).append(index)
    walk = _Walk(text, wanted)
    with suppress(_AllPlaced):
        walk.value(_skip(text, start), tree)
    return walk.spans


class _AllPlaced(Exception):
    """What follows in the text need not be walked."""


class _Walk:
    def __init__(self, text: str, wanted: Sequence[tuple[Path, Part]]) -> None:
        self.text = text
        self.wanted = wanted
        self.spans: list[Span] = [(0, 0)] * len(wanted)
        self.left = len(wanted)

    def record(self, indices: Iterable[int], start: int, end: int) -> None:
        for index in indices:
            self.spans[index] = (start, start + 1) if self.wanted[index][1] == "open" else (start, end)
            self.left -= 1
        if not self.left:
            raise _AllPlaced

    def value(self, at: int, node: dict[Any, Any]) -> int:
        """Record what `node` asks for of the value at `at`; the position after the value."""
        here = node.get(_HERE, ())
        steps = len(node) - (_HERE in node) - (_KEY in node)
        opening = self.text[at]
        if steps and opening == "{":
            end = self.members(at, node)
        elif steps and opening == "[":
            end = self.items(at, node)
        else:
            _, end = _scan_value(self.text, at)
        if here:
            self.record(here, at, end)
        return end

    def members(self, at: int, node: dict[Any, Any]) -> int:
        text = self.text
        while True:
            at += 1
            plain = _member(text, at)
            if plain:
                start, end = plain.span(1)
                key, at = text[start + 1 : end - 1], plain.end()
            else:
                start = _skip(text, at)
                if text[start] == "}":
                    return start + 1
                key, end = scanstring(text, start + 1, True)
                at = _skip(text, _skip(text, end) + 1)
            child = node.get(key)
            if child is None:
                at = _scan_value(text, at)[1]
            else:
                if _KEY in child:
                    self.record(child[_KEY], start, end)
                at = self.value(at, child)
            at = _skip(text, at)
            if text[at] == "}":
                return at + 1

    def items(self, at: int, node: dict[Any, Any]) -> int:
        text, start = self.text, at
        at = _skip(text, at + 1)
        last = max(index for index in node if type(index) is int)
        index = 0
        while text[at] != "]":
            if index > last + _FEW:
                return int(_scan_value(text, start)[1])
            child = node.get(index)
            at = _skip(text, self.value(at, child) if child is not None else _scan_value(text, at)[1])
            if text[at] == ",":
                at = _skip(text, at + 1)
            index += 1
        return at + 1


def to_places(text: str, wanted: Iterable[Span], line: int = 1) -> list[Place]:
    """Lines, columns and bytes of spans, counted in one pass over the text, whose first line is `line`."""
    listed = list(wanted)
    ascii_only = text.isascii()
    if ascii_only and "\n" not in text:
        return [new(Place, (line, start + 1, line, end + 1, start, end)) for start, end in listed]
    counted: dict[int, tuple[int, int, int]] = {}
    line_start, byte, last = 0, 0, 0
    for offset in sorted({offset for span in listed for offset in span}):
        newlines = text.count("\n", last, offset)
        if newlines:
            line += newlines
            line_start = text.rfind("\n", last, offset) + 1
        byte = offset if ascii_only else byte + len(text[last:offset].encode())
        last = offset
        counted[offset] = (line, offset - line_start + 1, byte)
    places = []
    for start, end in listed:
        line, column, first = counted[start]
        end_line, end_column, last_byte = counted[end]
        places.append(Place(line, column, end_line, end_column, first, last_byte))
    return places


def _skip(text: str, at: int) -> int:
    """Past white space."""
    if text[at : at + 1] not in _SPACE:
        return at
    return _space(text, at).end()  # type: ignore[union-attr] # it matches the empty text too
