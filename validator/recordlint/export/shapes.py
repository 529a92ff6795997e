"""What a value looks like, as far as types of programming languages can say it: read off a flat schema."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from recordlint.body.schema import contract_schema
from recordlint.contract.operations import PROPERTIES, Operation
from recordlint.contract.spec_files import Schema
from recordlint.definitions.model import ObjectDefinition
from recordlint.definitions.target import Target
from recordlint.export.flat import flat

Kind = Literal["text", "number", "choice", "amount", "file", "delta", "array", "anything"]


class Shape(NamedTuple):
    """What a value looks like."""

    kind: Kind
    item: Shape | None = None
    """Of a delta and of an array: what is in it."""
    choices: tuple[str, ...] = ()
    """Of a choice: the texts that may be chosen."""
    is_nullable: bool = False
    """Whether it may be null too."""


class BodyShape(NamedTuple):
    """What a body looks like."""

    members: dict[str, Shape]
    """What stands beside the properties, by key."""
    properties: dict[str, Shape]
    required: frozenset[str]
    """The keys of the body that have to be there."""
    required_properties: frozenset[str]


def body_shape(definition: ObjectDefinition, operation: Operation) -> BodyShape:
    """What the bodies of an operation look like."""
    schema = flat(contract_schema(Target(definition, operation)))
    record = schema["properties"][PROPERTIES]
    return BodyShape(
        {key: _shape(each) for key, each in schema["properties"].items() if key != PROPERTIES},
        {key: _shape(each) for key, each in record.get("properties", {}).items()},
        frozenset(schema.get("required", ())),
        frozenset(record.get("required", ())),
    )


def _shape(schema: Schema) -> Shape:
    types = schema.get("type", ())
    types = (types,) if isinstance(types, str) else tuple(types)
    others = [each for each in types if each != "null"]
    is_nullable = len(others) < len(types)
    if len(others) != 1:
        return Shape("anything")
    if "enum" in schema:
        return Shape("choice", choices=tuple(filter(None, schema["enum"])), is_nullable=is_nullable)
    if others == ["string"]:
        return Shape("text", is_nullable=is_nullable)
    if others == ["number"]:
        return Shape("number", is_nullable=is_nullable)
    if others == ["array"]:
        return Shape("array", _shape(schema["items"]), is_nullable=is_nullable)
    return _object_shape(schema["properties"])._replace(is_nullable=is_nullable)


def _object_shape(members: dict[str, Any]) -> Shape:
    if "add" in members:
        return Shape("delta", _shape(members["add"]["items"]))
    return Shape("file" if "url" in members else "amount")
