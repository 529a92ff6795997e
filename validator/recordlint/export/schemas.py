"""Self-contained schemas for other tools: references resolved into `$defs`, fields named for editors."""

from __future__ import annotations

from typing import Any

from recordlint.body.schema import contract_schema
from recordlint.contract.operations import OPERATIONS
from recordlint.contract.references import look_up, resolve
from recordlint.contract.spec_files import DIALECT, Schema, read_spec
from recordlint.definitions.model import is_object_key
from recordlint.definitions.target import Target
from recordlint.errors import InternalError
from recordlint.export.field_annotations import field_annotations

ANNOTATIONS = ("$schema", "title", "description", "examples")
"""What a definition loses: an editor would show them in place of the field's own."""


def schema_file_name(target: Target) -> str:
    """Such as `custom_objects.ticket.update.schema.json`."""
    return f"{target.object.key}.{target.operation.name}.schema.json"


def is_schema_file_name(name: str) -> bool:
    """Whether a file has a name that `schema_file_name` gives, for an object with or without a definition."""
    key, _, operation = name.removesuffix(".schema.json").rpartition(".")
    return name.endswith(".schema.json") and is_object_key(key) and operation in OPERATIONS


def object_schema(target: Target) -> Schema:
    """One self-contained JSON Schema (2020-12) of an object's bodies, with fields' names and options' labels."""
    bundled, definitions = resolved({"$schema": DIALECT, **annotated_schema(target)}, "#/$defs/")
    return {**bundled, "$defs": definitions}


def annotated_schema(target: Target) -> Schema:
    """An object's contract with fields' names and options' labels, its references still to the files of `spec/`."""
    contract = contract_schema(target)
    record = contract["allOf"][1]["properties"]["properties"]
    record["properties"] = {
        key: {**field_annotations(target.object.by_property[key], key), **schema}
        for key, schema in record["properties"].items()
    }
    return {
        "title": f"{target.object.name}: {target.operation.title}",
        "description": f"The body of {_request(target)}.",
        "allOf": contract["allOf"],
    }


def resolved(document: Schema, prefix: str) -> tuple[Schema, Schema]:
    """`document` with every reference to a file of `spec/` made one that begins with `prefix`, and what they lead to.

    References within the document itself stay as they are.
    """
    definitions: Schema = {}
    rewritten = _Bundler(definitions, prefix).rewritten(document, "")
    return rewritten, dict(sorted(definitions.items()))


class _Bundler:
    def __init__(self, definitions: Schema, prefix: str) -> None:
        self.definitions = definitions
        self.prefix = prefix
        self.local: dict[tuple[str, str], str] = {}
        """The references so far, by what they were and the file that holds them."""

    def rewritten(self, schema: Any, file: str) -> Any:
        """A copy whose references are local; `file` is the file of `spec/` that the schema stands in."""
        if isinstance(schema, list):
            return [self.rewritten(part, file) if type(part) is not str else part for part in schema]
        if not isinstance(schema, dict):
            return schema
        copy = dict(schema)
        for key, part in schema.items():
            if type(part) is dict or type(part) is list:
                copy[key] = self.rewritten(part, file)
            elif key == "$ref":
                copy[key] = self.reference(part, file)
        return copy

    def reference(self, ref: str, file: str) -> str:
        """A reference to what `ref` leads to, which is in `definitions` then."""
        local = self.local.get((ref, file))
        if local is None:
            own = not file and ref.startswith("#")
            local = self.local[ref, file] = ref if own else f"{self.prefix}{self.define(ref, file)}"
        return local

    def define(self, ref: str, file: str) -> str:
        """Take the target of a reference into `$defs`; its name there."""
        address = resolve(ref, file)
        if address is None:
            raise InternalError(f"{ref} is not part of the contract, and nothing is fetched")
        name = address.file.rpartition("/")[2].removesuffix(".json")
        part = address.fragment.rpartition("/")[2]
        if part:
            name = f"{name}.{part}"
        if name not in self.definitions:
            self.definitions[name] = {}
            target = look_up(read_spec(address.file), address.fragment)
            contents = {key: value for key, value in target.items() if key not in ANNOTATIONS and key != "$defs"}
            self.definitions[name] = self.rewritten(contents, address.file)
        return name


def _request(target: Target) -> str:
    path = target.operation.path.format(customObjectKey=target.object.key, recordId="{id}")
    return f"{target.operation.method} {path}"
