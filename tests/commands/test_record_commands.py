"""apply, delta, and check --record: files in, records and bodies out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from command_folder import OBJECTS, TICKET, Folder, report_of
from fixture_files import ROOT
from har_session import SESSION

RECORDS = ROOT / "fixtures/records"
STORED = json.loads((RECORDS / "ticket.json").read_text("utf-8"))
ID = STORED["record"]["id"]
BODY = {"properties": {"priority": "high", "affected_platforms": {"remove": ["web"]}}}
URL = "https://services.leadconnectorhq.com/objects/custom_objects.ticket/records/{}?locationId=loc1"


def request(id: str, **properties: Any) -> dict[str, Any]:
    return {"method": "PUT", "url": URL.format(id), "body": {"properties": properties}}


def lines(*values: Any) -> str:
    return "".join(json.dumps(each) + "\n" for each in values)


@pytest.fixture
def records(folder: Folder) -> Folder:
    for path in RECORDS.iterdir():
        folder.write(path.name, path.read_bytes())
    folder.write("body.json", json.dumps(BODY))
    other = {**STORED["record"], "id": "661c06b4ffde146bdb469443", "locationId": "loc2"}
    folder.write("records.ndjson", lines(STORED, other))
    return folder


def test_the_record_after_an_update(records: Folder) -> None:
    done = records.run("apply", *TICKET, "ticket.json", "body.json")
    assert done == (
        0,
        "--- ticket.json\n"
        "+++ ticket.json\n"
        "@@ -8,9 +8,8 @@\n"
        "   ],\n"
        '   "properties": {\n'
        '     "ticket_name": "Printer does not print",\n'
        '-    "priority": "low",\n'
        '+    "priority": "high",\n'
        '     "affected_platforms": [\n'
        '-      "web",\n'
        '       "ios"\n'
        "     ],\n"
        '     "my_files": [\n'
        "1 file checked, no problems\n",
        "",
    )
    done = records.run("apply", *TICKET, "ticket.json", "body.json", "--format", "json")
    answer = json.loads(done.out)
    properties = {**STORED["record"]["properties"], "priority": "high", "affected_platforms": ["ios"]}
    assert answer["record"] == {**STORED["record"], "properties": properties}
    assert (answer["valid"], answer["violations"]) == (True, [])
    records.write("after.json", done.out)
    again = records.run("apply", *TICKET, "after.json", "body.json")
    assert (again.status, again.out.count("warning[no-op]"), again.out.count("warning[not-stored]")) == (0, 1, 1)
    assert records.run("apply", *TICKET, "after.json", "body.json", "--fail-on", "warning").status == 1


def test_an_update_with_an_error(records: Folder) -> None:
    done = records.run("apply", *TICKET, "ticket.json", "update.json")
    assert (done.status, done.err) == (1, "")
    assert done.out == (
        'update.json:5:25: error[too-many]: "Attachments" takes at most 2 files: with these, the record would have 3\n'
        '  5 |     "my_files": {"add": [{"url": "https://example.com/log.pdf"}, {"url": …\n'
        "    |                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "    = hint: add fewer, or remove files in the same body\n"
        "    = note: the service answers 400 where a field would hold more files than it\n"
        "            takes after the change\n"
        "\n"
        "1 error in 1 file checked, 0 valid\n"
    )
    answer = json.loads(records.run("apply", *TICKET, "ticket.json", "update.json", "--format", "json").out)
    assert answer["record"] == STORED["record"]
    assert [each["rule"] for each in answer["violations"]] == ["too-many"]


def test_requests_by_id_one_after_the_other(records: Folder) -> None:
    records.write(
        "requests.ndjson",
        lines(
            request(ID, priority="high"),
            request("661c06b4ffde146bdb469443", priority="high"),
            request(ID, priority="high"),
            {**request(ID), "body": json.dumps({"properties": {"ticket_name": 1}})},
            request("661c06b4ffde146bdb469444", priority="high"),
        ),
    )
    done = records.run("apply", *OBJECTS, "records.ndjson", "requests.ndjson", "--format", "json")
    assert done.status == 2
    assert done.err == "recordlint: requests.ndjson:5: records.ndjson has no record with this id\n"
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [each["line"] for each in answers] == [1, 2, 3, 4]
    assert [each["record"]["properties"]["priority"] for each in answers] == ["high"] * 4
    said = [[(each["rule"], each["pointer"]) for each in answer["violations"]] for answer in answers]
    assert said == [[], [], [("no-op", "/body/properties/priority")], [("wrong-type", "/body/properties/ticket_name")]]


@pytest.mark.parametrize(
    ("record", "body", "reason"),
    [
        ("missing.json", "body.json", "missing.json: cannot be read: no such file or directory"),
        ("ticket.json", "missing.json", "missing.json: cannot be read: no such file or directory"),
        ("wings.json", "body.json", "body.json: no property of the record is one of custom_objects.ticket"),
        (
            "records.ndjson",
            "body.json",
            "body.json: records.ndjson has several records: a whole request says by",
        ),
        ("ticket.json", "create.json", "create.json: this request makes a new record, and has none to be applied to"),
        ("twice.ndjson", "body.json", f"twice.ndjson:2: the record {ID} is here twice; the first is at twice.ndjson:1"),
        ("ticket.json", "sent.har", "sent.har: these requests were sent already: apply takes an update that is about"),
        ("broken.json", "body.json", "broken.json: not JSON, line 1 column 1: "),
    ],
)
def test_what_cannot_be_applied(records: Folder, record: str, body: str, reason: str) -> None:
    records.write("twice.ndjson", lines(STORED, STORED))
    records.write("broken.json", "no")
    records.write("wings.json", '{"properties": {"wings": 2}}')
    create = {"method": "POST", "url": "/objects/custom_objects.ticket/records", "body": {"properties": {}}}
    records.write("create.json", json.dumps(create))
    records.write("sent.har", json.dumps(SESSION))
    done = records.run("apply", *TICKET, record, body)
    assert done.status == 2
    assert done.err.startswith(f"recordlint: {reason}")
    assert done.err.count("\n") == 1


def test_a_broken_body_is_told_and_the_next_is_applied(records: Folder) -> None:
    records.write("requests.ndjson", '{"method": "PUT",}\n' + lines(request(ID, priority="high")))
    done = records.run("apply", *OBJECTS, "ticket.json", "requests.ndjson", "--object", "custom_objects.ticket")
    assert done.status == 1
    assert "requests.ndjson:1:17: error[invalid-json]" in done.out
    assert '+    "priority": "high",\n' in done.out


# delta.


def test_the_update_from_one_record_to_another(records: Folder) -> None:
    done = records.run("delta", *TICKET, "ticket.json", "ticket-wanted.json")
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out) == {
        "properties": {"priority": "high", "affected_platforms": {"add": ["android"], "remove": ["web"]}},
        "followers": {"remove": ["v5cEPM428h8vShlRW1KT"]},
    }
    records.write("delta.json", done.out)
    assert records.check("--record", "ticket.json", "delta.json").out == "1 file checked, no problems\n"
    done = records.run("delta", *TICKET, "ticket.json", "ticket.json")
    assert done == (0, "", "recordlint: ticket.json: nothing differs\n")


def test_what_is_not_named_is_said(records: Folder) -> None:
    records.write("wanted.json", '{"properties": {"priority": "high"}}')
    done = records.run("delta", *TICKET, "ticket.json", "wanted.json")
    listed = "ticket_name, affected_platforms, my_files, owners, followers"
    assert done.err == (
        f"recordlint: warning: wanted.json does not name these, so the update removes them: {listed}\n"
        "recordlint: leave them alone with --keep-missing, or change only some fields with --only\n"
    )
    assert done.status == 0
    done = records.run("delta", *TICKET, "ticket.json", "wanted.json", "--keep-missing")
    assert (done.status, json.loads(done.out), done.err) == (0, {"properties": {"priority": "high"}}, "")
    done = records.run(
        "delta", *TICKET, "ticket.json", "wanted.json", "--only", "priority, my_files", "--only", "owners"
    )
    assert json.loads(done.out) == {
        "properties": {"priority": "high", "my_files": None},
        "owners": {"remove": ["sx6wyHhbFdRXh302Lunr"]},
    }
    done = records.run("delta", *TICKET, "ticket.json", "wanted.json", "--only", "prio")
    assert done == (
        2,
        "",
        "recordlint: wanted.json: custom_objects.ticket has no field 'prio'; recordlint objects lists the fields\n",
    )


def test_a_wrong_value(records: Folder) -> None:
    records.write("wanted.json", '{"properties": {"priority": "High"}}')
    done = records.run("delta", *TICKET, "ticket.json", "wanted.json", "--keep-missing")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(
        'wanted.json:1:29: error[unknown-option]: "Priority" has this option\'s key in another case\n'
    )
    assert done.err.endswith("1 error in 1 file checked, 0 valid\n")


def test_what_an_update_cannot_do(records: Folder) -> None:
    files = [{"url": "https://example.com/photo.jpg", "name": "Photo"}]
    records.write("wanted.json", json.dumps({"properties": {"my_files": files, "priority": "high"}}))
    arguments = ("delta", *TICKET, "ticket.json", "wanted.json", "--keep-missing")
    done = records.run(*arguments)
    assert (done.status, json.loads(done.out)) == (0, {"properties": {"priority": "high"}})
    assert 'warning[file-name]: a file in "Attachments" has another name, and an update cannot change that' in done.err
    assert records.run(*arguments, "--strict").status == 1


def test_many_records_by_id(records: Folder) -> None:
    wanted = [{"id": id, "properties": {"priority": "high"}} for id in (ID, "661c06b4ffde146bdb469443", "x")]
    records.write(
        "wanted.ndjson",
        lines(*wanted, {"id": ID, "properties": {"priority": "low"}}, {"id": ID, "properties": {"priority": 1}}),
    )
    arguments = ("delta", *TICKET, "records.ndjson", "wanted.ndjson", "--keep-missing")
    done = records.run(*arguments, "--location", "loc1")
    assert done.status == 2
    assert "recordlint: wanted.ndjson:3: records.ndjson has no record with this id\n" in done.err
    assert "wanted.ndjson:5:" in done.err
    body = {"properties": {"priority": "high"}}
    url = "/objects/custom_objects.ticket/records/{}?locationId=loc1"
    assert [json.loads(line) for line in done.out.splitlines()] == [
        {"method": "PUT", "url": url.format(id), "body": body} for id in (ID, "661c06b4ffde146bdb469443")
    ]
    records.write("requests.ndjson", done.out)
    assert records.check("--record", "records.ndjson", "requests.ndjson").out == "2 rows checked, no problems\n"
    done = records.run(*arguments)
    assert "wanted.ndjson:1: the records do not say their locationId: name it with --location\n" in done.err
    assert [json.loads(line)["url"] for line in done.out.splitlines()] == [
        "/objects/custom_objects.ticket/records/661c06b4ffde146bdb469443?locationId=loc2"
    ]


def test_a_run_over_many_that_has_wrong_ones(records: Folder) -> None:
    values: list[Any] = [5, ["web"], {"add": []}, ["ios", "android"]]
    ids = [ID, "661c06b4ffde146bdb469443", "x", ID]
    rows = [{"id": id, "properties": {"affected_platforms": value}} for id, value in zip(ids, values, strict=True)]
    records.write("wanted.ndjson", lines(*rows))
    done = records.run("delta", *TICKET, "records.ndjson", "wanted.ndjson", "--keep-missing", "--location", "l")
    assert done.status == 2
    assert [json.loads(line)["body"] for line in done.out.splitlines()] == [
        {"properties": {"affected_platforms": {"remove": ["ios"]}}}
    ]
    for said in (
        "wanted.ndjson:1:73: error[array-expected]: ",
        "recordlint: wanted.ndjson:3: records.ndjson has no record with this id\n",
        f"recordlint: wanted.ndjson:4: the record {ID} is here twice; the first is at wanted.ndjson:1\n",
        "recordlint: wanted.ndjson: 1 of 2 records need an update\n",
    ):
        assert said in done.err


def test_empty_names_ask_for_nothing(records: Folder) -> None:
    done = records.run("delta", *TICKET, "ticket.json", "ticket.json", "--only", "")
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith("Error: --only names no field: recordlint objects lists them\n")


# check --record.


def test_fixes_go_without_the_record(records: Folder) -> None:
    for option in ("--fix", "--diff"):
        done = records.check("--record", "ticket.json", option, "body.json")
        error = "Error: --record is for what is sent as it is: run --fix or --diff without it first\n"
        assert (done.status, done.err.endswith(error)) == (2, True)
    records.write("label.json", '{"properties": {"priority": "Low, can wait"}}')
    assert "fixable" not in records.check("--record", "ticket.json", "label.json").out


def test_a_body_for_no_record_is_checked_by_itself(records: Folder) -> None:
    records.write("wrong.json", json.dumps(request("x", priority="bogus")))
    done = records.check("--record", "records.ndjson", "wrong.json")
    assert done.status == 2
    assert done.err == "recordlint: wrong.json: records.ndjson has no record with this id\n"
    assert "error[unknown-option]" in done.out


def test_check_with_the_record(records: Folder) -> None:
    assert records.check("update.json").status == 0
    done = records.check("--record", "ticket.json", "--format", "json", "update.json", "body.json")
    assert done.status == 1
    (result,) = report_of(done.out)["results"]
    assert [(each["rule"], each["pointer"]) for each in result["violations"]] == [
        ("too-many", "/properties/my_files/add")
    ]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_rows_with_their_records(records: Folder, jobs: str) -> None:
    rows = [request(ID, priority="low"), request("661c06b4ffde146bdb469443", priority="high")] * 300
    records.write("rows.ndjson", lines(*rows))
    done = records.check("--record", "records.ndjson", "--jobs", jobs, "--format", "json", "rows.ndjson")
    report = report_of(done.out)
    assert [each["line"] for each in report["results"]] == list(range(1, 601, 2))
    assert {each["rule"] for result in report["results"] for each in result["violations"]} == {"no-op"}
    records.write("rows.ndjson", lines(request("x", priority="low")))
    done = records.check("--record", "records.ndjson", "--jobs", jobs, "rows.ndjson")
    assert (done.status, done.err) == (2, "recordlint: rows.ndjson:1: records.ndjson has no record with this id\n")


def test_records_and_what_was_sent_already(records: Folder) -> None:
    records.write("sent.har", json.dumps(SESSION))
    done = records.check("--record", "ticket.json", "sent.har")
    reason = "sent.har: --record is for updates that are about to be sent, and these were sent already"
    assert (done.status, done.err) == (2, f"recordlint: {reason}\n")


def test_new_records_have_none(records: Folder) -> None:
    body = json.dumps({"locationId": "x", "properties": {"ticket_name": "x", "priority": "low"}})
    records.write("new.json", body)
    assert records.check("--record", "ticket.json", "--operation", "create", "new.json").status == 0
