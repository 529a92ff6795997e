"""An option, or a label of a textbox list, that was not there before."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import option_list, title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.drift.labels import has_options

LEVEL: Final[Level] = "safe"


def changes(comparison: Comparison) -> Differences:
    """The keys that only the new field has."""
    for was, now in comparison.pairs:
        if has_options(was, now):
            what = "label" if now.is_textbox_list else "option"
            for option in now.options:
                if option.key not in was.option_keys:
                    yield was.key, f"{title(now)} has the new {what} {option_list([option])}", ""
