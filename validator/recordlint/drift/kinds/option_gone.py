"""An option, or a label of a textbox list, whose key is no longer there."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import option_list, title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.drift.labels import has_options
from recordlint.wording.phrases import as_json, either

LEVEL: Final[Level] = "breaking"


def changes(comparison: Comparison) -> Differences:
    """The keys that only the old field has. Where a new key has the label of one, it may be that one renamed."""
    for was, now in comparison.pairs:
        if not has_options(was, now):
            continue
        what = "label" if was.is_textbox_list else "option"
        labels = {key: label for label, keys in was.keys_by_bare_label.items() for key in keys}
        for option in was.options:
            if option.key in now.option_keys:
                continue
            heirs = [key for key in now.keys_by_bare_label.get(labels[option.key], ()) if key not in was.option_keys]
            hint = f"use another {what}, or leave it out"
            if heirs:
                named = either([as_json(each) for each in heirs])
                hint = f"its label belongs to {named} now: the key may have been renamed"
            elif now.allow_custom_option:
                hint = "its key counts as custom text now"
            yield was.key, f"{title(was)} no longer has the {what} {option_list([option])}", hint
