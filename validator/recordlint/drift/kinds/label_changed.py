"""Another label or name of the same key."""

from __future__ import annotations

from typing import Final

from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.drift.labels import namings
from recordlint.wording.phrases import as_json

LEVEL: Final[Level] = "safe"


def changes(comparison: Comparison) -> Differences:
    """The labels of options, and the names of fields and of the object, that are others."""
    if comparison.both and comparison.both[0].name != comparison.both[1].name:
        old, new = comparison.both
        yield "", f"the object is called {as_json(new.name)} now, and was {as_json(old.name)}", ""
    for naming in namings(comparison):
        for key, before, label in naming.changed():
            what = f"the {naming.what} {as_json(key)}{naming.owner}"
            message = f"{what} has the {naming.noun} {as_json(label)} now, and had {as_json(before)}"
            yield naming.fields.get(key, key), message, ""
