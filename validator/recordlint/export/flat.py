"""The contract's schemas in the form that other tools understand: flat, and with the same verdicts.

Generators of code, pages and mocks read a schema as a description. They know types, members, choices and limits;
references into other files, branches and exclusions leave most of them without a type.
"""

from __future__ import annotations

from typing import Any, Final

from recordlint.body.schema import NOT_NULL
from recordlint.contract.inline_refs import flatten
from recordlint.contract.keywords import find_keyword
from recordlint.contract.spec_files import Schema
from recordlint.jsontext.parse import LARGEST

ANNOTATIONS: Final = frozenset({"description", "deprecated"})
"""What is kept of the annotations of `spec/`. Titles and examples are those of the field."""


def flat(schema: Schema) -> Schema:
    """A schema without references, in which few tools have to guess.

    - Branches of `allOf` are merged.
    - A constant is a choice of one.
    - Where null is refused, no type is null.
    - That two members exclude each other is said by `dependentSchemas`.
    - That one of some members has to be there is said by `not`, and so is the range of a double: what invents values
      takes the difference of `minimum` and `maximum`, which no double can hold.
    - No pattern holds a control character.
    """
    plain: Schema = _plain(flatten(schema, ANNOTATIONS))
    return plain


def _plain(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    plain: Schema = {}
    for keyword, value in _without_null(_without_choices_of_members(schema)).items():
        holds = find_keyword(keyword).holds
        if holds == "schemas":
            plain[keyword] = [_plain(each) for each in value]
        elif holds == "schemas by name":
            plain[keyword] = {name: _plain(each) for name, each in value.items()}
        elif keyword == "not" and _is_pair(value):
            one, other = value["required"]
            # Some linters want each required member to be described beside it, even where it is refused.
            plain["dependentSchemas"] = {one: {"not": {"required": [other], "properties": {other: {}}}}}
        elif holds == "a schema":
            plain[keyword] = _plain(value)
        elif keyword == "const":
            plain |= {"type": "string", "enum": [value]} if isinstance(value, str) else {"enum": [value]}
        elif keyword == "pattern":
            plain[keyword] = _with_escapes(value)
        else:
            plain[keyword] = value
    return _without_range(plain)


def _without_null(schema: Schema) -> Schema:
    """The same where a schema of its own refuses null, which is among the types."""
    branches = schema.get("allOf", [])
    others = [each for each in branches if each != NOT_NULL]
    if "type" not in schema or (schema.get("not") != NOT_NULL["not"] and len(others) == len(branches)):
        return schema
    own = schema["type"]
    types = [own] if isinstance(own, str) else [each for each in own if each != "null"]
    plain = {**schema, "type": types[0] if len(types) == 1 else types}
    if plain.get("not") == NOT_NULL["not"]:
        del plain["not"]
    if "enum" in plain:
        plain["enum"] = [each for each in plain["enum"] if each is not None]
    return _with_branches(plain, others)


def _without_range(schema: Schema) -> Schema:
    """The same where only the range of a double limits a number."""
    if (schema.get("minimum"), schema.get("maximum")) != (-LARGEST, LARGEST) or "not" in schema:
        return schema
    plain = {key: value for key, value in schema.items() if key not in ("minimum", "maximum")}
    beyond: list[Schema] = [{"exclusiveMaximum": -LARGEST}, {"exclusiveMinimum": LARGEST}]
    return {**plain, "not": {"type": "number", "anyOf": beyond}}


def _without_choices_of_members(schema: Schema) -> Schema:
    """The same where one of some members has to be there: not all of them are missing or null.

    Generators make a type of each branch of `anyOf`, and some make none of the object then.
    """
    own = _choice_of_members(schema)
    branches = schema.get("allOf", [])
    others = [each for each in branches if not _choice_of_members(each)]
    groups = [*([own] if own else []), *[_choice_of_members(each) for each in branches if each not in others]]
    if not groups:
        return schema
    missing: list[Schema] = [{"properties": {key: {"type": "null"} for key in keys}} for keys in groups]
    plain = {key: value for key, value in schema.items() if key != "anyOf" or not own}
    excluded: Schema = {"not": missing[0] if len(missing) == 1 else {"anyOf": missing}}
    if "not" in plain:
        return _with_branches(plain, [*others, excluded])
    return {**_with_branches(plain, others), **excluded}


def _choice_of_members(schema: Any) -> list[str]:
    """The members of which `anyOf` asks for one that is not null, as `body.schema` does for a textbox list."""
    branches = schema.get("anyOf", ()) if isinstance(schema, dict) else ()
    keys = [each["required"][0] for each in branches if each.keys() == {"required", "properties"}]
    expected = [{"required": [key], "properties": {key: NOT_NULL}} for key in keys]
    return keys if keys and expected == list(branches) else []


def _with_branches(schema: Schema, branches: list[Any]) -> Schema:
    plain = {key: value for key, value in schema.items() if key != "allOf"}
    return {**plain, "allOf": branches} if branches else plain


def _is_pair(schema: Any) -> bool:
    """Whether a schema only says that two members are there."""
    return isinstance(schema, dict) and schema.keys() == {"required"} and len(schema["required"]) == 2


def _with_escapes(pattern: str) -> str:
    """A pattern that means the same, without control characters."""
    return "".join([f"\\x{ord(each):02x}" if each < " " or "\x7f" <= each < "\xa0" else each for each in pattern])
