"""Whether a document that was made is valid OpenAPI."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from recordlint.contract.spec_files import Schema
from recordlint.errors import InternalError


def require_valid(document: Schema) -> None:
    """Make sure that a document is what its version of OpenAPI says.

    Raises:
        InternalError: openapi-spec-validator refuses it.
    """
    import jsonschema_rs
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

    schemas = document["components"]["schemas"]
    is_new = document["openapi"].startswith("3.1")
    validator = OpenAPIV31SpecValidator if is_new else OpenAPIV30SpecValidator
    try:
        for schema in schemas.values() if is_new else ():
            jsonschema_rs.meta.validate(schema)
    except jsonschema_rs.ValidationError as error:
        raise InternalError(f"the OpenAPI document is not valid: {error.message}") from error
    # This takes 5 ms for each property.
    brief = {name: _brief(schema) for name, schema in schemas.items()}
    brief_document = {**document, "components": {**document["components"], "schemas": brief}}
    fault = next(validator(brief_document).iter_errors(), None)
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
