"""A field that a new record has to have, and did not before."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences

LEVEL: Final[Level] = "breaking"


def changes(comparison: Comparison) -> Differences:
    """The fields that only the new definition requires."""
    if comparison.both:
        old, new = comparison.both
        keys = {now.key: was.key for was, now in comparison.pairs}
        before = {field.key for field in old.required}
        for field in new.required:
            key = keys.get(field.key, field.key)
            if key not in before:
                yield key, f"a new record requires {title(field)} now", "give each new record a value for it"
