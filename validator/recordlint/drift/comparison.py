"""An object's old and new definition side by side: which fields belong together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from recordlint.definitions.model import Field, ObjectDefinition

Pair = tuple[Field, Field]
"""A field in the old definition, and the same field in the new one."""
Differences = Iterator[tuple[str, str, str]]
"""The changes of one kind: the field's key (empty for the object itself), the message, and the hint or nothing."""


class Comparison(NamedTuple):
    """An object in the old definitions and in the new ones; at least one of them has it."""

    old: ObjectDefinition | None
    new: ObjectDefinition | None
    pairs: tuple[Pair, ...] = ()
    """The fields of one key, and those of one id whose key changed and whose old key no other field has now."""
    moved: tuple[Pair, ...] = ()
    """The fields of one id with another key."""
    gone: tuple[Field, ...] = ()
    """The fields that only the old definition has."""
    added: tuple[Field, ...] = ()
    """The fields that only the new definition has."""
    others: tuple[ObjectDefinition, ...] = ()
    """Where the object is gone: the objects that are new."""

    @property
    def key(self) -> str:
        """The object's key."""
        definition = self.old or self.new
        return definition.key if definition else ""

    @property
    def both(self) -> tuple[ObjectDefinition, ObjectDefinition] | None:
        """The old and the new definition; None unless there are both."""
        return (self.old, self.new) if self.old and self.new else None


def compare_objects(old: Sequence[ObjectDefinition], new: Sequence[ObjectDefinition]) -> Iterator[Comparison]:
    """Each object of both, in the order of the old definitions, then those that are new."""
    before, after = {each.key: each for each in old}, {each.key: each for each in new}
    added = tuple([each for each in new if each.key not in before])
    for definition in old:
        current = after.get(definition.key)
        yield _fields(definition, current) if current else Comparison(definition, None, others=added)
    for definition in added:
        yield Comparison(None, definition)


def _fields(old: ObjectDefinition, new: ObjectDefinition) -> Comparison:
    ids = {id: fields[0] for id, fields in new.by_id.items() if len(fields) == 1}
    moved = [
        (field, ids[field.id])
        for field in old.fields
        if field.id in ids and len(old.by_id[field.id]) == 1 and ids[field.id].key != field.key
    ]
    # A field that took a key from another is that other one to the bodies that use the key.
    renamed = {was.key: now for was, now in moved if was.key not in new.by_key and now.key not in old.by_key}
    partners: Mapping[str, Field] = {**renamed, **{key: new.by_key[key] for key in old.by_key if key in new.by_key}}
    pairs = tuple([(field, partners[field.key]) for field in old.fields if field.key in partners])
    paired = {now.key for _, now in pairs}
    movers = {was.key for was, _ in moved}
    return Comparison(
        old,
        new,
        pairs,
        tuple(moved),
        tuple([field for field in old.fields if field.key not in partners and field.key not in movers]),
        tuple([field for field in new.fields if field.key not in paired]),
    )
