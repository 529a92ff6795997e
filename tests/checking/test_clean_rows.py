"""The first look at a row takes for clean only what the close look finds nothing in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import OBJECTS, THOROUGH, cases
from internals import rows_of
from recordlint import Operation, Validator

VALIDATOR = Validator(OBJECTS)
KEY = "custom_objects.all"
IS_CLEAN = rows_of(VALIDATOR, KEY).is_clean

CLEAN = {
    "as json.dumps writes it": b'{"properties": {"name": "a: b, c", "count": 1.50}, "owners": {"add": ["x"]}}',
    "compact": b'{"properties":{"name":"a","kind":"bug"}}',
    "with tabs": b'{"properties":\t{"name"\t: "a"}}',
    "with an escape": rb'{"properties": {"name": "a \"b\": c"}}',
    "with an exponent": b'{"properties": {"count": 1E2}}',
    "with letters beyond ASCII": '{"properties": {"name": "Zo\u00eb\u2028"}}'.encode(),
    "with a carriage return": b'{"properties": {"name": "a"}}\r',
}
DOUBTFUL = {
    "a name twice": b'{"properties": {"name": "a", "name": "b"}}',
    "a name twice, compact": b'{"properties":{"name":"a","name":"b"}}',
    "a name twice, once escaped": rb'{"properties": {"name": "a", "n\u0061me": "b"}}',
    "a name twice, numbers that orjson writes longer": b'{"properties": {"count": 1, "count": 1E15}}',
    "a name twice at the top": b'{"properties": {"name": "a"}, "properties": {"name": "a"}}',
    "a name twice in a delta": b'{"owners": {"add": ["a"], "add": ["b"]}}',
    "a name twice, with and without spaces": b'{"properties": {"name": "a"} , "properties":{"name":"a"}}',
    "a number beyond a double": b'{"properties": {"count": 1e400}}',
    "a byte order mark": b'\xef\xbb\xbf{"properties": {"name": "a"}}',
    "no UTF-8": b'{"properties": {"name": "\xff"}}',
    "half of a pair": rb'{"properties": {"name": "\ud800"}}',
    "no JSON": b"{'properties': {}}",
    "nothing": b"",
    "deep": b'{"properties": {"name": ' + b"[" * 150 + b"]" * 150 + b"}}",
    "a value in both halves": b'{"owners": {"add": ["a"], "remove": ["a"]}}',
}


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN.keys())
def test_clean(text: bytes) -> None:
    assert IS_CLEAN(text)
    assert rows_of(VALIDATOR, KEY).report(text).violations == ()


@pytest.mark.parametrize("text", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_doubtful(text: bytes) -> None:
    assert not IS_CLEAN(text)
    assert rows_of(VALIDATOR, KEY).report(text).violations


def _written(value: Any, draw: Any) -> str:
    """JSON in any spacing, with a member twice now and then."""
    space = draw(st.sampled_from(["", " ", "", " ", "\t", "  "]))
    if isinstance(value, dict):
        members = [f"{json.dumps(key)}{space}:{space}{_written(each, draw)}" for key, each in value.items()]
        if members and draw(st.integers(0, 15)) == 0:
            members.append(draw(st.sampled_from(members)))
        return "{" + f",{space}".join(members) + "}"
    if isinstance(value, list):
        return "[" + f",{space}".join(_written(each, draw) for each in value) + "]"
    return json.dumps(value, ensure_ascii=draw(st.booleans()))


@THOROUGH
@given(cases(), st.data())
def test_both_looks_agree(case: tuple[str, Operation, Any], data: st.DataObject) -> None:
    key, operation, body = case
    text = _written(body, data.draw).encode("utf-8", "surrogatepass")
    if rows_of(VALIDATOR, key, operation).is_clean(text):
        assert rows_of(VALIDATOR, key, operation).report(text).violations == ()
