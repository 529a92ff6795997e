"""The smallest update that turns one record into another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from recordlint.contract.operations import OWNERS, PROPERTIES
from recordlint.definitions.model import Field, ObjectDefinition, title
from recordlint.fieldtypes._halves import ADD, REMOVE
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem
from recordlint.records.problems import is_same, stale_options
from recordlint.records.record import FOLLOWERS, Record
from recordlint.records.values import identity
from recordlint.wording.phrases import as_json

USERS: Final = (OWNERS[1], FOLLOWERS[0])
"""The members of the body that take users, as updates are best written."""

NOTHING: Final = object()
"""Stands for no change."""


class Difference(NamedTuple):
    """The update from one record to another."""

    body: Mapping[str, Any]
    """Empty where nothing differs."""
    problems: Sequence[Problem]
    """What is left out of it, by paths from the wanted record."""
    removed: Sequence[str]
    """What goes because the wanted record does not name it: property keys, `owners`, `followers`."""


def difference(
    current: Record,
    wanted: Record,
    definition: ObjectDefinition,
    *,
    only: Collection[str] | None = None,
    keep_missing: bool = False,
) -> Difference:
    """The smallest update that turns `current` into `wanted`.

    Several values are compared as sets, and files by their URLs. The body has its members in the order of the
    definition, with all removals of a field in one delta, and `null` where no value of a field is left.

    Args:
        current: as it is stored.
        wanted: as it shall be; a property with null is to be removed.
        definition: the object's.
        only: property keys, keys of textbox lists, `owners` and `followers`, which alone may change; None for all.
        keep_missing: leave alone what `wanted` does not name.
    """
    properties, problems = _changed_properties(current, wanted, definition, only, keep_missing=keep_missing)
    users = _changed_users(current, wanted, only, keep_missing=keep_missing) if definition.has_users else {}
    named = {*(wanted.answer.get(PROPERTIES) or {}), *[key for key in USERS if _names_users(wanted, key)]}
    body: dict[str, Any] = {PROPERTIES: properties} if properties else {}
    return Difference(body | users, problems, [key for key in (*properties, *users) if key not in named])


def _changed_properties(
    current: Record,
    wanted: Record,
    definition: ObjectDefinition,
    only: Collection[str] | None,
    *,
    keep_missing: bool,
) -> tuple[dict[str, Any], list[Problem]]:
    """What to write for each property that changes, and what is left out."""
    properties: dict[str, Any] = {}
    problems: list[Problem] = []
    asked = wanted.answer.get(PROPERTIES) or {}
    for key, field in definition.by_property.items():
        is_named = key in asked
        if (only is not None and key not in only and field.key not in only) or (keep_missing and not is_named):
            continue
        path = (PROPERTIES, key) if is_named else (PROPERTIES,)
        change, left_out = _change(field, current.properties.get(key), wanted.properties.get(key), path)
        problems += left_out if is_named else [each._replace(part="open") for each in left_out]
        if change is not NOTHING:
            properties[key] = change
    return properties, problems


def _changed_users(
    current: Record, wanted: Record, only: Collection[str] | None, *, keep_missing: bool
) -> dict[str, dict[str, list[Any]]]:
    """The deltas of the users that change."""
    pairs = zip(USERS, (current.owners, current.followers), (wanted.owners, wanted.followers), strict=True)
    return {
        key: delta
        for key, before, after in pairs
        if (only is None or not set(_spellings(key)).isdisjoint(only))
        and (_names_users(wanted, key) or not keep_missing)
        and (delta := _delta(before, after))
    }


def _names_users(wanted: Record, key: str) -> bool:
    """Whether a record names its owners, or its followers."""
    return any(name in wanted.answer for name in _spellings(key))


def _spellings(key: str) -> tuple[str, ...]:
    return OWNERS if key in OWNERS else FOLLOWERS


def _change(field: Field, before: Any, after: Any, path: Path) -> tuple[Any, list[Problem]]:
    """What to write for a property, and what cannot be changed of it.

    Args:
        field: the property's.
        before: what is stored; None for nothing.
        after: what shall be stored; None for nothing.
        path: to the wanted value, or to what should have it.
    """
    if is_same(before, after):
        return NOTHING, []
    if not field.has_several_values:
        return after, []
    if not after:
        return (NOTHING if not before else None), []
    if before is not None and not isinstance(before, list | tuple):
        message = f"the record holds one value in {title(field)}, which takes several now"
        hint = f"clear it first, by an update of its own: {as_json(field.key)}: null"
        return NOTHING, [Problem("stale-value", message, hint, path, severity="warning")]
    stale = {identity(each) for each in unnameable(field, before or [])}
    delta = _delta(before or [], after, leave=stale)
    problems = [*_stale(field, before or [], after, stale, path)]
    if field.has_files:
        problems += _renamed(field, before or [], after, path)
        keys = {ADD: ("url", "name"), REMOVE: ("url",)}
        delta = {
            half: [{key: each[key] for key in keys[half] if each.get(key) is not None} for each in files]
            for half, files in delta.items()
        }
    return delta or NOTHING, problems


def _delta(before: Sequence[Any], after: Sequence[Any], leave: Collection[str] = ()) -> dict[str, list[Any]]:
    """What to add and to remove. Values to leave are neither added nor removed."""
    names_before, names_after = [{identity(each) for each in values} for values in (before, after)]
    first = {identity(each): each for each in reversed(after)}
    added = [
        first[name] for name in dict.fromkeys(map(identity, after)) if name not in names_before and name not in leave
    ]
    stored = {identity(each): each for each in before}
    removed = [each for name, each in stored.items() if name not in names_after and name not in leave]
    halves = {ADD: added, REMOVE: removed}
    return {half: values for half, values in halves.items() if values}


def unnameable(field: Field, values: Sequence[Any]) -> list[Any]:
    """The stored values that no update can name: keys that are no options, and files without a URL."""
    if field.has_files:
        return [each for each in values if not isinstance(each, Mapping) or not isinstance(each.get("url"), str)]
    return stale_options(field, values)


def _stale(
    field: Field, before: Sequence[Any], after: Sequence[Any], stale: Collection[str], path: Path
) -> Iterator[Problem]:
    """The stored values that shall go, and that no update can name."""
    names = {identity(each) for each in after}
    if any(identity(each) in stale and identity(each) not in names for each in before):
        what = "file has no URL" if field.has_files else "key is no option"
        message = f"in {title(field)}, a stored {what}, so no update can remove it alone"
        hint = f"clear the field first, by an update of its own: {as_json(field.key)}: null"
        yield Problem("stale-value", message, hint, path, severity="warning")


def _renamed(field: Field, before: Sequence[Any], after: Sequence[Any], path: Path) -> Iterator[Problem]:
    """The files whose name alone shall change."""
    names = {identity(each): each.get("name") for each in before if isinstance(each, Mapping)}
    for index, file in enumerate(after):
        name = file.get("name") if isinstance(file, Mapping) else None
        if name is not None and identity(file) in names and names[identity(file)] != name:
            message = f"a file in {title(field)} has another name, and an update cannot change that"
            hint = "leave the name out, or remove the file and add it again in a second update"
            yield Problem("file-name", message, hint, (*path, index, "name"), severity="warning")
