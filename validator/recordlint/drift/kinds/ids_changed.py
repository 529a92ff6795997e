"""Fields of the same key with other ids."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.wording.phrases import abridged, all_of

LEVEL: Final[Level] = "safe"


def changes(comparison: Comparison) -> Differences:
    """The fields that have another id, in one change. An id that moved to another key is another kind of change."""
    moved = {each.id for each, _ in comparison.moved}
    others = [now for was, now in comparison.pairs if was.id != now.id and moved.isdisjoint((was.id, now.id))]
    if not others:
        return
    named = abridged([title(each) for each in others])
    is_one = len(others) == 1
    had, it = ("the field was", "it") if is_one else ("the fields were", "they")
    yield (
        others[0].key if is_one else "",
        f"{all_of(named)} {'has another id' if is_one else 'have other ids'}",
        f"if both definitions are of one account, {had} deleted and made again, and what {it} stored is lost",
    )
