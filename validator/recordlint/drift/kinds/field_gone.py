"""A field that is no longer there."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences

LEVEL: Final[Level] = "breaking"


def changes(comparison: Comparison) -> Differences:
    """The fields that only the old definition has."""
    for field in comparison.gone:
        yield field.key, f"{title(field)} is gone", "take it out of payloads"
