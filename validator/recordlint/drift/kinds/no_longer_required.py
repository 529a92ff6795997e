"""A field that a new record need not have any more."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences

LEVEL: Final[Level] = "safe"


def changes(comparison: Comparison) -> Differences:
    """The fields that only the old definition requires, if they are still there."""
    if comparison.both:
        _, new = comparison.both
        keys = {was.key: now for was, now in comparison.pairs}
        for field in comparison.both[0].required:
            now = keys.get(field.key)
            if now and now not in new.required_fields:
                yield field.key, f"a new record does not require {title(now)} any more", ""
