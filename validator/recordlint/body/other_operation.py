"""A body that is meant for another operation than the one it is checked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any, Final

from recordlint.body.property_keys import meant_property
from recordlint.contract.operations import LOCATION, OPERATIONS, PROPERTIES, USERS, Operation
from recordlint.definitions.model import ObjectDefinition
from recordlint.definitions.target import Target
from recordlint.problems.pointers import Path, Step
from recordlint.problems.problem import Mention, Problem

MINDED: Final = frozenset({"missing-location", "missing-property"})
"""The rules of what an operation misses only because the body has the form of another one."""
_LEAST: Final = {"array": 2, "delta": 1}
"""The fewest values, or location, in the form of another operation that show that it is meant."""


def other_operation(
    target: Target, body: Mapping[str, Any], doubtful: Set[Step] | None = None
) -> tuple[Operation, Problem] | None:
    """The operation whose form a body has instead of the form of the one it is checked for; and the problem of it.

    Args:
        target: what the body is checked against.
        body: an object.
        doubtful: the top-level keys and the properties that are unknown or not clean; None for all.
    """
    asked = target.operation
    for other in OPERATIONS.values():
        # Most bodies are done here: too few values have the form of the other operation.
        if other.multi_value == asked.multi_value or _number(body, doubtful, other) < _LEAST[other.multi_value]:
            continue
        forms = dict(_forms(target.object, body))
        arrays = [path for path, form in forms.items() if form == "array"]
        deltas = [path for path, form in forms.items() if form == "delta"]
        location: list[Path] = [(LOCATION,)] if LOCATION in body else []
        if other.multi_value == "array":
            marks = [*location, *arrays]
            is_meant = not deltas and "empty" not in forms.values() and bool(arrays) and len(marks) > 1
        else:
            marks = deltas
            is_meant = bool(deltas) and not arrays and not location
        if is_meant:
            keys: list[Step] = [*body]
            in_order = sorted(marks, key=lambda path: keys.index(path[0]))
            return other, _problem(asked, other, in_order)
    return None


def _number(body: Mapping[str, Any], doubtful: Set[Step] | None, other: Operation) -> int:
    """At most how many values have the form of another operation: there they are not clean."""
    properties = body.get(PROPERTIES)
    there = properties if isinstance(properties, dict) else {}
    form, number = (list, LOCATION in body) if other.multi_value == "array" else (dict, 0)
    for key in there if doubtful is None else doubtful:
        if isinstance(there.get(key), form):
            number += 1
    # Where an object has no users, their keys are refused, and not their values.
    for key in USERS:
        if key in body and isinstance(body[key], form):
            number += 1
    return number


def _forms(definition: ObjectDefinition, body: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """The plain arrays and deltas where there are several values, by their paths. An empty delta shows little."""
    values: list[tuple[Path, object]] = [((key,), body[key]) for key in USERS if key in body]
    properties = body.get(PROPERTIES)
    for key, value in properties.items() if isinstance(properties, dict) else ():
        meant = meant_property(definition, key) if isinstance(value, list | dict) else None
        if meant and meant.certain and meant.field.has_several_values:
            values.append(((PROPERTIES, key), value))
    for path, value in values:
        if isinstance(value, list):
            yield path, "array"
        elif isinstance(value, dict) and value.keys() & {"add", "remove"}:
            yield path, "delta"
        elif value == {}:
            yield path, "empty"


def _problem(asked: Operation, other: Operation, marks: list[Path]) -> Problem:
    return Problem(
        "other-operation",
        f"the body has the form of {_a(other.title)}, and is checked as {_a(asked.title)}",
        other_operation_hint(asked, other, flag=True),
        part="open",
        related=tuple([Mention(path, f"{_a(other.title)} has this form", "key") for path in marks]),
    )


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def other_operation_hint(asked: Operation, other: Operation, *, flag: bool) -> str:
    """The flag and the method of the operation that is meant; else what the one that was asked for takes."""
    send = f"send it with {other.method} {other.path}"
    meant = f"check it with --operation {other.name}, and {send}" if flag else send
    form = "use add and remove instead of arrays" if asked.multi_value == "delta" else "use plain arrays"
    where = "put locationId in the URL" if asked.location == "query" else "add locationId"
    return f"{meant}; if it is meant as {_a(asked.title)}, {form}, and {where}"
