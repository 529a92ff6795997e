"""An object's schemas, composed from `spec/`: what the contract takes, and the narrower one that leaves no doubt."""

from __future__ import annotations

from typing import Final

from recordlint.contract.spec_files import BASE_URI, DIALECT, Schema
from recordlint.definitions.model import TEXTBOX_LIST, Field, ObjectDefinition
from recordlint.fieldtypes import field_type
from recordlint.violations import Operation

NOT_NULL: Final[Schema] = {"not": {"type": "null"}}


def contract_schema(definition: ObjectDefinition, operation: Operation) -> Schema:
    """What the API takes as the body of an operation. References lead to the files of `spec/`."""
    properties = {
        key: _contract(field, operation, field in _required(definition, operation))
        for key, field in definition.by_property.items()
    }
    return _body(definition, operation, operation, properties)


def clean_schema(definition: ObjectDefinition, operation: Operation) -> Schema:
    """The bodies of which there is nothing to report, but for a value added and removed, or a file named twice."""
    properties = {key: _clean(field, operation) for key, field in definition.by_property.items()}
    return _body(definition, operation, f"clean{operation.capitalize()}", properties)


def _body(definition: ObjectDefinition, operation: Operation, part: str, properties: Schema) -> Schema:
    """`spec/body.json`, and the object's own properties in it."""
    record: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    own: Schema = {"properties": {"properties": record}}
    required = _required(definition, operation)
    if required:
        own["required"] = ["properties"]
        record["required"] = [field.key for field in required if field.data_type != TEXTBOX_LIST]
        lists = [_some_label(field) for field in required if field.data_type == TEXTBOX_LIST]
        if lists:
            record["allOf"] = lists
    return {
        "$schema": DIALECT,
        "$id": f"{BASE_URI}{definition.key}.{operation}.schema.json",
        "allOf": [{"$ref": f"body.json#/$defs/{part}"}, own],
    }


def _required(definition: ObjectDefinition, operation: Operation) -> tuple[Field, ...]:
    return definition.required if operation == "create" else ()


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
