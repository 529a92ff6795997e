"""Requests that are about to be sent: what is judged, and what the report then says."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from fixture_files import OBJECTS
from recordlint import Place, Report, UsageError, Validator

VALIDATOR = Validator.from_path(OBJECTS)
URL = "https://services.leadconnectorhq.com/objects/custom_objects.ticket/records/668d681f77af4e5229abd6c0?locationId=x"
BAD = b'{"properties": {\n"priority": "HIGH"}}'


def found(report: Report) -> list[tuple[str, str, str]]:
    return [(each.rule, each.severity, each.pointer) for each in report.violations]


def test_a_violation_has_its_place_in_the_body() -> None:
    report = VALIDATOR.check_request("put", URL, {}, BAD)
    assert (report.object, report.operation, report.valid) == ("custom_objects.ticket", "update", False)
    assert found(report) == [("unknown-option", "error", "/body/properties/priority")]
    assert report.violations[0].place == Place(2, 13, 2, 19, 29, 35)


def test_the_second_place_is_in_the_body_too() -> None:
    body = b'{"properties": {"affected_platforms": {"add": ["web"], "remove": ["web"]}}}'
    (violation,) = VALIDATOR.check_request("PUT", URL, None, body).violations
    assert violation.pointer == "/body/properties/affected_platforms/remove/0"
    assert [each.pointer for each in violation.related] == ["/body/properties/affected_platforms/add/0"]


@pytest.mark.parametrize("report", [VALIDATOR.check_request("PUT", URL, {}, BAD)])
def test_its_body_can_be_mended(report: Report) -> None:
    mended = b'{"properties": {\n"priority": "high"}}'
    assert report.fixed() == mended
    assert pickle.loads(pickle.dumps(report)).fixed() == mended  # noqa: S301 - our own
    assert report.redacted().text is None


@pytest.mark.parametrize(
    "body", [BAD, BAD.decode(), bytearray(BAD), memoryview(BAD), {"properties": {"priority": "HIGH"}}]
)
def test_kinds_of_body(body: Any) -> None:
    report = VALIDATOR.check_request("PUT", URL, {}, body)
    assert found(report) == [("unknown-option", "error", "/body/properties/priority")]
    assert (report.violations[0].place is None) == isinstance(body, dict)


@pytest.mark.parametrize("body", [None, b"", ""])
def test_no_body(body: Any) -> None:
    assert found(VALIDATOR.check_request("PUT", URL, {}, body)) == [("missing-body", "error", "")]


def test_a_parsed_body_that_json_cannot_hold() -> None:
    report = VALIDATOR.check_request("PUT", URL, {}, {"properties": {"priority": float("nan")}})
    assert found(report) == [("invalid-json", "error", "/body/properties/priority")]


def test_what_stands_around_comes_first() -> None:
    headers = {"CONTENT-TYPE": "text/plain; charset=utf-8", "Accept": "x"}
    report = VALIDATOR.check_request("PUT", URL.replace("?locationId=x", ""), headers, BAD)
    assert found(report) == [
        ("missing-location", "error", "/url"),
        ("content-type", "warning", "/headers/CONTENT-TYPE"),
        ("unknown-option", "error", "/body/properties/priority"),
    ]
    assert (report.errors, report.warnings) == (2, 1)


def test_a_form_is_not_read_as_json() -> None:
    headers = {"content-type": "Multipart/Form-Data; boundary=x"}
    assert found(VALIDATOR.check_request("PUT", URL, headers, b"--x")) == [
        ("content-type", "error", "/headers/content-type")
    ]
    quiet = Validator.from_path(OBJECTS, severity={"content-type": "off"})
    assert found(quiet.check_request("PUT", URL, headers, b"--x")) == [("invalid-json", "error", "/body")]


@pytest.mark.parametrize("kind", ["application/json", "application/vnd.x+json; charset=utf-8", "Application/JSON"])
def test_json_by_its_names(kind: str) -> None:
    body = b'{"properties": {"priority": "high"}}'
    assert found(VALIDATOR.check_request("PUT", URL, {"Content-Type": kind}, body)) == []


def test_what_writes_no_record_is_not_judged() -> None:
    for method, url in [("GET", URL), ("POST", "/objects/custom_objects.ticket/records/search"), ("PUT", "http://[x")]:
        report = VALIDATOR.check_request(method, url, {}, b"{")
        assert (report.object, report.operation, report.valid) == (None, None, True)


def test_an_unknown_way_with_unknown_objects() -> None:
    with pytest.raises(UsageError, match="unknown is 'refuse' or 'pass', not 'ignore'"):
        VALIDATOR.check_request("GET", URL, unknown="ignore")  # type: ignore[arg-type]


def test_a_thousand_are_listed() -> None:
    body = json.dumps({"properties": {"affected_platforms": {"add": [f"x{n}" for n in range(1200)]}}})
    report = VALIDATOR.check_request("PUT", URL, {}, body)
    assert (len(report.violations), report.errors, report.omitted) == (1000, 1200, 200)
