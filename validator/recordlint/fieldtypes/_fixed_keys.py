"""Wrong keys of objects with few keys, which are the same in every body: a delta's, an amount's, a file's."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recordlint.wording.suggestions import Choices


def nearest_key(key: str, known: tuple[str, ...]) -> list[str]:
    """The known keys that a wrong one may be meant for: the nearest, or none."""
    return _choices(known).nearest(key)


@cache
def _choices(known: tuple[str, ...]) -> Choices:
    from recordlint.wording.suggestions import Choices

    return Choices((each, each) for each in known)
