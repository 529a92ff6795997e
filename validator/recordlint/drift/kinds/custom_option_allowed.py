"""A radio that takes any text now."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences

LEVEL: Final[Level] = "safe"


def changes(comparison: Comparison) -> Differences:
    """The radios that take custom text only by the new definition."""
    for was, now in comparison.pairs:
        if was.data_type == now.data_type and now.allow_custom_option and not was.allow_custom_option:
            yield was.key, f"{title(was)} takes custom text now", ""
