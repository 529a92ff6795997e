"""Exported documents of fields whose keys are words of JSON Schema."""

from __future__ import annotations

import jsonschema
import pytest
from openapi_schema_validator import OAS30Validator
from referencing import Registry

from internals import target_of
from recordlint import Field, ObjectDefinition, Option, Validator
from recordlint.contract.references import references
from recordlint.export.bodies import example_body
from recordlint.export.older import as_draft_7, as_openapi_3_0
from recordlint.export.openapi import openapi_document
from recordlint.export.schemas import object_schema

WORDS = (
    *(
        "$ref",
        "enum",
        "const",
        "examples",
        "default",
        "properties",
        "$defs",
        "allOf",
        "not",
        "items",
        "required",
        "type",
    ),
    *("schema", "schemas", "dependentSchemas", "additionalProperties", "description", "__proto__", "constructor"),
)
OBJECT = ObjectDefinition(
    "custom_objects.odd",
    "Odd",
    tuple([Field(word, word, "CHECKBOX", options=(Option("a", "A"),)) for word in WORDS]),
)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("value", "is_right"), [({"add": ["a"]}, True), ({"add": ["b"]}, False), (["a"], False)])
def test_a_schema_judges_them(word: str, value: object, is_right: bool) -> None:
    body = {"properties": {word: value}}
    schema = object_schema(target_of(OBJECT))
    assert jsonschema.Draft202012Validator(schema, registry=Registry()).is_valid(body) == is_right
    assert jsonschema.Draft7Validator(as_draft_7(schema), registry=Registry()).is_valid(body) == is_right
    document = openapi_document([OBJECT])
    component = document["components"]["schemas"]["OddUpdate"]
    assert jsonschema.Draft202012Validator(component, registry=Registry()).is_valid(body) == is_right
    older = as_openapi_3_0(document)["components"]["schemas"]["OddUpdate"]
    assert OAS30Validator(older).is_valid(body) == is_right
    for engine in ("jsonschema-rs", "jsonschema"):
        assert Validator([OBJECT], engine).check(body).valid == is_right


def test_every_reference_leads_into_the_document() -> None:
    assert list(references(object_schema(target_of(OBJECT)))) == []
    assert all(each.startswith("#/components/") for each in references(openapi_document([OBJECT])))


def test_an_example_shows_each_of_them_but_those_that_tools_misread_in_it() -> None:
    body = example_body(target_of(OBJECT))
    assert sorted(body["properties"]) == sorted(set(WORDS) - {"$ref", "allOf", "__proto__", "constructor"})
    assert Validator([OBJECT]).check(body).violations == ()
