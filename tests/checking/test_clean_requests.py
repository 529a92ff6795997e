"""Whole requests as rows: the quick test passes one exactly if the close look has nothing to say of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import OBJECTS, THOROUGH
from internals import rows_of
from recordlint import Validator
from recordlint.checking import clean_requests
from recordlint.checking.row_patterns import SIGHTS
from recordlint.checking.rows import RowChecker
from recordlint.definitions.model import BUSINESS, Field, ObjectDefinition
from spoilt_texts import spoilt

VALIDATOR = Validator([*OBJECTS, ObjectDefinition(BUSINESS, "Company", (Field("name", "Name", "TEXT"),))])
ID = "66c2a4f1d09b7e335a1f8c04"
HOST = "https://services.leadconnectorhq.com"
PUT = f"{HOST}/objects/custom_objects.all/records/{ID}?locationId=loc5"
POST = f"{HOST}/objects/custom_objects.all/records"
UPDATE = {"properties": {"name": "a", "count": 1e20}}
CREATE = {"locationId": "loc5", "properties": {"name": "a", "lines.a": "b"}}
RIGHT: dict[str, dict[str, Any]] = {
    "an update": {"method": "PUT", "url": PUT, "body": UPDATE},
    "a new record": {"method": "POST", "url": POST, "body": CREATE},
    "JSON text": {"method": "PUT", "url": PUT, "data": json.dumps(UPDATE, indent=1)},
    "json": {"method": "POST", "url": POST, "json": CREATE},
    "json of requests": {"method": "PUT", "url": PUT, "json": True, "body": UPDATE},
    "data and body": {"method": "PUT", "url": PUT, "body": None, "data": UPDATE},
    "headers": {
        "method": "PUT",
        "url": PUT,
        "headers": {"version": "2021-07-28", "Content-Type": "application/json; charset=utf-8", "X": 1},
        "body": UPDATE,
    },
    "odd headers": {"method": "PUT", "url": PUT, "headers": [["Version", "v9"]], "body": UPDATE},
    "params": {"method": "PUT", "url": PUT.partition("?")[0], "params": {"locationId": "l", "n": None}, "body": UPDATE},
    "qs": {"method": "PUT", "url": PUT.partition("?")[0], "qs": "?locationId=l", "query": 5, "body": UPDATE},
    "a path alone": {"method": "PUT", "url": PUT.removeprefix(HOST), "body": UPDATE},
    "a placeholder for the host": {"method": "POST", "url": POST.replace(HOST, "{{baseUrl}}"), "body": CREATE},
    "other parameters": {"method": "PUT", "url": f"{PUT}&x=%20&y", "body": UPDATE},
    "a fragment": {"method": "PUT", "url": f"{PUT}#x", "body": UPDATE},
    "a slash at the end": {"method": "POST", "url": f"{POST}/", "body": CREATE},
    "a method in lower case": {"method": "put", "url": PUT, "body": UPDATE},
    "business": {
        "method": "PUT",
        "url": PUT.replace("custom_objects.all", BUSINESS),
        "body": {"properties": {"name": "a"}},
    },
    "more around it": {"name": "x", "url": PUT, "method": "PUT", "timeout": 1e20, "auth": {"a": [1]}, "body": UPDATE},
}


def written(value: Any = RIGHT["an update"], **others: Any) -> str:
    return json.dumps({**value, **others})


WRONG: dict[str, str] = {
    "a name twice": written().replace('"method"', '"timeout": 1, "timeout": 1, "method"'),
    "a name twice in the text": written(body='{"properties": {}, "properties": {}}'),
    "a number beyond a double": written().replace('"method"', '"timeout": 1e400, "method"'),
    "a number beyond a double in the text": written(body='{"properties": {"count": 1e400}}'),
    "deep": written().replace('"method"', f'"x": {"[" * 128}{"]" * 128}, "method"'),
    "half of a pair": written().replace('"method"', '"x": "\\ud800", "method"'),
    "no body": json.dumps({"method": "PUT", "url": PUT}),
    "an empty text": written(body=""),
    "a text that is no JSON": written(body="{"),
    "an object without a definition": written(url=PUT.replace(".all", ".other")),
    "a prefix": written(url=PUT.replace("/objects/", "/v1/objects/")),
    "a form": written(headers={"content-type": "multipart/form-data"}),
    "location in the body": written(body={**UPDATE, "locationId": "l"}),
    "location in the query": written(RIGHT["a new record"], params={"locationId": "l"}),
    "no record": written(url=PUT.replace(ID, "")),
    "an odd record": written(url=PUT.replace(ID, "7")),
}


@pytest.mark.parametrize("request_", RIGHT.values(), ids=RIGHT.keys())
@pytest.mark.parametrize("object", [None, "same"])
def test_right_requests(request_: dict[str, Any], object: str | None) -> None:
    row = json.dumps(request_).encode()
    key = BUSINESS if BUSINESS in request_["url"] else "custom_objects.all"
    rows = rows_of(VALIDATOR, object and key)
    report = rows.report(row)
    assert report.violations == ()
    assert rows.is_clean(row)
    assert rows.is_clean(row + b"\r\n")
    clean = rows.clean_report(row)
    assert (clean.object, clean.operation, clean.text) == (report.object, report.operation, report.text)
    assert clean.object == key


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_wrong_requests(text: str) -> None:
    rows = rows_of(VALIDATOR)
    assert rows.report(text.encode()).violations
    assert not rows.is_clean(text.encode())


def test_a_request_for_another_object_than_the_one_that_was_asked_for() -> None:
    row = json.dumps(RIGHT["an update"]).encode()
    assert not rows_of(VALIDATOR, "custom_objects.odd").is_clean(row)


def test_a_body_that_looks_like_a_request_has_its_own_claim() -> None:
    row = b'{"properties": {"name": "\\"method\\""}}'
    rows = rows_of(VALIDATOR, "custom_objects.all")
    assert rows.is_clean(row)
    assert rows.clean_report(row).object == "custom_objects.all"


LEARNT = {name: RIGHT[name] for name in ("an update", "a new record", "headers", "params", "odd headers")} | {
    "JSON text": {"method": "PUT", "url": PUT, "headers": {"Version": "v3"}, "data": json.dumps(UPDATE)},
    "compact JSON text": {"data": json.dumps(CREATE, separators=(",", ":")), "url": POST, "method": "POST"},
}


def taught(request: dict[str, Any]) -> RowChecker:
    """A checker that has seen one request often enough."""
    rows = rows_of(VALIDATOR)
    for _ in range(SIGHTS + 1):
        assert rows.is_clean(json.dumps(request).encode())
    return rows


@pytest.mark.parametrize("request_", LEARNT.values(), ids=LEARNT.keys())
def test_requests_that_are_alike_are_not_parsed(request_: dict[str, Any]) -> None:
    rows = taught(request_)
    row = json.dumps(request_).replace(ID, ID[::-1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clean_requests, "read_whole", lambda _: pytest.fail("this row is looked at"))
        assert rows.is_clean(row.encode())
    assert not rows.is_clean(row.replace(ID[::-1], "7").replace("properties", "property").encode())


@THOROUGH
@given(st.sampled_from([*LEARNT.values()]), st.data())
def test_whatever_matches_is_clean(request_: dict[str, Any], data: st.DataObject) -> None:
    rows = taught(request_)
    for _ in range(10):
        row = data.draw(spoilt(json.dumps(request_)))
        if rows.is_clean(row):
            assert rows.report(row).violations == ()


URLS = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from([HOST, "", "{{url}}", "http://localhost:8080", "//x", "https://a b"]),
    st.sampled_from(["/objects/", "/objects//", "/v1/objects/", "/OBJECTS/", "/object/"]),
    st.sampled_from(["custom_objects.all", "custom_objects.odd", BUSINESS, "contact", "custom_objects.no", "all"]),
    st.sampled_from([f"/records/{ID}", "/records", "/records/", "/records/7", "/records/search", f"/records/{ID}/x"]),
    st.sampled_from(["?locationId=l", "", "?locationId=", "?locationId=a&locationId=b%20c", "?x=1#y", "?locationid=l"]),
)
HEADERS = st.sampled_from(
    [{"Version": "v3"}, {"version": "{{v}}"}, {"Content-Type": "text/plain"}, {"VERSION": None}, None, "x", {}]
)
BODIES = st.sampled_from([UPDATE, CREATE, json.dumps(UPDATE), json.dumps(CREATE), {}, "", "x", None, 5, [UPDATE]])
REQUESTS = st.fixed_dictionaries(
    {"method": st.sampled_from(["PUT", "POST", "PUT", "POST", "put", "PATCH", "", 1]), "url": URLS},
    optional={
        "headers": HEADERS,
        "params": st.sampled_from([{"locationId": "l"}, {"locationId": None}, {}, {"x": 1}, "locationId=l", None]),
        "body": BODIES,
        "data": BODIES,
        "json": BODIES,
    },
)


@THOROUGH
@given(REQUESTS, st.sampled_from([None, "custom_objects.all"]))
def test_a_request_is_clean_exactly_if_it_has_no_problem(request_: dict[str, Any], object: str | None) -> None:
    row = json.dumps(request_).encode()
    rows = rows_of(VALIDATOR, object)
    if object is None and request_["method"] == 1:
        return  # A bare body, and nothing says what it is for.
    report = rows.report(row)
    assert rows.is_clean(row) == (report.violations == ())
    if not report.violations:
        clean = rows.clean_report(row)
        assert (clean.object, clean.operation) == (report.object, report.operation)
