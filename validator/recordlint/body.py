"""What is wrong with a record body, in words: its top level, the keys of `properties`, and each value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from recordlint.fieldtypes import field_type
from recordlint.fold import fold
from recordlint.objects import TEXTBOX_LIST, Field, ObjectDefinition
from recordlint.suggestions import nearest
from recordlint.users import user_problems
from recordlint.violations import Mend, Operation, Problem
from recordlint.words import as_json, either, kind, option_list, title

PROPERTIES: Final = "properties"
LOCATION: Final = "locationId"
OWNERS: Final = ("owner", "owners")
TOP_LEVEL: Final = ("owner", "owners", "followers", PROPERTIES)


def body_problems(definition: ObjectDefinition, body: object, operation: Operation) -> Iterator[Problem]:
    """All problems of a body, by paths from the body; not yet in the order of the text."""
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
            for problem in user_problems(key, value, operation):
                yield problem.below(key)
        elif key == PROPERTIES:
            yield from _properties(definition, value, operation, alone=len(body) == 1)
        elif key == LOCATION:
            yield from _location(value, operation)
        else:
            yield _unknown_key(definition, key, value, operation)


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
        yield Problem("wrong-type", f"locationId takes a string, not {kind(value)}", path=(LOCATION,))
    elif not value:
        yield Problem("empty-id", "locationId is empty", "write the location's id", (LOCATION,))


def _wraps(key: str, value: object, operation: Operation) -> bool:
    """Whether a key that does not belong there holds the real body."""
    if key in TOP_LEVEL or key == LOCATION or not isinstance(value, dict) or not value:
        return False
    return isinstance(value.get(PROPERTIES), dict) or (all(inner in TOP_LEVEL or inner == LOCATION for inner in value))


def _unknown_key(definition: ObjectDefinition, key: str, value: object, operation: Operation) -> Problem:
    if _wraps(key, value, operation):
        return Problem(
            "wrapped-body",
            f"the body is wrapped in one more object, {as_json(key)}",
            "send what is inside it",
            (key,),
            "key",
        )
    meant = _meant(definition, key)
    if meant and meant.certain:
        inside = f'put it under properties: {{"properties": {{{as_json(meant.key)}: …}}}}'
        return Problem("flat-body", f"{title(meant.field)} stands at the top of the body", inside, (key,), "key")
    known = (*TOP_LEVEL, LOCATION) if operation == "create" else TOP_LEVEL
    near = nearest(key, known)
    mend = None
    hint = f"a body takes {either(known)}; fields stand under properties"
    if near:
        hint = f"did you mean {either(map(as_json, near))}?"
        if len(near) == 1:
            mend = Mend(False, "write the key that exists", as_json(near[0]))
    elif meant:
        hint = f'fields stand under properties: {{"properties": {{{as_json(meant.key)}: …}}}}'
    return Problem("unknown-key", f"the body takes no key {as_json(key)}", hint, (key,), "key", mend=mend)


def _missing(definition: ObjectDefinition, body: Mapping[str, Any]) -> Iterator[Problem]:
    """What create cannot do without. A field under a wrong name is reported there, not here as missing too."""
    if LOCATION not in body:
        yield Problem(
            "missing-location",
            "a new record needs its locationId in the body",
            'write "locationId": "…"',
            target="open",
        )
    properties = body.get(PROPERTIES)
    if PROPERTIES in body and not isinstance(properties, dict):
        return
    given = properties or {}
    named = {key for key, value in given.items() if value is not None}
    # A key that means a property for certain is a fault of its own, at the key.
    for keys in (given, body):
        named |= {meant.key for key in keys if (meant := _meant(definition, key)) and meant.certain and meant.rule}
    if PROPERTIES not in body:
        named |= {key for key in body if key in definition.by_property}
    for field in definition.required:
        if not named.intersection(field.properties) and field.key not in named:
            text = f"{as_json(field.properties[0])}: …"
            yield Problem(
                "missing-property",
                f"a new record needs {title(field)}",
                f"write {text}" if PROPERTIES in body else f'write "properties": {{{text}}}',
                (PROPERTIES,) if PROPERTIES in body else (),
                "open",
            )


def _properties(
    definition: ObjectDefinition, properties: object, operation: Operation, alone: bool
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
    for key, value in properties.items():
        field = by_property.get(key)
        if field is None:
            problem, field = _wrong_property(definition, key, properties)
            yield problem
            if field is None:
                continue
        if value is None:
            if operation == "create":
                yield Problem(
                    "no-op",
                    f"{title(field)} is null, which sets nothing in a new record",
                    "leave it out",
                    (PROPERTIES, key),
                    severity="warning",
                )
        elif field.known:
            for problem in field_type(field.data_type).problems(field, value, operation):
                yield problem.below(PROPERTIES, key)


class _Meant(NamedTuple):
    """The property that a wrong key stands for."""

    key: str
    field: Field
    rule: str
    """The rule that names the mistake; empty where the key is right."""
    certain: bool


def _meant(definition: ObjectDefinition, key: str) -> _Meant | None:
    """The one property that `key` can only mean, if there is one."""
    by_property = definition.by_property
    field = by_property.get(key)
    if field:
        return _Meant(key, field, "", True)
    for prefix in definition.prefixes:
        short = key[len(prefix) :]
        if key.startswith(prefix) and short in by_property:
            return _Meant(short, by_property[short], "full-field-key", True)
    bare = _field_of(definition, key)
    if bare and bare.data_type == TEXTBOX_LIST:
        return _Meant(bare.properties[0], bare, "textbox-list-bare", True)
    named = definition.by_folded_name.get(fold(key), ())
    same_key = [known for known in by_property if known.casefold() == key.casefold()]
    if len(same_key) == 1 and not (len(named) == 1 and key == named[0].name):
        return _Meant(same_key[0], by_property[same_key[0]], "unknown-property", True)
    if len(named) == 1:
        return _Meant(named[0].properties[0], named[0], "field-label", True)
    return _meant_label(definition, key)


def _field_of(definition: ObjectDefinition, key: str) -> Field | None:
    for prefix in ("", *definition.prefixes):
        if key.startswith(prefix) and key[len(prefix) :] in definition.by_key:
            return definition.by_key[key[len(prefix) :]]
    return None


def _meant_label(definition: ObjectDefinition, key: str) -> _Meant | None:
    """`my_list.Label text`, where a label's key should stand."""
    for prefix in ("", *definition.prefixes):
        if not key.startswith(prefix):
            continue
        for field in definition.fields:
            start = f"{prefix}{field.key}."
            if field.data_type == TEXTBOX_LIST and key.startswith(start):
                label = key[len(start) :]
                keys = field.keys_by_folded_label.get(fold(label)) or tuple(
                    [option.key for option in field.options if option.key.casefold() == label.casefold()]
                )
                certain = len(keys) == 1
                short = f"{field.key}.{keys[0]}" if certain else field.properties[0]
                return _Meant(short, field, "unknown-label", certain)
    return None


def _wrong_property(
    definition: ObjectDefinition, key: str, properties: Mapping[str, Any]
) -> tuple[Problem, Field | None]:
    """The problem of a key that is no property, and the field whose rules its value follows all the same."""
    meant = _meant(definition, key)
    if meant is None:
        return _unknown_property(definition, key), None
    field = meant.field
    if meant.rule == "textbox-list-bare" or (field.data_type == TEXTBOX_LIST and meant.rule == "field-label"):
        keys = either([as_json(each) for each in field.properties[:3]])
        message = f"{title(field)} is a textbox list, and each of its labels is a property of its own"
        rule = "textbox-list-bare" if meant.rule == "textbox-list-bare" else "field-label"
        return Problem(rule, message, f"write {keys}", (PROPERTIES, key), "key"), None
    text = as_json(meant.key)
    free = meant.key not in properties
    hint = f"write {text}" if free else f"{text} is here already; keep one of the two"
    if meant.rule == "unknown-label" and not meant.certain:
        near = nearest(key, field.properties)
        hint = (
            f"did you mean {either(map(as_json, near))}?"
            if near
            else f"the labels' keys are {option_list(field.options)}"
        )
        mend = Mend(False, "write the label's key", as_json(near[0])) if len(near) == 1 else None
        message = f"{title(field)} has no label with this key"
        return Problem("unknown-label", message, hint, (PROPERTIES, key), "key", mend=mend), None
    message = {
        "full-field-key": f"{title(field)} is named by its full key, and payloads take the short one",
        "field-label": f"{as_json(key)} is the display name of a field, and payloads take its key",
        "unknown-label": f"{title(field)} has a label's text where the label's key belongs",
        "unknown-property": f"{as_json(key)} is {title(field)} in another case",
    }[meant.rule]
    mend = (
        Mend(True, f"write the {'label' if meant.rule == 'unknown-label' else 'field'}'s key", text) if free else None
    )
    return Problem(meant.rule, message, hint, (PROPERTIES, key), "key", mend=mend), field


def _unknown_property(definition: ObjectDefinition, key: str) -> Problem:
    short = next((key[len(p) :] for p in definition.prefixes if key.startswith(p)), key)
    near = nearest(short, definition.by_property)
    if not near:
        by_name = nearest(short, [field.name for field in definition.fields])
        near = [field.properties[0] for name in by_name for field in definition.fields if field.name == name][:3]
    message = f"{definition.name} has no property {as_json(key)}"
    path = (PROPERTIES, key)
    if not near:
        return Problem(
            "unknown-property", message, f"see recordlint objects for those of {definition.key}", path, "key"
        )
    mend = None
    if len(near) == 1:
        mend = Mend(False, "write the key that exists", as_json(near[0]))
    hint = f"did you mean {either(map(as_json, near))}?"
    return Problem("unknown-property", message, hint, path, "key", mend=mend)
