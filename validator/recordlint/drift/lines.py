"""The lines of changed fields in the files of their definitions."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from json import loads
from typing import Final

from recordlint.definitions.documents import in_utf8
from recordlint.definitions.model import ObjectDefinition, key_prefixes
from recordlint.drift.change import Change
from recordlint.drift.comparison import Comparison, compare_objects

_FIELD_KEY: Final = re.compile(r'"fieldKey"\s*:\s*("(?:[^"\\]|\\.)*")')
_RENAMED: Final = "field-key-changed"


def with_lines(
    changes: Iterable[Change], old: Sequence[ObjectDefinition], new: Sequence[ObjectDefinition]
) -> Iterator[Change]:
    """The changes with the lines of their fields, as far as the new definitions have them.

    Args:
        changes: between `old` and `new`.
        old: the definitions before.
        new: read from files that are still there.
    """
    keys = {each.key: _keys_now(each) for each in compare_objects(old, new) if each.new}
    lines_in = cache(_field_lines)  # A file is read once, and again when it is asked about the next time.
    for change in changes:
        if not change.field or change.object not in keys:
            yield change
            continue
        lines = lines_in(change.path)
        moved, partners = keys[change.object]
        key = (moved if change.kind == _RENAMED else partners).get(change.field, change.field)
        there = [lines.get(f"{prefix}{key}") for prefix in key_prefixes(change.object)]
        yield change._replace(line=next(filter(None, there), None))


def _keys_now(comparison: Comparison) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """By old keys: the new key of each field whose key changed, and that of the field that bodies mean by the key."""
    moved, pairs = ({was.key: now.key for was, now in each} for each in (comparison.moved, comparison.pairs))
    return moved, pairs


def _field_lines(path: str) -> Mapping[str, int]:
    """The line of each field in a definition file, from 1, by its full key as the file writes it."""
    if not os.path.isfile(path):
        return {}  # A pipe is empty by now, and whoever opens it again waits forever.
    try:
        with open(path, "rb") as file:
            text = in_utf8(file.read()).decode()
    except (OSError, UnicodeError):
        return {}  # It was read before, and is gone or another by now.
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
