"""How many processes check the rows of a file."""

from __future__ import annotations

import os
from typing import Final

from recordlint.rows.streams import BLOCK, LEAST

MANY: Final = 8 << 20
"""Bytes of a file beyond which its rows are shared among all cores."""


def count_cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return min(os.cpu_count() or 1, 60)  # Windows waits for at most 63 things at a time.


def choose_jobs(asked: int | None, *, cores: int, size: int | None, is_packed: bool, checked: int) -> int:
    """The number of processes: as many as asked for, else all cores for many rows, but none without a block to check.

    Args:
        asked: what `--jobs` says, if it says anything.
        cores: how many cores there are.
        size: bytes of the file, as it is stored; None for a live source.
        is_packed: whether `size` says nothing about the bytes of its rows.
        checked: bytes of the rows that are checked so far.
    """
    plain = None if is_packed else size
    if asked is not None:
        return asked if plain is None else min(asked, plain // LEAST + 1)
    if max(size or 0, checked) <= MANY:
        return 1
    return cores if plain is None else min(cores, plain // BLOCK + 1)
