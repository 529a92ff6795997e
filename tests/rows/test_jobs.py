"""How many processes check the rows of a file, by its size and what was asked for."""

from __future__ import annotations

import pytest

from recordlint.commands.check.jobs import MANY, choose_jobs
from recordlint.rows.streams import BLOCK, LEAST

PLAIN, PACKED = False, True
ABOVE = MANY + 1

TABLE = [
    # asked, cores, size, packed or not, bytes checked, and the number of processes
    # Nothing asked for: one process up to 8 MiB, then all cores.
    (None, 4, 0, PLAIN, 0, 1),
    (None, 4, MANY, PLAIN, 0, 1),
    (None, 4, MANY, PLAIN, MANY, 1),
    (None, 4, ABOVE, PLAIN, 0, 4),
    (None, 1, ABOVE, PLAIN, 0, 1),
    # No more than there are blocks of 2 MiB.
    (None, 64, ABOVE, PLAIN, 0, 5),
    (None, 64, 5 * BLOCK - 1, PLAIN, 0, 5),
    (None, 64, 5 * BLOCK, PLAIN, 0, 6),
    # The size of a packed file says little about its rows.
    (None, 64, 10_000, PACKED, 0, 1),
    (None, 64, 10_000, PACKED, MANY, 1),
    (None, 64, 10_000, PACKED, ABOVE, 64),
    (None, 64, ABOVE, PACKED, 0, 64),
    # A live source has no size.
    (None, 4, None, PLAIN, 0, 1),
    (None, 4, None, PLAIN, MANY, 1),
    (None, 4, None, PLAIN, ABOVE, 4),
    # Asked for: no more than there are blocks of 64 KiB, whatever the cores.
    (1, 4, 100 * ABOVE, PLAIN, ABOVE, 1),
    (3, 1, ABOVE, PLAIN, 0, 3),
    (8, 2, 0, PLAIN, 0, 1),
    (8, 2, LEAST - 1, PLAIN, 0, 1),
    (8, 2, LEAST, PLAIN, 0, 2),
    (8, 2, 10, PACKED, 0, 8),
    (8, 2, None, PLAIN, 0, 8),
]


@pytest.mark.parametrize(("asked", "cores", "size", "is_packed", "checked", "expected"), TABLE)
def test_the_number_of_processes(
    asked: int | None, cores: int, size: int | None, is_packed: bool, checked: int, expected: int
) -> None:
    assert choose_jobs(asked, cores=cores, size=size, is_packed=is_packed, checked=checked) == expected
