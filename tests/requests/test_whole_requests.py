"""Whole requests in files: what is one, where its body is, and what its headers and its path say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixture_files import OBJECTS
from recordlint import Report, Validator
from recordlint.contract.spec_files import read_spec

VALIDATOR = Validator.from_path(OBJECTS)
TICKET = "custom_objects.ticket"
ID = "66c2a4f1d09b7e335a1f8c04"
URL = f"https://services.leadconnectorhq.com/objects/{TICKET}/records/{ID}?locationId=loc5"
RIGHT = {"properties": {"priority": "high"}}
WRONG = {"properties": {"priority": "HIGH"}}


def check(request: dict[str, Any], **others: Any) -> Report:
    return VALIDATOR.check_document(json.dumps({"method": "PUT", "url": URL, **request, **others}))


def listed(report: Report) -> list[tuple[str, str, str]]:
    return [(each.rule, each.severity, each.pointer) for each in report.violations]


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"name": "Update a ticket", "id": 5, "auth": None},
        {"properties": {"priority": "LOW"}, "locationId": "x"},
        {"json": True, "responseType": "json", "timeout": 1000},
        {"qs": None, "params": {}, "query": "page=2"},
        {"headers": None},
        {"headers": [["Version", "v9"]]},
    ],
)
@pytest.mark.parametrize("member", ["body", "data", "json"])
@pytest.mark.parametrize("as_text", [True, False])
def test_whatever_else_it_holds(others: dict[str, Any], member: str, as_text: bool) -> None:
    body: Any = json.dumps(WRONG) if as_text else WRONG
    report = check({**others, member: body})
    assert listed(report) == [("unknown-option", "error", f"/{member}/properties/priority")]
    assert (report.object, report.operation) == (TICKET, "update")


@pytest.mark.parametrize("method", ["PUT", "put", "Put"])
def test_a_method_in_any_case(method: str) -> None:
    assert listed(check({"body": RIGHT, "method": method})) == []


@pytest.mark.parametrize("document", [{"method": 1, "url": URL}, {"method": "PUT", "url": None}, {"method": "PUT"}])
def test_what_is_no_request_is_a_bare_body(document: object) -> None:
    report = VALIDATOR.check_document(json.dumps(document), object=TICKET)
    assert {each.rule for each in report.violations} == {"unknown-key"}


BODIES = st.sampled_from([RIGHT, json.dumps(RIGHT), [RIGHT], None, True, 5])


@given(st.dictionaries(st.sampled_from(["body", "data", "json"]), BODIES))
def test_the_body_is_the_first_object_or_text(members: dict[str, Any]) -> None:
    first = next((name for name in ("body", "data", "json") if isinstance(members.get(name), dict | str)), None)
    there = next((name for name in ("body", "data") if name in members), None)
    if first:
        assert listed(check(members)) == []
    elif there:
        assert listed(check(members)) == [("not-an-object", "error", f"/{there}")]
    else:
        assert listed(check(members)) == [("missing-body", "error", "")]


VERSIONS = read_spec("version.json")["examples"]


@pytest.mark.parametrize("name", ["Version", "version", "VERSION"])
@pytest.mark.parametrize("value", [*VERSIONS, " v3", "v3\t"])
def test_versions_that_work(name: str, value: str) -> None:
    assert listed(check({"body": RIGHT, "headers": {name: value}})) == []
    assert VALIDATOR.check_request("PUT", URL, {name: value}, RIGHT).violations == ()


@pytest.mark.parametrize("name", ["Version", "version", "VERSION"])
@pytest.mark.parametrize("value", ["2021-07-29", "V3", "3", "", "v2", "2021-07-28,v3", 3, True])
def test_other_versions_are_a_warning(name: str, value: object) -> None:
    report = check({"body": RIGHT, "headers": {"Accept": "x", name: value}})
    assert listed(report) == [("version-header", "warning", f"/headers/{name}")]
    assert report.violations[0].hint == 'write "2021-07-28", "v3" or "2023-02-21"'
    assert report.valid


@pytest.mark.parametrize("headers", [{}, {"Version": None}, {"X-Version": "1"}, {"Api-Version": "1"}])
def test_no_version_is_no_problem(headers: object) -> None:
    assert listed(check({"body": RIGHT, "headers": headers})) == []


PLACEHOLDERS = ["{{id}}", "{{ ticket.id }}", "${id}", "<id>", "[object Object]"]
IN_PATHS = [*PLACEHOLDERS, ":id", ":recordId", "{recordId}", "%7B%7Bid%7D%7D", "%3Cid%3E", "%24%7Bid%7D", "%3Aid"]


@pytest.mark.parametrize("text", IN_PATHS)
def test_a_placeholder_for_the_record(text: str) -> None:
    report = check({"body": WRONG, "url": URL.replace(ID, text)})
    assert listed(report) == [
        ("placeholder", "warning", "/url"),
        ("unknown-option", "error", "/body/properties/priority"),
    ]


@pytest.mark.parametrize("text", ["undefined", "ticket-1424", "1", ID[1:], f"{ID}0", "id:5", "{", "a{{id}}"])
def test_another_text_for_the_record(text: str) -> None:
    assert listed(check({"body": RIGHT, "url": URL.replace(ID, text)})) == [("record-id", "warning", "/url")]


@pytest.mark.parametrize("text", IN_PATHS)
def test_a_placeholder_for_the_object(text: str) -> None:
    report = check({"body": WRONG, "url": URL.replace(TICKET, text)})
    assert listed(report) == [("placeholder", "error", "/url")]
    assert report.violations[0].hint == "write the object's key, such as custom_objects.asset"


@pytest.mark.parametrize("text", ["{{v}}", "${VERSION}"])
def test_a_placeholder_for_the_version(text: str) -> None:
    report = check({"body": RIGHT, "headers": {"Version": text}})
    assert listed(report) == [("placeholder", "warning", "/headers/Version")]


@pytest.mark.parametrize("base", ["{{baseUrl}}", "{{ base url }}", "${process.env.BASE}"])
def test_a_placeholder_for_the_host(base: str) -> None:
    """Tools fill it in when they send the request; nothing is wrong with the path. What is sent has none."""
    url = URL.replace("https://services.leadconnectorhq.com", base)
    assert listed(check({"body": RIGHT, "url": url})) == []
    assert [each.rule for each in check({"body": RIGHT, "url": f"{base}/api{URL[36:]}"}).violations] == [
        "request-operation"
    ]
    assert [each.rule for each in VALIDATOR.check_request("PUT", url, {}, RIGHT).violations] == ["request-operation"]
