"""A row that matches the pattern of a clean row is clean."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import OBJECTS, THOROUGH, cases
from internals import body_checker, rows_of
from recordlint import Operation, Validator
from recordlint.checking import row_patterns
from recordlint.checking.row_patterns import RowPatterns
from recordlint.contract.engines import compiled
from recordlint.errors import InternalError
from schemas import SCHEMAS, VALUES
from spoilt_texts import spoilt

VALIDATOR = Validator(OBJECTS)
KEY = "custom_objects.all"
STYLES = ((", ", ": "), (",", ":"))
NOTHING: dict[str, Callable[[Any], bool]] = {}


def taught(
    body: Any, key: str = KEY, operation: Operation = "update", style: tuple[str, str] = STYLES[0]
) -> RowPatterns:
    """Patterns that have seen one clean row often enough."""
    checker = body_checker(VALIDATOR, key, operation)
    return taught_by(checker.clean, body, style, checker.hiding)


def taught_by(
    clean: Any, body: Any, style: tuple[str, str] = STYLES[0], hiding: Mapping[str, Callable[[Any], bool]] = NOTHING
) -> RowPatterns:
    """The same for a schema of clean bodies."""
    patterns = RowPatterns(clean, hiding)
    row = json.dumps(body, separators=style, ensure_ascii=False).encode()
    for _ in range(row_patterns.SIGHTS):
        patterns.learn(row, body)
    return patterns


BODY: dict[str, Any] = {
    "owners": {"add": ["x"], "remove": ["y"]},
    "properties": {
        "name": "Ann",
        "count": -12.5,
        "kind": "bug",
        "tel": "+917000000000",
        "price": {"currency": "default", "value": 3},
        "tags": {"add": ["bug", "idea"]},
        "day": None,
        "files": {"add": [{"url": "https://a.b/c.pdf"}], "remove": [{"url": "https://a.b/d.pdf", "name": "d"}]},
    },
}
ROW = json.dumps(BODY)


def matches_changed(patterns: RowPatterns, *changes: str) -> bool:
    """Whether the row matches after some changes, each `before -> after`."""
    row = ROW
    for change in changes:
        before, after = change.split(" -> ")
        assert row.count(before) == 1
        row = row.replace(before, after)
    return patterns.matches(row.encode())


@pytest.mark.parametrize("style", STYLES, ids=["spaced", "compact"])
def test_a_row_with_other_values_matches(style: tuple[str, str]) -> None:
    patterns = taught(BODY, style=style)
    other = json.loads(ROW)
    other["owners"] = {"add": ["Zoë"], "remove": ["x"]}
    other["properties"].update(name="", count=0, kind="z", tel="+447123456789", tags={"add": ["z", "bug"]})
    row = json.dumps(other, separators=style, ensure_ascii=False).encode()
    assert patterns.matches(row)
    assert patterns.matches(row + b"\r\n")
    assert not patterns.matches(row.replace("ë".encode(), b"\xeb"))


@pytest.mark.parametrize(
    "change",
    [
        '"Ann" -> "A\\u006en"',  # No pattern takes an escape.
        '"Ann" -> "A\tn"',
        '"Ann" -> null',
        '"Ann" -> "x", "name": "y"',
        '"day" -> "name"',
        "-12.5 -> 1e400",
        "-12.5 -> 1e",
        "-12.5 -> 01",
        "-12.5 -> 1.",
        '-12.5 -> "1"',
        '"kind": "bug" -> "kind": "Bug report"',
        '"+917000000000" -> "+91 70000"',
        '"+917000000000" -> "+4407123456"',
        '"default" -> "USD"',
        "null -> 1",
        '["bug", "idea"] -> ["bug", "bug"]',
        '["bug", "idea"] -> ["bug"]',
        '"remove": ["y"] -> "remove": ["x"]',
        "d.pdf -> c.pdf",
        "c.pdf -> c.exe",
        '"name": "d" -> "name": 1',
        "}}}} -> }}} }}",
    ],
)
def test_what_does_not_match(change: str) -> None:
    patterns = taught(BODY)
    assert matches_changed(patterns)
    if change.startswith("}"):
        assert not patterns.matches(ROW.encode()[:-1] + b", }")
    else:
        assert not matches_changed(patterns, change)


def test_what_no_pattern_is_made_of() -> None:
    assert not taught({"properties": {"name": "a", "count": 1e300}}).matches(
        b'{"properties": {"name": "a", "count": 1e300}}'
    )
    many = {"followers": {"remove": [f"user{number}" for number in range(row_patterns.DIFFERENT_TEXTS + 1)]}}
    assert not taught(many).matches(json.dumps(many).encode())
    indented = RowPatterns(body_checker(VALIDATOR, KEY).clean, NOTHING)
    for _ in range(row_patterns.SIGHTS):
        indented.learn(b'{ "properties": {"name": "a"}}', {"properties": {"name": "a"}})
    assert not indented.matches(b'{ "properties": {"name": "a"}}')


def test_a_pattern_is_made_when_rows_with_the_same_names_have_come_often() -> None:
    patterns = RowPatterns(body_checker(VALIDATOR, KEY).clean, NOTHING)
    row = b'{"properties": {"name": "a"}}'
    for _ in range(row_patterns.SIGHTS - 1):
        patterns.learn(row, json.loads(row))
    assert not patterns.matches(row)
    patterns.learn(row, json.loads(row))
    assert patterns.matches(row)


def rows_and_bodies(*names: str) -> list[tuple[bytes, Any]]:
    bodies = [{"properties": {name: "bug"}} for name in names]
    return [(json.dumps(body).encode(), body) for body in bodies]


def test_the_first_patterns_are_kept() -> None:
    patterns = RowPatterns(body_checker(VALIDATOR, KEY).clean, NOTHING)
    pairs = rows_and_bodies("name", "notes", "lines.a", "lines.b", "kind")
    assert len(pairs) == row_patterns.PATTERNS + 1
    for row, body in [*pairs, *pairs[-1:] * 20]:
        for _ in range(row_patterns.SIGHTS):
            patterns.learn(row, body)
    assert [patterns.matches(row) for row, _ in pairs] == [True, True, True, True, False]


def test_after_many_rows_without_a_pattern_nothing_is_learnt() -> None:
    patterns = RowPatterns(body_checker(VALIDATOR, KEY).clean, NOTHING)
    ((row, body),) = rows_and_bodies("name")
    unlike = [{"properties": {name: "a"}} for name in map(str, range(row_patterns.LEARNT_FROM - row_patterns.SIGHTS))]
    for each in unlike:
        patterns.learn(json.dumps(each).encode(), each)
    for _ in range(row_patterns.SIGHTS):
        patterns.learn(row, body)
    assert patterns.matches(row), "the last one that is learnt"

    patterns = RowPatterns(body_checker(VALIDATOR, KEY).clean, NOTHING)
    for each in [*unlike, {"properties": {"notes": "a"}}]:
        patterns.learn(json.dumps(each).encode(), each)
    for _ in range(row_patterns.LEARNT_FROM):
        patterns.learn(row, body)
    assert not patterns.matches(row)


# Guards for schemas that no field type has yet.


def properties(**schemas: Any) -> dict[str, Any]:
    record = {"type": "object", "properties": schemas, "additionalProperties": False}
    return {"type": "object", "properties": {"properties": record}, "additionalProperties": False}


NUMBER = {"type": "number", "minimum": -(2**53), "maximum": 2**53}
NO_EMPTY_LISTS = {
    "type": "object",
    "properties": {"a": {"type": "array", "items": {"type": "string"}}, "b": {"type": "array"}},
    "not": {"type": "object", "properties": {"a": {"maxItems": 0}, "b": {"maxItems": 0}}},
}
TEXT_LIST = {"type": "array", "uniqueItems": True, "items": {"type": "string", "pattern": "^a"}}


@pytest.mark.parametrize(
    ("schema", "value", "clean", "other"),
    [
        # Numbers: all that the pattern takes are within the bounds, or there is none.
        ({"type": "number"}, 1, [2, -2.5], None),
        (NUMBER, 1, [999_999_999_999_999, -999_999_999_999_999], 10**15),
        ({"type": ["number", "null"], "minimum": -(10**15), "maximum": 10**15}, 1, [2], None),
        ({**NUMBER, "minimum": 0}, 1, [], -1),
        ({**NUMBER, "maximum": 10**15 - 1}, 1, [], 10**15),
        ({**NUMBER, "minimum": 1 - 10**15}, 1, [], -(10**15)),
        ({"type": "integer"}, 1, [], 1.5),
        ({"type": ["integer", "null"]}, 1, [], 1.5),
        ({"type": "boolean"}, True, [False], 1),
        ({"type": "boolean", "enum": [True]}, True, [], False),
        ({"anyOf": [{**NUMBER, "maximum": 9}, NUMBER]}, 1, [10], 10**17),
        ({"anyOf": [{**NUMBER, "maximum": 9}, {"type": "number", "enum": [10]}]}, 1, [], 11),
        ({"type": "number", "maximum": 9, "anyOf": [NUMBER]}, 1, [], 10),
        ({**NUMBER, "enum": [1, 2]}, 1, [], 3),
        ({**NUMBER, "const": 1}, 1, [], 3),
        ({**NUMBER, "not": {"const": 3}}, 1, [], 3),
        ({**NUMBER, "not": {"type": "null"}}, 1, [2], None),
        # Lengths count characters.
        ({"type": "string", "minLength": 1}, "ab", ["é"], ""),
        ({"type": "string", "minLength": 2}, "ab", ["éé"], "é"),
        ({"type": "string", "maxLength": 2}, "ab", ["é"], "abc"),
        ({"type": "string", "minLength": 1, "pattern": "b"}, "ab", ["b"], "a"),
        ({"type": "string", "anyOf": [{"const": "ab"}, {"const": "b"}]}, "ab", ["b"], "a"),
        # Options that are written with escapes.
        ({"type": "string", "enum": ["a", 'b"', "c\\", "d\n", "e.", None]}, "a", ["e.", 'b"', "c\\", "d\n"], "ef"),
        ({"type": "string", "enum": ["a", 'b"']}, "a", ["a"], "b"),
        ({"type": "string", "enum": ["a", 'b"']}, "a", ["a"], ""),
        ({"type": "string", "enum": ["a", "b"], "maxLength": 1}, "a", ["b"], "c"),
        # Arrays whose items have to differ.
        (TEXT_LIST, ["a", "ab"], [["ab", "a"]], ["a", "a"]),
        (TEXT_LIST, ["a", "ab"], [["ac", "ad"]], ["a", "b"]),
        ({"type": "array", "uniqueItems": True, "items": NUMBER}, [1, 2], [], [1, 1]),
        (
            {"type": "array", "uniqueItems": True, "items": {"type": "object", "properties": {"n": NUMBER}}},
            [{"n": 1}, {"n": 2}],
            [],
            [{"n": 1}, {"n": 1}],
        ),
        ({"type": "array", "items": {"type": "string"}, "maxItems": 2}, ["a"], [["b"]], ["a", "b"]),
        ({"type": "array", "items": {"type": "string"}, "not": {"minItems": 2}}, ["a"], [["b"]], ["a", "b"]),
        ({"type": "array", "items": {"type": "string"}, "not": {"items": {"const": "b"}}}, ["a"], [], ["b"]),
        ({"type": "array"}, ["a"], [], [1]),
        # Objects: only their names are those of the row before.
        ({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}, {"a": ""}, [{"a": "b"}], {}),
        ({"type": "object", "properties": {"a": {}}}, {"a": "a"}, [{"a": "b"}], {"a": 1}),
        ({"type": "object", "additionalProperties": {"type": "string"}}, {"a": "b"}, [], {"a": 1}),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}, "not": {"required": ["b"]}},
            {"a": "a"},
            [{"a": "b"}],
            {"b": "b"},
        ),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}, "not": {"properties": {"a": {"const": "b"}}}},
            {"a": "a"},
            [],
            {"a": "b"},
        ),
        ({"type": "object", "properties": {"a": {"type": "string"}}, "anyOf": [{}]}, {"a": "a"}, [{"a": "b"}], 1),
        (
            {
                "type": "object",
                "properties": {"a": {"type": "string"}},
                "anyOf": [{"properties": {"a": {"const": "a"}}}],
            },
            {"a": "a"},
            [],
            {"a": "b"},
        ),
        (NO_EMPTY_LISTS, {"a": ["a"], "b": []}, [{"a": ["b"], "b": []}], {"a": [], "b": []}),
        (NO_EMPTY_LISTS, {"a": ["a"]}, [{"a": ["b"]}], {"a": []}),
        # A schema that says nothing.
        ({}, True, [False], 1),
        ({}, 1, [2.5], "1"),
        ({}, {"a": {"b": "c"}, "d": 1}, [{"a": {"b": ""}, "d": 2}], {"a": {"b": 1}, "d": 1}),
        ({}, ["a"], [["b"]], [1]),
        ({}, [1, 2], [[3, 3]], ["a", "b"]),
        ({"not": {"type": "null"}}, {"a": [1, {"b": "c"}]}, [{"a": [2, {"b": ""}]}], None),
    ],
)
def test_a_pattern_takes_no_more_than_the_schema(schema: Any, value: Any, clean: list[Any], other: Any) -> None:
    """The value is clean, and a pattern of it takes those that are listed, and never the other one."""
    whole = properties(x=schema)
    is_valid = compiled(whole).is_valid
    patterns = taught_by(whole, {"properties": {"x": value}})

    def row(each: Any) -> bytes:
        return json.dumps({"properties": {"x": each}}, ensure_ascii=False).encode()

    assert is_valid({"properties": {"x": value}})
    assert patterns.matches(row(value)) == bool(clean)
    for each in clean:
        assert is_valid({"properties": {"x": each}})
        assert patterns.matches(row(each))
    assert not patterns.matches(row(other))


def test_a_keyword_that_is_not_known_is_refused() -> None:
    with pytest.raises(InternalError, match=re.escape("contract/keywords.py does not know multipleOf")):
        RowPatterns(properties(x={**NUMBER, "multipleOf": 2}), NOTHING)


@st.composite
def same_shape(draw: st.DrawFn, value: Any) -> Any:
    """A value with the names and lengths of another."""
    if isinstance(value, dict):
        return {name: draw(same_shape(each)) for name, each in value.items()}
    if isinstance(value, list):
        return [draw(same_shape(each)) for each in value]
    if isinstance(value, str):
        return draw(st.sampled_from(["", "a", "ab", "b", "é", "aaa"]))
    if isinstance(value, bool) or value is None:
        return value
    return draw(st.sampled_from([0, 1, 2, 1.5, -1, 10**14, 10**15, 10**17]))


@THOROUGH
@given(SCHEMAS, st.lists(VALUES, min_size=1, max_size=10), st.data())
def test_a_pattern_takes_no_more_than_any_schema(schema: Any, values: list[Any], data: st.DataObject) -> None:
    whole = properties(x=schema)
    is_valid = compiled(whole).is_valid
    for body in [{"properties": {"x": value}} for value in values]:
        if is_valid(body):
            patterns = taught_by(whole, body)
            for other in [data.draw(same_shape(body)) for _ in range(5)]:
                if patterns.matches(json.dumps(other, ensure_ascii=False).encode()):
                    assert is_valid(other)


@THOROUGH
@given(cases(), st.sampled_from(STYLES), st.data())
def test_whatever_matches_is_clean(
    case: tuple[str, Operation, Any], style: tuple[str, str], data: st.DataObject
) -> None:
    key, operation, body = case
    text = json.dumps(body, separators=style, ensure_ascii=False)
    if VALIDATOR.check_json(text, object=key, operation=operation).violations:
        return
    patterns = taught(body, key, operation, style)
    for _ in range(10):
        row = data.draw(spoilt(text))
        if patterns.matches(row):
            assert rows_of(VALIDATOR, key, operation).report(row).violations == ()
