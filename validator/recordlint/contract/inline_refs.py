"""A schema without references, with its branches merged. It gives the same verdicts in less time."""

from __future__ import annotations

from typing import Any

from recordlint.contract.keywords import find_keyword
from recordlint.contract.references import look_up, resolve
from recordlint.contract.spec_files import Schema, read_spec


def flatten(schema: Schema) -> Schema:
    """The schema with each reference to `spec/` replaced by its target, and `allOf` merged where that is possible.

    A reference that leads elsewhere stays, and the engine refuses it. Annotations are left out. No schema of `spec/`
    refers to itself.

    Raises:
        InternalError: a keyword is not in `keywords.KEYWORDS`.
    """
    flat: Schema = _flat(schema, schema, "")
    return flat


def _flat(schema: Any, document: Schema, file: str) -> Any:
    """The same for a part of a document, which is a file of `spec/` unless `file` is empty."""
    if not isinstance(schema, dict):
        return schema
    flat: Schema = {}
    branches = []
    for keyword, value in schema.items():
        known = find_keyword(keyword)
        if keyword == "$ref":
            branches.append(_target(value, document, file))
        elif keyword == "allOf":
            branches += [_flat(each, document, file) for each in value]
        elif known.holds == "schemas":
            flat[keyword] = [_flat(each, document, file) for each in value]
        elif known.holds == "schemas by name":
            flat[keyword] = {name: _flat(each, document, file) for name, each in value.items()}
        elif known.holds == "a schema":
            flat[keyword] = _flat(value, document, file)
        elif known.looks_at != "nothing":
            flat[keyword] = value
    for branch in branches:
        flat = _merged(flat, branch)
    return flat


def _target(reference: str, document: Schema, file: str) -> Any:
    address = resolve(reference, file)
    if address is None:
        return {"$ref": reference}
    if address.file != file:
        document = read_spec(address.file)
    return _flat(look_up(document, address.fragment), document, address.file)


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
        tightest = find_keyword(keyword).tightest
        if keyword not in both:
            both[keyword] = value
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
