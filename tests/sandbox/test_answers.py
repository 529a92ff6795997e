"""Searches, objects, limits, quirks, the log, and what tests can ask."""

from __future__ import annotations

import io
import json
import re
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fixture_files import OBJECTS
from recordlint import ObjectDefinition, Validator
from recordlint.definitions.reading import load_objects
from recordlint.sandbox.answers import Answer
from recordlint.sandbox.arrived import Arrived, Call
from recordlint.sandbox.limits import Limits
from sandbox_client import ASSETS, LOCATION, TICKETS, Client

TICKET = "custom_objects.ticket"


def names(answered: Any) -> list[str]:
    assert answered.status == 200, answered
    return [each["properties"]["ticket_name"] for each in answered.value["records"]]


@pytest.fixture
def searched(sandbox: Client) -> Client:
    for number in range(7):
        sandbox.created({"ticket_name": f"Ticket {number}", "priority": "high" if number % 2 else "low"})
    return sandbox


def test_a_search_lists_the_newest_first(searched: Client) -> None:
    answered = searched.search(page=1, pageLimit=3, query="", searchAfter=[])
    assert names(answered) == ["Ticket 6", "Ticket 5", "Ticket 4"]
    assert answered.value["total"] == 7
    first = answered.value["records"][0]
    assert (first["locationId"], first["objectKey"]) == ("loc1", TICKET)
    assert set(first) == {
        *("id", "owner", "followers", "properties", "createdAt", "updatedAt", "locationId", "objectId", "objectKey"),
        *("createdBy", "lastUpdatedBy", "searchAfter"),
    }
    assert set(first["createdBy"]) == {"channel", "createdAt", "source", "sourceId"}


def test_pages(searched: Client) -> None:
    assert names(searched.search(page=2, pageLimit=3)) == ["Ticket 3", "Ticket 2", "Ticket 1"]
    assert names(searched.search(page=3, pageLimit=3)) == ["Ticket 0"]
    assert names(searched.search(page=4, pageLimit=3)) == []


def test_search_after(searched: Client) -> None:
    listed: list[str] = []
    after: list[Any] = []
    while True:
        answered = searched.search(page=1, pageLimit=3, query="", searchAfter=after)
        if not names(answered):
            break
        listed += names(answered)
        moment, id = answered.value["records"][-1]["searchAfter"]
        after = [str(moment), id]
    assert listed == [f"Ticket {number}" for number in range(6, -1, -1)]


def test_queries(searched: Client) -> None:
    assert names(searched.search(query="ticket 3")) == ["Ticket 3"]
    assert names(searched.search(query="priority:HIGH")) == ["Ticket 5", "Ticket 3", "Ticket 1"]
    assert names(searched.search(query="ticket_name:high")) == []
    assert names(searched.search(query="nowhere:high")) == []
    assert searched.search(query="priority:high", pageLimit=1).value["total"] == 3
    assert searched.search(locationId="loc2").value == {"records": [], "total": 0}
    assert searched.send("POST", f"{ASSETS}/search", json=LOCATION).value == {"records": [], "total": 0}


@pytest.mark.parametrize(
    "wrong",
    [
        {"locationId": None},
        {"page": 0},
        {"page": "1"},
        {"page": 1.5},
        {"pageLimit": -1},
        {"pageLimit": True},
        {"page": 10**30},
        {"page": 1e308},
        {"query": 1},
        {"searchAfter": "x"},
        {"searchAfter": ""},
        {"searchAfter": None},
        {"searchAfter": {}},
        {"searchAfter": 0},
        {"searchAfter": [1]},
        {"searchAfter": ["x", "y"]},
        {"searchAfter": [1, 2]},
    ],
)
def test_wrong_searches(searched: Client, wrong: dict[str, Any]) -> None:
    answered = searched.search(**wrong)
    (message,) = answered.value["message"]
    assert answered.status == 422
    assert message.startswith(f"{next(iter(wrong))} must be ")


@pytest.mark.parametrize(
    ("data", "rule", "pointer"),
    [
        (b"", "invalid-json", "/body"),
        (b"{", "invalid-json", "/body"),
        (b"\xef\xbb\xbf{}", "encoding", "/body"),
        (b'{"locationId": "a", "locationId": "b"}', "duplicate-key", "/body/locationId"),
    ],
)
def test_searches_that_are_not_json(sandbox: Client, data: bytes, rule: str, pointer: str) -> None:
    answered = sandbox.send("POST", f"{TICKETS}/search", content=data)
    assert (answered.status, answered.value["message"]) == (400, "Bad Request")
    assert answered.rules == [(rule, pointer)]


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/x-www-form-urlencoded", 400),
        ("multipart/form-data; boundary=x", 400),
        ("text/plain", 200),
        ("application/json; charset=utf-8", 200),
    ],
)
def test_searches_that_are_sent_as_a_form(sandbox: Client, content_type: str, status: int) -> None:
    """As curl -d sends them. A write is refused for the same rule."""
    headers = {"Content-Type": content_type}
    answered = sandbox.send("POST", f"{TICKETS}/search", content=json.dumps(LOCATION), headers=headers)
    assert answered.status == status
    assert status == 200 or answered.rules == [("content-type", "/headers/content-type")]


def described(definition: ObjectDefinition) -> Any:
    fields = [{key: value for key, value in vars(each).items() if key[0] != "_"} for each in definition.fields]
    return definition.key, definition.name, definition.description, [each.key for each in definition.required], fields


@pytest.mark.parametrize("key", [TICKET, "custom_objects.asset"])
def test_the_answers_about_an_object_define_it(sandbox: Client, tmp_path: Path, key: str) -> None:
    expected = Validator.from_path(OBJECTS).require(key)
    params = {**LOCATION, "fetchProperties": "true"}
    path = tmp_path / "object.json"
    path.write_text(json.dumps(sandbox.send("GET", f"/objects/{key}", params=params).value))
    assert described(load_objects([str(path)])[0]) == described(expected)
    path.write_text(json.dumps(sandbox.send("GET", f"/custom-fields/object-key/{key}", params=LOCATION).value))
    assert described(load_objects([str(path)])[0])[4] == described(expected)[4]


def test_objects(sandbox: Client) -> None:
    for path in ("/objects", "/objects/"):
        listed = sandbox.send("GET", path, params=LOCATION)
        assert [each["key"] for each in listed.value["objects"]] == ["custom_objects.asset", TICKET]
    alone = sandbox.send("GET", f"/objects/{TICKET}", params={**LOCATION, "fetchProperties": "false"})
    assert "fields" not in alone.value
    assert sandbox.send("GET", f"/objects/{TICKET}").status == 400
    assert sandbox.send("GET", f"/objects/{TICKET}", params={**LOCATION, "fetchProperties": "x"}).status == 400
    assert sandbox.send("GET", "/objects/custom_objects.tickt", params=LOCATION).rules == [("unknown-object", "/url")]
    assert sandbox.send("GET", "/custom-fields/object-key/contact", params=LOCATION).status == 404


def test_the_rate_limit(start: Callable[..., Client]) -> None:
    client = start(rate_limit=2)
    left = [client.search() for _ in range(3)]
    assert [each.status for each in left] == [200, 200, 429]
    limits = [{name: value for name, value in each.headers.items() if name.startswith("x-ratelimit")} for each in left]
    assert limits[0] == {
        "x-ratelimit-max": "2",
        "x-ratelimit-remaining": "1",
        "x-ratelimit-interval-milliseconds": "10000",
        "x-ratelimit-limit-daily": "200000",
        "x-ratelimit-daily-remaining": "199999",
    }
    assert [each["x-ratelimit-remaining"] for each in limits] == ["1", "0", "0"]
    assert left[2].value == {"statusCode": 429, "message": "Too Many Requests", "error": "Too Many Requests"}
    assert client.send("GET", TICKETS, headers={"Authorization": "Bearer other"}).status == 405
    assert client.send("POST", "/__sandbox/reset").status == 200
    assert client.search().status == 200


def test_limits_begin_again() -> None:
    now = 1_000_000.0
    limits = Limits(1, lambda: now)
    assert [limits.count("t").is_within for _ in range(2)] == [True, False]
    now += 10
    assert limits.count("t").is_within
    assert limits.count("u").is_within


def test_there_is_no_limit_by_itself(sandbox: Client) -> None:
    assert not [name for name in sandbox.search().headers if name.startswith("x-ratelimit")]


def test_quirks(start: Callable[..., Client]) -> None:
    log = io.StringIO()
    client = start(has_quirks=True, log=log)
    id = client.created(
        {"ticket_name": "A", "affected_platforms": ["web"], "section_of_app": ["option_3_internal_key"]}
    )
    for value in ("web", True):
        wiped = client.update(id, {"properties": {"affected_platforms": value, "priority": "high"}})
        assert wiped.status == 200
        assert "affected_platforms" not in wiped.value["record"]["properties"]
        assert wiped.value["record"]["properties"]["priority"] == "high"
    label = client.update(id, {"properties": {"section_of_app": {"add": ["Contacts", "option_4_internal_key"]}}})
    assert label.status == 200
    kept = ["option_3_internal_key", "option_4_internal_key"]
    assert label.value["record"]["properties"]["section_of_app"] == kept
    assert [each["quirks"] for each in client.sandbox.requests][1:] == [
        [
            "/properties/affected_platforms: the service answers 200 to a plain string or boolean here, "
            "and wipes what was stored"
        ],
        [
            "/properties/affected_platforms: the service answers 200 to a plain string or boolean here, "
            "and wipes what was stored"
        ],
        ["/properties/section_of_app/add/0: the service answers 200 to a label in add, and nothing happens"],
    ]
    assert log.getvalue().count("quirk /properties/") == 3
    # What is refused beside it is refused, and what the service refuses too.
    assert client.update(id, {"properties": {"affected_platforms": "web", "x": 1}}).status == 400
    assert client.update(id, {"properties": {"affected_platforms": ["web"]}}).status == 422
    assert client.create({"ticket_name": "A", "affected_platforms": "web"}).status == 400


def test_a_field_whose_type_was_changed(start: Callable[..., Client]) -> None:
    client = start(has_quirks=True)
    id = client.created()
    service = client.sandbox._service

    def make_old() -> None:
        service.store.change(TICKET, id, lambda record: record._replace(properties={"affected_platforms": "web"}))

    client.sandbox._ask(make_old)
    broken = client.update(id, {"properties": {"affected_platforms": {"add": ["ios"]}}})
    assert broken[:2] == (
        500,
        {"statusCode": 500, "message": "Internal server error", "error": "Internal Server Error"},
    )
    assert client.update(id, {"properties": {"affected_platforms": None}}).status == 200
    assert client.update(id, {"properties": {"affected_platforms": {"add": ["ios"]}}}).status == 200


def test_what_came_in(sandbox: Client) -> None:
    id = sandbox.created()
    sandbox.update(id, {"properties": {"priority": "HIGH"}})
    sandbox.send("PUT", f"{TICKETS}/{id}", content=b"{", headers={"Cookie": "secret"})
    listed = sandbox.send("GET", "/__sandbox/requests").value
    assert listed == {"requests": sandbox.sandbox.requests, "omitted": 0}
    made, changed, broken = listed["requests"]
    assert (made["method"], made["path"], made["status"], made["rules"]) == ("POST", TICKETS, 201, [])
    assert made["body"] == {**LOCATION, "properties": {"ticket_name": "Printer", "affected_platforms": ["web", "ios"]}}
    assert (changed["query"], changed["rules"], changed["status"]) == (LOCATION, ["unknown-option"], 400)
    assert broken["body"] == "{"
    assert not {"authorization", "cookie"} & broken["headers"].keys()
    assert sandbox.send("POST", "/__sandbox/reset")[:2] == (200, {"success": True})
    assert sandbox.sandbox.requests == []
    assert sandbox.sandbox.records() == []


@pytest.mark.parametrize("path", ["/__sandbox/reset", "/__sandbox/requests"])
def test_a_page_of_another_site_is_refused(sandbox: Client, path: str) -> None:
    """A browser lets any site post to a loopback address, and says for which."""
    sandbox.created()
    method = "POST" if path.endswith("reset") else "GET"
    for origin in ("https://example.com", "null", "http://localhost.example.com", "http://["):
        answered = sandbox.send(method, path, headers={"Origin": origin})
        assert (answered.status, answered.value["error"]) == (403, "Forbidden")
    assert len(sandbox.sandbox.records()) == 1
    for origin in ("http://localhost:3000", "http://127.0.0.1:8321", "http://[::1]:80"):
        assert sandbox.send(method, path, headers={"Origin": origin}).status == 200


@pytest.mark.parametrize(
    "data", [b'{"a": 1e999}', b'{"a": NaN}', b'{"a": 1, "a": 2}', b'"\\ud800"', b"[" * 900 + b"]" * 900]
)
def test_what_is_not_json_is_listed_as_text(sandbox: Client, data: bytes) -> None:
    sandbox.send("POST", TICKETS, content=data)
    text = sandbox.http.get("/__sandbox/requests").text
    (listed,) = json.loads(text, parse_constant=pytest.fail)["requests"]
    assert listed["body"] == data.decode()


def test_the_paths_of_the_sandbox_itself(sandbox: Client) -> None:
    sandbox.created()
    for method, path, allowed in (
        ("POST", "requests", "GET, HEAD"),
        ("GET", "reset", "POST"),
        ("PATCH", "reset", "POST"),
    ):
        answered = sandbox.send(method, f"/__sandbox/{path}")
        assert (answered.status, answered.headers["allow"]) == (405, allowed)
        assert answered.value["message"] == f"Cannot {method} /__sandbox/{path}"
    assert sandbox.http.head("/__sandbox/requests", headers={"Authorization": "", "Version": ""}).status_code == 200
    assert len(sandbox.sandbox.requests) == len(sandbox.sandbox.records()) == 1


class Value:
    """Something of an answer."""


def test_answers_are_not_kept() -> None:
    """A few reads of large records would fill the memory."""
    value = Value()
    kept = weakref.ref(value)
    arrived = Arrived()
    arrived.add(Call("GET", "/", "/", {}, {}, b""), Answer(200, value))
    del value
    assert kept() is None
    assert [each["status"] for each in arrived.listed()["requests"]] == [200]


def test_only_the_last_requests_are_kept(sandbox: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recordlint.sandbox.arrived.KEPT", 3)
    for number in range(5):
        sandbox.search(query=str(number))
    listed = sandbox.send("GET", "/__sandbox/requests").value
    assert [each["body"]["query"] for each in listed["requests"]] == ["2", "3", "4"]
    assert listed["omitted"] == 2


def test_a_fault_is_answered(sandbox: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise LookupError("a value")

    monkeypatch.setattr("recordlint.sandbox.service.read_search", fail)
    answered = sandbox.search()
    assert answered.status == 500
    assert re.fullmatch(
        r"a fault of recordlint, not of your request: LookupError at test_answers.py:\d+. Please report it.",
        answered.value["message"],
    )
    monkeypatch.undo()
    assert sandbox.search().status == 200
