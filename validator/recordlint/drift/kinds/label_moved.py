"""A label that belongs to another key than before."""

from __future__ import annotations

from typing import Final

from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.drift.labels import namings
from recordlint.wording.phrases import as_json

LEVEL: Final[Level] = "dangerous"
HINT: Final = "check what looks up keys by labels: this one means another key now"


def changes(comparison: Comparison) -> Differences:
    """The labels of options, and the names of fields, that name another key."""
    for naming in namings(comparison):
        for key, label, before in naming.moved():
            what = f"the {naming.what} {as_json(key)}{naming.owner}"
            message = f"{what} has the {naming.noun} {as_json(label)}, which {as_json(before)} had"
            yield naming.fields.get(key, key), message, HINT
