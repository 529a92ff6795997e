"""The OpenAPI document with the objects' real bodies filled in, bundled into one file."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable
from typing import Any, Final

from recordlint.contract.operations import OPERATIONS
from recordlint.contract.references import look_up, references
from recordlint.contract.spec_files import Schema, read_spec, spec_folder
from recordlint.definitions.model import ObjectDefinition
from recordlint.definitions.target import Target
from recordlint.errors import InternalError
from recordlint.export.schemas import annotated_schema, resolved

OBJECT_KEY: Final = "customObjectKey"
PREFIX: Final = "#/components/schemas/"


def openapi_document(definitions: Iterable[ObjectDefinition]) -> Schema:
    """`spec/openapi.yaml` with a path of each object's own in place of the general ones, in one document.

    Raises:
        InternalError: openapi-spec-validator refuses the result.
    """
    general = _general()
    paths: Schema = {}
    bodies: Schema = {}
    for definition in definitions:
        for operation in OPERATIONS.values():
            name = f"{definition.key}.{operation.name}"
            bodies[name] = annotated_schema(Target(definition, operation))
            path = operation.path.replace(f"{{{OBJECT_KEY}}}", definition.key)
            paths[path] = _path_item(general, operation.path, operation.method.lower(), definition, name)
    schemas = {**general["components"].get("schemas", {}), **bodies}
    document = {**general, "paths": paths, "components": {**general["components"], "schemas": schemas}}
    document, components = resolved(document, PREFIX)
    document["components"]["schemas"] |= components
    _drop_unused(document)
    _validate(document)
    return document


def _general() -> Schema:
    import yaml

    with open(os.path.join(spec_folder(), "openapi.yaml"), "rb") as file:
        document: Schema = yaml.safe_load(file)
    for parameter in document["components"]["parameters"].values():
        if "$ref" in parameter["schema"]:
            # Whole, with its examples, which a reference would lose.
            schema = read_spec(parameter["schema"]["$ref"])
            parameter["schema"] = {key: value for key, value in schema.items() if key[0] != "$"}
    return document


def _path_item(general: Schema, template: str, method: str, definition: ObjectDefinition, name: str) -> Schema:
    """The path of one object: the key is part of it and no parameter, and the body is the object's own."""
    item = dict(general["paths"][template])
    operation = dict(item[method])
    for holder in (item, operation):
        if "parameters" in holder:
            holder["parameters"] = [
                parameter for parameter in holder["parameters"] if _target(general, parameter).get("name") != OBJECT_KEY
            ]
    # A hyphen is in no key, so that the id of business is that of no custom object.
    suffix = definition.short_key if definition.short_key != definition.key else f"{definition.key}-object"
    operation["operationId"] = f"{operation['operationId']}-{suffix}"
    operation["summary"] = f"{operation.get('summary', method.upper())}: {definition.name}"
    operation["requestBody"] = {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": f"{PREFIX}{name}"}}},
    }
    return {**item, method: operation}


def _target(document: Schema, part: Schema) -> Schema:
    """What a part is, or what its reference leads to within the document."""
    if "$ref" not in part:
        return part
    target: Schema = look_up(document, part["$ref"].removeprefix("#"))
    return target


def _drop_unused(document: Schema) -> None:
    """Take out the components that only the general paths used."""
    components = document["components"]
    used = set(references(document["paths"]))
    waiting = list(used)
    while waiting:
        reference = waiting.pop()
        fresh = set(references(_target(document, {"$ref": reference}))) - used
        used |= fresh
        waiting += fresh
    for kind in ("schemas", "parameters", "requestBodies", "examples", "responses", "headers"):
        if kind in components:
            components[kind] = {
                name: part for name, part in components[kind].items() if f"#/components/{kind}/{name}" in used
            }
            if not components[kind]:
                del components[kind]


def _validate(document: Schema) -> None:
    import jsonschema_rs
    from openapi_spec_validator import OpenAPIV31SpecValidator

    schemas = document["components"]["schemas"]
    try:
        for schema in schemas.values():
            jsonschema_rs.meta.validate(schema)
    except jsonschema_rs.ValidationError as error:
        raise InternalError(f"the OpenAPI document is not valid: {error.message}") from error
    # This takes 5 ms for each property.
    brief = {name: _brief(schema) for name, schema in schemas.items()}
    brief_document = {**document, "components": {**document["components"], "schemas": brief}}
    fault = next(OpenAPIV31SpecValidator(brief_document).iter_errors(), None)
    if fault is not None:
        raise InternalError(f"the OpenAPI document is not valid: {fault.message}")


def _brief(schema: Any) -> Any:
    """A valid schema, of which the properties of an object that differ only in their texts are left out but for one.

    Those that are required stay.
    """
    if isinstance(schema, list):
        return [_brief(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    brief = {key: _brief(part) for key, part in schema.items() if key != "properties"}
    properties = schema.get("properties")
    if isinstance(properties, dict):
        alike = {_form(part): name for name, part in properties.items()}
        names = {*alike.values(), *schema.get("required", ())}
        brief["properties"] = {name: _brief(part) for name, part in properties.items() if name in names}
    return brief


def _form(schema: Any) -> Hashable:
    """What is the same of two schemas that differ only in their texts. A reference is no text."""
    if isinstance(schema, dict):
        return tuple(
            [(key, _form(part) if key != "$ref" or type(part) is dict else part) for key, part in schema.items()]
        )
    if isinstance(schema, list):
        return frozenset(map(_form, schema))
    return type(schema).__name__
