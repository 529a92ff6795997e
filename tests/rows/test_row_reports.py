"""What is said of the rows of a file: as much as of single files."""

from __future__ import annotations

import json
from typing import Any

import pytest

from command_folder import OBJECTS, TICKET, Folder, numbers
from fixture_files import payloads
from row_files import BAD, GOOD, LINE, MIXED, REQUEST, report, rows


def test_each_row_is_judged_by_itself(folder: Folder) -> None:
    folder.write("rows.ndjson", MIXED)
    found = report(folder, "rows.ndjson")
    assert rows(found) == [
        (2, ["unknown-option"]),
        (5, ["invalid-json"]),
        (6, ["object-mismatch"]),
        (7, ["no-op"]),
        (8, ["encoding"]),
        (9, ["duplicate-key"]),
        (10, ["unknown-option"]),
    ]
    assert numbers(found) == {"checked": 8, "valid": 2, "errors": 6, "warnings": 1}
    first, *_, last = found["results"]
    assert (first["path"], first["object"], first["operation"]) == ("rows.ndjson", "custom_objects.ticket", "update")
    for result in (first, last):
        (violation,) = result["violations"]
        assert (violation["line"], violation["column"], violation["pointer"]) == (
            result["line"],
            29,
            "/properties/priority",
        )
        assert violation["fix"]["edits"] == [{"start": 28, "end": 34, "text": '"high"'}]
    (repeated,) = found["results"][5]["violations"]
    assert [each["line"] for each in repeated["related"]] == [9]
    assert repeated["message"].count("line 9 column") == 2


def test_the_text_report(folder: Folder) -> None:
    folder.write("rows.jsonl", GOOD + b"\n" + BAD + b"\r\n")
    done = folder.check("rows.jsonl")
    assert done.out.splitlines() == [
        LINE.format("rows.jsonl", 2, 29),
        '  2 | {"properties": {"priority": "HIGH"}}',
        "    |                             ^^^^^^",
        '    = hint: write "high"',
        "",
        "1 error in 2 rows checked, 1 valid; 1 fixable with --fix",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("payload", [each for each in payloads() if each.object == "custom_objects.ticket"], ids=str)
def test_a_row_is_judged_as_a_file_is(folder: Folder, payload: Any) -> None:
    data = payload.path.read_bytes()
    if b"\n" in data.rstrip(b"\n"):
        try:
            data = json.dumps(json.loads(data), ensure_ascii=False).encode()
        except ValueError:
            return
    folder.write("a.json", data.rstrip(b"\n"))
    folder.write("a.ndjson", b"\n" + data.rstrip(b"\n"))
    operation = ("--operation", payload.operation)
    single = json.loads(folder.run("check", *TICKET, *operation, "--format", "json", "a.json").out)
    row = json.loads(folder.run("check", *TICKET, *operation, "--format", "json", "a.ndjson").out)
    for result in row["results"]:
        assert result.pop("line") == 2
        result["path"] = "a.json"
        for each in result["violations"]:
            for place in (each, *each["related"]):
                place["line"], place["end_line"] = place["line"] - 1, place["end_line"] - 1
    for group in row["summary"]["rules"]:
        group["first"] |= {"path": "a.json", "line": group["first"]["line"] - 1}
    assert row == single


def test_requests_tell_their_objects(folder: Folder) -> None:
    folder.write("rows.ndjson", REQUEST + b"\n" + REQUEST.replace(b'"1"', b"1"))
    done = folder.run("check", *OBJECTS, "rows.ndjson")
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith('rows.ndjson:1:138: error[wrong-type]: "Units on hand" takes a number')


def test_a_body_that_no_object_is_named_for(folder: Folder) -> None:
    folder.write("rows.ndjson", REQUEST + b"\n" + GOOD + b"\n" + GOOD)
    done = folder.run("check", *OBJECTS, "rows.ndjson")
    assert done.status == 2
    assert done.err.startswith("recordlint: rows.ndjson:2: say which object the bodies are for: ")
    assert done.err.count("\n") == 1
    assert "1 error in 1 row checked" in done.out


@pytest.mark.parametrize("name", ["tap", "junit"])
def test_formats_that_list_what_is_right_too(folder: Folder, name: str) -> None:
    folder.write("rows.ndjson", GOOD + b"\n\n" + BAD)
    out = folder.check("--format", name, "rows.ndjson").out
    assert out.count("rows.ndjson line 1") >= 1
    assert out.count("rows.ndjson line 3") >= 1
    assert "line 2" not in out
    assert name != "tap" or out.endswith("1..2\n")


def test_sarif_has_no_bytes_of_a_row(folder: Folder) -> None:
    folder.write("rows.ndjson", GOOD + b"\n" + BAD)
    (result,) = json.loads(folder.check("--format", "sarif", "rows.ndjson").out)["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 29, "endLine": 2, "endColumn": 35}
    assert "fixes" not in result


def test_an_empty_file(folder: Folder) -> None:
    folder.write("rows.ndjson", b"\n\n")
    assert folder.check("rows.ndjson") == (0, "no rows checked\n", "")


@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.parametrize("limit", [0, 1, 7, 40, 5000])
def test_no_more_are_listed_than_asked_for(folder: Folder, limit: int, jobs: str) -> None:
    two = BAD.replace(b"}}", b', "type_of_ticket": "x"}}')
    folder.write("rows.ndjson", (GOOD + b"\n" + two + b"\n") * 100 + (b" " * 1000 + two + b"\n") * 1300)
    folder.write("single.json", two)
    done = folder.check(
        "--format", "json", "--jobs", jobs, "--max-violations", str(limit), "single.json", "rows.ndjson"
    )
    found = json.loads(done.out)
    listed = [violation for result in found["results"] for violation in result["violations"]]
    assert len(listed) == min(limit, 2802)
    assert found["summary"].get("unlisted", 0) == 2802 - len(listed)
    assert (done.status, found["summary"]["checked"], found["summary"]["errors"]) == (1, 1501, 2802)


def test_a_limit_in_text(folder: Folder) -> None:
    folder.write("rows.ndjson", (BAD + b"\n") * 3)
    done = folder.check("--quiet", "--max-violations", "1", "rows.ndjson")
    assert done.out == LINE.format("rows.ndjson", 1, 29) + "\n"
    done = folder.check("--max-violations", "1", "rows.ndjson")
    assert done.out.splitlines()[-1] == "3 errors in 3 rows checked, 0 valid; 3 fixable with --fix; 2 not listed"
