"""A field that accepts more formats of files."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.drift.file_formats import lost

LEVEL: Final[Level] = "safe"


def changes(comparison: Comparison) -> Differences:
    """The fields whose `acceptedFormats` has more endings."""
    for was, now in comparison.pairs:
        if was.has_files and now.has_files and (endings := lost(now.accepted_formats, was.accepted_formats)):
            yield was.key, f"{title(was)} accepts {endings} now", ""
