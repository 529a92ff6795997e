"""A field of another type."""

from __future__ import annotations

from typing import Final

from recordlint.definitions.model import Field, title
from recordlint.drift.change import Level
from recordlint.drift.comparison import Comparison, Differences

LEVEL: Final[Level] = "breaking"


TEXTS: Final = frozenset({"TEXT", "LARGE_TEXT"})
_ALIKE: Final = (TEXTS, {"SINGLE_OPTIONS", "RADIO"}, {"MULTIPLE_OPTIONS", "CHECKBOX"})
"""The types whose values are written in one form."""


def changes(comparison: Comparison) -> Differences:
    """The fields whose `dataType` is another."""
    for was, now in comparison.pairs:
        if was.data_type != now.data_type:
            yield was.key, f"{title(was)} is {now.data_type} now, and was {was.data_type}", _hint(was, now)


def _hint(was: Field, now: Field) -> str:
    if was.allow_custom_option and now.data_type == "SINGLE_OPTIONS":
        return "use the keys of its options: it takes no custom text any more"
    if now.data_type == "LARGE_TEXT" and was.data_type in TEXTS:
        return "write at most 12,000 characters; the form of the values is the same"
    if any({was.data_type, now.data_type} <= types for types in _ALIKE):
        return "write its values as before: both types have one form"
    hint = "write its values in the form of the new type"
    if was.data_type in TEXTS and now.has_several_values:
        hint += ", and clear what is stored with null first: until then, the service answers add with status 500"
    return hint
