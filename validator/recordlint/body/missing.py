"""The required properties that a new record lacks, under any name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from recordlint.body.properties import PROPERTIES
from recordlint.body.property_keys import meant_property
from recordlint.definitions.model import Field, ObjectDefinition, title
from recordlint.violations import Problem
from recordlint.wording.phrases import as_json


def missing_problems(definition: ObjectDefinition, body: Mapping[str, Any], holder: str) -> Iterator[Problem]:
    """A problem for each required property that is missing.

    Args:
        definition: the object's.
        body: the whole body.
        holder: the key that holds the properties, which may be a typo.
    """
    properties = body.get(holder)
    if properties is None and PROPERTIES in body:
        return
    if properties is not None and not isinstance(properties, dict):
        return
    named = _named(definition, body, properties or {})
    for field in definition.required:
        if named.isdisjoint(field.properties):
            yield _missing(field, is_held=properties is not None, is_named=PROPERTIES in body)


def _named(definition: ObjectDefinition, body: Mapping[str, Any], properties: Mapping[str, Any]) -> set[str]:
    """The properties that have a value, under their own key or a wrong one, which is an error of its own."""
    named = {key for key, value in properties.items() if value is not None}
    for keys in (properties, body):
        for key, value in keys.items():
            meant = meant_property(definition, key) if value is not None else None
            if meant and meant.certain and meant.rule:
                named.add(meant.key)
    if PROPERTIES not in body:
        named |= {key for key in body if key in definition.by_property}
    return named


def _missing(field: Field, *, is_held: bool, is_named: bool) -> Problem:
    text = f"{as_json(field.properties[0])}: …"
    return Problem(
        "missing-property",
        f"a new record requires {title(field)}",
        f"add {text}" if is_held else f'add "properties": {{{text}}}',
        (PROPERTIES,) if is_named else (),
        "open",
    )
