"""An object that had no definition before."""

from __future__ import annotations

from typing import Final

from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences

LEVEL: Final[Level] = "safe"


def changes(comparison: Comparison) -> Differences:
    """The object, if only the new definitions have it."""
    if comparison.new and not comparison.old:
        yield "", f"{comparison.key} is new", ""
