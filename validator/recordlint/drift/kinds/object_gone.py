"""An object that has no definition any more."""

from __future__ import annotations

from typing import Final

from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.wording.phrases import either

LEVEL: Final[Level] = "breaking"


def changes(comparison: Comparison) -> Differences:
    """The object, if only the old definitions have it."""
    if comparison.old and not comparison.new:
        ids = {field.id for field in comparison.old.fields if field.id}
        heirs = [each.key for each in comparison.others if ids & each.by_id.keys()]
        hint = "take its payloads out, or save its definition again"
        if heirs:
            hint = f"its fields are in {either(heirs)} now: the key may have been renamed"
        yield "", f"{comparison.key} has no definition any more", hint
