"""The source line of a violation: cut to a width around the value, and safe to show."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from recordlint.reporters._columns import columns
from recordlint.violations import Place
from recordlint.wording.escape import escape

BEFORE: Final = 24
"""How many columns of a long line are shown before the value."""
MOST: Final = 3
"""Characters of a line that may be shown for each column: more than one, since some take none."""


class Excerpt(NamedTuple):
    """What is shown of a line. Its parts are escaped, and joined are what is shown."""

    before: str
    value: str
    """What is marked; empty where nothing of it is in the line."""
    after: str

    @property
    def marker(self) -> str:
        """The line below, in which a caret stands under each column of the value."""
        return " " * columns(self.before) + "^" * max(1, columns(self.value))


def source_lines(text: bytes, first: int) -> Callable[[int], str]:
    """A function from a line's number, from `first`, to its text; bytes that are no UTF-8 are replaced."""
    split: list[str] = []

    def line(number: int) -> str:
        if not split:
            split.extend(text.decode("utf-8", "replace").split("\n"))
        return split[number - first].removesuffix("\r") if number - first < len(split) else ""

    return line


def excerpt(line: str, place: Place, width: int) -> Excerpt:
    """The line, cut to a window of `width` columns around the place where it is longer.

    Only as much of the line is looked at as is shown: a minified body may be one line of megabytes.
    """
    start = min(place.column - 1, len(line))
    end = len(line) if place.end_line > place.line else min(place.end_column - 1, len(line))
    # Behind the end of the line, the marker needs a column of its own.
    width -= start == len(line)
    first = 0
    if len(line) > MOST * width or sum(_widths(_shown(line))) > width:
        before = list(accumulate(reversed(_widths(_shown(line[max(0, start - BEFORE) : start])))))
        first = start - bisect(before, BEFORE)
    lead = "…" if first else ""
    cells = _shown(line[first : first + MOST * width])
    reach = list(accumulate(_widths(cells), initial=len(lead)))
    last = bisect_left(reach, width) - 1 if first + len(cells) < len(line) or reach[-1] > width else len(cells)
    start, end = min(start - first, last), min(end - first, last)
    trail = "…" if first + last < len(line) else ""
    return Excerpt(lead + "".join(cells[:start]), "".join(cells[start:end]), "".join(cells[end:last]) + trail)


def _shown(text: str) -> Sequence[str]:
    """The text's characters as they are shown: one space for a tab, so that the marker stays below."""
    if text.isascii() and text.isprintable():
        return text
    return [" " if character == "\t" else escape(character) for character in text]


def _widths(cells: Sequence[str]) -> Sequence[int]:
    """How many columns of a terminal each of them takes."""
    return [1] * len(cells) if isinstance(cells, str) else list(map(columns, cells))
