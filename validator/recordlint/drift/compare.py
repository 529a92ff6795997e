"""All changes between two versions of the definitions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from recordlint.definitions.model import Field, ObjectDefinition
from recordlint.drift.change import LEVELS, Change, Level
from recordlint.drift.comparison import Comparison, Differences, compare_objects

Find = Callable[[Comparison], Differences]


def compare(old: Sequence[ObjectDefinition], new: Sequence[ObjectDefinition]) -> tuple[Change, ...]:
    """What changed: object by object, the worst first, then in the order of the fields.

    It is empty only if `definitions.digest` of both is the same.

    Example:
        >>> from recordlint.definitions.reading import load_objects
        >>> objects = load_objects(["fixtures/objects"])
        >>> compare(objects, objects)
        ()
    """
    return tuple([change for comparison in compare_objects(old, new) for change in _changes(comparison)])


@cache
def kinds() -> Mapping[str, Level]:
    """The level of each kind of change, by id: one module of `drift/kinds/` each."""
    return {kind: _module(kind).LEVEL for kind in _ids()}


def _changes(comparison: Comparison) -> Sequence[Change]:
    definition = comparison.new or comparison.old
    path = definition.path if definition else ""
    changes = [
        Change(kind, level, comparison.key, field, message, hint, path)
        for kind, level in kinds().items()
        for field, message, hint in _finder(kind)(comparison)
    ]
    order: dict[str, int] = {}
    for field in _fields(comparison):
        order.setdefault(field.key, len(order) + 1)
    return sorted(changes, key=lambda each: (LEVELS.index(each.level), order.get(each.field, 0)))


def _fields(comparison: Comparison) -> Iterator[Field]:
    for definition in (comparison.old, comparison.new):
        yield from definition.fields if definition else ()


def _ids() -> Sequence[str]:
    names = os.listdir(os.path.join(os.path.dirname(__file__), "kinds"))
    modules = [name.removesuffix(".py") for name in names if name.endswith(".py") and name[0] != "_"]
    return sorted([name.replace("_", "-") for name in modules])


def _finder(kind: str) -> Find:
    find: Find = _module(kind).changes
    return find


def _module(kind: str) -> Any:
    return import_module(f"recordlint.drift.kinds.{kind.replace('-', '_')}")
