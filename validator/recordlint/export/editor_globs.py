"""The configuration's patterns as VS Code reads them, which makes regular expressions of JavaScript of them.

There, `?` stands for a slash too, a class cannot be negated, braces are choices, and `a/**` also means `ab`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from recordlint.config.globs import CLASS, class_ranges, segments

_SLASH: Final = ord("/")
_LAST: Final = 0xFFFF
"""The last UTF-16 code unit."""

_Ranges = Iterable[tuple[int, int]]


def editor_glob(glob: str) -> str:
    """A pattern that means the same files to VS Code."""
    return "/".join(map(_segment, segments(glob)))


def _segment(segment: str) -> str:
    pieces = []
    at = 0
    for match in CLASS.finditer(segment):
        pieces += [_text(segment[at : match.start()]), _class(match["characters"], negated=bool(match["negated"]))]
        at = match.end()
    return "".join([*pieces, _text(segment[at:])])


def _text(text: str) -> str:
    return "".join([_class("", negated=True) if c == "?" else _unit(ord(c)) if c in "{}" else c for c in text])


def _class(characters: str, *, negated: bool) -> str:
    """A class without the slash, and with all that is in it, since none can be negated."""
    ranges: _Ranges = [(ord(first), ord(last)) for first, last in class_ranges(characters)]
    excluded = ranges if negated else _others(ranges)
    included = _others([*excluded, (_SLASH, _SLASH)])
    return f"[{''.join([_unit(a) if a == b else f'{_unit(a)}-{_unit(b)}' for a, b in included])}]"


def _others(ranges: _Ranges) -> list[tuple[int, int]]:
    """The ranges of all code units that are in none of these."""
    others = []
    start = 0
    for first, last in sorted(ranges):
        if first > start:
            others.append((start, min(first - 1, _LAST)))
        start = max(start, last + 1)
    return [*others, (start, _LAST)] if start <= _LAST else others


def _unit(code: int) -> str:
    """A code unit as a regular expression spells it; letters and digits of ASCII as they are."""
    return chr(code) if chr(code).isalnum() and code < 128 else f"\\u{code:04x}"
