"""What is wrong with a record body, in words: its top level, and everything beside `properties`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any, Final

from recordlint.body.missing import missing_problems
from recordlint.body.overlaps import delta_overlaps
from recordlint.body.properties import PROPERTIES, properties_problems
from recordlint.body.property_keys import meant_property
from recordlint.body.users import OWNERS, USERS, user_problems
from recordlint.contract.operations import Operation
from recordlint.definitions.model import ObjectDefinition, title
from recordlint.definitions.target import Target
from recordlint.violations import Mention, Problem, Step, ValueFix
from recordlint.wording.phrases import as_json, either, json_type
from recordlint.wording.suggestions import nearest

LOCATION: Final = "locationId"
TOP_LEVEL: Final = (*USERS, PROPERTIES)


def body_problems(target: Target, body: object, doubtful: Set[Step] | None = None) -> Iterator[Problem]:
    """All problems of a body, by paths from the body; not yet in the order of the text.

    Args:
        target: what the body is checked against.
        body: a value that JSON can hold.
        doubtful: the top-level keys and the properties whose values the clean schema does not take; None for all.
    """
    operation = target.operation
    if not isinstance(body, dict):
        yield _not_an_object(body)
        return
    if not body and operation.names_record:
        message = "the body is empty, so it changes nothing"
        yield Problem("no-op", message, "add the properties to change", severity="warning")
    if operation.requires_keys and not any(_wraps(key, value) for key, value in body.items()):
        yield from _missing(target, body)
    owner = None
    for key, value in body.items():
        if key in OWNERS:
            if owner is not None:
                yield _owner_twice(owner, key)
            owner = owner or key
        if key in USERS:
            if doubtful is None or key in doubtful or delta_overlaps(value):
                for problem in user_problems(key, value, operation):
                    yield problem.below(key)
        elif key == PROPERTIES:
            yield from properties_problems(target, value, doubtful, alone=len(body) == 1)
        elif key == LOCATION:
            yield from _location(value, operation)
        else:
            yield _unknown_key(target, body, key)


def _missing(target: Target, body: Mapping[str, Any]) -> Iterator[Problem]:
    """The problems of what a new record lacks. A wrong key that is meant for it is a problem of its own."""
    definition, operation = target.object, target.operation
    stand_ins = _stand_ins(definition, body)
    if operation.location == "body" and LOCATION not in body and LOCATION not in stand_ins:
        message = "a new record needs locationId in its body"
        yield Problem("missing-location", message, 'add "locationId": "…"', part="open")
    if operation.requires_properties:
        yield from missing_problems(definition, body, stand_ins.get(PROPERTIES, PROPERTIES))


def _not_an_object(body: object) -> Problem:
    hint = 'write {"properties": {…}}'
    if isinstance(body, list):
        hint = "send each item in a request of its own"
    elif isinstance(body, str):
        hint = "write the object itself, not a string that holds its JSON text"
    return Problem("not-an-object", f"the body must be an object, not {json_type(body)}", hint)


def _owner_twice(first: str, later: str) -> Problem:
    return Problem(
        "owner-spelling",
        "owner and owners mean the same, and the body has both",
        "keep only one of them",
        (later,),
        "key",
        related=(Mention((first,), part="key"),),
    )


def _location(value: object, operation: Operation) -> Iterator[Problem]:
    if operation.location == "query":
        yield Problem(
            "location-in-body",
            "the service refuses locationId in the body of an update",
            "move it to the URL: ?locationId=…",
            (LOCATION,),
            "key",
        )
    elif value is None:
        yield Problem("null-not-allowed", "locationId cannot be null", "write the location's id", (LOCATION,))
    elif not isinstance(value, str):
        message = f"locationId must be a string, not {json_type(value)}"
        yield Problem("wrong-type", message, "write the location's id in double quotes", (LOCATION,))
    elif not value:
        yield Problem("empty-id", "locationId is empty", "write the location's id", (LOCATION,))


def _wraps(key: str, value: object) -> bool:
    """Whether a key that does not belong at the top level holds the real body."""
    if key in TOP_LEVEL or key == LOCATION or not isinstance(value, dict) or not value:
        return False
    return isinstance(value.get(PROPERTIES), dict) or (all(inner in TOP_LEVEL or inner == LOCATION for inner in value))


def _unknown_key(target: Target, body: Mapping[str, Any], key: str) -> Problem:
    definition, operation = target.object, target.operation
    if _wraps(key, body[key]):
        return Problem(
            "wrapped-body",
            f"the body is wrapped in an extra object, {as_json(key)}",
            "send only what is inside it",
            (key,),
            "key",
        )
    meant = meant_property(definition, key)
    if meant and meant.certain:
        message = f"{title(meant.field)} is at the top level of the body, outside properties"
        hint = f'move it under properties: {{"properties": {{{as_json(meant.key)}: …}}}}'
        return Problem("flat-body", message, hint, (key,), "key")
    known = (*TOP_LEVEL, LOCATION) if operation.location == "body" else TOP_LEVEL
    near = _near_key(definition, key, body[key])
    fix = None
    hint = f"use only {either(known)}, and put fields under properties"
    if near == [LOCATION] and operation.location == "query":
        hint = f"on {operation.name}, put locationId in the URL: ?locationId=…"
    elif near and set(near) <= set(OWNERS) and not body.keys().isdisjoint(OWNERS):
        hint = f"keep only one of them: the body already has {' and '.join(sorted(body.keys() & set(OWNERS)))}"
    elif near:
        hint = f"did you mean {either(map(as_json, near))}?"
        if len(near) == 1 and near[0] not in body:
            fix = ValueFix(safe=False, description="write the key that exists", text=as_json(near[0]))
    elif meant:
        hint = f'put fields under properties: {{"properties": {{{as_json(meant.key)}: …}}}}'
    message = f"{as_json(key)} is not a key of a record body"
    return Problem("unknown-key", message, hint, (key,), "key", fix=fix)


def _near_key(definition: ObjectDefinition, key: str, value: object) -> list[str]:
    """The top-level keys that a wrong one may be meant for; an object of properties can only be `properties`."""
    near = nearest(key, (*TOP_LEVEL, LOCATION))
    if not near and isinstance(value, dict) and any(each in definition.by_property for each in value):
        return [PROPERTIES]
    return near


def _stand_ins(definition: ObjectDefinition, body: Mapping[str, Any]) -> Mapping[str, str]:
    """The wrong keys that missing ones are written as, by the missing key: each is an error of its own."""
    known = (*TOP_LEVEL, LOCATION)
    return {
        near[0]: key
        for key, value in body.items()
        if key not in known and len(near := _near_key(definition, key, value)) == 1 and near[0] not in body
    }
