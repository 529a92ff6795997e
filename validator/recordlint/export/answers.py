"""What the service answers with: an object's record, as a schema and as an example."""

from __future__ import annotations

from typing import Any, Final

from recordlint.body.schema import NOT_NULL
from recordlint.contract.operations import CREATE, PROPERTIES, USERS
from recordlint.contract.spec_files import Schema, read_spec
from recordlint.definitions.model import Field, ObjectDefinition
from recordlint.export.bodies import SHOWN, USER, example_properties
from recordlint.export.field_annotations import OPENAPI, property_titles
from recordlint.export.flat import flat
from recordlint.fieldtypes import field_type

RECORD_ID: Final = "668d681f77af4e5229abd6c0"
OBJECT_ID: Final = "661c06b4ffde146bdb469442"
FIELD_ID: Final = "IUI6OSuoqwFVa11I0Y9D"
WHEN: Final = "2024-07-11T09:30:00.000Z"
_LOOSE: Final = ("type", "required", "properties", "items")
"""The keywords that a stored value keeps: it may be older than the options, the limits and the patterns of today."""


def record_schema(definition: ObjectDefinition, name: str, general: Schema) -> Schema:
    """A record of an object, as the service answers with it.

    Args:
        definition: the object's.
        name: what the object is called.
        general: `Record` of `spec/openapi.yaml`.
    """
    fields = definition.by_property
    stored = {key: {"title": title, **_stored(fields[key])} for key, title in property_titles(definition).items()}
    members = {key: each for key, each in general["properties"].items() if definition.has_users or key not in USERS}
    members[PROPERTIES] = {
        **members[PROPERTIES],
        "title": f"Stored properties of {name}",
        "properties": stored,
    }
    required = [key for key in general["required"] if key in members]
    return {**general, "title": f"{name}: record", "required": required, "properties": members}


def example_record(definition: ObjectDefinition) -> dict[str, Any]:
    """A record as the service answers with it."""
    users: dict[str, Any] = {"owner": [USER], "followers": [USER]} if definition.has_users else {}
    properties = example_properties(definition, CREATE)
    return {"id": RECORD_ID, **users, PROPERTIES: properties, "dateAdded": WHEN, "dateUpdated": WHEN}


def example_object(definition: ObjectDefinition) -> dict[str, Any]:
    """An object and its fields, as the service answers with them, or with the first of very many."""
    return {
        "object": {
            "id": OBJECT_ID,
            "key": definition.key,
            "labels": {"singular": definition.name, "plural": definition.name},
            "description": definition.description,
        },
        "fields": [_answered(definition, each) for each in definition.fields[:SHOWN]],
    }


def _answered(definition: ObjectDefinition, field: Field) -> dict[str, Any]:
    about: dict[str, Any] = {"id": field.id or FIELD_ID, "fieldKey": f"{definition.key}.{field.key}"}
    about |= {"name": field.name, "dataType": field.data_type}
    if field.options:
        about["options"] = [{"key": each.key, "label": each.label} for each in field.options[:SHOWN]]
    return about


def _stored(field: Field) -> Schema:
    """The values of a property that the service answers with. Where there is none, the property is not there."""
    about = {"description": OPENAPI.text(field.description)} if field.description else {}
    if not field.known:
        return about
    name = f"field-types/{field.data_type.lower()}.json"
    if "answer" in read_spec(name).get("$defs", {}):
        return {**flat({"$ref": f"{name}#/$defs/answer"}), **about}
    contract = field_type(field.data_type).schema(field, CREATE)
    return {**about, **_loose(flat({"allOf": [contract, NOT_NULL]}))}


def _loose(schema: Schema) -> Schema:
    loose: Schema = {key: schema[key] for key in _LOOSE if key in schema}
    if "items" in loose:
        loose["items"] = _loose(loose["items"])
    if "properties" in loose:
        loose["properties"] = {name: _loose(each) for name, each in loose["properties"].items()}
    return loose
