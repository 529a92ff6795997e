"""Documents of objects with many fields: written as before, without work for each pair of fields."""

from __future__ import annotations

import json
from typing import Any

import openapi_spec_validator
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint import Field, ObjectDefinition, Option
from recordlint.errors import InternalError
from recordlint.export import openapi
from recordlint.export.generated_files import as_document
from recordlint.export.openapi import openapi_document
from recordlint.wording.escape import escape

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(st.dictionaries(st.text(), JSON))
def test_a_document_is_written_as_python_writes_it(schema: dict[str, Any]) -> None:
    expected = escape(json.dumps(schema, indent=2, ensure_ascii=False), keep="\n")
    assert as_document(schema) == f"{expected}\n"


@given(st.text(st.sampled_from("a \n\t\x7f\x00é中\u202e]^-😀"), max_size=30), st.sampled_from(["", "\n", "]^-\n"]))
def test_a_long_text_is_escaped_like_a_short_one(text: str, keep: str) -> None:
    assert escape(text * 1_000 + "a" * 10_000, keep) == escape(text, keep) * 1_000 + "a" * 10_000


def wide(number: int) -> ObjectDefinition:
    """An object with a field of options, one of texts and a textbox list, many times; every tenth is required."""
    fields = [
        field
        for at in range(number)
        for field in (
            Field(f"choice_{at}", f"Choice {at}", "SINGLE_OPTIONS", options=(Option(f"a{at}", "A"), Option("b", "B"))),
            Field(f"text_{at}", f"Text {at}", "TEXT"),
            Field(f"list_{at}", f"List {at}", "TEXTBOX_LIST", options=(Option("a", "A"),)),
        )
    ]
    return ObjectDefinition("custom_objects.wide", "Wide", tuple(fields), required=tuple(fields[1:100:30]))


def test_properties_that_are_alike_are_validated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the validator that takes milliseconds for each; the others by the compiled one."""
    seen: list[Any] = []
    whole = openapi_spec_validator.OpenAPIV31SpecValidator

    def spy(document: Any) -> Any:
        seen.append(document)
        return whole(document)

    monkeypatch.setattr(openapi_spec_validator, "OpenAPIV31SpecValidator", spy)
    document = openapi_document([wide(200)])
    for operation, required in (("update", 0), ("create", 4)):
        name = f"Wide{operation.capitalize()}"
        parts = [each["components"]["schemas"][name]["properties"]["properties"] for each in (document, *seen)]
        assert [len(part["properties"]) for part in parts] == [600, 2 + required]
        assert parts[0].get("required") == parts[1].get("required")


@pytest.mark.parametrize("fault", [{"type": "strin"}, {"enum": 1}])
def test_a_property_that_is_not_valid_is_found(monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any]) -> None:
    right = openapi.body_schema

    def broken(*arguments: Any) -> Any:
        schema = right(*arguments)
        schema["properties"]["properties"]["properties"]["text_150"] |= fault
        return schema

    monkeypatch.setattr(openapi, "body_schema", broken)
    with pytest.raises(InternalError, match="the OpenAPI document is not valid"):
        openapi_document([wide(200)])
