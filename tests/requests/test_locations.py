"""Where locationId stands, in each part of a request that can hold it: exactly the violations of the contract."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import THOROUGH
from fixture_files import OBJECTS
from har_session import entry, har
from recordlint import Operation, Report, Validator
from recordlint.har.checking import check_har

VALIDATOR = Validator.from_path(OBJECTS)
RECORDS = "https://services.leadconnectorhq.com/objects/custom_objects.ticket/records"
RECORD = f"{RECORDS}/66c2a4f1d09b7e335a1f8c04"
METHODS = {"update": ("PUT", RECORD), "create": ("post", RECORDS)}
PROPERTIES = {"ticket_name": "Printer jams"}
MEMBERS = ("params", "qs", "query")


class Case(NamedTuple):
    operation: Operation
    url: str | None
    """The value of locationId in the URL; None where it is not there."""
    members: Mapping[str, object]
    """What `params`, `qs` and `query` hold."""
    body_member: str
    in_body: bool
    as_text: bool

    @property
    def location(self) -> Mapping[str, object]:
        """In the members that clients write into the query: they leave out null and empty lists."""
        held = {}
        for name, member in self.members.items():
            if isinstance(member, str):
                if "locationId" in member:
                    held[f"/{name}"] = member.partition("locationId=")[2].partition("&")[0]
            elif isinstance(member, dict) and member.get("locationId") not in (None, []):
                held[f"/{name}/locationId"] = member["locationId"]
        return held

    def body(self) -> dict[str, Any]:
        return {**({"locationId": "loc5"} if self.in_body else {}), "properties": PROPERTIES}

    def request(self) -> dict[str, Any]:
        method, url = METHODS[self.operation]
        query = {"page": "2", **({} if self.url is None else {"locationId": self.url})}
        body: Any = json.dumps(self.body()) if self.as_text else self.body()
        return {
            "name": "x",
            "method": method,
            "url": f"{url}?{urlencode(query)}",
            **self.members,
            self.body_member: body,
        }


PRESENT = st.sampled_from(["", "loc5"])
IN_MEMBER = st.one_of(
    st.sampled_from(["loc5", "", None, [], ["loc5"], 12]).map(lambda value: {"locationId": value, "page": 2}),
    st.sampled_from(["locationId=loc5", "?locationId=loc5", "?page=2&locationId=loc5", "page=2", "locationId=", ""]),
    st.sampled_from([{}, {"page": 2}, None, 7]),
)
CASES = st.builds(
    Case,
    st.sampled_from(["update", "create"]),
    st.none() | PRESENT,
    st.dictionaries(st.sampled_from(MEMBERS), IN_MEMBER, max_size=3),
    st.sampled_from(["body", "data", "json"]),
    st.booleans(),
    st.booleans(),
)


def expected(case: Case) -> list[tuple[str, str]]:
    """By the contract: an update has its location in the query and nowhere else, a new record in the body."""
    held = {**({} if case.url is None else {"/url": case.url}), **case.location}
    if case.operation == "update":
        if case.in_body:
            return [("location-in-body", f"/{case.body_member}/locationId")]
        return [] if any(value != "" for value in held.values()) else [("missing-location", "/url")]
    if held:
        return [("location-in-url", pointer) for pointer in held]
    return [] if case.in_body else [("missing-location", f"/{case.body_member}")]


def listed(report: Report) -> list[tuple[str, str]]:
    return [(each.rule, each.pointer) for each in report.violations]


@THOROUGH
@given(CASES)
def test_each_place_of_the_location(case: Case) -> None:
    report = VALIDATOR.check_document(json.dumps(case.request()))
    assert sorted(listed(report)) == sorted(expected(case))
    assert (report.operation, report.warnings) == (case.operation, 0)


@THOROUGH
@given(CASES)
def test_what_the_hint_says_leaves_nothing_to_say(case: Case) -> None:
    """Move it, leave it out or add it, as the first hint tells, until there is none."""
    request = case.request()
    for _ in range(5):
        violations = VALIDATOR.check_document(json.dumps(request)).violations
        if not violations:
            return
        follow(request, case, violations[0].pointer, violations[0].hint)
    raise AssertionError(request)


def follow(request: dict[str, Any], case: Case, pointer: str, hint: str) -> None:
    steps = pointer.split("/")[1:]
    body = json.loads(request[case.body_member]) if case.as_text else request[case.body_member]
    if hint in ("move it to the URL: ?locationId=…", "add locationId=… to the URL's query"):
        body.pop("locationId", None)
        request["url"] = f"{request['url'].replace('locationId=', 'was=')}&locationId=loc5"
    elif hint == 'add "locationId": "…"':
        body["locationId"] = "loc5"
    elif hint == "leave locationId out of the body, since the URL has it":
        del body["locationId"]
    else:
        assert hint in (
            "move locationId into the body",
            "leave locationId out of the query, since the body has it",
        )
        body.setdefault("locationId", "loc5")
        if steps == ["url"] or len(steps) == 1:
            request[steps[0]] = request[steps[0]].replace("locationId=", "was=")
        else:
            del request[steps[0]][steps[1]]
    request[case.body_member] = json.dumps(body) if case.as_text else body


@given(CASES.filter(lambda case: not case.members), st.booleans())
def test_other_ways_to_give_a_request_say_the_same(case: Case, as_bytes: bool) -> None:
    request = case.request()
    body = json.dumps(case.body())
    under_body = [(rule, pointer.replace(f"/{case.body_member}", "/body")) for rule, pointer in expected(case)]
    sent = VALIDATOR.check_request(request["method"], request["url"], {}, body.encode() if as_bytes else case.body())
    assert listed(sent) == under_body
    recorded = check_har(VALIDATOR, json.dumps(har(entry(request["method"].upper(), request["url"], body))).encode())
    assert recorded
    assert listed(recorded.reports[0][1]) == under_body
    assert [each.hint for each in recorded.reports[0][1].violations] == [each.hint for each in sent.violations]


UNKNOWN = RECORD.replace("ticket", "invoice")


@pytest.mark.parametrize("as_text", [True, False])
@pytest.mark.parametrize(
    ("url", "body", "rules"),
    [
        (UNKNOWN, {}, ["unknown-object", "missing-location"]),
        (UNKNOWN, {"locationId": "loc5"}, ["unknown-object", "location-in-body"]),
        (f"{UNKNOWN}?locationId=loc5", {"locationId": "loc5"}, ["unknown-object"]),
    ],
)
def test_a_body_that_is_not_judged_still_tells_where_its_location_is(
    url: str, body: object, rules: list[str], as_text: bool
) -> None:
    report = VALIDATOR.check_document(
        json.dumps({"method": "PUT", "url": url, "body": json.dumps(body) if as_text else body})
    )
    assert sorted(each.rule for each in report.violations) == sorted(rules)
    sent = VALIDATOR.check_request("PUT", url, None, json.dumps(body) if as_text else body)
    assert sorted(each.rule for each in sent.violations) == sorted(rules)


@pytest.mark.parametrize(
    ("path", "body", "hint"),
    [
        ("invoice", {}, "move locationId into the body"),
        ("invoice", {"locationId": "loc5"}, "leave locationId out of the query, since the body has it"),
        ("ticket", {"properties": PROPERTIES}, "move locationId into the body"),
        ("ticket", {"locationid": "loc5", "properties": PROPERTIES}, "write locationId in the body instead"),
        ("ticket", [], "write locationId in the body instead"),
        ("ticket", None, "move locationId into the body"),
    ],
)
def test_what_to_do_with_a_location_in_the_query_of_a_new_record(path: str, body: object, hint: str) -> None:
    url = f"{RECORDS.replace('ticket', path)}?locationId=loc5&locationId=loc6"
    for given_body in (body, None if body is None else json.dumps(body)):
        violations = VALIDATOR.check_request("POST", url, {}, given_body).violations
        assert [(each.pointer, each.hint) for each in violations if each.rule == "location-in-url"] == [("/url", hint)]
        assert "missing-location" not in [each.rule for each in violations]


def test_a_location_in_the_url_is_placed_there_and_one_in_a_member_at_its_key() -> None:
    request = {"method": "POST", "url": f"{RECORDS}?locationId=loc5", "qs": {"locationId": "loc5"}, "body": {}}
    text = json.dumps(request)
    violations = [each for each in VALIDATOR.check_document(text).violations if each.rule == "location-in-url"]
    marked = [text[each.place.start : each.place.end] for each in violations if each.place]
    assert marked == [json.dumps(request["url"]), '"locationId"']


@pytest.mark.parametrize("method", ["update", "create"])
@pytest.mark.parametrize("body", ["{", "[1]", '"text"'])
def test_a_body_that_is_no_object_has_no_location(method: Operation, body: str) -> None:
    verb, url = METHODS[method]
    for text in (url, f"{url}?locationId=loc5"):
        rules = [each.rule for each in VALIDATOR.check_request(verb, text, None, body).violations]
        around = {("update", False): ["missing-location"], ("create", True): ["location-in-url"]}
        assert rules == [
            *around.get((method, "?" in text), []),
            "invalid-json" if body == "{" else "not-an-object",
        ]


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("loc5", None),
        ("Q9DT3OAqEXDLYuob1G32", None),
        ("a b", "id-format"),
        ("a,b", "id-format"),
        ("a;b", "id-format"),
        ("me@example.com", "id-format"),
        ("a\u00a0b", "id-format"),
        ("{{location.id}}", "placeholder"),
        ("${location}", "placeholder"),
        ("<location id>", "placeholder"),
        (":locationId", "placeholder"),
        ("{locationId}", "placeholder"),
    ],
)
@pytest.mark.parametrize("member", ["url", *MEMBERS])
def test_the_form_of_a_location(member: str, value: str, rule: str | None) -> None:
    request: dict[str, Any] = {"method": "PUT", "url": RECORD, "body": {"properties": PROPERTIES}}
    if member == "url":
        request["url"] = f"{RECORD}?locationId={quote(value)}"
    else:
        request[member] = {"locationId": value}
    pointer = "/url" if member == "url" else f"/{member}/locationId"
    report = VALIDATOR.check_document(json.dumps(request))
    assert [(each.rule, each.severity, each.pointer) for each in report.violations] == (
        [(rule, "warning", pointer)] if rule else []
    )


@pytest.mark.parametrize("name", ["location_id", "locationid", "LocationID", "location-id"])
def test_a_misspelled_parameter_is_named(name: str) -> None:
    request = {"method": "PUT", "url": RECORD, "params": {name: "loc5"}, "data": {"properties": PROPERTIES}}
    (violation,) = VALIDATOR.check_document(json.dumps(request)).violations
    assert (violation.rule, violation.hint) == ("missing-location", f'write locationId instead of "{name}"')


def rules(method: str, url: str, body: object) -> list[tuple[str, str]]:
    return [(each.rule, each.pointer) for each in VALIDATOR.check_request(method, url, {}, body).violations]


SAME_KIND = {"section_of_app": ["option_1_internal_key"], "affected_platforms": ["web"]}
DELTA = {"section_of_app": {"add": ["option_1_internal_key"]}, "ticket_name": "Printer jams"}


@pytest.mark.parametrize("query", ["", "?locationId=loc5"])
def test_a_body_of_the_other_operation_is_the_one_mistake(query: str) -> None:
    """What its own operation has in the URL, or lacks there, follows from it."""
    updated = VALIDATOR.check_request("PUT", f"{RECORD}{query}", {}, {"locationId": "loc5", "properties": SAME_KIND})
    created = VALIDATOR.check_request("POST", f"{RECORDS}{query}", {}, {"properties": DELTA})
    for report, method in ((updated, "POST"), (created, "PUT")):
        assert [(each.rule, each.pointer) for each in report.violations] == [("other-operation", "/body")]
        assert report.violations[0].hint.startswith(f"send it with {method} /objects/")
        assert "--operation" not in report.violations[0].hint


def test_a_record_that_is_sent_back_still_needs_a_location_in_the_url() -> None:
    """Its own location is among the keys to leave out, so that none would be left."""
    record = {"id": "x", "dateAdded": "2024-01-01", "locationId": "loc5", "properties": {"priority": "high"}}
    assert rules("PUT", f"{RECORD}?locationId=loc5", record) == [("read-back", "/body")]
    assert rules("PUT", RECORD, record) == [("missing-location", "/url"), ("read-back", "/body")]


@pytest.mark.parametrize("name", ["location_id", "locationid", "LocationId"])
def test_a_misspelled_location_in_the_body_of_an_update_is_one_mistake(name: str) -> None:
    body = {name: "loc5", "properties": {"priority": "high"}}
    report = VALIDATOR.check_request("PUT", RECORD, {}, body)
    assert [(each.rule, each.pointer) for each in report.violations] == [("unknown-key", f"/body/{name}")]
    assert report.violations[0].hint == "on update, put locationId in the URL: ?locationId=…"
    assert rules("PUT", RECORD, {"locale": "de", **body})[0] == ("unknown-key", "/body/locale")
    assert rules("PUT", RECORD, {"locale": "de", "properties": {"priority": "high"}}) == [
        ("missing-location", "/url"),
        ("unknown-key", "/body/locale"),
    ]
