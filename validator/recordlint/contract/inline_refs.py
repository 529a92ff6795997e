"""A schema without references, with its branches merged. It gives the same verdicts in less time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from typing import Any

from recordlint.contract.keywords import find_keyword
from recordlint.contract.references import look_up, resolve
from recordlint.contract.spec_files import Schema, read_spec

_Targets = dict[tuple[str, str], Any]
"""Flat schemas by the file that refers to them and the reference."""


def flatten(schema: Schema, annotations: Set[str] = frozenset()) -> Schema:
    """The schema with each reference to `spec/` replaced by its target, and `allOf` merged where that is possible.

    A reference that leads elsewhere stays, and the engine refuses it. No schema of `spec/` refers to itself. The same
    target is the same dict wherever it stands.

    Args:
        schema: a schema of `spec/`, or one that refers to them.
        annotations: the annotations that are kept, such as `description`; what stands beside a reference has its own
            in place of those of the target.

    Raises:
        InternalError: a keyword is not in `keywords.KEYWORDS`.
    """
    flat: Schema = _flat(schema, schema, "", {}, annotations)
    return flat


def share(schema: Schema) -> Schema:
    """A flat schema in which what several properties have in common stands once, under `$defs`: it is compiled once."""
    definitions: Schema = {}
    shared = _shared(schema, definitions)
    return {**shared, "$defs": definitions} if definitions else schema


def _shared(schema: Any, definitions: Schema) -> Any:
    if not isinstance(schema, dict) or "properties" not in schema:
        return schema
    own: Mapping[str, Any] = schema["properties"]
    times = Counter(map(id, own.values()))
    names: dict[int, str] = {}
    properties: Schema = {}
    for name, each in own.items():
        if times[id(each)] > 1 and isinstance(each, dict):
            if id(each) not in names:
                names[id(each)] = f"{len(definitions)}"
                definitions[names[id(each)]] = each
            properties[name] = {"$ref": f"#/$defs/{names[id(each)]}"}
        else:
            properties[name] = _shared(each, definitions)
    return {**schema, "properties": properties}


def _flat(schema: Any, document: Schema, file: str, targets: _Targets, annotations: Set[str]) -> Any:
    """The same for a part of a document, which is a file of `spec/` unless `file` is empty."""
    if not isinstance(schema, dict):
        return schema
    flat: Schema = {}
    branches = []
    for keyword, value in schema.items():
        known = find_keyword(keyword)
        if keyword == "$ref":
            branches.append(_target(value, document, file, targets, annotations))
        elif keyword == "allOf":
            branches += [_flat(each, document, file, targets, annotations) for each in value]
        elif known.holds == "schemas":
            flat[keyword] = [_flat(each, document, file, targets, annotations) for each in value]
        elif known.holds == "schemas by name":
            members = {name: _flat(each, document, file, targets, annotations) for name, each in value.items()}
            flat[keyword] = members
        elif known.holds == "a schema":
            flat[keyword] = _flat(value, document, file, targets, annotations)
        elif known.looks_at != "nothing" or keyword in annotations:
            flat[keyword] = value
    for branch in branches:
        flat = _merged(flat, branch)
    return flat


def _target(reference: str, document: Schema, file: str, targets: _Targets, annotations: Set[str]) -> Any:
    if (file, reference) not in targets:
        address = resolve(reference, file)
        if address is None:
            return {"$ref": reference}
        if address.file != file:
            document = read_spec(address.file)
        part = look_up(document, address.fragment)
        targets[file, reference] = _flat(part, document, address.file, targets, annotations)
    return targets[file, reference]


def _merged(one: Any, other: Any) -> Any:
    """A schema that takes the values that both take. What cannot be merged is left in a branch of `allOf`."""
    if one is True or one == {}:
        return other
    if other is True or other == {}:
        return one
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    both: Schema = dict(one)
    branch: Schema = {}
    if not _names_all(one, other) or not _names_all(other, one):
        return _with_branches(both, [other])
    for keyword, value in other.items():
        known = find_keyword(keyword)
        tightest = known.tightest
        if keyword not in both:
            both[keyword] = value
        elif known.looks_at == "nothing":
            pass  # The annotation that stands closer to the reference holds.
        elif keyword == "allOf":
            both[keyword] = [*both[keyword], *value]
        elif keyword == "properties":
            own = both[keyword]
            both[keyword] = {**own, **{name: _merged(own.get(name, True), each) for name, each in value.items()}}
        elif keyword in ("items", "additionalProperties"):
            both[keyword] = _merged(both[keyword], value)
        elif tightest:
            both[keyword] = tightest(both[keyword], value)
        elif not _is_same(both[keyword], value):
            branch[keyword] = value
    return _with_branches(both, [branch] if branch else [])


def _is_same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal. For Python 1 and True are, and they are different constants."""
    if type(one) is not type(other) or one != other:
        return False
    if isinstance(one, dict):
        return all(_is_same(value, other[key]) for key, value in one.items())
    return not isinstance(one, list) or all(map(_is_same, one, other))


def _names_all(one: Schema, other: Schema) -> bool:
    """Whether the `additionalProperties` of `one`, if it has any, judge none of the properties of `other`."""
    return "additionalProperties" not in one or other.get("properties", {}).keys() <= one.get("properties", {}).keys()


def _with_branches(schema: Schema, branches: list[Schema]) -> Schema:
    return {**schema, "allOf": [*schema.get("allOf", ()), *branches]} if branches else schema
