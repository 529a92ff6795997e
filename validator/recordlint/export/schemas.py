"""Schemas for other tools: one file for each object and operation, which needs no other file."""

from __future__ import annotations

from recordlint.contract.operations import OPERATIONS
from recordlint.contract.spec_files import DIALECT, Schema
from recordlint.definitions.model import is_object_key
from recordlint.definitions.target import Target
from recordlint.export.bodies import body_schema, example_body
from recordlint.export.field_annotations import SCHEMA, Style


def schema_file_name(target: Target) -> str:
    """Such as `custom_objects.ticket.update.schema.json`."""
    return f"{target.object.key}.{target.operation.name}.schema.json"


def is_schema_file_name(name: str) -> bool:
    """Whether a file has a name that `schema_file_name` gives, for an object with or without a definition."""
    key, _, operation = name.removesuffix(".schema.json").rpartition(".")
    return name.endswith(".schema.json") and is_object_key(key) and operation in OPERATIONS


def object_schema(target: Target, style: Style = SCHEMA) -> Schema:
    """The JSON Schema (2020-12) of an object's bodies, flat, with the words of its definition."""
    return {"$schema": DIALECT, **body_schema(target, style), "examples": [example_body(target)]}
