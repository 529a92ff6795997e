"""Requests that are about to be sent: what is judged, and what the report then says."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from fixture_files import OBJECTS
from recordlint import InvalidPayload, Place, Report, UsageError, Validator

VALIDATOR = Validator.from_path(OBJECTS)
URL = "https://services.leadconnectorhq.com/objects/custom_objects.ticket/records/668d681f77af4e5229abd6c0?locationId=x"
BAD = b'{"properties": {\n"priority": "HIGH"}}'


def listed(report: Report) -> list[tuple[str, str, str]]:
    return [(each.rule, each.severity, each.pointer) for each in report.violations]


def test_a_violation_has_its_place_in_the_body() -> None:
    report = VALIDATOR.check_request("put", URL, {}, BAD)
    assert (report.object, report.operation, report.valid) == ("custom_objects.ticket", "update", False)
    assert listed(report) == [("unknown-option", "error", "/body/properties/priority")]
    assert report.violations[0].place == Place(2, 13, 2, 19, 29, 35)


def test_the_second_place_is_in_the_body_too() -> None:
    body = b'{"properties": {"affected_platforms": {"add": ["web"], "remove": ["web"]}}}'
    (violation,) = VALIDATOR.check_request("PUT", URL, None, body).violations
    assert violation.pointer == "/body/properties/affected_platforms/remove/0"
    assert [each.pointer for each in violation.related] == ["/body/properties/affected_platforms/add/0"]


@pytest.mark.parametrize("report", [VALIDATOR.check_request("PUT", URL, {}, BAD)])
def test_its_body_can_be_fixed(report: Report) -> None:
    fixed = b'{"properties": {\n"priority": "high"}}'
    assert report.fixed() == fixed
    assert pickle.loads(pickle.dumps(report)).fixed() == fixed  # noqa: S301 - our own
    assert report.redacted().text is None


@pytest.mark.parametrize(
    "body", [BAD, BAD.decode(), bytearray(BAD), memoryview(BAD), {"properties": {"priority": "HIGH"}}]
)
def test_kinds_of_body(body: Any) -> None:
    report = VALIDATOR.check_request("PUT", URL, {}, body)
    assert listed(report) == [("unknown-option", "error", "/body/properties/priority")]
    assert (report.violations[0].place is None) == isinstance(body, dict)


@pytest.mark.parametrize("body", [None, b"", ""])
def test_no_body(body: Any) -> None:
    assert listed(VALIDATOR.check_request("PUT", URL, {}, body)) == [("missing-body", "error", "")]


def test_a_parsed_body_that_json_cannot_hold() -> None:
    report = VALIDATOR.check_request("PUT", URL, {}, {"properties": {"priority": float("nan")}})
    assert listed(report) == [("invalid-json", "error", "/body/properties/priority")]


def test_what_stands_around_comes_first() -> None:
    headers = {"CONTENT-TYPE": "text/plain; charset=utf-8", "Accept": "x"}
    report = VALIDATOR.check_request("PUT", URL.replace("?locationId=x", ""), headers, BAD)
    assert listed(report) == [
        ("missing-location", "error", "/url"),
        ("content-type", "warning", "/headers/CONTENT-TYPE"),
        ("unknown-option", "error", "/body/properties/priority"),
    ]
    assert (report.errors, report.warnings) == (2, 1)


def test_a_form_is_not_read_as_json() -> None:
    headers = {"content-type": "Multipart/Form-Data; boundary=x"}
    assert listed(VALIDATOR.check_request("PUT", URL, headers, b"--x")) == [
        ("content-type", "error", "/headers/content-type")
    ]
    quiet = Validator.from_path(OBJECTS, severity={"content-type": "off"})
    assert listed(quiet.check_request("PUT", URL, headers, b"--x")) == [("invalid-json", "error", "/body")]


@pytest.mark.parametrize("kind", ["application/json", "application/vnd.x+json; charset=utf-8", "Application/JSON"])
def test_json_by_its_names(kind: str) -> None:
    body = b'{"properties": {"priority": "high"}}'
    assert listed(VALIDATOR.check_request("PUT", URL, {"Content-Type": kind}, body)) == []


def test_what_writes_no_record_is_not_judged() -> None:
    for method, url in [("GET", URL), ("POST", "/objects/custom_objects.ticket/records/search"), ("GET", "http://[x")]:
        report = VALIDATOR.check_request(method, url, {}, b"{")
        assert (report.object, report.operation, report.valid) == (None, None, True)


def test_a_request_in_a_file_that_is_no_json_is_for_nothing() -> None:
    url = "/objects/custom_objects.ticket/records/668d681f77af4e5229abd6c0?locationId=l"
    text = f'{{"method": "PUT", "url": "{url}", "body": {{"properties": {{"customer_number": 1e999}}}}}}'
    report = VALIDATOR.check_document(text, object="custom_objects.ticket")
    assert [(each.rule, each.pointer) for each in report.violations] == [("invalid-json", "")]
    assert (report.object, report.operation) == (None, None)


def test_a_url_that_cannot_be_read_is_refused() -> None:
    """A client may read it in a way of its own."""
    report = VALIDATOR.check_request("POST", "http://[x/contacts", {}, b"{}")
    assert (report.object, report.operation, report.valid) == (None, None, False)
    (violation,) = report.violations
    assert (violation.rule, violation.severity, violation.pointer) == ("request-operation", "error", "/url")
    assert violation.message == "the request's URL cannot be parsed, so it might write a record"
    assert violation.hint == "write https://, the host, the path and the query"
    with pytest.raises(InvalidPayload, match="the request's URL cannot be parsed"):
        report.raise_for_errors()


def test_a_file_of_a_request_is_read_as_the_guard_reads_it() -> None:
    """But for a path in front, which a proxy needs and a file does not."""
    odd = URL.replace("/objects", "//OBJECTS")
    text = json.dumps({"method": "PUT", "url": odd, "body": {"properties": {"priority": "HIGH"}}})
    report = VALIDATOR.check_document(text)
    assert (report.object, report.operation) == ("custom_objects.ticket", "update")
    assert listed(report) == [
        ("request-operation", "error", "/url"),
        ("unknown-option", "error", "/body/properties/priority"),
    ]
    assert listed(VALIDATOR.check_request("PUT", odd, {}, BAD)) == listed(report)
    proxied = text.replace("//OBJECTS", "/proxy/objects")
    assert listed(VALIDATOR.check_document(proxied)) == [("request-operation", "error", "/url")]
    assert listed(VALIDATOR.check_document(text.replace("https://", "http://["))) == [
        ("request-operation", "error", "/url")
    ]


def test_an_unknown_way_with_unknown_objects() -> None:
    with pytest.raises(UsageError, match="unknown is 'refuse' or 'pass', not 'ignore'"):
        VALIDATOR.check_request("GET", URL, unknown="ignore")  # type: ignore[arg-type]


@pytest.mark.parametrize(("values", "around", "omitted"), [(999, 1, 0), (1_000, 0, 0), (1_000, 1, 1), (1_200, 0, 200)])
def test_a_thousand_are_listed(values: int, around: int, omitted: int) -> None:
    body = json.dumps({"properties": {"affected_platforms": {"add": [f"x{n}" for n in range(values)]}}})
    report = VALIDATOR.check_request("PUT", URL, {"Content-Type": "text/plain" if around else "text/json+json"}, body)
    assert (len(report.violations), report.omitted) == (values + around - omitted, omitted)
    assert (report.errors, report.warnings) == (values, around)
