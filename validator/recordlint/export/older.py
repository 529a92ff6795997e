"""Documents for readers of older standards: JSON Schema draft 7, and OpenAPI 3.0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from recordlint.contract.spec_files import Schema

DRAFT_7: Final = "http://json-schema.org/draft-07/schema#"
OPENAPI_3_0: Final = "3.0.3"
EXCLUSIVE: Final = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
"""What OpenAPI 3.0 says by a flag beside the limit."""


def as_draft_7(schema: Schema) -> Schema:
    """A flat schema in the words of draft 7, with the same verdicts."""
    older: Schema = _draft_7(schema)
    return {**older, "$schema": DRAFT_7}


def _draft_7(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    names = {"dependentSchemas": "dependencies"}
    return {names.get(keyword, keyword): _within(keyword, value, _draft_7) for keyword, value in schema.items()}


def _within(keyword: str, value: Any, change: Callable[[Any], Any]) -> Any:
    """A keyword's value with the schemas in it changed."""
    if keyword in ("properties", "dependentSchemas"):
        return {name: change(each) for name, each in value.items()}
    if keyword in ("anyOf", "allOf"):
        return list(map(change, value))
    return change(value) if keyword in ("items", "not", "additionalProperties") else value


def as_openapi_3_0(document: Schema) -> Schema:
    """An OpenAPI 3.1 document in the words of 3.0.

    Its schemas take what those of 3.1 take, and `owner` beside `owners`, which 3.0 has no words for: the description
    says it.
    """
    older: Schema = _object(document)
    info = {key: value for key, value in document["info"].items() if key != "summary"}
    return {**older, "openapi": OPENAPI_3_0, "info": info}


def _object(part: Any) -> Any:
    """The same for a part of a document that is no schema."""
    if isinstance(part, list):
        return [_object(each) for each in part]
    if not isinstance(part, dict):
        return part
    older: Schema = {}
    for key, value in part.items():
        if key == "schema":
            older[key] = _schema(value)
        elif key == "schemas":
            older[key] = {name: _schema(each) for name, each in value.items()}
        elif key in ("examples", "example"):
            older[key] = value
        else:
            older[key] = _object(value)
    return older


def _schema(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    older: Schema = {}
    for keyword, value in schema.items():
        if keyword == "examples":
            older["example"] = value[0]
        elif keyword == "type" and value == "null":
            # Some readers look at nullable only beside a type, whichever that is.
            older |= {"type": "string", "enum": [None], "nullable": True}
        elif keyword == "type" and isinstance(value, list):
            older |= _types(value)
        elif keyword in EXCLUSIVE:
            older |= {EXCLUSIVE[keyword]: value, keyword: True}
        elif keyword != "dependentSchemas":
            older[keyword] = _within(keyword, value, _schema)
    for one, other in _exclusions(schema):
        members = older["properties"]
        about = f"{members[one].get('description', '')} Do not send it together with {other}.".strip()
        older["properties"] = {**members, one: {**members[one], "description": about}}
    return older


def _types(types: list[str]) -> Schema:
    """What says in 3.0 that a value is of one of these types."""
    others = [each for each in types if each != "null"]
    null: Schema = {"nullable": True} if len(others) < len(types) else {}
    if len(others) == 1:
        return {"type": others[0], **null}
    # An array without items is not valid.
    return {"anyOf": [{"type": each, **({"items": {}} if each == "array" else {})} for each in others], **null}


def _exclusions(schema: Schema) -> list[tuple[str, str]]:
    """The members that exclude each other."""
    dependent = schema.get("dependentSchemas", {})
    return [(one, other) for one, each in dependent.items() for other in each["not"]["required"]]
