"""The lines of changed fields in the files of their definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from json import loads
from typing import Final

from recordlint.definitions.model import ObjectDefinition, key_prefixes
from recordlint.drift.change import Change

_FIELD_KEY: Final = re.compile(r'"fieldKey"\s*:\s*("(?:[^"\\]|\\.)*")')


def with_lines(changes: Iterable[Change], new: Sequence[ObjectDefinition]) -> Iterator[Change]:
    """The changes with the lines of their fields, as far as the new definitions have them.

    Args:
        changes: between old definitions and `new`.
        new: read from files that are still there.
    """
    keys = {each.key for each in new}
    for change in changes:
        if not change.field or change.object not in keys:
            yield change
            continue
        lines = _field_lines(change.path)
        there = [lines.get(f"{prefix}{change.field}") for prefix in key_prefixes(change.object)]
        yield change._replace(line=next(filter(None, there), None))


@cache
def _field_lines(path: str) -> Mapping[str, int]:
    """The line of each field in a definition file, from 1, by its full key as the file writes it."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except (OSError, UnicodeError):
        return {}  # It was read before, in another encoding or from somewhere else.
    lines: dict[str, int] = {}
    line, at = 1, 0
    for match in _FIELD_KEY.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        lines.setdefault(_text(match[1]), line)
    return lines


def _text(literal: str) -> str:
    try:
        return str(loads(literal))
    except ValueError:
        return ""
