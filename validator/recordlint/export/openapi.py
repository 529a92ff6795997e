"""The OpenAPI document of an account's objects, in one file: what it takes and answers for each of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence, Set
from typing import Any, Final, NamedTuple

from recordlint.contract.operations import METHODS, OPERATIONS
from recordlint.contract.references import look_up, references
from recordlint.contract.spec_files import Schema, read_spec, spec_folder
from recordlint.definitions.digest import digest
from recordlint.definitions.model import ObjectDefinition
from recordlint.definitions.target import Target
from recordlint.export.answers import example_object, example_record, record_schema
from recordlint.export.bodies import body_schema, example_body
from recordlint.export.field_annotations import OPENAPI
from recordlint.export.names import class_names, distinct_titles
from recordlint.export.valid_openapi import require_valid
from recordlint.files.installed import installed_version
from recordlint.wording.markdown import as_markdown, code_span

OBJECT_KEY: Final = "customObjectKey"
PREFIX: Final = "#/components/schemas/"
TERMS: Final = "https://www.gohighlevel.com/terms-of-service"
VENDOR: Final = "https://marketplace.gohighlevel.com/docs/"


class _About(NamedTuple):
    """An object, and what the document calls it."""

    definition: ObjectDefinition
    name: str
    """What the names of its schemas begin with."""
    title: str
    """What people read."""


def openapi_document(
    definitions: Iterable[ObjectDefinition], *, title: str | None = None, servers: Sequence[str] = ()
) -> Schema:
    """`spec/openapi.yaml` with a path of each object's own in place of the general ones, in one document.

    Args:
        definitions: the objects.
        title: what the document is called, in place of the objects' names.
        servers: the URLs of servers, in place of the service's.

    Raises:
        InternalError: openapi-spec-validator refuses the result.
    """
    listed = list(definitions)
    general = _general()
    names = class_names(listed)
    titles = distinct_titles({each.key: each.name for each in listed})
    paths: Schema = {}
    schemas: Schema = {}
    for definition in listed:
        about = _About(definition, names[definition.key], titles[definition.key])
        for operation in OPERATIONS.values():
            name = f"{about.name}{operation.name.capitalize()}"
            schemas[name] = body_schema(Target(definition, operation), OPENAPI, about.title)
        schemas[f"{about.name}Record"] = record_schema(
            definition, about.title, general["components"]["schemas"]["Record"]
        )
        for template, item in general["paths"].items():
            path = template.replace(f"{{{OBJECT_KEY}}}", definition.key)
            paths[path] = _path_item(general, item, about)
    document: Schema = {
        "openapi": general["openapi"],
        "info": _info(general, listed, title),
        "externalDocs": {"description": "The vendor's documentation", "url": VENDOR},
        "servers": [{"url": url} for url in servers] or general["servers"],
        "security": general["security"],
        "tags": [_tag(each, titles[each.key]) for each in listed],
        "paths": paths,
        "components": {**general["components"], "schemas": {**general["components"]["schemas"], **schemas}},
        "x-recordlint": {"version": installed_version(), "definitions": f"sha256:{digest(listed)}"},
    }
    _drop_unused(document, schemas.keys())
    require_valid(document)
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


def _info(general: Schema, definitions: Sequence[ObjectDefinition], title: str | None) -> Schema:
    lines = [f"- {as_markdown(each.name)}: {code_span(each.key)}" for each in definitions]
    return {
        "title": title or _title(definitions),
        "version": general["info"]["version"],
        "summary": "Read and write the records of an account's objects.",
        "contact": {"name": "The vendor's developers", "url": VENDOR},
        "license": {"name": "The vendor's terms of service", "url": TERMS},
        "description": "\n".join(
            [
                "What the service takes and answers for the records of these objects:",
                "",
                *lines,
                "",
                f"Written by recordlint {installed_version()} from the definitions of the account's fields.",
            ]
        ),
    }


def _title(definitions: Sequence[ObjectDefinition]) -> str:
    names = [each.name for each in definitions]
    if len(names) > 3:
        return f"Records of {', '.join(names[:2])} and {len(names) - 2} other objects"
    return f"Records of {' and '.join([', '.join(names[:-1]), names[-1]] if len(names) > 1 else names)}"


def _tag(definition: ObjectDefinition, name: str) -> Schema:
    about = f"{as_markdown(definition.description)}\n\n" if definition.description else ""
    return {"name": name, "description": f"{about}The records of {code_span(definition.key)}."}


def _path_item(general: Schema, item: Schema, about: _About) -> Schema:
    """A path of one object: the key is part of it and no parameter, and bodies and answers are the object's own."""
    return {method: _operation(general, method, each, about) for method, each in item.items()}


def _operation(general: Schema, method: str, operation: Schema, about: _About) -> Schema:
    definition, name, title = about
    # A hyphen is in no key, so that the id of business is that of no custom object.
    suffix = definition.short_key if definition.short_key != definition.key else f"{definition.key}-object"
    own = {
        **operation,
        "tags": [title],
        "operationId": f"{operation['operationId']}-{suffix}",
        "summary": f"{operation['summary']}: {title}",
        "parameters": [each for each in operation["parameters"] if _target(general, each).get("name") != OBJECT_KEY],
        "responses": {status: _response(each, about) for status, each in operation["responses"].items()},
    }
    if "requestBody" in own:
        writes = METHODS[method.upper()]
        schema = {"$ref": f"{PREFIX}{name}{writes.name.capitalize()}"}
        example = example_body(Target(definition, writes))
        own["requestBody"] = {
            "required": True,
            "content": _content(schema, f"{title}: {writes.title}", example),
        }
    return own


def _response(response: Schema, about: _About) -> Schema:
    """A response of one object: where it is a record, the object's own."""
    definition, name, title = about
    general = response.get("content", {}).get("application/json", {}).get("schema")
    if general == {"$ref": f"{PREFIX}ObjectAnswer"}:
        return {**response, "content": _content(general, title, example_object(definition))}
    if general != {"$ref": f"{PREFIX}RecordAnswer"}:
        return response
    schema: Schema = {
        "title": f"{title}: answer with a record",
        "type": "object",
        "required": ["record"],
        "properties": {"record": {"$ref": f"{PREFIX}{name}Record"}},
    }
    example = {"record": example_record(definition)}
    return {**response, "content": _content(schema, f"{title}: record", example)}


def _content(schema: Schema, summary: str, example: Any) -> Schema:
    return {"application/json": {"schema": schema, "examples": {"example": {"summary": summary, "value": example}}}}


def _target(document: Schema, part: Schema) -> Schema:
    """What a part is, or what its reference leads to within the document."""
    if "$ref" not in part:
        return part
    target: Schema = look_up(document, part["$ref"].removeprefix("#"))
    return target


def _drop_unused(document: Schema, own: Set[str]) -> None:
    """Take out the components that only the general paths used.

    Args:
        document: all of it.
        own: the names of the objects' own schemas, which hold no reference.
    """
    components = document["components"]
    used = set(references(_without_examples(document["paths"])))
    waiting = [*used]
    while waiting:
        reference = waiting.pop()
        if reference.removeprefix(PREFIX) not in own:
            fresh = set(references(_target(document, {"$ref": reference}))) - used
            used |= fresh
            waiting += fresh
    for kind in ("schemas", "parameters", "responses"):
        components[kind] = {
            name: part for name, part in components[kind].items() if f"#/components/{kind}/{name}" in used
        }


def _without_examples(part: Any) -> Any:
    """A part without the bodies that it shows, where a property may be called $ref."""
    if isinstance(part, list):
        return [_without_examples(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {key: _without_examples(each) for key, each in part.items() if key != "examples"}
