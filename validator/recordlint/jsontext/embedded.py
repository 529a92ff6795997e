"""JSON text that stands within a JSON text as a string: its places as stretches of the outer text."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from recordlint.jsontext.positions import Span

_PIECES: Final = re.compile(
    r"[^\\]+|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL
)
"""Characters that stand for themselves, or the escape of one character."""


class EmbeddedText:
    """A text within a string of another."""

    def __init__(self, outer: str, string: Span, text: bytes) -> None:
        """Prepare to translate places.

        Args:
            outer: the text that holds the string.
            string: where the string is in it, with its quotes.
            text: what the string says, in UTF-8.
        """
        self._text: Final = text
        self._first: Final = array("q", [0])
        """The index of the first character of each piece, in what the string says."""
        self._start: Final = array("q", [string[0] + 1])
        """Where that character stands in the outer text."""
        for match in _PIECES.finditer(outer, string[0] + 1, string[1] - 1):
            is_escape = match.group()[0] == "\\"
            self._first.append(self._first[-1] + (1 if is_escape else match.end() - match.start()))
            self._start.append(match.end())

    def spans(self, stretches: Iterable[Span]) -> list[Span]:
        """Where stretches of bytes of the text stand in the outer one, in code points, in one pass for all of them."""
        listed = list(stretches)
        position: dict[int, int] = {}
        index, last = 0, 0
        for byte in sorted({byte for stretch in listed for byte in stretch}):
            index += len(self._text[last:byte].decode("utf-8", "replace"))
            last = byte
            position[byte] = self._position(index)
        return [(position[start], position[end]) for start, end in listed]

    def _position(self, index: int) -> int:
        piece = bisect_right(self._first, index) - 1
        # Past the first character of a piece, characters stand for themselves.
        return self._start[piece] + index - self._first[piece]
