"""HAR files: the requests in them that write records are judged, each named by its entry."""

from __future__ import annotations

import base64
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_folder import OBJECTS, Folder, numbers
from fixture_files import OBJECTS as DEFINITIONS
from fixture_files import ROOT
from har_session import BAD, GOOD, RECORD, RECORDS, SESSION, entry, har
from recordlint import Validator
from recordlint.har.checking import check_har


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_session(folder: Folder, ascii_only: bool) -> None:
    folder.write("session.har", json.dumps(SESSION, indent=2, ensure_ascii=ascii_only))
    done = folder.run("check", *OBJECTS, "--format", "json", "session.har")
    assert (done.status, done.err) == (1, "")
    report = json.loads(done.out)
    assert numbers(report) == {"checked": 4, "valid": 1, "errors": 4, "warnings": 1}
    listed = [
        (result["entry"], result["object"], result["operation"], each["rule"], each["pointer"])
        for result in report["results"]
        for each in result["violations"]
    ]
    assert listed == [
        (1, "custom_objects.ticket", "update", "unknown-option", "/body/properties/priority"),
        (6, "custom_objects.ticket", "create", "content-type", "/headers/Content-Type"),
        (6, "custom_objects.ticket", "create", "missing-body", ""),
        (7, "custom_objects.asset", "update", "record-id", "/url"),
        (7, "custom_objects.asset", "update", "invalid-json", "/body"),
    ]
    first = report["results"][0]["violations"][0]
    lines = (folder.path / "session.har").read_text("utf-8").split("\n")
    assert first["line"] == first["end_line"]
    assert lines[first["line"] - 1][first["column"] - 1 : first["end_column"] - 1] == r"\"HIGH\""
    assert first["fix"] is None


def test_the_text_report_names_the_entry(folder: Folder) -> None:
    folder.write("a.har", json.dumps(har(entry("GET", RECORD), entry("PUT", RECORD, '{"properties": {"cost": "1"}}'))))
    done = folder.run("check", *OBJECTS, "a.har")
    assert done.out.splitlines()[0].partition(": error")[2] == (
        '[unknown-property]: entries[1]: Ticket has no property "cost"'
    )
    assert done.out.splitlines()[-1] == "1 error in 1 request checked, 0 valid"


def test_a_key_that_appears_twice_says_where_it_stands_in_the_file(folder: Folder) -> None:
    body = '{"properties": {"a/~b": 1, "a/~b": 2}}'
    encoded = base64.b64encode(body.encode()).decode()
    text = json.dumps(har(entry("PUT", RECORD, body), entry("PUT", RECORD, encoded, encoding="base64")))
    folder.write("a.har", text)
    first, later = [match.start() + 1 for match in re.finditer(r'\\"a/~b', text)]
    assert [line.partition("entries")[2] for line in folder.check("--quiet", "a.har").out.splitlines()[:2]] == [
        f'[0]: "a/~b" appears twice in one object: at line 1 column {first} and at line 1 column {later}',
        '[1]: "a/~b" appears twice in one object',
    ]


def test_entries_are_chosen_as_the_guard_chooses(folder: Folder) -> None:
    """An odd spelling is judged and said, a URL that cannot be read is said, and other paths are passed over."""
    entries = [
        entry("PUT", RECORD.replace("/objects", "//OBJECTS"), BAD),
        entry("PUT", "http://[x/objects", BAD),
        entry("GET", "http://[x/objects"),
        entry("PUT", RECORD.replace("/records", "%2Frecords"), GOOD),
        entry("POST", RECORD.replace("/records/", "/records/search/../"), GOOD),
        entry("PUT", f"{RECORD.partition('?')[0]}/notes", BAD),
    ]
    folder.write("a.har", json.dumps(har(*entries)))
    report = json.loads(folder.run("check", *OBJECTS, "--format", "json", "a.har").out)
    listed = [
        (result["entry"], each["rule"], each["pointer"], each["line"])
        for result in report["results"]
        for each in result["violations"]
    ]
    assert listed == [
        (0, "request-operation", "/url", 1),
        (0, "unknown-option", "/body/properties/priority", 1),
        (1, "request-operation", "/url", 1),
        (3, "request-operation", "/url", 1),
        (4, "request-operation", "/url", 1),
    ]


@pytest.mark.parametrize("name", ["github", "gitlab", "sarif", "junit", "tap"])
def test_other_formats_name_it_too(folder: Folder, name: str) -> None:
    folder.write("a.har", json.dumps(SESSION))
    assert "entries[7]" in folder.run("check", *OBJECTS, "--format", name, "a.har").out


def test_a_har_file_by_any_name_and_on_standard_input(folder: Folder) -> None:
    text = json.dumps(SESSION)
    folder.write("session.json", text)
    summary = {"checked": 4, "valid": 1, "errors": 4, "warnings": 1}
    assert numbers(json.loads(folder.run("check", *OBJECTS, "--format", "json", "session.json").out)) == summary
    done = folder.run("check", *OBJECTS, "--format", "json", "-", stdin=b"\xef\xbb\xbf" + text.encode())
    assert numbers(json.loads(done.out)) == summary


def test_a_body_in_base64(folder: Folder) -> None:
    text = base64.b64encode(BAD.encode()).decode()
    folder.write("a.har", json.dumps(har(entry("PUT", RECORD, text, encoding="base64"))))
    done = folder.run("check", *OBJECTS, "--format", "json", "a.har")
    ((violation,),) = [result["violations"] for result in json.loads(done.out)["results"]]
    assert (violation["rule"], violation["column"]) == ("unknown-option", 148)


def test_entries_that_cannot_be_read(folder: Folder) -> None:
    broken = har({"request": 1}, entry("PUT", RECORD, "!", encoding="base64"), entry("PUT", RECORD, GOOD))
    folder.write("a.har", json.dumps(broken))
    done = folder.run("check", *OBJECTS, "a.har")
    assert (done.status, done.out) == (2, "1 request checked, no problems\n")
    first, second = done.err.splitlines()
    assert first == "recordlint: a.har: entries[0] has no request with a method and a URL"
    assert second == "recordlint: a.har: the body of entries[1] is not valid base64"


def test_nothing_in_it_writes_a_record(folder: Folder) -> None:
    folder.write("a.har", json.dumps(har(entry("GET", RECORD))))
    assert folder.run("check", *OBJECTS, "a.har") == (
        0,
        "no requests checked\n",
        "recordlint: a.har: no request in it writes a record\n",
    )


def test_what_is_no_har_file(folder: Folder) -> None:
    folder.write("a.har", GOOD)
    folder.write("b.har", "{")
    folder.write("c.json", '{"properties": {"entries": 1, "log": 2}}')
    done = folder.check("a.har", "b.har", "c.json")
    assert done.status == 2
    assert done.err == "recordlint: a.har: no HAR file: it has no log.entries\n"
    rules = [line.split("[")[1].split("]")[0] for line in done.out.splitlines() if ": error[" in line]
    assert rules == ["invalid-json", "unknown-property", "unknown-property"]


VALIDATOR = Validator.from_path(DEFINITIONS)


@given(st.text(max_size=20), st.text(max_size=20), st.booleans())
def test_a_place_is_that_of_the_value_in_the_file(before: str, value: str, ascii_only: bool) -> None:
    """Whatever stands before it, and however it is escaped twice."""
    body = {"properties": {"ticket_name": before, "priority": f"?{value}"}}
    text = json.dumps(har(entry("PUT", RECORD, json.dumps(body, ensure_ascii=False))), ensure_ascii=ascii_only)
    checked = check_har(VALIDATOR, text.encode())
    assert checked
    ((number, report),) = checked.reports
    (violation,) = report.violations
    assert (number, violation.rule) == (0, "unknown-option")
    assert violation.place
    marked = text.encode()[violation.place.start : violation.place.end].decode()
    assert json.loads(json.loads(f'"{marked}"')) == f"?{value}"


def test_what_stands_around_a_body_is_placed_where_it_stands() -> None:
    headers = [{"name": "Accept", "value": "x"}, {"name": "version", "value": "2020-01-01"}]
    written = entry("PUT", RECORD.replace("locationId=x", "locationId=a%20b"), GOOD)
    written["request"]["headers"] = headers
    created = entry("POST", f"{RECORDS}?locationId=x", GOOD, mimeType="text/csv")
    created["request"]["headers"] = headers[:1]
    text = json.dumps(har(written, created), indent=1)
    checked = check_har(VALIDATOR, text.encode())
    assert checked
    marked = [
        (number, each.rule, each.pointer, text[each.place.start : each.place.end])
        for number, report in checked.reports
        for each in report.violations
        if each.place
    ]
    assert marked == [
        (0, "id-format", "/url", json.dumps(written["request"]["url"])),
        (0, "version-header", "/headers/version", '"2020-01-01"'),
        (1, "location-in-url", "/url", json.dumps(created["request"]["url"])),
        (1, "content-type", "/headers/Content-Type", '"text/csv"'),
        (1, "missing-property", "/body/properties", "{"),
    ]


def test_the_page_has_commands_that_run(folder: Folder) -> None:
    page = (ROOT / "docs/requests.md").read_text("utf-8")
    blocks = [block.split("```")[0] for block in page.split("```sh\n")[1:]]
    for path in DEFINITIONS.iterdir():
        folder.write(f"objects/{path.name}", path.read_bytes())
    folder.write("session.har", json.dumps(SESSION))
    folder.write("requests/update.json", page.split("```json\n")[1].split("```")[0])
    statuses = [folder.run(*line.split()[1:]).status for block in blocks for line in block.splitlines()]
    assert statuses == [1, 1]
