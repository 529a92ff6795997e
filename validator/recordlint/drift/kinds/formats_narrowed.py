"""A field that no longer accepts some formats of files."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.drift.file_formats import lost

LEVEL: Final[Level] = "dangerous"


def changes(comparison: Comparison) -> Differences:
    """The fields whose `acceptedFormats` no longer has some endings."""
    for was, now in comparison.pairs:
        if was.has_files and now.has_files and (endings := lost(was.accepted_formats, now.accepted_formats)):
            yield was.key, f"{title(was)} no longer accepts {endings}", "send files of the formats that it accepts"
