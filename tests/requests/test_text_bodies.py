"""Bodies that stand in a request as JSON text: judged, placed and fixed as they would be by themselves."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import OBJECTS, THOROUGH, cases
from fixture_files import OBJECTS as DEFINITIONS
from recordlint import Operation, Report, Validator

VALIDATOR = Validator(OBJECTS)
ID = "66c2a4f1d09b7e335a1f8c04"


def urls(key: str, operation: str) -> tuple[str, str]:
    path = f"/objects/{key}/records"
    return ("PUT", f"{path}/{ID}?locationId=l") if operation == "update" else ("POST", path)


def words(report: Report, above: str = "") -> list[tuple[str, str, str, str]]:
    assert all(each.pointer.startswith(above) for each in report.violations)
    return [(each.rule, each.severity, each.pointer.removeprefix(above), each.message) for each in report.violations]


@THOROUGH
@given(cases(), st.booleans(), st.booleans(), st.sampled_from(["", "\ufeff"]))
def test_a_text_is_judged_as_by_itself(
    case: tuple[str, Operation, Any], ascii_within: bool, ascii_only: bool, mark: str
) -> None:
    key, operation, body = case
    inner = json.dumps(body, ensure_ascii=ascii_within)
    method, url = urls(key, operation)
    outer = json.dumps({"method": method, "url": url, "data": inner}, ensure_ascii=ascii_only)
    alone = VALIDATOR.check_json(inner, object=key, operation=operation)
    within = VALIDATOR.check_document(f"{mark}{outer}")
    if mark:
        assert (within.violations[0].rule, within.violations[0].pointer) == ("encoding", "")
        within = Validator(OBJECTS, severity={}).check_document(f"{mark}{outer}")
        assert words(within)[1:] == [(rule, level, f"/data{at}", said) for rule, level, at, said in words(alone)]
    else:
        assert words(within, "/data") == words(alone)
    data = f"{mark}{outer}".encode()
    for one, other in zip(alone.violations, within.violations[bool(mark) :], strict=True):
        assert one.place
        assert other.place
        marked = data[other.place.start : other.place.end].decode()
        assert json.loads(f'"{marked}"') == inner.encode()[one.place.start : one.place.end].decode()


@THOROUGH
@given(cases(), st.booleans(), st.booleans())
def test_a_text_is_fixed_as_by_itself(case: tuple[str, Operation, Any], ascii_only: bool, unsafe: bool) -> None:
    key, operation, body = case
    inner = json.dumps(body, ensure_ascii=False)
    method, url = urls(key, operation)
    request = {"method": method, "url": url, "name": "é", "json": inner}
    text = json.dumps(request, ensure_ascii=ascii_only)
    alone = VALIDATOR.check_json(inner, object=key, operation=operation).fixed(unsafe=unsafe)
    fixed = VALIDATOR.check_document(text).fixed(unsafe=unsafe)
    assert json.loads(fixed) == {**request, "json": alone.decode()}
    start, end = text.encode().split(b'"json"')[0], fixed.split(b'"json"')[0]
    assert start == end


TICKETS = Validator.from_path(DEFINITIONS)
URL = f"/objects/custom_objects.ticket/records/{ID}?locationId=l"


def test_places_are_those_in_the_file() -> None:
    marked = r"\"\u00c4 😀\""
    line = f' "data": "{{\\"properties\\":\\n{{\\"priority\\": {marked}}}}}"}}'
    text = f'{{"method": "PUT",\n "url": "{URL}",\n{line}'
    (violation,) = TICKETS.check_document(text).violations
    assert (violation.rule, violation.pointer) == ("unknown-option", "/data/properties/priority")
    assert violation.place
    start = line.index(marked) + 1
    assert violation.place[:4] == (3, start, 3, start + len(marked))
    assert text.encode()[violation.place.start : violation.place.end].decode() == marked


def test_violations_are_in_the_order_of_the_file() -> None:
    text = json.dumps(
        {
            "headers": {"Content-Type": "text/plain"},
            "body": '{"properties": {"priority": "HIGH"}}',
            "method": "PUT",
            "url": URL.partition("?")[0],
        }
    )
    listed = [(each.rule, each.pointer) for each in TICKETS.check_document(text).violations]
    assert listed == [
        ("content-type", "/headers/Content-Type"),
        ("unknown-option", "/body/properties/priority"),
        ("missing-location", "/url"),
    ]


def test_a_related_place_is_in_the_file_too() -> None:
    body = '{"properties": {"affected_platforms": {"add": ["web"], "remove": ["web"]}}}'
    text = json.dumps({"method": "PUT", "url": URL, "body": body})
    (violation,) = TICKETS.check_document(text).violations
    assert violation.pointer == "/body/properties/affected_platforms/remove/0"
    (related,) = violation.related
    assert related.pointer == "/body/properties/affected_platforms/add/0"
    assert related.place
    assert text[related.place.start : related.place.end] == r"\"web\""


@pytest.mark.parametrize(
    ("body", "rule", "before"),
    [
        ("", "missing-body", None),
        ("   ", "invalid-json", ""),
        ("{", "invalid-json", "{"),
        ("priority=high", "invalid-json", ""),
        ('{"a": 1, "a": 2}', "duplicate-key", r"{\"a\": 1, "),
        ("[1]", "not-an-object", ""),
        ("null", "not-an-object", ""),
        ('"{}"', "not-an-object", ""),
    ],
)
def test_texts_that_are_no_body(body: str, rule: str, before: str | None) -> None:
    """Each is one violation; `before` is what stands before its place in the string, None where it is no part of it."""
    text = json.dumps({"method": "PUT", "url": URL, "body": body})
    (violation,) = TICKETS.check_document(text).violations
    assert violation.rule == rule
    assert violation.place
    start = text.index('"body": "') + len('"body": "')
    assert violation.place.start == (0 if before is None else start + len(before))
    assert violation.pointer == ("" if before is None else "/body/a" if rule == "duplicate-key" else "/body")


def test_a_rule_may_have_another_severity_in_a_text() -> None:
    text = json.dumps({"method": "PUT", "url": URL, "body": '{"properties": {"priority": "HIGH"}}'})
    assert TICKETS.check_document(text).errors == 1
    for severity, counts in (("off", (0, 0)), ("warning", (0, 1))):
        report = Validator.from_path(DEFINITIONS, severity={"unknown-option": severity}).check_document(text)
        assert (report.errors, report.warnings, len(report.violations)) == (*counts, sum(counts))


def test_a_form_in_a_file_is_not_read_as_json() -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    text = json.dumps({"method": "PUT", "url": URL, "headers": form, "data": "priority=high"})
    assert [each.rule for each in TICKETS.check_document(text).violations] == ["content-type"]


def test_a_row_has_its_line() -> None:
    row = json.dumps({"method": "PUT", "url": URL, "body": '{"properties": {"priority": "HIGH"}}'})
    ((_, _), (line, report)) = TICKETS.check_rows(
        [b'{"properties": {"priority": "high"}}', row], object="custom_objects.ticket"
    )
    (violation,) = report.violations
    assert line == 2
    assert violation.place
    column = row.index(r"\"HIGH\"") + 1
    assert violation.place[:4] == (2, column, 2, column + 8)


@pytest.mark.parametrize("at_most", [1_000])
def test_a_thousand_are_listed(at_most: int) -> None:
    body = json.dumps({"properties": {"affected_platforms": {"add": [f"x{n}" for n in range(1_200)]}}})
    report = TICKETS.check_document(json.dumps({"method": "PUT", "url": URL, "body": body}))
    assert (len(report.violations), report.omitted, report.errors) == (at_most, 200, 1_200)
