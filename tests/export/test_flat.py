"""Exported schemas are flat, and judge as the contract does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given
from openapi_schema_validator import OAS30Validator
from referencing import Registry

from bodies import OBJECTS, THOROUGH, cases
from internals import target_of
from recordlint import ObjectDefinition, Operation
from recordlint.body.schema import contract_schema
from recordlint.contract.engines import compiled
from recordlint.export.bodies import body_schema
from recordlint.export.field_annotations import OPENAPI, SCHEMA
from recordlint.export.flat import flat
from recordlint.export.older import as_draft_7, as_openapi_3_0
from recordlint.export.openapi import openapi_document
from recordlint.export.schemas import object_schema
from recordlint.jsontext.parse import LARGEST

BY_KEY = {each.key: each for each in OBJECTS}
OPERATIONS: tuple[Operation, ...] = ("update", "create")
EXCLUDES_OWNERS = {"not": {"required": ["owners"], "properties": {"owners": {}}}}


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """All schemas within a flat schema."""
    if not isinstance(schema, dict):
        return
    yield schema
    for keyword in ("items", "not", "additionalProperties"):
        yield from nodes(schema.get(keyword))
    for keyword in ("anyOf", "allOf"):
        for each in schema.get(keyword, ()):
            yield from nodes(each)
    for keyword in ("properties", "dependentSchemas", "dependencies"):
        for each in schema.get(keyword, {}).values():
            yield from nodes(each)


@cache
def contract(key: str, operation: Operation) -> Any:
    return compiled(contract_schema(target_of(BY_KEY[key], operation))).is_valid


@cache
def exported(key: str, operation: Operation) -> dict[str, Any]:
    """What says whether a body is right, by the document that says it."""
    schema = object_schema(target_of(BY_KEY[key], operation))
    document = openapi_document([BY_KEY[key]])
    name = f"{key.removeprefix('custom_objects.').capitalize()}{operation.capitalize()}"
    older = as_openapi_3_0(document)["components"]["schemas"][name]
    return {
        "2020-12": jsonschema.Draft202012Validator(schema, registry=Registry()).is_valid,
        "2020-12, compiled": jsonschema_rs.Draft202012Validator(schema).is_valid,
        "draft 7": jsonschema.Draft7Validator(as_draft_7(schema), registry=Registry()).is_valid,
        "draft 7, compiled": jsonschema_rs.Draft7Validator(as_draft_7(schema)).is_valid,
        "OpenAPI 3.1": jsonschema_rs.Draft202012Validator(document["components"]["schemas"][name]).is_valid,
        "OpenAPI 3.0": OAS30Validator(older).is_valid,
    }


@THOROUGH
@given(cases())
def test_every_document_judges_as_the_contract(case: tuple[str, Operation, Any]) -> None:
    key, operation, body = case
    expected = dict.fromkeys(exported(key, operation), contract(key, operation)(body))
    if isinstance(body, dict) and {"owner", "owners"} <= body.keys():
        del expected["OpenAPI 3.0"]  # which has no words for it
    assert {each: is_valid(body) for each, is_valid in exported(key, operation).items() if each in expected} == expected


@pytest.mark.parametrize("value", [LARGEST, -LARGEST, float("inf"), float("-inf"), 10**309, -(10**309)])
def test_every_document_knows_the_range_of_a_double(value: float) -> None:
    properties = {field.properties[0]: value for field in OBJECTS[0].fields if field.data_type == "NUMERICAL"}
    assert properties
    amounts = [field.properties[0] for field in OBJECTS[0].fields if field.data_type == "MONETORY"]
    bodies = [properties, *[{key: {"currency": "default", "value": value}} for key in amounts]]
    python = [name for name in exported(OBJECTS[0].key, "update") if "compiled" not in name and name != "OpenAPI 3.1"]
    for body in bodies:
        verdicts = {name: exported(OBJECTS[0].key, "update")[name]({"properties": body}) for name in python}
        assert verdicts == dict.fromkeys(python, abs(value) <= LARGEST)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("definition", OBJECTS, ids=BY_KEY)
def test_they_are_flat(definition: ObjectDefinition, operation: Operation) -> None:
    schema = object_schema(target_of(definition, operation))
    properties = schema["properties"]["properties"]
    required = {each.key for each in definition.required} if operation == "create" else set()
    assert (schema["type"], properties["type"]) == ("object", "object")
    for key, each in properties["properties"].items():
        types = each.get("type")
        field = definition.by_property[key]
        assert types or not field.known
        if key in required and field.known:
            assert types == "string"
        assert each["title"].startswith(field.name)
    for each in nodes(schema):
        assert not {"$ref", "$defs", "$comment", "$id", "const", "definitions"} & each.keys()
        assert each.get("pattern", "").isprintable()
        assert each.get("type") != []
    assert "not" not in schema
    assert not any("dependentSchemas" in each for each in nodes(as_draft_7(schema)))


def test_owner_and_owners_exclude_each_other_in_every_words() -> None:
    schema = object_schema(target_of(OBJECTS[0]))
    assert schema["dependentSchemas"] == {"owner": EXCLUDES_OWNERS}
    assert as_draft_7(schema)["dependencies"] == {"owner": EXCLUDES_OWNERS}
    older = as_openapi_3_0(openapi_document([OBJECTS[0]]))["components"]["schemas"]["AllUpdate"]
    assert "dependentSchemas" not in older
    assert older["properties"]["owner"]["description"].endswith(" Do not send it together with owners.")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"const": "a"}, {"type": "string", "enum": ["a"]}),
        ({"const": 1}, {"enum": [1]}),
        ({"allOf": [{"type": ["string", "null"], "enum": ["a", None]}, {"not": {"type": "null"}}]},
         {"type": "string", "enum": ["a"]}),
        ({"not": {"type": "null"}}, {"not": {"type": "null"}}),
        ({"type": "object", "anyOf": [{"required": ["a"], "properties": {"a": {"not": {"type": "null"}}}}]},
         {"type": "object", "not": {"properties": {"a": {"type": "null"}}}}),
        ({"allOf": [{"type": ["string", "null"], "not": {"pattern": "x"}}, {"not": {"type": "null"}}]},
         {"type": "string", "not": {"pattern": "x"}}),
        ({"pattern": "^[^\x00-\x1f\x7f\u00a0]$"}, {"pattern": "^[^\\x00-\\x1f\\x7f\u00a0]$"}),
        ({"not": {"required": ["a", "b"]}},
         {"dependentSchemas": {"a": {"not": {"required": ["b"], "properties": {"b": {}}}}}}),
        ({"type": "number", "minimum": -LARGEST, "maximum": LARGEST},
         {"type": "number",
          "not": {"type": "number", "anyOf": [{"exclusiveMaximum": -LARGEST}, {"exclusiveMinimum": LARGEST}]}}),
        ({"minimum": -LARGEST, "maximum": 1}, {"minimum": -LARGEST, "maximum": 1}),
        ({"properties": {"const": {"const": "a"}, "not": {"not": {"type": "null"}, "type": ["string", "null"]}}},
         {"properties": {"const": {"type": "string", "enum": ["a"]}, "not": {"type": "string"}}}),
    ],
)  # fmt: skip
def test_what_is_written_in_other_words(schema: Any, expected: Any) -> None:
    assert flat(schema) == expected


@pytest.mark.parametrize("style", [SCHEMA, OPENAPI], ids=["schema", "openapi"])
def test_choices_have_names_for_generators_of_code_alone(style: Any) -> None:
    schema = body_schema(target_of(OBJECTS[0]), style)
    enums = [each for each in nodes(schema) if "enum" in each and each["enum"] != ["default"]]
    assert enums
    for each in enums:
        names = [each.get("x-enum-varnames"), each.get("x-enum-descriptions")]
        if style is SCHEMA:
            assert names == [None, None]
        else:
            assert [len(listed) for listed in names] == [len([key for key in each["enum"] if key is not None])] * 2
            assert None not in each["enum"][:-1]
