"""Baselines of check: what is known is held back, and what is new is reported."""

from __future__ import annotations

import json
from typing import Any

import pytest

from baseline_files import RECORDED, ROW, WITH, WRITE, entries, write_baseline
from command_folder import INVALID, OBJECTS, Done, Folder, invalid_report, report_of
from fixture_files import ROOT
from har_session import RECORD, entry, har
from recordlint.reporters import formats

FIXTURES = ROOT / "fixtures/payloads/invalid"


def test_a_project_adopts_the_check(folder: Folder) -> None:
    done = folder.check(*WRITE, "invalid.json", "valid.json")
    closing = "2 files checked, no new problems; 1 known one held back\n"
    assert done == (0, closing, RECORDED.format("1 violation in 1 file"))
    assert entries(folder) == [("invalid.json", "wrong-type", "/properties/ticket_name", 1)]
    assert folder.check(*WITH, "invalid.json", "valid.json") == (0, closing, "")
    folder.write("valid.json", INVALID)
    new = folder.check(*WITH, "invalid.json", "valid.json")
    closing = "1 new error in 2 files checked; 1 fixable with --unsafe-fixes; 1 known one held back\n"
    assert new == (1, invalid_report("valid.json") + closing, "")


@pytest.fixture
def payloads(folder: Folder) -> Folder:
    """All payloads that are wrong, three HAR files and rows among them."""
    for path in FIXTURES.iterdir():
        folder.write(f"payloads/{path.name}", path.read_bytes())
    rows = [json.dumps(json.loads(path.read_bytes())) for path in sorted(FIXTURES.glob("o*.json"))]
    folder.write("payloads/rows.ndjson", "\n".join(rows))
    folder.write("payloads/sent.har", json.dumps(har(entry("PUT", RECORD, ROW), entry("PUT", RECORD, ROW))))
    return folder


ALL = ("payloads", "payloads/rows.ndjson", "payloads/sent.har")


@pytest.mark.parametrize("name", formats())
def test_an_empty_baseline_changes_nothing(payloads: Folder, name: str) -> None:
    write_baseline(payloads, [])
    without = payloads.check("--format", name, *ALL)
    assert payloads.check("--format", name, *WITH, *ALL) == without


def test_all_that_is_known_is_held_back(payloads: Folder) -> None:
    before = report_of(payloads.check("--format", "json", *ALL).out)["summary"]
    assert payloads.check(*WRITE, *ALL).status == 0
    after = payloads.check("--format", "json", *WITH, *ALL)
    number = before["errors"] + before["warnings"]
    assert number > 200
    assert after == (0, after.out, f"recordlint: b.json: {number} known violations held back\n")
    summary = report_of(after.out)["summary"]
    assert summary == {
        "checked": before["checked"],
        "definitions": before["definitions"],
        "valid": before["checked"],
        "errors": 0,
        "warnings": 0,
        "known": number,
        "rules": [],
    }
    assert sum(count for *_, count in entries(payloads)) == number
    text = (payloads.path / "b.json").read_bytes()
    payloads.check(*WRITE, *ALL)
    assert (payloads.path / "b.json").read_bytes() == text


def rewritten(text: bytes, **how: Any) -> str | None:
    """The JSON text in another form; None where it is not JSON, or would lose something."""
    try:
        if len(json.loads(text)) != len(json.loads(text, object_pairs_hook=list)) or b'"body": "' in text:
            return None
        return json.dumps(json.loads(text), **how)
    except ValueError:
        return None


@pytest.mark.parametrize("how", [{"indent": 4}, {"separators": (",", ":")}, {"ensure_ascii": False, "indent": 1}])
def test_other_white_space_makes_nothing_new(payloads: Folder, how: dict[str, Any]) -> None:
    payloads.check(*WRITE, "payloads")
    changed = 0
    for path in (payloads.path / "payloads").glob("*.json"):
        text = rewritten(path.read_bytes(), **how)
        if text is not None and not path.name.startswith(("duplicate", "encoding")):
            path.write_text(text, "utf-8")
            changed += 1
    assert changed > 100
    done = payloads.check(*WITH, "payloads")
    assert (done.status, done.err) == (0, "")


def test_no_value_is_in_a_baseline(folder: Folder) -> None:
    body = {
        "properties": {
            "priority": "SECRET1",
            "phone_number": "SECRET2",
            "money": {"value": "SECRET3", "currency": "SECRET4"},
            "my_files": {"add": [{"url": "SECRET5", "name": 6}]},
        },
        "owners": {"add": ["SECRET 7"]},
    }
    folder.write("a.json", json.dumps(body))
    folder.write("c.json", '{"properties": {"priority": SECRET8}}')
    folder.check(*WRITE, "a.json", "c.json")
    assert len(entries(folder)) >= 6
    assert "SECRET" not in (folder.path / "b.json").read_text("utf-8")


def test_more_of_a_kind_are_reported_whole(folder: Folder) -> None:
    folder.write("a.json", '{"properties": {"section_of_app": {"add": ["x", "y"]}, "ticket_name": 1}}')
    folder.check(*WRITE, "a.json")
    folder.write("a.json", '{"properties": {"section_of_app": {"add": ["z", "x", "y"]}, "ticket_name": 1}}')
    done = folder.check(*WITH, "--format", "json", "a.json")
    assert done.status == 1
    (result,) = report_of(done.out)["results"]
    assert [(each["rule"], each["note"]) for each in result["violations"]] == [("unknown-option", "2 were known")] * 3
    text = folder.check(*WITH, "a.json").out
    assert text.count("unknown-option") == 3
    assert text.count("    = note: 2 were known\n") == 1
    assert "wrong-type" not in text
    assert text.endswith("3 new errors in 1 file checked; 1 known one held back\n")


def test_a_note_has_its_own_words_first(folder: Folder) -> None:
    folder.write("a.json", '{"properties": {"aa": 1}}')
    write_baseline(folder, [("a.json", "unknown-property", "/properties/bb", 1)])
    assert "were known" not in folder.check(*WITH, "a.json").out
    folder.write("a.json", '{"properties": {"section_of_app": "x"}}')
    note = report_of(folder.check("--format", "json", "a.json").out)["results"][0]["violations"][0]["note"]
    folder.write("a.ndjson", '{"properties": {"section_of_app": "x"}}\n' * 2)
    write_baseline(folder, [("a.ndjson", "delta-expected", "/properties/section_of_app", 1)])
    results = report_of(folder.check(*WITH, "--format", "json", "a.ndjson").out)["results"]
    assert [each["violations"][0]["note"] for each in results] == [f"{note}; 1 was known"] * 2


# Where it is named.


def test_the_configuration_names_it(folder: Folder) -> None:
    ticket = (ROOT / "fixtures/objects/ticket.json").read_text("utf-8")
    folder.write("project/objects/ticket.json", ticket)
    folder.write("project/payloads/a.json", INVALID)
    text = 'objects = ["objects/"]\nbaseline = "b.json"\n\n[[files]]\nmatch = "payloads/*.json"\n'
    folder.write("project/recordlint.toml", text)
    missing = folder.run("check", "project")
    assert missing.status == 2
    assert "b.json: no such file; --write-baseline " in missing.err
    path = str(folder.path / "project/b.json")
    done = folder.run("check", "--write-baseline", path, "project")
    assert (done.status, done.err) == (0, f"recordlint: {path}: recorded 1 violation in 1 file\n")
    assert entries(folder, "project/b.json") == [("payloads/a.json", "wrong-type", "/properties/ticket_name", 1)]
    inside = Folder(folder.path / "project")
    for checked in (folder.run("check", "project"), inside.run("check"), inside.run("check", "payloads/a.json")):
        assert checked == Done(0, "1 file checked, no new problems; 1 known one held back\n", "")
    assert f"baseline = {json.dumps(path)}" in inside.run("config").out
    write_baseline(folder, [])
    assert folder.run("check", "--baseline", "b.json", "project").status == 1


def test_fixes_are_of_what_is_known_too(folder: Folder) -> None:
    folder.write("a.json", '{"properties": {"priority": "HIGH", "ticket_name": 1}}')
    folder.check(*WRITE, "a.json")
    done = folder.check(*WITH, "--fix", "--prune-baseline", "a.json")
    assert done == (
        0,
        "1 file checked, no new problems; 1 fixed; 1 known one held back\n",
        "recordlint: a.json: fixed 1\nrecordlint: b.json: dropped 1 known violation\n",
    )
    assert entries(folder) == [("a.json", "wrong-type", "/properties/ticket_name", 1)]


def test_statistics_and_redaction_are_of_what_is_new(folder: Folder) -> None:
    folder.write("a.json", '{"properties": {"priority": "SECRET", "ticket_name": 1}}')
    write_baseline(folder, [("a.json", "wrong-type", "/properties/ticket_name", 1)])
    out = folder.check(*WITH, "--statistics", "--redact", "a.json").out
    assert "unknown-option" in out
    assert "wrong-type" not in out
    assert "SECRET" not in out


def test_definitions_of_several_objects(folder: Folder) -> None:
    """Bodies that no flag names an object for could not be checked, so they are not written either."""
    done = folder.run("check", *OBJECTS, *WRITE, "invalid.json")
    assert done.status == 2
    assert done.err.endswith("recordlint: b.json: not written, because some files could not be checked\n")
    folder.write("rows.ndjson", ROW)
    done = folder.run("check", *OBJECTS, *WRITE, "rows.ndjson")
    assert done.status == 2
    assert done.err.count("\n") == 2
    assert done.err.endswith("recordlint: b.json: not written, because some files could not be checked\n")
