"""Fields or options in another order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from recordlint.definitions.model import Field, title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences
from recordlint.drift.file_formats import lost
from recordlint.drift.labels import has_options

LEVEL: Final[Level] = "safe"


def changes(comparison: Comparison) -> Differences:
    """The fields, the required fields and the options that stand in another order."""
    if comparison.both:
        old, new = comparison.both
        keys = {was.key: now.key for was, now in comparison.pairs}
        if _differ([keys.get(each.key, "") for each in old.fields], [each.key for each in new.fields]):
            yield "", "the fields stand in another order", ""
        if _differ([keys.get(each.key, "") for each in old.required], [each.key for each in new.required]):
            yield "", "the required fields stand in another order", ""
    for was, now in comparison.pairs:
        if has_options(was, now) and _differ([each.key for each in was.options], [each.key for each in now.options]):
            yield (
                was.key,
                f"the {'labels' if now.is_textbox_list else 'options'} of {title(now)} stand in another order",
                "",
            )
        if _spelled_otherwise(was, now):
            yield was.key, f"the formats of {title(now)} are written in another way", ""


def _spelled_otherwise(was: Field, now: Field) -> bool:
    """Whether two lists of formats mean the same and are not the same."""
    old, new = was.accepted_formats, now.accepted_formats
    return was.has_files and now.has_files and old != new and not lost(old, new) and not lost(new, old)


def _differ(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether what is in both stands in another order."""
    both = {*old} & {*new}
    return [each for each in old if each in both] != [each for each in new if each in both]
