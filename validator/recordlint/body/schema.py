"""An object's schemas, composed from `spec/`: what the contract takes, and a narrower one that leaves no doubt."""

from __future__ import annotations

from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import BASE_URI, DIALECT, Schema, clean_part, usual_part
from recordlint.definitions.model import Field
from recordlint.definitions.target import Target
from recordlint.fieldtypes import field_type

NOT_NULL: Final[Schema] = {"not": {"type": "null"}}


def contract_schema(target: Target) -> Schema:
    """What the API takes as a body. References lead to the files of `spec/`."""
    properties = {
        key: _contract(field, target.operation, is_required=_is_required(field, target))
        for key, field in target.object.by_property.items()
    }
    return _body(target, target.operation.name, properties)


def clean_schema(target: Target) -> Schema:
    """The bodies with nothing to report, except for what `hidden` finds."""
    properties = {
        key: _clean(field, target.operation, is_required=_is_required(field, target))
        for key, field in target.object.by_property.items()
    }
    return _body(target, clean_part(target.operation), properties)


def clean_frame(target: Target) -> Schema:
    """Clean bodies, whatever their properties are called and hold."""
    return _body(target, clean_part(target.operation), {}, takes_others=True)


def usual_frame(target: Target) -> Schema:
    """Some of these bodies, by a schema that is made ready in less time."""
    return _body(target, usual_part(target.operation), {}, takes_others=True)


def contract_property(target: Target, key: str) -> Schema:
    """What the API takes as the value of one property."""
    field = target.object.by_property[key]
    return _document(target, [_contract(field, target.operation, is_required=_is_required(field, target))])


def clean_property(target: Target, key: str) -> Schema:
    """The clean values of one property, with nothing to report as far as they are judged alone."""
    field = target.object.by_property[key]
    return _document(target, [_clean(field, target.operation, is_required=_is_required(field, target))])


def usual_property(target: Target, key: str) -> Schema | None:
    """Some clean values of one property, by a schema that is made ready in less time; None where there is none."""
    field = target.object.by_property[key]
    usual = field_type(field.data_type).usual(field, target.operation) if field.known else None
    return usual and _document(target, [usual])


def _body(target: Target, part: str, properties: Schema, *, takes_others: bool = False) -> Schema:
    """`spec/body.json`, and the object's own properties in it."""
    record: Schema = {"type": "object", "properties": properties, "additionalProperties": takes_others}
    own: Schema = {"properties": {"properties": record}}
    required = _required(target)
    if required:
        own["required"] = ["properties"]
        keys = [field.key for field in required if not field.is_textbox_list]
        if keys:
            record["required"] = keys
        lists = [_some_label(field) for field in required if field.is_textbox_list]
        if lists:
            record["allOf"] = lists
    reference = f"body.json#/$defs/{part}{'' if target.object.has_users else 'WithoutUsers'}"
    return _document(target, [{"$ref": reference}, own])


def _document(target: Target, branches: list[Schema | bool]) -> Schema:
    return {
        "$schema": DIALECT,
        "$id": f"{BASE_URI}{target.object.key}.{target.operation.name}.schema.json",
        "allOf": branches,
    }


def _required(target: Target) -> tuple[Field, ...]:
    return target.object.required if target.operation.requires_properties else ()


def _is_required(field: Field, target: Target) -> bool:
    return target.operation.requires_properties and field in target.object.required_fields


def _contract(field: Field, operation: Operation, *, is_required: bool) -> Schema:
    if not field.known:
        return NOT_NULL if is_required else {}
    schema = field_type(field.data_type).schema(field, operation)
    if is_required and not field.is_textbox_list:
        return {"allOf": [schema, NOT_NULL]}
    return schema


def _clean(field: Field, operation: Operation, *, is_required: bool) -> Schema:
    branches: list[Schema] = [field_type(field.data_type).clean(field, operation)] if field.known else [{}]
    if not operation.null_clears:
        branches.append(NOT_NULL)
    if is_required and field.known and not field.is_textbox_list:
        branches.append({"minLength": 1})
    return {"allOf": branches} if len(branches) > 1 else branches[0]


def _some_label(field: Field) -> Schema:
    """A required textbox list has a text under at least one of its labels."""
    return {"anyOf": [{"required": [key], "properties": {key: NOT_NULL}} for key in field.properties]}
