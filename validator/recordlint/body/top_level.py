"""What is wrong with a record body, in words: its top level, the keys of `properties`, and each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from typing import Any, Final

from recordlint.body.overlaps import repeats_file, repeats_value
from recordlint.body.property_keys import meant_property, times_named, wrong_property
from recordlint.body.users import user_problems
from recordlint.definitions.model import Field, ObjectDefinition, title
from recordlint.fieldtypes import field_type
from recordlint.violations import Mend, Operation, Problem, Step
from recordlint.wording.phrases import as_json, either, kind
from recordlint.wording.suggestions import nearest

PROPERTIES: Final = "properties"
LOCATION: Final = "locationId"
OWNERS: Final = ("owner", "owners")
TOP_LEVEL: Final = ("owner", "owners", "followers", PROPERTIES)
SHORT_TEXT: Final = 64
"""Characters of a text whose problems are remembered."""


def body_problems(
    definition: ObjectDefinition, body: object, operation: Operation, doubtful: Set[Step] | None = None
) -> Iterator[Problem]:
    """All problems of a body, by paths from the body; not yet in the order of the text.

    Args:
        definition: the object's.
        body: a value that JSON can hold.
        operation: `update` or `create`.
        doubtful: the top-level keys and the properties whose values the clean schema does not take; None for all.
    """
    if not isinstance(body, dict):
        yield _not_an_object(body)
        return
    if not body and operation == "update":
        yield Problem("no-op", "the body is empty and changes nothing", "name a property to change", severity="warning")
    wrapped = any(_wraps(key, value, operation) for key, value in body.items())
    if operation == "create" and not wrapped:
        yield from _missing(definition, body)
    owner = None
    for key, value in body.items():
        if key in OWNERS:
            if owner is not None:
                yield _owner_twice(owner, key)
            owner = owner or key
        if key in OWNERS or key == "followers":
            if doubtful is None or key in doubtful or repeats_value(value):
                for problem in user_problems(key, value, operation):
                    yield problem.below(key)
        elif key == PROPERTIES:
            yield from _properties(definition, value, operation, doubtful, alone=len(body) == 1)
        elif key == LOCATION:
            yield from _location(value, operation)
        else:
            yield _unknown_key(definition, body, key, operation)


def _not_an_object(body: object) -> Problem:
    hint = 'write {"properties": {…}}'
    if isinstance(body, list):
        hint = "one request changes one record: send each item by itself"
    elif isinstance(body, str):
        hint = "write the object itself, not its JSON text in a string"
    return Problem("not-an-object", f"the body is an object, not {kind(body)}", hint)


def _owner_twice(first: str, later: str) -> Problem:
    return Problem(
        "owner-spelling",
        "owner and owners are one thing, and both are here",
        "keep one of the two",
        (later,),
        "key",
        earlier=(first,),
    )


def _location(value: object, operation: Operation) -> Iterator[Problem]:
    if operation == "update":
        yield Problem(
            "location-in-body",
            "locationId stands in the body of an update, which the service refuses",
            "move it to the URL: ?locationId=…",
            (LOCATION,),
            "key",
        )
    elif value is None:
        yield Problem("null-not-allowed", "locationId may not be null", "write the location's id", (LOCATION,))
    elif not isinstance(value, str):
        message = f"locationId takes a string, not {kind(value)}"
        yield Problem("wrong-type", message, "write the location's id in double quotes", (LOCATION,))
    elif not value:
        yield Problem("empty-id", "locationId is empty", "write the location's id", (LOCATION,))


def _wraps(key: str, value: object, operation: Operation) -> bool:
    """Whether a key that does not belong there holds the real body."""
    if key in TOP_LEVEL or key == LOCATION or not isinstance(value, dict) or not value:
        return False
    return isinstance(value.get(PROPERTIES), dict) or (all(inner in TOP_LEVEL or inner == LOCATION for inner in value))


def _unknown_key(definition: ObjectDefinition, body: Mapping[str, Any], key: str, operation: Operation) -> Problem:
    if _wraps(key, body[key], operation):
        return Problem(
            "wrapped-body",
            f"the body is wrapped in one more object, {as_json(key)}",
            "send what is inside it",
            (key,),
            "key",
        )
    meant = meant_property(definition, key)
    if meant and meant.certain:
        inside = f'put it under properties: {{"properties": {{{as_json(meant.key)}: …}}}}'
        return Problem("flat-body", f"{title(meant.field)} stands at the top of the body", inside, (key,), "key")
    known = (*TOP_LEVEL, LOCATION) if operation == "create" else TOP_LEVEL
    near = _near_key(definition, key, body[key])
    mend = None
    hint = f"a body takes {either(known)}; fields stand under properties"
    if near == [LOCATION] and operation == "update":
        hint = "on update, locationId stands in the URL: ?locationId=…"
    elif near and set(near) <= set(OWNERS) and not body.keys().isdisjoint(OWNERS):
        hint = f"{either(near)} is here already; keep one of the two"
    elif near:
        hint = f"did you mean {either(map(as_json, near))}?"
        if len(near) == 1 and near[0] not in body:
            mend = Mend(False, "write the key that exists", as_json(near[0]))
    elif meant:
        hint = f'fields stand under properties: {{"properties": {{{as_json(meant.key)}: …}}}}'
    return Problem("unknown-key", f"the body takes no key {as_json(key)}", hint, (key,), "key", mend=mend)


def _near_key(definition: ObjectDefinition, key: str, value: object) -> list[str]:
    """The top-level keys that a wrong one may stand for; an object of properties can only be `properties`."""
    near = nearest(key, (*TOP_LEVEL, LOCATION))
    if not near and isinstance(value, dict) and any(each in definition.by_property for each in value):
        return [PROPERTIES]
    return near


def _missing(definition: ObjectDefinition, body: Mapping[str, Any]) -> Iterator[Problem]:
    """What create cannot do without. What stands under a wrong name is reported there, not here as missing too."""
    known = (*TOP_LEVEL, LOCATION)
    stand_ins = {
        near[0]: key
        for key, value in body.items()
        if key not in known and len(near := _near_key(definition, key, value)) == 1 and near[0] not in body
    }
    if LOCATION not in body and LOCATION not in stand_ins:
        yield Problem(
            "missing-location",
            "a new record needs its locationId in the body",
            'write "locationId": "…"',
            target="open",
        )
    properties = body.get(stand_ins.get(PROPERTIES, PROPERTIES))
    if properties is not None and not isinstance(properties, dict):
        return
    if PROPERTIES in body and properties is None:
        return
    given = properties or {}
    named = {key for key, value in given.items() if value is not None}
    # A key that means a property for certain is a fault of its own, at the key.
    for keys in (given, body):
        named |= {
            meant.key
            for key, value in keys.items()
            if value is not None and (meant := meant_property(definition, key)) and meant.certain and meant.rule
        }
    if PROPERTIES not in body:
        named |= {key for key in body if key in definition.by_property}
    for field in definition.required:
        if not named.intersection(field.properties) and field.key not in named:
            text = f"{as_json(field.properties[0])}: …"
            yield Problem(
                "missing-property",
                f"a new record needs {title(field)}",
                f"write {text}" if properties is not None else f'write "properties": {{{text}}}',
                (PROPERTIES,) if PROPERTIES in body else (),
                "open",
            )


def _properties(
    definition: ObjectDefinition,
    properties: object,
    operation: Operation,
    doubtful: Set[Step] | None,
    *,
    alone: bool,
) -> Iterator[Problem]:
    path = (PROPERTIES,)
    if properties is None:
        yield Problem("null-not-allowed", "properties may not be null", "leave it out, or write {…}", path)
        return
    if not isinstance(properties, dict):
        yield Problem("wrong-type", f"properties takes an object, not {kind(properties)}", "write {…}", path)
        return
    if not properties and alone:
        yield Problem(
            "no-op",
            "properties is empty and nothing else is here",
            "name a property to set",
            path,
            severity="warning",
        )
    by_property = definition.by_property
    wrong = {key: meant_property(definition, key) for key in properties.keys() - by_property.keys()}
    times = times_named(properties, wrong.values()) if wrong else {}
    keys: Iterable[str] = properties
    if doubtful is not None:
        repeated = [
            k
            for k, files in definition.deltas.items()
            if properties.get(k)
            and k not in doubtful
            and (repeats_file(properties[k]) if files else repeats_value(properties[k]))
        ]
        keys = {*wrong, *(properties.keys() & doubtful), *repeated}
    for key in keys:
        value = properties[key]
        field = by_property.get(key)
        if field is None:
            problem, field = wrong_property(definition, key, value, wrong[key], times)
            yield problem.below(PROPERTIES)
            if field is None:
                continue
        if value is None:
            if operation == "create":
                yield Problem(
                    "no-op",
                    f"{title(field)} is null, which sets nothing in a new record",
                    "write a value; it is required" if field in definition.required else "leave it out",
                    (PROPERTIES, key),
                    severity="warning",
                )
        elif field.known:
            if type(value) is str and len(value) <= SHORT_TEXT:
                yield from _text_problems(field, key, value, operation)
                continue
            for problem in field_type(field.data_type).problems(field, value, operation):
                yield problem.below(PROPERTIES, key)


@lru_cache(maxsize=2_048)
def _text_problems(field: Field, key: str, text: str, operation: Operation) -> tuple[Problem, ...]:
    """The problems of a property's text, remembered: rows of one source have the same wrong labels and dates."""
    return tuple([each.below(PROPERTIES, key) for each in field_type(field.data_type).problems(field, text, operation)])
