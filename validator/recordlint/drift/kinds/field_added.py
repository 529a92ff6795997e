"""A field that was not there before."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences

LEVEL: Final[Level] = "safe"


def changes(comparison: Comparison) -> Differences:
    """The fields that only the new definition has."""
    for field in comparison.added:
        yield field.key, f"{title(field)} is new", ""
