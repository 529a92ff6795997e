"""An option, or a label of a textbox list, whose key is no longer there."""

from __future__ import annotations

from functools import cache, partial
from typing import Final

from recordlint.definitions.model import Field, option_list, title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.drift.labels import has_options
from recordlint.wording.phrases import abridged, as_json, either

LEVEL: Final[Level] = "breaking"


def changes(comparison: Comparison) -> Differences:
    """The keys that only the old field has. Where a new key has the label of one, it may be that one renamed."""
    for was, now in comparison.pairs:
        if not has_options(was, now):
            continue
        what = "label" if was.is_textbox_list else "option"
        labels = {key: label for label, keys in was.keys_by_bare_label.items() for key in keys}
        heirs_of = cache(partial(_heirs, was, now))  # Options that share a label have the same heirs.
        for option in was.options:
            if option.key in now.option_keys:
                continue
            heirs = heirs_of(labels[option.key])
            hint = f"use another {what}, or leave it out"
            if heirs:
                hint = f"its label belongs to {heirs} now: the key may have been renamed"
            elif now.allow_custom_option:
                hint = "its key counts as custom text now"
            yield was.key, f"{title(was)} no longer has the {what} {option_list([option])}", hint


def _heirs(was: Field, now: Field, label: str) -> str:
    """The new keys that have a label, in words; empty if there are none."""
    keys = [key for key in now.keys_by_bare_label.get(label, ()) if key not in was.option_keys]
    return either(abridged([as_json(key) for key in keys])) if keys else ""
