"""The required properties that a new record lacks, under any name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from recordlint.body.property_keys import holds_fields, meant_property
from recordlint.contract.operations import LOCATION, PROPERTIES, USERS
from recordlint.definitions.model import Field, ObjectDefinition, title
from recordlint.problems.problem import Mention, Problem
from recordlint.rules.notes import REQUIRED
from recordlint.wording.phrases import as_json


def missing_fields(definition: ObjectDefinition, body: Mapping[str, Any], holder: str) -> Sequence[Field]:
    """The required fields that have no value under any name.

    Args:
        definition: the object's.
        body: the whole body.
        holder: the key that holds the properties, which may be a typo.
    """
    properties = body.get(holder)
    if properties is None and PROPERTIES in body:
        return ()
    if properties is not None and not isinstance(properties, dict):
        return ()
    there = properties or {}
    named = _named(definition, body, there)
    # What is null under its own key is missing, even where a wrong key has a value for it.
    return [
        field
        for field in definition.required
        if named.isdisjoint(field.properties) or (not field.is_textbox_list and there.get(field.key, "") is None)
    ]


def missing_problem(field: Field, body: Mapping[str, Any], holder: str) -> Problem:
    """The problem of a required field without a value."""
    properties = body.get(holder) or {}
    text = f"{as_json(field.properties[0])}: …"
    nulls = [key for key in field.properties if key in properties]
    hint = f"add {text}" if holder in body else f'add "properties": {{{text}}}'
    if nulls:
        hint = f"write a value for {as_json(nulls[0])}: null sets nothing in a new record"
    return Problem(
        "missing-property",
        f"a new record requires {title(field)}",
        hint,
        (PROPERTIES,) if PROPERTIES in body else (),
        "open",
        related=tuple([Mention((holder, key), "null sets nothing") for key in nulls[:1]]),
        note=REQUIRED,
    )


def _named(definition: ObjectDefinition, body: Mapping[str, Any], properties: Mapping[str, Any]) -> set[str]:
    """The properties that have a value, under their own key or a wrong one, which is an error of its own."""
    named = {key for key, value in properties.items() if value is not None}
    # `owners` beside the properties is no property, even where a field is called owner.
    flat = {key: value for key, value in body.items() if key not in (PROPERTIES, LOCATION, *USERS)}
    for keys in (properties, flat):
        for key, value in keys.items():
            if value is None or key in definition.by_property:
                continue
            meant = meant_property(definition, key)
            if meant and meant.rule:
                named |= {meant.key} if meant.certain else {*meant.field.properties}
            elif keys is properties and holds_fields(definition, value):
                named |= {inner for inner, each in value.items() if each is not None}
            else:
                near = definition.property_choices.nearest(key)
                named |= {*near, *(name for each in near for name in _labels(definition, each))}
    named |= {key for key, value in flat.items() if value is not None and key in definition.by_property}
    return named


def _labels(definition: ObjectDefinition, key: str) -> Sequence[str]:
    """The properties of a textbox list, whose own key is not a property."""
    field = definition.by_key.get(key)
    return field.properties if field else ()
