"""A field of another type."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences

LEVEL: Final[Level] = "breaking"


TEXTS: Final = frozenset({"TEXT", "LARGE_TEXT"})


def changes(comparison: Comparison) -> Differences:
    """The fields whose `dataType` is another."""
    for was, now in comparison.pairs:
        if was.data_type != now.data_type:
            hint = "write its values in the form of the new type"
            if was.data_type in TEXTS and now.has_several_values:
                hint += (
                    ", and clear what is stored with null first: until then, the service answers add with status 500"
                )
            yield was.key, f"{title(was)} is {now.data_type} now, and was {was.data_type}", hint
