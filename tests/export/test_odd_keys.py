"""Exported documents of fields whose keys are words of JSON Schema."""

from __future__ import annotations

import jsonschema
import pytest
from referencing import Registry

from internals import target_of
from recordlint import Field, ObjectDefinition, Option, Validator
from recordlint.contract.references import references
from recordlint.export.openapi import openapi_document
from recordlint.export.schemas import object_schema

WORDS = ("$ref", "enum", "const", "examples", "properties", "$defs", "allOf", "not", "items", "required", "type")
OBJECT = ObjectDefinition(
    "custom_objects.odd",
    "Odd",
    tuple([Field(word, word, "CHECKBOX", options=(Option("a", "A"),)) for word in WORDS]),
)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("value", "is_right"), [({"add": ["a"]}, True), ({"add": ["b"]}, False), (["a"], False)])
def test_a_schema_judges_them(word: str, value: object, is_right: bool) -> None:
    body = {"properties": {word: value}}
    schema = jsonschema.Draft202012Validator(object_schema(target_of(OBJECT)), registry=Registry())
    assert schema.is_valid(body) == is_right
    for engine in ("jsonschema-rs", "jsonschema"):
        assert Validator([OBJECT], engine).check(body).valid == is_right


def test_every_reference_leads_into_the_document() -> None:
    assert all(each.startswith("#/$defs/") for each in references(object_schema(target_of(OBJECT))))
    assert all(each.startswith("#/components/") for each in references(openapi_document([OBJECT])))
