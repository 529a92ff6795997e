"""A radio that took any text, and takes only the keys of its options now."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences

LEVEL: Final[Level] = "breaking"


def changes(comparison: Comparison) -> Differences:
    """The radios that no longer take custom text."""
    for was, now in comparison.pairs:
        if was.data_type == now.data_type and was.allow_custom_option and not now.allow_custom_option:
            yield was.key, f"{title(was)} takes no custom text any more", "use the keys of its options"
