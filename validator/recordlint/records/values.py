"""The values of a field of several values: what is stored, and which values are the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from recordlint.definitions.model import Field
from recordlint.fieldtypes._halves import ADD, REMOVE


def identity(value: object) -> str:
    """What makes two values of a field the same: a file's URL, or else the value."""
    if isinstance(value, Mapping) and isinstance(value.get("url"), str):
        value = value["url"]
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)


def stored_values(properties: Mapping[str, Any], field: Field) -> Sequence[Any]:
    """The values that a record holds of a field of several values; none where it holds no list."""
    value = properties.get(field.key)
    return value if isinstance(value, list | tuple) else []


def apply_delta(stored: Iterable[Any], delta: Mapping[str, Any]) -> list[Any]:
    """The values after a delta: those that are stored and not removed, then those that are added and new.

    Args:
        stored: the values before, each once.
        delta: `add`, `remove`, or both, each an array.

    Example:
        >>> apply_delta(["web", "ios"], {"add": ["web", "android"], "remove": ["ios", "beta"]})
        ['web', 'android']
    """
    removed = {identity(each) for each in delta.get(REMOVE, ())}
    return list(_distinct([*[each for each in stored if identity(each) not in removed], *delta.get(ADD, ())]))


def _distinct(values: Iterable[Any]) -> Iterator[Any]:
    seen = set()
    for value in values:
        if (name := identity(value)) not in seen:
            seen.add(name)
            yield value
