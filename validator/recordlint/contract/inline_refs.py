"""A schema without references, its branches merged: the same verdicts, in less time a body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from recordlint.contract.spec_files import Schema, read_spec

_ANNOTATIONS: Final = frozenset(("$schema", "$id", "$comment", "$defs", "title", "description", "examples"))
_NESTED: Final = frozenset(("items", "not", "additionalProperties"))
_TIGHTEST: Final[dict[str, Callable[..., Any]]] = {
    **dict.fromkeys(("maxItems", "maxLength", "maximum"), min),
    **dict.fromkeys(("minItems", "minLength", "minProperties", "minimum"), max),
    "required": lambda one, other: sorted({*one, *other}),
}
"""Keywords of which both hold when the one that comes out does."""


def flatten(schema: Schema) -> Schema:
    """The schema with each reference to `spec/` replaced by what it leads to, and `allOf` merged where it can be.

    A reference that leads elsewhere stays, for the engine to refuse. Annotations are left out. The schemas of `spec/`
    do not lead back to themselves.
    """
    flat: Schema = _flat(schema, schema, "")
    return flat


def _flat(schema: Any, document: Schema, folder: str) -> Any:
    """The same of a part of a document, which stands in a folder of `spec/`."""
    if not isinstance(schema, dict):
        return schema
    flat: Schema = {}
    branches = []
    for keyword, value in schema.items():
        if keyword == "$ref":
            branches.append(_target(value, document, folder))
        elif keyword == "allOf":
            branches += [_flat(each, document, folder) for each in value]
        elif keyword == "anyOf":
            flat[keyword] = [_flat(each, document, folder) for each in value]
        elif keyword == "properties":
            flat[keyword] = {name: _flat(each, document, folder) for name, each in value.items()}
        elif keyword in _NESTED:
            flat[keyword] = _flat(value, document, folder)
        elif keyword not in _ANNOTATIONS:
            flat[keyword] = value
    for branch in branches:
        flat = _merged(flat, branch)
    return flat


def _target(ref: str, document: Schema, folder: str) -> Any:
    path, _, fragment = ref.partition("#")
    if ":" in path:
        return {"$ref": ref}
    if path:
        document = read_spec(folder + path)
        folder = f"{folder}{path}".rpartition("/")[0]
        folder = f"{folder}/" if folder else ""
    found: Any = document
    for step in fragment.split("/")[1:]:
        found = found[step]
    return _flat(found, document, folder)


def _merged(one: Any, other: Any) -> Any:
    """A schema that takes what both take."""
    if one is True or one == {}:
        return other
    if other is True or other == {}:
        return one
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    both: Schema = dict(one)
    left: Schema = {}
    if not _closed_alike(one, other) or not _closed_alike(other, one):
        return _with_branches(both, [other])
    for keyword, value in other.items():
        if keyword not in both:
            both[keyword] = value
        elif keyword == "allOf":
            both[keyword] = [*both[keyword], *value]
        elif keyword == "properties":
            own = both[keyword]
            both[keyword] = {**own, **{name: _merged(own.get(name, True), each) for name, each in value.items()}}
        elif keyword == "items":
            both[keyword] = _merged(both[keyword], value)
        elif keyword in _TIGHTEST:
            both[keyword] = _TIGHTEST[keyword](both[keyword], value)
        elif both[keyword] != value:
            left[keyword] = value
    return _with_branches(both, [left] if left else [])


def _closed_alike(one: Schema, other: Schema) -> bool:
    """Whether `one` says of all properties that `other` names that they may be there, if it says that of any."""
    return "additionalProperties" not in one or other.get("properties", {}).keys() <= one.get("properties", {}).keys()


def _with_branches(schema: Schema, branches: list[Schema]) -> Schema:
    return {**schema, "allOf": [*schema.get("allOf", ()), *branches]} if branches else schema
