"""The flat schema of an object's bodies, in the words of its definition."""

from __future__ import annotations

from typing import Any, Final

from recordlint.body.schema import contract_schema
from recordlint.contract.operations import LOCATION, OWNERS, PROPERTIES, Operation
from recordlint.contract.spec_files import Schema
from recordlint.definitions.model import Field, ObjectDefinition
from recordlint.definitions.target import Target
from recordlint.export.field_annotations import Style, annotated, property_titles
from recordlint.export.flat import flat
from recordlint.export.names import OF_EVERY_OBJECT
from recordlint.fieldtypes import field_type

SHOWN: Final = 20
"""The most properties of an example."""
MISREAD: Final = OF_EVERY_OBJECT | {"$ref", "allOf", "anyOf", "oneOf", "__proto__"}
"""Keys that no example shows where it need not: many tools take them for something else, even there."""
ANY_VALUE: Final = "Any value"
"""Of a type whose values are not judged."""
USER: Final = "v5cEPM428h8vShlRW1KT"
LOCATION_ID: Final = "Q9DT3OAqEXDLYuob1G32"


def body_schema(target: Target, style: Style, title: str | None = None) -> Schema:
    """What an operation takes for an object: one flat schema with titles, descriptions and examples of values.

    Args:
        target: the object and the operation.
        style: how the document says what stands in the definition.
        title: what the object is called, where it is not by its name.
    """
    definition, operation = target.object, target.operation
    schema = flat(contract_schema(target))
    members = dict(schema["properties"])
    record = members[PROPERTIES]
    fields, titles = definition.by_property, property_titles(definition)
    name = definition.name if title is None else title
    properties = {
        key: annotated(each, fields[key], key, titles[key], operation, style)
        for key, each in record.get("properties", {}).items()
    }
    members[PROPERTIES] = {
        "title": f"Properties of {name}",
        **_in_order({**record, "properties": properties}),
    }
    return {
        "title": f"{name}: {operation.title}",
        "description": f"The body of {style.text(_request(target))}.",
        **_in_order({**schema, "properties": members}),
    }


def _request(target: Target) -> str:
    path = target.operation.path.format(customObjectKey=target.object.key, recordId="{id}")
    return f"{target.operation.method} {path}"


def _in_order(schema: Schema) -> Schema:
    """The keywords in the order in which people read them."""
    first = ("description", "type", "required", "properties")
    return {**{key: schema[key] for key in first if key in schema}, **schema}


def example_body(target: Target) -> dict[str, Any]:
    """A body that is right, with a value for each field, or for the first of very many."""
    definition, operation = target.object, target.operation
    body: dict[str, Any] = {}
    if operation.location == "body":
        body[LOCATION] = LOCATION_ID
    if definition.has_users:
        body[OWNERS[1]] = _users(operation)
        body["followers"] = _users(operation)
    properties = example_properties(definition, operation)
    return {**body, PROPERTIES: properties} if properties else body


def _users(operation: Operation) -> Any:
    return [USER] if operation.multi_value == "array" else {"add": [USER]}


def example_properties(definition: ObjectDefinition, operation: Operation) -> dict[str, Any]:
    """A right value for each property, or for those that are required and the first of the others."""
    required = definition.required if operation.requires_properties else ()
    shown = [key for key in definition.by_property if key not in MISREAD][:SHOWN]
    wanted = {*shown, *[key for field in required for key in field.properties]}
    examples = {key: _example(field, operation) for key, field in definition.by_property.items() if key in wanted}
    right = {key: value for key, value in examples.items() if value is not None}
    unjudged = [key for key, field in definition.by_property.items() if not field.known]
    needed = [key for key in unjudged if definition.by_property[key] in required] or unjudged[: not right]
    return {**right, **dict.fromkeys(needed, ANY_VALUE)}


def _example(field: Field, operation: Operation) -> Any:
    """A right value; None where the field takes none, or where it is not known which."""
    return field_type(field.data_type).example(field, operation) if field.known else None
