"""The texts and numbers that a schema takes, as regular expressions over JSON, for `row_patterns`.

Schemas are read by the table in `contract/keywords.py`. Where a schema says more than a pattern can, there is none.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from recordlint.contract.inline_refs import flatten
from recordlint.contract.keywords import find_keyword
from recordlint.contract.spec_files import Schema, read_spec

CHOICES: Final = 32
"""The most options of a field that a pattern lists."""

STYLES: Final = ((", ", ": "), (",", ":"))
"""What separates members, and names from values: as Python's json writes it, and as JavaScript's."""
CHARACTER: Final = r'[^"\\\x00-\x1f]'
"""A byte of a JSON string without escapes. Whether the row is UTF-8 is checked apart."""
_NUMBERS: Final = (
    (10**300, r"-?(?:0|[1-9][0-9]{0,199})(?:\.[0-9]{1,20})?(?:[eE][-+]?[0-9]{1,2})?"),
    (10**15, r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,20})?"),
)
"""Patterns of numbers, each with what none of its numbers is further from zero than."""
_NOT_NULL: Final = {"type": "null"}
ANYTHING: Final[tuple[Schema, ...]] = ({}, {"not": _NOT_NULL})
"""Schemas that say nothing about the parts of a value."""


class NoPattern(Exception):
    """A schema says more than a pattern can."""


def number_pattern(value: object, schema: Schema, *, in_array: bool) -> str:
    """The pattern of a number or a boolean. In an array they may have to differ, which no pattern of these says."""
    if in_array:
        raise NoPattern
    if isinstance(value, bool):
        expect(schema)
        return "(?:true|false)"
    for limit, pattern in _NUMBERS:
        if _takes_numbers(schema, limit, "anyOf") and any(
            _takes_numbers(each, limit) for each in schema.get("anyOf", [{}])
        ):
            return pattern
    raise NoPattern


def _takes_numbers(schema: Schema | bool, limit: int, *keywords: str) -> bool:
    """Whether a schema takes all numbers up to a limit, as far as other keywords than these say."""
    if isinstance(schema, bool):
        return schema
    types = schema.get("type", "number")
    return (
        _says_only(schema, "type", "minimum", "maximum", *keywords)
        and (types == "number" or (isinstance(types, list) and "number" in types))
        and schema.get("minimum", -limit) <= -limit
        and schema.get("maximum", limit) >= limit
    )


@cache
def _placeholder() -> Schema:
    return flatten(read_spec("field-types/text.json")["$defs"]["placeholder"])


class TextPattern(NamedTuple):
    """The texts of a value, as JSON writes them: an option in one way, any other text without escapes."""

    pattern: str
    is_exact: bool
    """Whether the schema accepts every text that the pattern accepts."""


def text_pattern(schema: Schema) -> TextPattern:
    """The texts that a schema accepts."""
    keywords = {key: value for key, value in schema.items() if (key, value) != ("not", _NOT_NULL)}
    if keywords.get("allOf") == [{"not": _NOT_NULL}]:
        del keywords["allOf"]
    start = ""
    if keywords.get("not") == _placeholder():
        # A text that begins like a placeholder is left to the schema.
        start = r"(?![ {$<\[])"
        del keywords["not"]
    if keywords.keys() == {"type", "enum"} and len(keywords["enum"]) <= CHOICES:
        texts = [literal(each)[1:-1] for each in keywords["enum"] if isinstance(each, str)]
        return TextPattern(f"(?:{'|'.join(texts)})", is_exact=True)
    least, most = keywords.get("minLength", 0), keywords.get("maxLength")
    if keywords.keys() <= {"type", "minLength", "maxLength"} and least < 2:
        # The schema counts characters and the pattern counts bytes, of which a character has one or more. So a text of
        # `most` bytes is never too long, and one byte is a character; but two bytes may be one character too.
        return TextPattern(f"{start}{CHARACTER}{{{least},{'' if most is None else most}}}", is_exact=True)
    return TextPattern(f"{CHARACTER}*", is_exact=False)


def expect(schema: Schema, *keywords: str) -> None:
    """Refuse a schema that says more about rows of a shape than these keywords say, which the pattern cares for."""
    if not _says_only(schema, *keywords):
        raise NoPattern


def _says_only(schema: Schema, *keywords: str) -> bool:
    return _is_of_shape({keyword: value for keyword, value in schema.items() if keyword not in keywords})


def _is_of_shape(schema: Schema | bool) -> bool:
    """Whether a schema looks only at what all rows of a shape have in common: types, names, and lengths of arrays."""
    if isinstance(schema, bool):
        return True
    for keyword, value in schema.items():
        known = find_keyword(keyword)
        if known.holds == "a schema":
            is_common = _is_of_shape(value)
        elif known.holds == "schemas":
            is_common = all(map(_is_of_shape, value))
        elif known.holds == "schemas by name":
            is_common = all(map(_is_of_shape, value.values()))
        else:
            # A number may be an integer in one row and none in the next.
            is_common = "integer" not in value if keyword == "type" else known.looks_at != "value"
        if not is_common:
            return False
    return True


@lru_cache(maxsize=1_024)
def literal(text: str) -> str:
    """The pattern of one text, with its quotes."""
    return re.escape(json_string(text))


def json_string(text: str) -> str:
    """A text as JSON writes it without needless escapes."""
    return json.dumps(text, ensure_ascii=False)
