"""The command line of check, run as users run it: exit status, standard output and standard error, word for word."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from command_folder import (
    COMMAND,
    ENVIRONMENT,
    INVALID,
    INVALID_LINE,
    OBJECTS,
    ROOT,
    TICKET,
    USAGE,
    VALID,
    Folder,
    invalid_report,
    numbers,
    report_of,
)
from recordlint.definitions.digest import named_digest
from recordlint.definitions.reading import load_objects

DIGESTS = {each.key: named_digest(each) for each in load_objects([OBJECTS[1]])}
ONE_ERROR = "1 error in 1 file checked, 0 valid; 1 fixable with --unsafe-fixes\n"

# What is found, and the exit status.


def test_a_valid_file(folder: Folder) -> None:
    assert folder.check("valid.json") == (0, "1 file checked, no problems\n", "")


def test_an_invalid_file(folder: Folder) -> None:
    closing = "1 error in 2 files checked, 1 valid; 1 fixable with --unsafe-fixes\n"
    assert folder.check("valid.json", "invalid.json") == (1, invalid_report("invalid.json") + closing, "")


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 1)])
def test_warnings_alone(folder: Folder, fail_on: str, status: int) -> None:
    expected = (
        "warning.json:1:1: warning[no-op]: the body is empty, so it changes nothing\n"
        "  1 | {}\n"
        "    | ^^\n"
        "    = hint: add the properties to change\n\n"
        "1 warning in 1 file checked, 1 valid\n"
    )
    assert folder.check("--fail-on", fail_on, "warning.json") == (status, expected, "")


def test_quiet(folder: Folder) -> None:
    assert folder.check("--quiet", "valid.json") == (0, "", "")
    expected = f"invalid.json:1:32: {INVALID_LINE}\n"
    assert folder.check("--quiet", "valid.json", "invalid.json") == (1, expected, "")


def test_json(folder: Folder) -> None:
    done = folder.check("--format", "json", "valid.json", "invalid.json")
    assert (done.status, done.err) == (1, "")
    violation = {
        "rule": "wrong-type",
        "severity": "error",
        "pointer": "/properties/ticket_name",
        "line": 1,
        "column": 32,
        "end_line": 1,
        "end_column": 33,
        "message": '"Ticket name" takes a string, not a number',
        "hint": 'write "1"',
        "note": "",
        "related": [],
        "fix": {
            "safe": False,
            "description": "put it in quotes",
            "edits": [{"start": 31, "end": 31, "text": '"'}, {"start": 32, "end": 32, "text": '"'}],
        },
    }
    result = {
        "path": "invalid.json",
        "object": "custom_objects.ticket",
        "operation": "update",
        "valid": False,
        "violations": [violation],
    }
    group = {
        "rule": "wrong-type",
        "field": "ticket_name",
        "count": 1,
        "fixable": 0,
        "unsafely_fixable": 1,
        "first": {"path": "invalid.json", "line": 1, "column": 32, "entry": None},
    }
    summary = {"checked": 2, "valid": 1, "errors": 1, "warnings": 0, "definitions": DIGESTS, "rules": [group]}
    assert report_of(done.out) == {"version": 1, "results": [result], "summary": summary}


def test_json_of_a_valid_file(folder: Folder) -> None:
    done = folder.check("--format", "json", "valid.json")
    summary = {"checked": 1, "valid": 1, "errors": 0, "warnings": 0, "definitions": DIGESTS, "rules": []}
    assert report_of(done.out) == {"version": 1, "results": [], "summary": summary}
    assert (done.status, done.err) == (0, "")


def test_a_missing_file_wins_and_the_rest_is_reported(folder: Folder) -> None:
    missing = "recordlint: missing.json: no such file or folder\n"
    closing = "1 error in 2 files checked, 1 valid; 1 fixable with --unsafe-fixes\n"
    files = ("invalid.json", "missing.json", "valid.json")
    assert folder.check(*files) == (2, invalid_report("invalid.json") + closing, missing)
    done = folder.check("--format", "json", *files)
    assert (done.status, done.err) == (2, missing)
    report = report_of(done.out)
    assert [result["path"] for result in report["results"]] == ["invalid.json"]
    assert numbers(report) == {"checked": 2, "valid": 1, "errors": 1, "warnings": 0}


def test_a_folder_is_walked(folder: Folder) -> None:
    folder.write("payloads/b.json", INVALID)
    folder.write("payloads/a/deep/c.JSON", INVALID)
    folder.write("payloads/notes.txt", "no payload")
    expected = f"payloads/a/deep/c.JSON:1:32: {INVALID_LINE}\npayloads/b.json:1:32: {INVALID_LINE}\n"  # sorted by path
    assert folder.check("--quiet", "payloads") == (1, expected, "")


def test_a_folder_without_payloads(folder: Folder) -> None:
    folder.write("payloads/notes.txt", "no payload")
    done = folder.check("payloads", "invalid.json")
    assert (done.status, done.err) == (2, "recordlint: payloads: no *.json file in this folder\n")
    assert done.out == invalid_report("invalid.json") + ONE_ERROR


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_listed(folder: Folder) -> None:
    folder.write("payloads/closed/a.json", VALID)
    closed = folder.path / "payloads/closed"
    closed.chmod(0)
    try:
        done = folder.check("payloads", "invalid.json")
    finally:
        closed.chmod(0o700)
    assert (done.status, done.err) == (2, "recordlint: payloads/closed: permission denied\n")
    assert done.out.startswith("invalid.json:1:32")


def test_a_file_that_is_too_large(folder: Folder) -> None:
    size = len(VALID)
    assert folder.check("--max-size", str(size), "valid.json").status == 0
    done = folder.check("--max-size", str(size - 1), "valid.json")
    too_large = f"larger than {size - 1} bytes; raise the limit with --max-size\n"
    assert (done.status, done.err) == (2, f"recordlint: valid.json: {too_large}")
    done = folder.check("--max-size", str(size - 1), "-", stdin=VALID.encode())
    assert (done.status, done.err) == (2, f"recordlint: -: {too_large}")


@pytest.mark.parametrize("size", ["1K", "1KiB", "1kb", "2M", "1GiB", "1024B", " 1024 "])
def test_sizes(folder: Folder, size: str) -> None:
    assert folder.check("--max-size", size, "valid.json").status == 0


@pytest.mark.parametrize("size", ["ten", "", "-1", "1.5M", "K", "1T", "١"])
def test_what_is_no_size(folder: Folder, size: str) -> None:
    reason = f"Invalid value for '--max-size': {size!r} is not a size such as 10MiB, 500K or 1000000\n"
    assert folder.check(f"--max-size={size}", "valid.json") == (2, "", USAGE + reason)


def test_a_binary_file_is_judged(folder: Folder) -> None:
    folder.write("image.json", b"\x89PNG\r\n\x1a\n\x00\xff")
    done = folder.check("image.json")
    assert (done.status, done.err) == (1, "")
    assert done.out == (
        "image.json:1:1: error[encoding]: this byte is not UTF-8\n"
        "  1 | �PNG\n"
        "    | ^\n"
        "    = hint: save the file as UTF-8; the byte is 0x89\n\n"
        "1 error in 1 file checked, 0 valid\n"
    )


def test_standard_input(folder: Folder) -> None:
    assert folder.check("-", stdin=VALID.encode()) == (0, "1 file checked, no problems\n", "")
    closing = "1 error in 1 file checked, 0 valid\n"
    assert folder.check("-", stdin=INVALID.encode()) == (1, invalid_report("-") + closing, "")
    assert folder.check("--quiet", "-").out == "-:1:1: error[invalid-json]: the text is empty\n"


# Objects and requests.


def test_an_unknown_object(folder: Folder) -> None:
    done = folder.run("check", *OBJECTS, "--object", "custom_objects.tickte", "valid.json")
    reason = "recordlint: there is no definition of custom_objects.tickte; did you mean custom_objects.ticket?\n"
    assert done == (2, "", reason)
    done = folder.run("check", *OBJECTS, "--object", "custom_objects.zebra", "valid.json")
    known = "use custom_objects.asset or custom_objects.ticket"
    reason = f"recordlint: there is no definition of custom_objects.zebra; {known}\n"
    assert done == (2, "", reason)


def test_no_objects(folder: Folder) -> None:
    pages = [(ROOT / name).read_text("utf-8") for name in ("README.md", "docs/definitions.md")]
    pull, curl = [page.split("```text\n")[1].split("```")[0] for page in pages]
    fetch, save = ["".join([f"  {line}\n" for line in each.splitlines()]) for each in (pull, curl)]
    lines = f"{fetch}Or, without the extra, save the service's answer for each object:\n{save}"
    reason = "no object definitions; fetch them, and check again:\n"
    assert folder.run("check", "valid.json") == (2, "", f"{USAGE}{reason}{lines}")
    reason = f"no files are named, and there are {reason}"
    assert folder.run("check") == (2, "", f"{USAGE}{reason}{lines}")


def test_definitions_that_cannot_be_used(folder: Folder) -> None:
    folder.write("objects/a.json", "{")
    folder.write("objects/b.json", '{"object": {"key": "custom_objects.pet"}}')
    assert folder.run("check", "--objects", "objects", "--objects", "gone", "valid.json") == (
        2,
        "",
        "recordlint: objects/a.json: not JSON, line 1 column 2: the text ends before this { is closed\n"
        "recordlint: objects/b.json: has an object but no list of fields; request it with ?fetchProperties=true\n"
        "recordlint: gone: no such file or folder\n",
    )


def test_a_bare_body_where_two_objects_are_defined(folder: Folder) -> None:
    done = folder.run("check", *OBJECTS, "valid.json")
    reason = "say which object the bodies are for: custom_objects.asset or custom_objects.ticket (--object KEY)"
    assert (done.status, done.err) == (2, f"recordlint: valid.json: {reason}\n")


def test_a_bare_body_where_one_object_is_defined(folder: Folder) -> None:
    one = ("--objects", str(ROOT / "fixtures/objects/ticket.json"))
    assert folder.run("check", *one, "valid.json") == (0, "1 file checked, no problems\n", "")


def test_a_request_for_another_object(folder: Folder) -> None:
    url = "/objects/custom_objects.asset/records/661c06b4ffde146bdb469442?locationId=x"
    folder.write("request.json", json.dumps({"method": "PUT", "url": url, "body": {"properties": {"units": 1}}}))
    assert folder.run("check", *OBJECTS, "request.json").status == 0
    done = folder.check("--format", "json", "request.json")
    (result,) = report_of(done.out)["results"]
    (violation,) = result["violations"]
    assert (done.status, result["object"], result["operation"]) == (1, "custom_objects.asset", "update")
    assert (violation["rule"], violation["severity"], violation["pointer"]) == ("object-mismatch", "error", "/url")
    assert violation["message"] == ("the URL names custom_objects.asset, but the check is for custom_objects.ticket")


def test_create(folder: Folder) -> None:
    folder.write("new.json", '{"locationId": "x", "properties": {"ticket_name": "Printer"}}')
    assert folder.check("--operation", "create", "new.json").status == 0
    done = folder.check("--quiet", "new.json")
    assert done.status == 1
    assert done.out.startswith("new.json:1:2: error[location-in-body]: ")


# Where the report goes.


def test_output(folder: Folder) -> None:
    assert folder.check("--output", "report.txt", "invalid.json") == (1, "", "")
    written = (folder.path / "report.txt").read_text("utf-8")
    assert written == invalid_report("invalid.json") + ONE_ERROR


def test_an_output_that_cannot_be_written(folder: Folder) -> None:
    reason = "recordlint: nowhere/report.txt: cannot be written: no such file or directory\n"
    assert folder.check("--output", "nowhere/report.txt", "valid.json") == (2, "", reason)


@pytest.mark.parametrize("path", ["valid.json", "./valid.json", "link.json", "payloads/../valid.json"])
def test_an_output_over_a_payload(folder: Folder, path: str) -> None:
    folder.write("payloads/other.json", VALID)
    (folder.path / "link.json").symlink_to(folder.path / "valid.json")
    reason = f"--output {path} is read too; the report would overwrite it\n"
    assert folder.check("--output", path, "invalid.json", "valid.json") == (2, "", USAGE + reason)
    assert folder.check("--output", path, ".") == (2, "", USAGE + reason)
    assert (folder.path / "valid.json").read_text() == VALID


def test_a_reader_that_has_had_enough(folder: Folder) -> None:
    keys = ", ".join(f'"key{number}": {number}' for number in range(900))
    folder.write("long.json", f'{{"properties": {{{keys}}}}}')
    for arguments in (
        ("check", *TICKET, "long.json"),
        ("objects", *OBJECTS),
        ("schema", *TICKET, "--operation=update"),
    ):
        line = " ".join(map(repr, (COMMAND, *arguments)))
        piped = subprocess.run(
            ["sh", "-c", f"{line} | head -c 10"], cwd=folder.path, env=ENVIRONMENT, capture_output=True, text=True
        )
        assert len(piped.stdout) == 10
        assert piped.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_a_full_disk(folder: Folder) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [COMMAND, "check", *TICKET, "invalid.json"], cwd=folder.path, env=ENVIRONMENT, stdout=full, stderr=-1
        )
    assert done.returncode == 2
    assert done.stderr.decode() == "recordlint: standard output: cannot be written: no space left on device\n"


# The second engine.


def test_both_engines_report_the_same_of_every_fixture(folder: Folder) -> None:
    reports = []
    for engine in ("jsonschema-rs", "jsonschema"):
        for options in (TICKET, (*OBJECTS, "--object", "custom_objects.asset"), (*TICKET, "--operation", "create")):
            payloads = str(ROOT / "fixtures/payloads")
            done = folder.run("check", *options, "--format", "json", "--engine", engine, payloads)
            assert (done.status, done.err) == (1, "")
            assert report_of(done.out)["summary"]["checked"] == len(list((ROOT / "fixtures/payloads").rglob("*.json")))
            reports.append(done.out)
    assert reports[:3] == reports[3:]


def test_a_report_is_the_same_at_every_run(folder: Folder) -> None:
    payloads = str(ROOT / "fixtures/payloads")
    assert len({folder.check(payloads, PYTHONHASHSEED=str(seed)).out for seed in range(4)}) == 1


def test_an_unknown_engine(folder: Folder) -> None:
    reason = "Invalid value for '--engine': 'ajv' is not one of 'jsonschema-rs', 'jsonschema'.\n"
    assert folder.check("--engine", "ajv", "valid.json") == (2, "", USAGE + reason)
