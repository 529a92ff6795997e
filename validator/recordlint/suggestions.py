"""Which known key was meant. A wrong suggestion is worse than none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from recordlint.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR: Final = 78
"""How alike, of 100, a key must be to be worth naming (rapidfuzz's Indel ratio)."""
LEAD: Final = 8
"""By how much the best must lead to be named alone."""
AT_MOST: Final = 3

_CAMEL: Final = r"(?<=[a-z0-9])(?=[A-Z])"
_SEPARATORS: Final = r"[\s_.-]+"


def plain(key: str) -> str:
    """A key without regard to case, camelCase and separators: `ticketName` and `Ticket-Name` are alike."""
    return re.sub(_SEPARATORS, "_", fold(re.sub(_CAMEL, "_", key))).strip("_")


def nearest(key: str, known: Iterable[str]) -> list[str]:
    """The known keys that `key` may stand for: one where one clearly leads, up to three, or none."""
    wanted = plain(key)
    if not wanted or len(key) > 200:
        return []
    from rapidfuzz import fuzz, process

    choices = {candidate: plain(candidate) for candidate in known}
    scored = process.extract(wanted, choices, scorer=fuzz.ratio, score_cutoff=NEAR, limit=AT_MOST + 1)
    if not scored:
        return []
    best = scored[0][1]
    near = [name for _, score, name in scored if score > best - LEAD]
    return near if len(near) <= AT_MOST else []
