"""What is wrong with a record body, in words: its top level, and everything beside `properties`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import partial
from typing import Any, Final, NamedTuple

from recordlint.body.flat import flat_field, wrapped_body, wraps
from recordlint.body.missing import missing_fields, missing_problem
from recordlint.body.other_operation import MINDED, other_operation
from recordlint.body.properties import FILL_IN, error_of, properties_problems
from recordlint.body.property_keys import Meant, meant_property, times_named, wrong_property
from recordlint.body.read_back import belongs_to_read_back, read_back_keys, read_back_problem
from recordlint.body.users import looks_like_id, odd_id, unfilled_id, user_problems
from recordlint.contract.operations import LOCATION, OWNERS, PROPERTIES, USERS, Operation
from recordlint.contract.placeholders import is_placeholder
from recordlint.definitions.model import Field, ObjectDefinition
from recordlint.definitions.target import Target
from recordlint.fieldtypes._halves import delta_overlaps
from recordlint.problems.pointers import Path, Step
from recordlint.problems.problem import Mention, Problem, ValueFix
from recordlint.rules.notes import LOCATION_IN_BODY, OWNER_REFUSED
from recordlint.violations import LISTED_AT_MOST
from recordlint.wording.phrases import as_json, either, json_type
from recordlint.wording.suggestions import nearest

OWNER: Final = "owners"
"""The spelling that the service takes on both operations (observed); `owner` is in the vendor's own example."""
TOP_LEVEL: Final = (*USERS, PROPERTIES)
RECORD_IDS: Final = ("id", "_id", "recordId", "record_id")


def body_problems(target: Target, body: object, doubtful: Set[Step] | None = None) -> Iterator[Problem]:
    """All problems of a body, by paths from the body; not yet in the order of the text.

    Args:
        target: what the body is checked against.
        body: a value that JSON can hold.
        doubtful: the top-level keys and the properties that are unknown or not clean; None for all.
    """
    if not isinstance(body, dict):
        yield _not_an_object(body)
        return
    if doubtful is not None and _is_ordinary(target, body, doubtful):
        yield from properties_problems(target, body[PROPERTIES], doubtful, alone=len(body) == 1)
        return
    keys = read_back_keys(body, target.operation)
    if keys:
        yield read_back_problem(body, keys, target.operation)
        others = {key: value for key, value in body.items() if key not in keys}
        for problem in _members(target, others, doubtful):
            if not belongs_to_read_back(problem, body.get(PROPERTIES), target.operation):
                yield problem
        return
    meant = other_operation(target, body, doubtful)
    if meant:
        other, problem = meant
        yield problem
        for each in _members(target._replace(operation=other), body, None):
            if each.rule not in MINDED and not (
                each.rule == "no-op" and other.null_clears < target.operation.null_clears
            ):
                yield each
        return
    if not body and target.operation.names_record:
        message = "the body is empty, so it changes nothing"
        yield Problem("no-op", message, "add the properties to change", severity="warning")
    yield from _members(target, body, doubtful)


def has_no_other_keys(target: Target, body: object) -> bool:
    """Whether a body has properties, and nothing beside them but users that its object may have."""
    known = TOP_LEVEL if target.object.has_users else (PROPERTIES,)
    return (
        isinstance(body, dict)
        and all(key in known for key in body)
        and isinstance(body.get(PROPERTIES), dict)
        and bool(body[PROPERTIES])
    )


def _is_ordinary(target: Target, body: Mapping[str, Any], doubtful: Set[Step]) -> bool:
    """Whether only values of properties can have problems, as in most wrong rows: all else is right at a glance."""
    if target.operation.requires_keys or not has_no_other_keys(target, body) or not doubtful.isdisjoint(TOP_LEVEL):
        return False
    for key in USERS:
        if key in body and delta_overlaps(body[key]):
            return False
    # Arrays may show that the body is meant for another operation.
    properties = body[PROPERTIES]
    return not any(isinstance(properties.get(key), list) for key in doubtful)


def _members(target: Target, body: Mapping[str, Any], doubtful: Set[Step] | None) -> Iterator[Problem]:
    """The problems of what a body has, and of what it lacks."""
    definition, operation = target.object, target.operation
    missing: Set[Field] = frozenset()
    if operation.requires_keys and not any(wraps(key, value, TOP_LEVEL) for key, value in body.items()):
        stand_ins = _stand_ins(definition, body)
        holder = stand_ins.get(PROPERTIES, PROPERTIES)
        has_location = LOCATION in {*body, *stand_ins} or _is_below(definition, body)
        if operation.location == "body" and not has_location:
            message = "a new record needs locationId in its body"
            yield Problem("missing-location", message, 'add "locationId": "…"', part="open")
        if operation.requires_properties:
            absent = missing_fields(definition, body, holder)
            missing = frozenset(absent)
            for field in absent:
                yield missing_problem(field, body, holder)
    if definition.has_users and OWNERS[0] in body:
        yield _owner_spelling(body)
    names: _Names | None = None
    wrong = 0
    for key, value in body.items():
        if key == PROPERTIES:
            yield from properties_problems(target, value, doubtful, missing, alone=len(body) == 1)
        elif key in USERS:
            if not definition.has_users:
                yield _no_users(definition, key)
            elif doubtful is None or key in doubtful or delta_overlaps(value):
                for problem in user_problems(key, value, operation):
                    yield problem.below(key)
        elif key == LOCATION:
            yield from _location(value, operation)
        elif wraps(key, value, TOP_LEVEL):
            yield wrapped_body(body, key)
            yield from _wrapped(target, body, key)
        else:
            if names is None:
                names = _read_names(definition, body)
                words = partial(_unknown_key_at, target, body, names)
            wrong += 1
            if wrong <= LISTED_AT_MOST or names.meanings[key]:
                yield _unknown_key(target, body, key, names)
            else:
                yield Problem("unknown-key", "", "", (key,), "key", words=words)


def _wrapped(target: Target, body: Mapping[str, Any], key: str) -> Iterator[Problem]:
    """The problems of the body within another object, so that all of it can be put right in one go.

    None where it has other keys too: then it is what the service answered, which is one mistake.
    """
    inner = body[key]
    if not isinstance(inner, dict) or not inner.keys() <= {*TOP_LEVEL, LOCATION}:
        return
    for problem in body_problems(target, inner):
        if problem.rule != "missing-location" or LOCATION not in body:
            yield problem.below(key)


def _is_below(definition: ObjectDefinition, body: Mapping[str, Any]) -> bool:
    """Whether `locationId` stands in the properties, which is an error of its own."""
    properties = body.get(PROPERTIES)
    location = properties.get(LOCATION) if isinstance(properties, dict) else None
    return isinstance(location, str) and location != "" and meant_property(definition, LOCATION) is None


def _not_an_object(body: object) -> Problem:
    hint = "write an object with properties"
    if isinstance(body, str) and is_placeholder(body):
        return Problem("placeholder", "the body is a placeholder that was not filled in", FILL_IN)
    if isinstance(body, list):
        hint = "send each item in a request of its own"
    elif isinstance(body, str) and body:
        hint = "write the object itself, not a string that holds its JSON text"
    return Problem("not-an-object", f"the body must be an object, not {json_type(body)}", hint)


def _owner_spelling(body: Mapping[str, Any]) -> Problem:
    spellings = [key for key in body if key in OWNERS]
    if len(spellings) > 1:
        first, later = spellings
        return Problem(
            "owner-spelling",
            "owner and owners mean the same, and the body has both",
            f"keep only {as_json(OWNER)}",
            (later,),
            "key",
            related=(Mention((first,), part="key"),),
        )
    fix = ValueFix(safe=True, description="write the spelling that the service takes", text=as_json(OWNER))
    return Problem(
        "owner-spelling",
        "the service refuses owner, and takes owners instead",
        f"write {fix.text}",
        (spellings[0],),
        "key",
        severity="warning",
        fix=fix,
        note=OWNER_REFUSED,
    )


def _no_users(definition: ObjectDefinition, key: str) -> Problem:
    message = f"{definition.name} is a standard object, and only custom objects have {key}"
    return Problem("standard-object", message, "leave it out", (key,), "key")


def _location(value: object, operation: Operation) -> Iterator[Problem]:
    if operation.location == "query":
        yield Problem(
            "location-in-body",
            "the service refuses locationId in the body of an update",
            "move it to the URL: ?locationId=…",
            (LOCATION,),
            "key",
            note=LOCATION_IN_BODY,
        )
    elif value is None:
        yield Problem("null-not-allowed", "locationId cannot be null", "write the location's id", (LOCATION,))
    elif not isinstance(value, str):
        message = f"locationId must be a string, not {json_type(value)}"
        yield Problem("wrong-type", message, "write the location's id in double quotes", (LOCATION,))
    elif not value:
        yield Problem("empty-id", "locationId is empty", "write the location's id", (LOCATION,))
    elif is_placeholder(value):
        yield unfilled_id(LOCATION, "write it").below(LOCATION)
    elif not looks_like_id(value):
        yield odd_id(LOCATION, value, "location").below(LOCATION)


class _Names(NamedTuple):
    """What the wrong names in a body mean."""

    meanings: Mapping[str, Meant | None]
    """The property that each is meant for; None for what is meant for none."""
    times: Mapping[str, int]
    """How often each property is named, in the properties and beside them, under whatever name."""


def _read_names(definition: ObjectDefinition, body: Mapping[str, Any]) -> _Names:
    properties = body.get(PROPERTIES)
    there = properties if isinstance(properties, dict) else {}
    beside = [key for key in body if key not in (*TOP_LEVEL, LOCATION)]
    within = [key for key in there if key not in definition.by_property]
    meanings = {key: meant_property(definition, key) for key in {*beside, *within}}
    return _Names(meanings, times_named(there, [meanings[key] for key in (*beside, *within)]))


def _unknown_key(target: Target, body: Mapping[str, Any], key: str, names: _Names) -> Problem:
    definition, operation = target.object, target.operation
    meant = names.meanings[key]
    if meant and meant.certain:
        error = None if meant.is_bare else error_of(meant.field, body[key], target)
        return flat_field(meant, body, key, error, again=names.times[meant.key] > 1)
    hint, fix = _meant_key(target, body, key)
    if not hint:
        likely = wrong_property(definition, key, body[key], meant, names.times)[0].hint
        if meant or likely.startswith("did you mean"):
            hint = f"{likely}{'' if likely.endswith('?') else '.'} Fields go under properties"
    known = [OWNER, "followers", PROPERTIES] if definition.has_users else [PROPERTIES]
    if operation.location == "body":
        known.append(LOCATION)
    message = f"{as_json(key)} is not a key of a record body"
    hint = hint or f"use only {either(known)}, and put fields under properties"
    return Problem("unknown-key", message, hint, (key,), "key", fix=fix)


def _unknown_key_at(target: Target, body: Mapping[str, Any], names: _Names, path: Path) -> Problem:
    return _unknown_key(target, body, str(path[-1]), names)


def _meant_key(target: Target, body: Mapping[str, Any], key: str) -> tuple[str, ValueFix | None]:
    """What to do with a wrong key where the one that it is meant for is near; and the fix."""
    operation = target.operation
    near = _near_key(target.object, key, body[key])
    if key in RECORD_IDS:
        where = "put the record's id in the URL: …/records/{id}"
        return (where if operation.names_record else "leave it out: a new record has no id yet"), None
    if near == [LOCATION] and operation.location == "query":
        return f"on {operation.name}, put locationId in the URL: ?locationId=…", None
    there = [each for each in near if each in body or (each == OWNER and not body.keys().isdisjoint(OWNERS))]
    if there:
        return f"keep only one of them: the body already has {either(map(as_json, there))}", None
    if not near:
        return "", None
    fix = ValueFix(safe=False, description="write the key that exists", text=as_json(near[0]))
    return f"did you mean {either(map(as_json, near))}?", fix if len(near) == 1 else None


def _near_key(definition: ObjectDefinition, key: str, value: object) -> list[str]:
    """The top-level keys that a wrong one may be meant for; an object of fields, however named, is `properties`."""
    known = (OWNER, "followers", PROPERTIES, LOCATION) if definition.has_users else (PROPERTIES, LOCATION)
    near = nearest(key, known)
    if not near and isinstance(value, dict) and any(meant_property(definition, each) for each in value):
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
