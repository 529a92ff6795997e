"""The colours of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

RED: Final = "31;1"
GREEN: Final = "32"
YELLOW: Final = "33;1"
BLUE: Final = "34;1"
CYAN: Final = "36"
BOLD: Final = "1"

_DIFF: Final = {"-": "31", "+": GREEN, "@": CYAN}
"""By the first character of a line in a hunk, as git colours them."""


def paint(text: str, tone: str, colour: bool) -> str:
    """The text in a tone, where there is colour."""
    return f"\x1b[{tone}m{text}\x1b[0m" if colour else text


def painted_diff(diff: str) -> str:
    """A unified diff of one file in colour: its names, the places of its hunks, and what goes and comes."""
    return "".join(_lines(diff))


def _lines(diff: str) -> Iterator[str]:
    # The names stand in the first two lines. A line of a hunk may begin like them.
    for number, line in enumerate(diff.splitlines(keepends=True)):
        tone = BOLD if number < 2 else _DIFF.get(line[0])
        text = line.removesuffix("\n")
        yield paint(text, tone, colour=True) + line[len(text) :] if tone else line
