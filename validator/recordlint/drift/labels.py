"""Which keys a label names, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from recordlint.definitions.model import OPTION_TYPES, Field, title
from recordlint.drift.comparison import Comparison

Keys = Mapping[str, Sequence[str]]
"""The keys that each label names: of options, or of fields. Labels without regard to case, white space and emoji."""


class Naming(NamedTuple):
    """What labels name before and after: the options of a field, or the fields of an object."""

    fields: Mapping[str, str]
    """The old key of the field that each key is of."""
    what: str
    """What is labelled: `option`, `label` or `field`."""
    owner: str
    """The field that has them, in words; empty for the names of fields."""
    old: Mapping[str, str]
    """The labels by key, as they are written."""
    new: Mapping[str, str]
    old_keys: Keys
    new_keys: Keys

    @property
    def noun(self) -> str:
        """What people see: the label of an option, the name of a field."""
        return "name" if self.what == "field" else "label"

    def moved(self) -> Iterator[tuple[str, str, str]]:
        """The new key of a label, its text, and the key that it named, if there still is that key."""
        for label, keys in self.new_keys.items():
            before = self.old_keys.get(label, ())
            if len(keys) == len(before) == 1 and keys[0] != before[0] and before[0] in self.new:
                yield keys[0], self.new[keys[0]], before[0]

    def repeated(self) -> Iterator[tuple[str, Sequence[str]]]:
        """A label that named one key, or none, and the keys that it names now."""
        for label, keys in self.new_keys.items():
            if len(keys) > 1 and len(self.old_keys.get(label, ())) < 2:
                yield self.new[keys[0]], keys

    def changed(self) -> Iterator[tuple[str, str, str]]:
        """A key with its old and new label, if no other key is concerned."""
        concerned = {key for key, _, _ in self.moved()}
        concerned |= {key for _, keys in self.repeated() for key in keys if self.old.get(key) != self.new[key]}
        for key, label in self.new.items():
            before = self.old.get(key, label)
            # What has no name is called by its key.
            is_unnamed = before == self.fields.get(key, key) and label == key
            if before != label and key not in concerned and not is_unnamed:
                yield key, before, label


def namings(comparison: Comparison) -> Iterator[Naming]:
    """The names of the object's fields, and the labels of each field's options."""
    if comparison.both:
        old, new = comparison.both
        # A renamed field keeps its name under another key.
        keys = {was.key: now.key for was, now in comparison.moved}
        renamed = {*keys.values()}
        keys |= {was.key: now.key for was, now in comparison.pairs if was.key not in keys and now.key not in renamed}
        yield Naming(
            {now: was for was, now in keys.items()},
            "field",
            "",
            {keys[field.key]: field.name for field in old.fields if field.key in keys},
            {field.key: field.name for field in new.fields},
            {
                name: [keys[field.key] for field in fields if field.key in keys]
                for name, fields in old.by_bare_name.items()
            },
            {name: [field.key for field in fields] for name, fields in new.by_bare_name.items()},
        )
    for was, now in comparison.pairs:
        if has_options(was, now):
            what = "label" if now.is_textbox_list else "option"
            fields = dict.fromkeys(now.labels, was.key)
            owner = f" of {title(now)}"
            yield Naming(fields, what, owner, was.labels, now.labels, was.keys_by_bare_label, now.keys_by_bare_label)


def has_options(was: Field, now: Field) -> bool:
    """Whether both fields have options to compare: option keys both, or the labels of textbox lists both."""
    if was.is_textbox_list or now.is_textbox_list:
        return was.is_textbox_list and now.is_textbox_list
    return was.data_type in OPTION_TYPES and now.data_type in OPTION_TYPES
