"""Records: made, read, changed, deleted and refused, with the service's statuses and words."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from sandbox_client import ASSETS, HEADERS, IN_H11, LOCATION, TICKETS, Client

UNKNOWN = "668d681f77af4e5229abd6c0"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
USER = "v5cEPM428h8vShlRW1KT"


def test_a_record_from_beginning_to_end(sandbox: Client) -> None:
    made = sandbox.create({"ticket_name": "Printer", "affected_platforms": ["web"]}, owners=[USER])
    record = made.value["record"]
    assert made.status == 201
    assert list(record) == ["id", "owner", "followers", "properties", "dateAdded", "dateUpdated"]
    assert re.fullmatch("[0-9a-f]{24}", record["id"])
    assert re.fullmatch(TIME, record["dateAdded"])
    assert (record["owner"], record["followers"]) == ([USER], [])
    assert record["properties"] == {"ticket_name": "Printer", "affected_platforms": ["web"]}
    assert sandbox.get(record["id"])[:2] == (200, {"record": record})

    body = {"properties": {"ticket_name": None, "affected_platforms": {"add": ["ios"], "remove": ["web"]}}}
    changed = sandbox.update(record["id"], body)
    assert changed.status == 200
    assert changed.value["record"]["properties"] == {"affected_platforms": ["ios"]}
    assert changed.value["record"]["dateUpdated"] >= record["dateUpdated"]
    assert sandbox.get(record["id"])[:2] == (200, changed.value)

    gone = sandbox.send("DELETE", f"{TICKETS}/{record['id']}")
    assert gone[:2] == (200, {"id": record["id"], "success": True})
    for again in (
        sandbox.get(record["id"]),
        sandbox.update(record["id"], body),
        sandbox.send("DELETE", f"{TICKETS}/{record['id']}"),
    ):
        assert again[:2] == (404, {"statusCode": 404, "message": "Record not found", "error": "Not Found"})


def test_ids_sort_by_age(sandbox: Client) -> None:
    ids = [sandbox.created() for _ in range(20)]
    assert ids == sorted(set(ids))
    assert [each["id"] for each in sandbox.sandbox.records("custom_objects.ticket")] == ids


def test_a_record_is_of_one_object(sandbox: Client) -> None:
    id = sandbox.created()
    assert sandbox.send("GET", f"{ASSETS}/{id}").status == 404
    assert sandbox.send("DELETE", f"{ASSETS}/{id}").status == 404
    assert sandbox.get(id).status == 200


REFUSED: list[tuple[Any, int, Any, str, str]] = [
    ({"sentiment": "angry"}, 400, "Bad Request", "unknown-property", "sentiment"),
    ({"affected_platforms": ["web"]}, 422, ["unexpected format"], "delta-expected", "affected_platforms"),
    ({"affected_platforms": "web"}, 400, "Bad Request", "delta-expected", "affected_platforms"),
    ({"affected_platforms": {"set": ["web"]}}, 422, ["Unprocessable Entity"], "delta-key", "affected_platforms/set"),
    (
        {"affected_platforms": {"remove": ["android"]}},
        400,
        "Bad Request",
        "not-stored",
        "affected_platforms/remove/0",
    ),
    ({"description": "x" * 12_001}, 400, "exceeds the 12,000 character limit", "text-too-long", "description"),
    (
        {"custom_objects.ticket.priority": "high"},
        400,
        "couldn't validate the mapped field",
        "full-field-key",
        "custom_objects.ticket.priority",
    ),
]


@pytest.mark.parametrize(("properties", "status", "message", "rule", "pointer"), REFUSED)
def test_a_refused_update(sandbox: Client, properties: Any, status: int, message: Any, rule: str, pointer: str) -> None:
    id = sandbox.created()
    before = sandbox.get(id)
    refused = sandbox.update(id, {"properties": properties})
    assert (refused.status, refused.value["statusCode"], refused.value["message"]) == (status, status, message)
    assert refused.value["error"] == {400: "Bad Request", 422: "Unprocessable Entity"}[status]
    assert refused.rules == [(rule, f"/body/properties/{pointer}")]
    assert refused.value["recordlint"][0]["hint"]
    assert sandbox.get(id)[:2] == before[:2]


def test_other_refusals(sandbox: Client) -> None:
    id = sandbox.created()
    owner = sandbox.update(id, {"owner": {"add": [USER]}})
    assert (owner.status, owner.value["message"]) == (422, ["property owner should not exist"])
    assert owner.rules == [("owner-spelling", "/body/owner")]
    inside = sandbox.update(id, {**LOCATION, "properties": {"priority": "high"}})
    assert (inside.status, inside.value["message"]) == (422, ["property locationId should not exist"])
    outside = sandbox.send("PUT", f"{TICKETS}/{id}", json={"properties": {"priority": "high"}})
    assert (outside.status, outside.rules) == (400, [("missing-location", "/url")])
    required = sandbox.create({"priority": "high"})
    assert (required.status, required.value["message"]) == (400, "required_property_missing")
    files = [{"url": f"https://example.com/{number}.pdf"} for number in range(3)]
    assert sandbox.update(id, {"properties": {"my_files": {"add": files[:2]}}}).status == 200
    many = sandbox.update(id, {"properties": {"my_files": {"add": files[2:]}}})
    assert (many.status, many.rules) == (400, [("too-many", "/body/properties/my_files/add")])
    assert sandbox.send("POST", TICKETS).rules == [("missing-body", "")]
    form = sandbox.send("POST", TICKETS, data={"a": "b"})
    assert (form.status, form.rules) == (400, [("content-type", "/headers/content-type")])


def test_warnings_are_taken(sandbox: Client) -> None:
    id = sandbox.created()
    assert sandbox.update(id, {"properties": {"ticket_name": "Printer"}}).status == 200
    assert sandbox.update(id, {}).status == 200


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"{", "invalid-json"),
        (b"\xff", "encoding"),
        (b'{"properties": {"customer_number": 1e999}}', "invalid-json"),
        (b'{"properties": {}, "properties": {}}', "duplicate-key"),
        (b'{"properties": {"ticket_name": "\\ud800"}}', "invalid-json"),
        (b"[" * 100_000, "invalid-json"),
        (b'{"properties": {"customer_number": ' + b"9" * 5_000 + b"}}", "invalid-json"),
        (b"null", "not-an-object"),
    ],
)
def test_broken_bodies(sandbox: Client, data: bytes, rule: str) -> None:
    id = sandbox.created()
    headers = {"Content-Type": "application/json"}
    for method, path in (("PUT", f"{TICKETS}/{id}?locationId=loc1"), ("POST", TICKETS)):
        refused = sandbox.send(method, path, content=data, headers=headers)
        assert refused.status == 400
        assert rule in {each for each, _ in refused.rules}
    assert sandbox.send("POST", f"{TICKETS}/search", content=data, headers=headers).status in (400, 422)
    assert sandbox.get(id).status == 200


def test_who_sends_no_token(sandbox: Client) -> None:
    for header in ("", "Basic x", "Bearer"):
        answered = sandbox.send("GET", TICKETS, headers={"Authorization": header})
        message = "Invalid token: access token is invalid"
        assert answered[:2] == (401, {"statusCode": 401, "message": message, "error": "Unauthorized"})


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/objects"), ("POST", TICKETS), ("PATCH", TICKETS), ("GET", "/x")]
)
def test_versions(sandbox: Client, method: str, path: str) -> None:
    with httpx.Client(base_url=sandbox.sandbox.url, headers={"Authorization": "Bearer t"}) as client:
        none = [client.request(method, path, headers=each) for each in ({}, {"Version": ""})]
        wrong = client.request(method, path, headers={"Version": "2021-07-29"})
        unfilled = client.request(method, path, headers={"Version": "{{version}}"})
        known = [client.request(method, path, headers={"version": each}) for each in ("2021-07-28", "v3", "2023-02-21")]
    assert [each.status_code for each in none] == [401] * 2
    assert [each.json() for each in none] == [{"statusCode": 401, "message": "version header was not found."}] * 2
    for answered, rule in ((wrong, "version-header"), (unfilled, "placeholder")):
        value = answered.json()
        (violation,) = value.pop("recordlint")
        assert (answered.status_code, value) == (401, {"statusCode": 401, "message": "version header is invalid"})
        assert (violation["rule"], violation["pointer"]) == (rule, "/headers/version")
    assert not [each for each in known if each.status_code == 401]
    assert [each["rules"] for each in sandbox.sandbox.requests][:4] == [[], [], ["version-header"], ["placeholder"]]


def test_paths_that_are_not_there(sandbox: Client) -> None:
    unknown = sandbox.send("POST", "/objects/custom_objects.tickets/records", json={})
    assert (unknown.status, unknown.rules) == (404, [("unknown-object", "/url")])
    contact = sandbox.send("GET", f"/objects/contact/records/{UNKNOWN}")
    assert (contact.status, contact.rules) == (404, [("standard-object", "/url")])
    proxied = sandbox.send("POST", f"/v2{TICKETS}", json={})
    assert (proxied.status, proxied.rules) == (404, [("request-operation", "/url")])
    assert sandbox.send("GET", "/contacts/").value["message"] == "Cannot GET /contacts/"
    method = sandbox.send("PATCH", f"{TICKETS}/{UNKNOWN}")
    assert (method.status, method.headers["allow"]) == (405, "GET, PUT, DELETE")


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        pytest.param("FOO", TICKETS, 405, marks=IN_H11),
        pytest.param("post", TICKETS, 405, marks=IN_H11),
        ("CONNECT", TICKETS, 405),
        pytest.param("CONNECT", "example.com:443", 404, marks=IN_H11),
        ("OPTIONS", "*", 404),
        ("GET", "http://example.com/objects/", 400),
        ("GET", "HTTPS://example.com:80/objects/?locationId=l", 200),
        ("GET", "/http://example.com/objects/", 404),
        ("GET", "/a%0Ab", 404),
        ("GET", "/%FF", 404),
    ],
)
def test_requests_that_nobody_expects(sandbox: Client, method: str, target: str, status: int) -> None:
    """They are answered, and listed, as all others."""
    address = urlsplit(sandbox.sandbox.url)
    headers = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall(f"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n".encode())
        with connection.makefile("rb") as answer:
            head, _, body = answer.read().partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert status == 200 or json.loads(body)["statusCode"] == status
    assert [(each["method"], each["status"]) for each in sandbox.sandbox.requests] == [(method, status)]


def test_encoded_paths(sandbox: Client) -> None:
    """Ids and keys are decoded. What stands between them is not, as in the check of a URL."""
    id = sandbox.created()
    for path in (
        f"{TICKETS}%2F{id}",
        f"/objects/custom_objects.ticket/%72ecords/{id}",
        f"/objects%2Fcustom_objects.ticket/records/{id}",
        f"/objects/custom_objects.ticket/records/{id}%2F",
    ):
        for method in ("GET", "DELETE", "PUT"):
            assert sandbox.send(method, path, params=LOCATION).status in (404, 405)
    odd = sandbox.send("PUT", f"/objects/custom_objects.ticket/%72ecords/{id}", params=LOCATION, json={})
    assert (odd.status, odd.rules) == (404, [("request-operation", "/url")])
    assert sandbox.http.post("/%5F_sandbox/reset").status_code == 404
    assert sandbox.send("GET", f"/objects/custom%5Fobjects%2Eticket/records/%{ord(id[0]):x}{id[1:]}").status == 200


def test_a_body_that_is_too_large(start: Callable[..., Client]) -> None:
    client = start(max_size=1_000)
    large = client.create({"ticket_name": "x" * 1_000})
    assert (large.status, large.value["message"]) == (413, "the body is larger than 1,000 bytes")
    assert client.create({"ticket_name": "x"}).status == 201


def test_a_slash_at_the_end(sandbox: Client) -> None:
    made = sandbox.send("POST", f"{TICKETS}/", json={**LOCATION, "properties": {"ticket_name": "x"}})
    assert made.status == 201
    assert sandbox.send("GET", f"{TICKETS}/{made.value['record']['id']}/").status == 200
