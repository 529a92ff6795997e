"""Another description or placeholder, for people to read."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences

LEVEL: Final[Level] = "safe"


def changes(comparison: Comparison) -> Differences:
    """The descriptions of the object and of fields, and the placeholders of fields, that are others."""
    if comparison.both and comparison.both[0].description != comparison.both[1].description:
        yield "", "the object has another description", ""
    for was, now in comparison.pairs:
        if was.description != now.description:
            yield was.key, f"{title(now)} has another description", ""
        if was.placeholder != now.placeholder:
            yield was.key, f"{title(now)} has another placeholder", ""
