"""A field with another key. Its id is the same."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.wording.phrases import as_json

LEVEL: Final[Level] = "breaking"


def changes(comparison: Comparison) -> Differences:
    """The fields whose id belongs to another key now."""
    for was, now in comparison.moved:
        hint = f"write {as_json(now.key)} in payloads"
        if comparison.new and was.key in comparison.new.by_key:
            hint += f": {as_json(was.key)} is another field now"
        yield was.key, f"{title(was)} has the key {as_json(now.key)} now", hint
