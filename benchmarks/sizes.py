"""How much is measured: all of it, or little, to see that it works."""

from __future__ import annotations

from typing import NamedTuple


class Sizes(NamedTuple):
    """How much is measured."""

    many: int
    """Rows, for whom they are no trouble."""
    millions: int
    few: int
    """Rows, for those who take their time."""
    files: int
    """Rows in a file each."""
    rounds: int


FULL = Sizes(200_000, 1_000_000, 5_000, 500, 5)
QUICK = Sizes(2_000, 5_000, 500, 50, 1)
