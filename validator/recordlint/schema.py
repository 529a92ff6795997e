"""An object's schemas, composed from `spec/`: what the contract takes, and the narrower one that leaves no doubt."""

from __future__ import annotations

from typing import Final

from recordlint.fieldtypes import field_type
from recordlint.objects import TEXTBOX_LIST, Field, ObjectDefinition
from recordlint.specfiles import BASE_URI, DIALECT, Schema
from recordlint.violations import Operation

NOT_NULL: Final[Schema] = {"not": {"type": "null"}}


def contract_schema(definition: ObjectDefinition, operation: Operation) -> Schema:
    """What the API takes as the body of an operation. References lead to the files of `spec/`."""
    required = definition.required if operation == "create" else ()
    properties: Schema = {
        "type": "object",
        "properties": {
            key: _contract(field, operation, field in required) for key, field in definition.by_property.items()
        },
        "additionalProperties": False,
    }
    own: Schema = {"properties": {"properties": properties}}
    if required:
        own["required"] = ["properties"]
        properties["required"] = [field.key for field in required if field.data_type != TEXTBOX_LIST]
        lists = [_some_label(field) for field in required if field.data_type == TEXTBOX_LIST]
        if lists:
            properties["allOf"] = lists
    return _whole(definition, operation, operation, own)


def clean_schema(definition: ObjectDefinition, operation: Operation) -> Schema:
    """The bodies of which there is nothing to report, but for a value both added and removed, or a file named twice."""
    contract = contract_schema(definition, operation)["allOf"][1]
    properties = {key: _clean(field, operation) for key, field in definition.by_property.items()}
    own = {"allOf": [contract, {"properties": {"properties": {"properties": properties}}}]}
    return _whole(definition, operation, f"clean{operation.capitalize()}", own)


def _whole(definition: ObjectDefinition, operation: Operation, part: str, own: Schema) -> Schema:
    return {
        "$schema": DIALECT,
        "$id": f"{BASE_URI}{definition.key}.{operation}.schema.json",
        "allOf": [{"$ref": f"body.json#/$defs/{part}"}, own],
    }


def _contract(field: Field, operation: Operation, required: bool) -> Schema:
    if not field.known:
        return NOT_NULL if required else {}
    schema = field_type(field.data_type).schema(field, operation)
    if required and field.data_type != TEXTBOX_LIST:
        return {"allOf": [schema, NOT_NULL]}
    return schema


def _clean(field: Field, operation: Operation) -> Schema | bool:
    if not field.known:
        return False
    schema = field_type(field.data_type).clean(field, operation)
    return {"allOf": [schema, NOT_NULL]} if operation == "create" else schema


def _some_label(field: Field) -> Schema:
    """A required textbox list has a text under at least one of its labels."""
    return {"anyOf": [{"required": [key], "properties": {key: NOT_NULL}} for key in field.properties]}
