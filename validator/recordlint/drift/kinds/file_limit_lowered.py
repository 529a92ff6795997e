"""A field that takes fewer files than before."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.wording.phrases import count_of

LEVEL: Final[Level] = "breaking"
HINT: Final = "send fewer files, or remove some first"


def changes(comparison: Comparison) -> Differences:
    """The fields whose `maxFileLimit` is lower, or is there and was not."""
    for was, now in comparison.pairs:
        if was.has_files and now.has_files and now.max_files is not None:
            if was.max_files is None:
                yield was.key, f"{title(was)} takes at most {count_of(now.max_files, 'file')} now", HINT
            elif now.max_files < was.max_files:
                yield (
                    was.key,
                    f"{title(was)} takes {count_of(now.max_files, 'file')} now, and took {was.max_files}",
                    HINT,
                )
