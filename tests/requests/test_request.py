"""What a request's method, URL and headers say about it, and which of them are wrong."""

from __future__ import annotations

import pytest

from recordlint.requests.request import read_request

ID = "661c06b4ffde146bdb469442"
RECORDS = "/objects/custom_objects.ticket/records"


@pytest.mark.parametrize(
    ("method", "url", "operation", "rules"),
    [
        ("PUT", f"{RECORDS}/{ID}?locationId=l", "update", []),
        ("put", f"https://example.com{RECORDS}/{ID}/?locationId=l", "update", []),
        ("POST", RECORDS, "create", []),
        ("POST", f"{RECORDS}/", "create", []),
        ("POST", f"{RECORDS}/{ID}", None, ["request-operation"]),
        ("POST", f"{RECORDS}/search", None, ["request-operation"]),
        ("PATCH", f"{RECORDS}/{ID}", None, ["request-operation"]),
        ("PUT", "/objects/custom_objects.ticket", None, ["request-operation"]),
        ("PUT", "http://[", None, ["request-operation"]),
        ("PUT", f"{RECORDS}?locationId=l", "update", ["record-id"]),
        ("PUT", f"{RECORDS}/{ID[1:]}?locationId=l", "update", ["record-id"]),
        ("PUT", f"{RECORDS}/{ID}", "update", ["missing-location"]),
        ("PUT", f"{RECORDS}/{ID}?locationId=", "update", ["missing-location"]),
    ],
)
def test_method_and_url(method: str, url: str, operation: str | None, rules: list[str]) -> None:
    request = read_request(method, url)
    assert (request.claim.operation and request.claim.operation.name) == operation
    assert [problem.rule for problem in request.problems] == rules


@pytest.mark.parametrize(
    ("value", "severities"),
    [
        ("application/json", []),
        ("Application/JSON; charset=utf-8", []),
        ("application/vnd.api+json", []),
        ("text/plain", ["warning"]),
        ("multipart/form-data; boundary=x", ["error"]),
        ("application/x-www-form-urlencoded", ["error"]),
    ],
)
def test_content_type(value: str, severities: list[str]) -> None:
    request = read_request("POST", RECORDS, {"content-TYPE": value, "Accept": "text/plain"})
    assert [problem.severity for problem in request.problems] == severities
    assert {problem.path for problem in request.problems} <= {("headers", "content-TYPE")}
