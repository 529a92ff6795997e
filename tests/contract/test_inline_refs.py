"""Merging the branches of a schema changes no verdict, and no keyword is merged that is not known."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bodies import THOROUGH
from recordlint.contract.inline_refs import _merged, flatten, share
from recordlint.contract.keywords import KEYWORDS
from recordlint.errors import InternalError
from schemas import ANNOTATIONS, SCHEMAS, VALUES, keywords


def test_the_generator_knows_every_keyword() -> None:
    assert keywords(SCHEMAS).keys() | ANNOTATIONS | {"$ref"} == KEYWORDS.keys()


@THOROUGH
@given(SCHEMAS, SCHEMAS, st.lists(VALUES, min_size=1, max_size=20))
def test_a_merged_schema_takes_what_both_take(one: Any, other: Any, values: list[Any]) -> None:
    merged = Draft202012Validator(_merged(one, other))
    both = Draft202012Validator({"allOf": [one, other]})
    flat = Draft202012Validator(flatten({"title": "A title", "allOf": [one, other]}))
    for value in values:
        assert merged.is_valid(value) == both.is_valid(value)
        assert flat.is_valid(value) == both.is_valid(value)


@given(SCHEMAS, SCHEMAS, st.lists(VALUES, max_size=20))
def test_what_properties_share_means_the_same(one: Any, other: Any, values: list[Any]) -> None:
    flat = {"properties": {"a": one, "b": one, "c": other, "record": {"properties": {"d": other, "e": other}}}}
    shared = Draft202012Validator(share(flat))
    for value in values:
        for body in (dict.fromkeys("abc", value), {"record": dict.fromkeys("de", value)}):
            assert shared.is_valid(body) == Draft202012Validator(flat).is_valid(body)


def test_what_properties_share_is_compiled_once() -> None:
    """However many fields there are of a type that needs no more than its name."""
    reference = {"$ref": "field-types/phone.json"}
    names = [f"phone_{number}" for number in range(1_000)]
    record = {"properties": {name: dict(reference) for name in names}}
    flat = share(flatten({"allOf": [{"properties": {"properties": record}}]}))
    assert [*flat["$defs"]] == ["0"]
    assert flat["properties"]["properties"]["properties"] == {name: {"$ref": "#/$defs/0"} for name in names}


@pytest.mark.parametrize("keyword", keywords(VALUES))
@given(st.data())
def test_two_values_of_a_keyword_make_one(keyword: str, data: st.DataObject) -> None:
    """Each keyword of the table with itself, alone and beside the names of an object."""
    values = keywords(st.one_of(st.booleans(), st.sampled_from([{"type": "string"}, {"minimum": 1}])))
    beside = st.fixed_dictionaries({}, optional={name: values[name] for name in ("properties", "additionalProperties")})
    one, other = ({**data.draw(beside), keyword: data.draw(values[keyword])} for _ in range(2))
    merged = Draft202012Validator(_merged(one, other))
    both = Draft202012Validator({"allOf": [one, other]})
    for value in [*SAMPLES, *data.draw(st.lists(VALUES, max_size=5))]:
        assert merged.is_valid(value) == both.is_valid(value)


SAMPLES: list[Any] = [
    *[None, True, 0, 1, 2, 3, "", "a", "ab", "abc"],
    *[[], [1], [1, 1], [1, 2, 3], ["a"], ["a", 1], [True, 1]],
    *[{}, {"a": 1}, {"a": "a"}, {"b": 1}, {"c": "c"}, {"a": 1, "b": "b"}, {"a": "a", "b": 1, "c": 1}],
]

TIGHTEST: dict[str, tuple[Any, Any, Any]] = {
    "required": (["a", "c"], ["b", "c"], ["a", "b", "c"]),
    **dict.fromkeys(("minProperties", "minItems", "minLength", "minimum"), (1, 2, 2)),
    **dict.fromkeys(("maxItems", "maxLength", "maximum"), (1, 2, 1)),
}


def test_the_tightest_value_holds() -> None:
    assert TIGHTEST.keys() == {name for name, keyword in KEYWORDS.items() if keyword.tightest}
    for keyword, (one, other, tightest) in TIGHTEST.items():
        assert _merged({keyword: one}, {keyword: other}) == {keyword: tightest}
        assert _merged({keyword: other}, {keyword: one}) == {keyword: tightest}


@pytest.mark.parametrize(
    ("one", "other", "merged"),
    [
        ({"maxLength": 3, "minItems": 1}, {"maxLength": 2, "minItems": 0}, {"maxLength": 2, "minItems": 1}),
        ({"required": ["b"]}, {"required": ["a", "b"]}, {"required": ["a", "b"]}),
        ({"enum": ["a"]}, {"enum": ["b"]}, {"enum": ["a"], "allOf": [{"enum": ["b"]}]}),
        ({"const": 1}, {"const": True}, {"const": 1, "allOf": [{"const": True}]}),
        ({"enum": [0]}, {"enum": [False]}, {"enum": [0], "allOf": [{"enum": [False]}]}),
        (
            {"properties": {"a": {"minimum": 1}}},
            {"properties": {"a": {"minimum": 2}, "b": {}}},
            {"properties": {"a": {"minimum": 2}, "b": {}}},
        ),
        # The second takes an `a` that the first would refuse beside `b`, so neither may speak for the other's names.
        (
            {"properties": {"b": {}}, "additionalProperties": False},
            {"properties": {"a": {}}},
            {"properties": {"b": {}}, "additionalProperties": False, "allOf": [{"properties": {"a": {}}}]},
        ),
        (
            {"properties": {"a": {}}},
            {"properties": {"b": {}}, "additionalProperties": False},
            {"properties": {"a": {}}, "allOf": [{"properties": {"b": {}}, "additionalProperties": False}]},
        ),
        # What is said of other properties must not come to be said of `a`.
        (
            {"properties": {"a": {"type": "null"}}, "additionalProperties": {"minimum": 1}},
            {"properties": {"a": {}}, "additionalProperties": {"type": "string"}},
            {"properties": {"a": {"type": "null"}}, "additionalProperties": {"minimum": 1, "type": "string"}},
        ),
        ({"items": {"minimum": 1}}, {"items": False}, {"items": False}),
        (True, {"minimum": 1}, {"minimum": 1}),
        ({"minimum": 1}, False, False),
    ],
)
def test_merged(one: Any, other: Any, merged: Any) -> None:
    assert _merged(one, other) == merged
    assert repr(_merged(one, other)) == repr(merged), "true is not 1"


UNKNOWN = {
    "patternProperties": {"^b": {}},
    "prefixItems": [{}],
    "dependentSchemas": {"a": False},
    "unevaluatedProperties": False,
    "propertyNames": {"maxLength": 1},
    "contains": {},
    "if": {},
    "oneOf": [{}],
    "maxProperties": 1,
    "exclusiveMinimum": 1,
    "multipleOf": 2,
    "format": "date",
    "$dynamicRef": "#a",
}


@pytest.mark.parametrize("keyword", UNKNOWN)
@pytest.mark.parametrize("wrap", ["itself", "properties", "items", "allOf", "anyOf", "not"])
def test_a_keyword_that_is_not_known_is_refused(keyword: str, wrap: str) -> None:
    """Merged with others it might mean something else, such as `patternProperties` beside `additionalProperties`."""
    schema: dict[str, Any] = {"type": "object", keyword: UNKNOWN[keyword]}
    if wrap in ("allOf", "anyOf"):
        schema = {wrap: [schema]}
    elif wrap == "properties":
        schema = {wrap: {"a": schema}}
    elif wrap != "itself":
        schema = {wrap: schema}
    with pytest.raises(InternalError, match=re.escape(f"contract/keywords.py does not know {keyword}")):
        flatten(schema)
