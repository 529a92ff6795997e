"""How many columns of a terminal a text takes."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from typing import Final

_MARKS: Final = ("Mn", "Me")
"""Of characters that stand on the one before, as do the vowels and finals of a Korean syllable."""


def columns(text: str) -> int:
    """The columns of a text that is safe to show.

    Example:
        >>> columns("Zürich 東京")
        11
    """
    if text.isascii():
        return len(text)
    return len(text) + sum([_columns(each) - 1 for each in text if each > "\x7f"])


def cut(text: str, width: int) -> str:
    """The beginning of a text, with an ellipsis where it takes more than `width` columns."""
    if columns(text) <= width:
        return text
    return text[: bisect(list(accumulate(map(columns, text))), width - 1)] + "…"


def cut_start(text: str, width: int) -> str:
    """The end of a text, with an ellipsis before it where the text takes more than `width` columns."""
    return cut(text[::-1], width)[::-1]


def _columns(character: str) -> int:
    import unicodedata

    if unicodedata.category(character) in _MARKS or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
