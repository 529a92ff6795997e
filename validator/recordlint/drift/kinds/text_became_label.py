"""A radio that takes any text has a new label, so that text is no longer custom."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.wording.normalize import canonical
from recordlint.wording.phrases import as_json

LEVEL: Final[Level] = "dangerous"


def changes(comparison: Comparison) -> Differences:
    """The labels that are new in radios that took custom text and still do."""
    for was, now in comparison.pairs:
        if was.allow_custom_option and now.allow_custom_option:
            for option in now.options:
                if canonical(option.label) not in was.keys_by_label and option.label != option.key:
                    message = f"{title(was)} takes custom text, and {as_json(option.label)} is an option's label now"
                    yield was.key, message, f"write {as_json(option.key)} to choose the option"
