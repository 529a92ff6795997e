"""Rows that are told by the pattern of one before are as clean as that was."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import OBJECTS, THOROUGH, cases
from internals import body_checker, rows_of
from recordlint import Operation, Validator
from recordlint.checking import row_patterns
from recordlint.checking.row_patterns import RowPatterns

VALIDATOR = Validator(OBJECTS)
KEY = "custom_objects.all"
STYLES = ((", ", ": "), (",", ":"))


def taught(
    body: Any, key: str = KEY, operation: Operation = "update", style: tuple[str, str] = STYLES[0]
) -> RowPatterns:
    """What has seen one clean row often enough."""
    known = RowPatterns(body_checker(VALIDATOR, key, operation).clean)
    row = json.dumps(body, separators=style, ensure_ascii=False).encode()
    for _ in range(row_patterns.SIGHTS):
        known.learn(row, body)
    return known


BODY: dict[str, Any] = {
    "owner": {"add": ["x"], "remove": ["y"]},
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


def told(known: RowPatterns, *changes: str) -> bool:
    """Whether the row is told after a change or two, each `before -> after`."""
    row = ROW
    for change in changes:
        before, after = change.split(" -> ")
        assert row.count(before) == 1
        row = row.replace(before, after)
    return known.matches(row.encode())


@pytest.mark.parametrize("style", STYLES, ids=["spaced", "compact"])
def test_a_row_with_other_values_is_told(style: tuple[str, str]) -> None:
    known = taught(BODY, style=style)
    other = json.loads(ROW)
    other["owner"] = {"add": ["Zoë"], "remove": ["x"]}
    other["properties"].update(name="", count=0, kind="z", tel="+447123456789", tags={"add": ["z", "bug"]})
    row = json.dumps(other, separators=style, ensure_ascii=False).encode()
    assert known.matches(row)
    assert known.matches(row + b"\r\n")
    assert not known.matches(row.replace("ë".encode(), b"\xeb"))


@pytest.mark.parametrize(
    "change",
    [
        '"Ann" -> "A\\u006en"',  # An escape: looked at by others.
        '"Ann" -> "A\tn"',
        '"Ann" -> null',
        '"Ann" -> "x", "name": "y"',
        '"day" -> "name"',
        "-12.5 -> 1e5",
        "-12.5 -> 01",
        "-12.5 -> 1.",
        "-12.5 -> 9007199254740993",
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
def test_what_is_not_told(change: str) -> None:
    known = taught(BODY)
    assert told(known)
    if change.startswith("}"):
        assert not known.matches(ROW.encode()[:-1] + b", }")
    else:
        assert not told(known, change)


def test_what_no_pattern_is_made_of() -> None:
    assert not taught({"properties": {"name": "a", "count": 1e300}}).matches(
        b'{"properties": {"name": "a", "count": 1e300}}'
    )
    many = {"followers": {"remove": [f"user{number}" for number in range(row_patterns.MANY + 1)]}}
    assert not taught(many).matches(json.dumps(many).encode())
    indented = RowPatterns(body_checker(VALIDATOR, KEY).clean)
    for _ in range(row_patterns.SIGHTS):
        indented.learn(b'{ "properties": {"name": "a"}}', {"properties": {"name": "a"}})
    assert not indented.matches(b'{ "properties": {"name": "a"}}')


def test_a_kind_is_learnt_when_it_is_seen_again_and_again() -> None:
    known = RowPatterns(body_checker(VALIDATOR, KEY).clean)
    row = b'{"properties": {"name": "a"}}'
    for _ in range(row_patterns.SIGHTS - 1):
        known.learn(row, json.loads(row))
    assert not known.matches(row)
    known.learn(row, json.loads(row))
    assert known.matches(row)


def test_other_kinds_take_the_place_of_those_that_come_no_more() -> None:
    known = RowPatterns(body_checker(VALIDATOR, KEY).clean)
    names = ("name", "notes", "lines.a", "lines.b")
    bodies: list[Any] = [{"properties": {name: "a"}} for name in names] + [{"properties": {"kind": "bug"}}]
    rows = [json.dumps(body).encode() for body in bodies]
    for body, row in zip(bodies, rows, strict=True):
        for _ in range(row_patterns.SIGHTS):
            known.learn(row, body)
    assert [known.matches(row) for row in rows] == [True, True, True, True, False]
    for _ in range(row_patterns.PATIENCE):
        known.learn(rows[-1], bodies[-1])
    assert [known.matches(row) for row in rows] == [False, False, False, False, True]


SPOILT = st.sampled_from(
    [
        *'"\\\n\t {}[]:,0-.é',
        "\\u0022",
        "\\u003a",
        "e5",
        "null",
        '", "',
        '": "',
        '"name": "b", ',
        '""',
        "add",
        "bug",
        "1.5",
    ]
)


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> bytes:
    """A text with something else somewhere, or one of its strings in the stead of another."""
    strings = [match.span() for match in re.finditer(r'"[^"]*"', text)]
    if strings and draw(st.booleans()):
        start, end = draw(st.sampled_from(strings))
        other, behind = draw(st.sampled_from(strings))
        text = text[:start] + text[other:behind] + text[end:]
    else:
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(SPOILT) + text[at + draw(st.integers(0, 6)) :]
    return text.encode("utf-8", "surrogatepass")


@THOROUGH
@given(cases(), st.sampled_from(STYLES), st.data())
def test_nothing_is_found_in_what_is_told(
    case: tuple[str, Operation, Any], style: tuple[str, str], data: st.DataObject
) -> None:
    key, operation, body = case
    text = json.dumps(body, separators=style, ensure_ascii=False)
    if VALIDATOR.check_json(text, object=key, operation=operation).violations:
        return
    known = taught(body, key, operation, style)
    for _ in range(10):
        row = data.draw(spoilt(text))
        if known.matches(row):
            assert rows_of(VALIDATOR, key, operation).report(row).violations == ()
