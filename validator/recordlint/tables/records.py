"""The records of CSV text: where each ends, and which have broken quoting.

A quote opens a quoted cell only where the cell begins, and closes it only where the cell ends. Between them, two
quotes stand for one (RFC 4180). The csv module reads `"2"z` as `2z`, and takes the rest of the file for one cell if its
quote is never closed. So both are looked for here, before it reads anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

from recordlint.tables.table_files import LINES

_QUOTED: Final = '[^"]*+(?:""[^"]*+)*+'


class Records(NamedTuple):
    """The records at the start of some lines."""

    texts: list[str]
    """Each with its line ending."""
    broken: frozenset[int]
    """The indexes of those with broken quoting: a single line each, even if a quoted cell goes on behind it."""
    used: int
    """How many lines they take. Those behind them may be the start of a longer record."""


class Span(NamedTuple):
    """A cell in the text of a record."""

    start: int
    end: int
    """In characters, exclusive."""
    broken: Literal["", "open", "text-behind"]
    """Whether its quote is not closed, or other text follows the closing quote."""


class _Patterns(NamedTuple):
    """What a whole line is. `inside` is where the line before ends in a quoted cell."""

    whole: re.Pattern[str]
    opens: re.Pattern[str]
    inside: re.Pattern[str]
    closes: re.Pattern[str]
    reopens: re.Pattern[str]
    cell: re.Pattern[str]


@cache
def _patterns(delimiter: str) -> _Patterns:
    d = re.escape(delimiter)
    cell = rf'(?:"{_QUOTED}"|(?!")[^{d}\r\n]*+)'
    more = rf"(?:{d}{cell})*+"
    return _Patterns(
        whole=re.compile(rf"{cell}{more}[\r\n]*+"),
        opens=re.compile(rf'(?:{cell}{d})*+"{_QUOTED}'),
        inside=re.compile(_QUOTED),
        closes=re.compile(rf'{_QUOTED}"{more}[\r\n]*+'),
        reopens=re.compile(rf'{_QUOTED}"{more}{d}"{_QUOTED}'),
        cell=re.compile(rf'"{_QUOTED}(?P<close>"?+)(?P<behind>[^{d}\r\n]*+)|[^{d}\r\n]*+'),
    )


def split_records(lines: Sequence[str], delimiter: str, longest: int, *, is_end: bool) -> Records:
    r"""The records at the start of some lines, as far as they are certain.

    A quoted cell that is not closed within 1,000 lines or `longest` characters, or that is closed in the middle of a
    cell, is broken quoting. Reading goes on behind the first line of such a record: its quote is usually a stray one.

    Args:
        lines: with their line endings. The first one begins a record.
        delimiter: one character.
        longest: the most characters of a record.
        is_end: whether no line follows.

    Example:
        >>> split_records(['a,"b\n', 'c"\n', '"2"z\n'], ",", 100, is_end=True)
        Records(texts=['a,"b\nc"\n', '"2"z\n'], broken=frozenset({1}), used=3)
    """
    whole, opens = _patterns(delimiter)[:2]
    texts: list[str] = []
    broken = []
    at, count = 0, len(lines)
    seen = _Inside(0, 0, "")
    while at < count:
        line = lines[at]
        size = 1
        if '"' in line and not whole.fullmatch(line):
            size = 0
            if opens.fullmatch(line):
                seen = _read_on(lines, at, delimiter, seen)
                size = _lines_of_record(lines, at, seen, longest, is_end=is_end)
            if size < 0:
                break
            if size > 1:
                line = "".join(lines[at : at + size])
            elif size == 0:
                broken.append(len(texts))
                size = 1
        texts.append(line)
        at += size
    return Records(texts, frozenset(broken), at)


class _Inside(NamedTuple):
    """Lines that each begin in a quoted cell, if the first of them does."""

    first: int
    last: int
    """The line that begins so, and is not known to end so."""
    end: Literal["", "closes", "broken"]
    """What that line does; empty if it has not been looked at."""


def _read_on(lines: Sequence[str], start: int, delimiter: str, seen: _Inside) -> _Inside:
    """The lines behind one that ends in a quoted cell, up to the most that a cell may have.

    Args:
        lines: all lines.
        start: the index of that line.
        delimiter: one character.
        seen: what a line before led to. Lines that it went through are not looked at again, so that many quotes that
            are never closed take no longer than one.
    """
    _, _, inside, closes, reopens, _ = _patterns(delimiter)
    first, at, end = seen if seen.first <= start + 1 <= seen.last else _Inside(start + 1, start + 1, "")
    stop = min(start + LINES, len(lines))
    while not end and at < stop:
        line = lines[at]
        if '"' not in line or inside.fullmatch(line) or reopens.fullmatch(line):
            at += 1
        else:
            end = "closes" if closes.fullmatch(line) else "broken"
    return _Inside(first, at, end)


def _lines_of_record(lines: Sequence[str], start: int, seen: _Inside, longest: int, *, is_end: bool) -> int:
    """How many lines a record has whose first line ends in a quoted cell.

    0 if its quoting is broken, -1 if more lines are needed to tell.
    """
    if seen.last >= start + LINES or seen.end == "broken" or (not seen.end and is_end):
        return 0
    stop = seen.last + 1 if seen.end else seen.last
    if sum(map(len, lines[start:stop])) > longest:
        return 0
    return stop - start if seen.end else -1


def spans(text: str, delimiter: str) -> list[Span]:
    """The cells of a record, however broken its quoting is. The csv module sees the same cells.

    Example:
        >>> spans('a,"b" c', ",")
        [Span(start=0, end=1, broken=''), Span(start=2, end=7, broken='text-behind')]
    """
    cell = _patterns(delimiter).cell
    result = []
    at = 0
    while match := cell.match(text, at):
        broken: Literal["", "open", "text-behind"] = ""
        if match["close"] is not None:
            broken = "open" if not match["close"] else "text-behind" if match["behind"] else ""
        end = match.end()
        result.append(Span(at, end, broken))
        if text[end : end + 1] != delimiter:
            break
        at = end + 1
    return result
