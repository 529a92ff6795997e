"""Guesses which known key was meant. A wrong suggestion is worse than none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from recordlint.wording.normalize import normalize
from recordlint.wording.run_memory import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NEAR: Final = 76
"""How similar, out of 100, a name must be to be suggested (rapidfuzz's Indel ratio)."""
LEAD: Final = 8
"""How far the best must lead to be suggested alone; having at most half as many differing letters is enough, too."""
AT_MOST: Final = 3
LONGEST: Final = 200
"""Nobody mistypes a key longer than this."""

_CAMEL: Final = r"(?<=[a-z0-9])(?=[A-Z])"
_REVERSING: Final = frozenset({"un", "in", "im", "il", "ir", "non", "not", "no", "dis", "de", "fe", "anti", "ex", "a"})
_MARKS: Final = r"[0-9]+|(?<![^_])[^_](?![^_])"
_SEPARATORS: Final = r"[\s_.-]+"


class Choices:
    """Names that a text may be meant for, each with the key to write. Made once, asked many times."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._keys: dict[str, tuple[str, ...]] = {}
        self._shapes: dict[tuple[str, ...], list[str]] = {}
        for name, key in names:
            shape = plain(name)
            known = self._keys.get(shape, ())
            if not known:
                self._shapes.setdefault(_marks(shape), []).append(shape)
            if key not in known:
                self._keys[shape] = (*known, key)

    def nearest(self, text: str) -> list[str]:
        """The keys that `text` may be meant for: one if one clearly leads, else up to three, or none."""
        return list(_nearest(self, text)) if len(text) <= LONGEST else []

    def _nearest(self, text: str) -> Sequence[str]:
        wanted = plain(text)
        if not wanted:
            return ()
        near = self._keys.get(wanted) or self._similar(wanted) or self._swapped(wanted)
        return near if len(near) <= AT_MOST else ()

    def _similar(self, wanted: str) -> list[str]:
        shapes = self._shapes.get(_marks(wanted))
        if not shapes:
            return []
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import Indel

        shapes = [shape for shape in shapes if not _opposite(wanted, shape)]
        scored = process.extract(wanted, shapes, scorer=fuzz.ratio, score_cutoff=NEAR, limit=2 * AT_MOST + 1)
        if not scored:
            return []
        best, lead, _ = scored[0]
        differing = Indel.distance(wanted, best)
        return _distinct(
            key
            for name, score, _ in scored
            if score > lead - LEAD and Indel.distance(wanted, name) < 2 * differing
            for key in self._keys[name]
        )

    def _swapped(self, wanted: str) -> list[str]:
        """The keys of names with two neighbouring letters swapped, which in a short word is too much for the ratio."""
        if len(wanted) < 4:
            return []
        letters = sorted(wanted)
        from rapidfuzz.distance import OSA

        return _distinct(
            key
            for name in self._shapes.get(_marks(wanted), ())
            if len(name) == len(wanted) and sorted(name) == letters and OSA.distance(wanted, name) == 1
            for key in self._keys[name]
        )


@remembered
def _nearest(choices: Choices, text: str) -> Sequence[str]:
    """Remembered, since rows from one source have the same typos."""
    return choices._nearest(text)


def nearest(text: str, known: Iterable[str]) -> list[str]:
    """The known keys that `text` may be meant for: one if one clearly leads, else up to three, or none."""
    return Choices((key, key) for key in known).nearest(text)


def plain(key: str) -> str:
    """A key in one case, with _ for separators and camelCase: `ticketName` and `Ticket-Name` become the same."""
    return re.sub(_SEPARATORS, "_", normalize(re.sub(_CAMEL, "_", key))).strip("_")


def _opposite(one: str, other: str) -> bool:
    """Whether the two differ by a prefix that reverses the meaning: `paid` and `unpaid`."""
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return long.endswith(short) and long[: -len(short)].strip("_") in _REVERSING


def _marks(shape: str) -> tuple[str, ...]:
    """The numbers and single letters of a key: `option_2` is no typo for `option_1`, nor `list_b` for `list_a`."""
    return tuple(re.findall(_MARKS, shape))


def _distinct(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))
