"""A label that belongs to several keys, and did not before."""

from __future__ import annotations

from typing import Final

from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.drift.labels import namings
from recordlint.wording.phrases import abridged, all_of, as_json

LEVEL: Final[Level] = "dangerous"


def changes(comparison: Comparison) -> Differences:
    """The labels of options, and the names of fields, that name several keys."""
    for naming in namings(comparison):
        for label, keys in naming.repeated():
            named = all_of(abridged([as_json(key) for key in keys]))
            message = f"the {naming.what}s {named}{naming.owner} share the {naming.noun} {as_json(label)}"
            yield (
                naming.fields.get(keys[0], keys[0]),
                message,
                f"give each a {naming.noun} of its own: this one does not say which is meant",
            )
