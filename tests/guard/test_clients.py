"""What every guarded client refuses to send, and what it sends."""

from __future__ import annotations

import json

import pytest

from guarded_clients import BAD, BAD_TEXT, GOOD, LABEL, RECORD, RECORDS, Arrived, Client, Server, every_client, refused

pytestmark = pytest.mark.slow


@every_client
def test_a_bad_body_is_not_sent_and_a_good_one_arrives_byte_for_byte(client: Client, server: Server) -> None:
    send = client(server)
    assert refused(send, "PUT", RECORD, json=BAD) == [LABEL]
    assert server.arrived == []
    text = '{"properties" : {"ticket_name":"Günther\\u2028",\n"priority":null}}'.encode()
    answer = send("PUT", RECORD, content=text, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200
    assert server.arrived == [Arrived("PUT", RECORD, text)]


@every_client
def test_null_survives(client: Client, server: Server) -> None:
    client(server)("PUT", RECORD, json=GOOD)
    assert json.loads(server.arrived[0].body) == GOOD


@every_client
def test_a_creation_is_judged_as_one(client: Client, server: Server) -> None:
    send = client(server)
    body = {"locationId": "l", "properties": {"ticket_name": "x", "affected_platforms": {"add": ["web"]}}}
    assert refused(send, "POST", RECORDS, json=body) == [("array-expected", "/body/properties/affected_platforms")]
    body = {"locationId": "l", "properties": {"ticket_name": "x"}}
    assert send("POST", f"{RECORDS}/", json=body).status_code == 200
    assert len(server.arrived) == 1


@every_client
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"{RECORDS}/search"),
        ("POST", f"{RECORDS}/search/"),
        ("PUT", "/contacts/668d681f77af4e5229abd6c0"),
        ("PUT", "/objects/custom_objects.ticket"),
        ("POST", "/objects/custom_objects.ticket/recordss"),
        ("POST", "/xobjects/custom_objects.ticket/records"),
        ("PUT", f"{RECORDS}/668d681f77af4e5229abd6c0/notes"),
        ("PUT", "/contacts/1?next=/objects/custom_objects.ticket/records/1"),
        ("PUT", "/contacts/1#/objects/custom_objects.ticket/records/1"),
        ("PUT", "/objects%2Fcustom_objects.ticket"),
        ("DELETE", RECORD),
        ("GET", RECORD),
    ],
)
def test_other_requests_pass_untouched(client: Client, server: Server, method: str, path: str) -> None:
    client(server)(method, path, content=BAD_TEXT)
    assert server.arrived == [Arrived(method, path.partition("#")[0], BAD_TEXT)]


ODD_PATHS = [
    f"/api/{RECORD}",
    RECORD.replace("/records", "//records"),
    RECORD.replace("?", "//?"),
    RECORD.replace("/objects", "/OBJECTS"),
    RECORD.replace("/objects", "/%4Fbjects"),
    RECORD.replace("/records", "/%2572ecords"),
    RECORD.replace("/records/", "%2Frecords%2F"),
    RECORD.replace("/records/", "\\records\\"),
    RECORD.replace("/records", "/%2E/records"),
    RECORD.replace("/records", "/x/%2e%2e/records"),
    RECORD.replace("/records", ";x=1/records"),
    RECORD.replace("/records", "/records%20"),
]


@every_client
@pytest.mark.parametrize("path", ODD_PATHS)
def test_an_odd_spelling_is_an_error_of_its_own(client: Client, server: Server, path: str) -> None:
    """The body is judged as well, and a right one does not help."""
    send = client(server)
    assert refused(send, "PUT", path, json=BAD) == [("request-operation", "/url"), LABEL]
    assert refused(send, "PUT", path, json=GOOD) == [("request-operation", "/url")]
    assert server.arrived == []


@every_client
def test_an_odd_spelling_of_an_object_without_a_definition_does_not_pass(client: Client, server: Server) -> None:
    send = client(server, unknown="pass")
    path = "/objects/custom_objects.other//records/668d681f77af4e5229abd6c0?locationId=l"
    assert refused(send, "PUT", path, json=BAD) == [("request-operation", "/url"), ("unknown-object", "/url")]


@every_client
def test_an_update_of_a_record_called_search_is_an_update(client: Client, server: Server) -> None:
    assert LABEL in refused(client(server), "PUT", f"{RECORDS}/search?locationId=l", json=BAD)


@every_client
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/objects/custom_objects.ticket/records/1?locationId=l", LABEL),
        ("/api/v1" + RECORD, LABEL),
        (
            "/objects/custom_objects%2Eticket/records/1?locationId=l",
            LABEL,
        ),
        ("/objects/custom_objects.ticket%2Fx/records/1?locationId=l", ("object-key", "/url")),
        (RECORD.partition("?")[0], ("missing-location", "/url")),
        (f"{RECORDS}?locationId=l", ("record-id", "/url")),
        ("/objects/custom_objects.tickets/records/1?locationId=l", ("unknown-object", "/url")),
        ("/objects/business/records/1?locationId=l", ("unknown-object", "/url")),
        ("/objects/contact/records/1?locationId=l", ("standard-object", "/url")),
    ],
)
def test_what_is_judged(client: Client, server: Server, path: str, expected: tuple[str, str]) -> None:
    assert expected in refused(client(server), "PUT", path, json=BAD)
    assert server.arrived == []


@every_client
def test_objects_without_a_definition_pass_where_that_is_asked_for(client: Client, server: Server) -> None:
    send = client(server, unknown="pass")
    keys = ["custom_objects.other", "business", "contact"]
    paths = [f"/objects/{key}/records/1?locationId=l" for key in keys]
    for path in paths:
        send("PUT", path, content=BAD_TEXT)
    assert server.arrived == [Arrived("PUT", path, BAD_TEXT) for path in paths]
    assert refused(send, "PUT", "/objects/ticket/records/1?locationId=l", json=BAD)[0] == ("object-key", "/url")
    assert refused(send, "PUT", RECORD, json=BAD) == [LABEL]


@every_client
def test_a_form_is_refused(client: Client, server: Server) -> None:
    send = client(server)
    form = {"properties": "x"}
    assert [rule for rule, _ in refused(send, "PUT", RECORD, data=form)] == ["content-type"]
    assert [rule for rule, _ in refused(send, "PUT", RECORD, files={"a": b"x"})] == ["content-type"]
    assert server.arrived == []


@every_client
def test_no_body_and_what_is_not_json(client: Client, server: Server) -> None:
    send = client(server)
    assert refused(send, "PUT", RECORD) == [("missing-body", "")]
    assert refused(send, "PUT", RECORD, content=b'{"properties": {"cost": NaN}}') == [("invalid-json", "/body")]
    assert refused(send, "PUT", RECORD, content=b"\x1f\x8b\x08\x00") == [("encoding", "/body")]
    assert server.arrived == []


@every_client
def test_a_redirected_body_is_judged_where_it_goes(client: Client, server: Server) -> None:
    """307 keeps method and body: an update of a ticket is no creation of one."""
    server.statuses = [307]
    assert refused(client(server), "PUT", RECORD, json=GOOD) == [("record-id", "/url"), ("missing-location", "/url")]
    assert len(server.arrived) == 1
