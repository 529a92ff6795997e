"""Baselines of check: what is known is held back, what is new is reported, and the file stays true."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from command_folder import INVALID, OBJECTS, TICKET, VALID, Done, Folder, invalid_report, numbers, report_of
from fixture_files import ROOT
from har_session import RECORD, entry, har
from recordlint.commands.check import row_spots
from recordlint.commands.check.command import command
from recordlint.reporters import formats

WRITE = ("--write-baseline", "b.json")
WITH = ("--baseline", "b.json")
FIXTURES = ROOT / "fixtures/payloads/invalid"
ROW = '{"properties": {"priority": "HIGH"}}\n'
RECORDED = (
    "recordlint: b.json: recorded {}\n"
    'recordlint: report only what is new with --baseline b.json, or with baseline = "b.json" in the configuration\n'
)


def entries(folder: Folder, name: str = "b.json") -> list[tuple[str, str, str, int]]:
    listed = json.loads((folder.path / name).read_bytes())["violations"]
    return [(each["path"], each["rule"], each["pointer"], each["count"]) for each in listed]


def write_baseline(folder: Folder, known: list[tuple[str, str, str, int]], name: str = "b.json") -> None:
    listed = [dict(zip(("path", "rule", "pointer", "count"), each, strict=True)) for each in known]
    folder.write(name, json.dumps({"version": 1, "violations": listed}))


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


# Rows and recorded requests.


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_rows_are_counted_over_the_whole_file(folder: Folder, jobs: str) -> None:
    folder.write("rows.ndjson", ROW * 4000 + VALID)
    check = ("--jobs", jobs, "rows.ndjson")
    done = folder.check(*WRITE, *check)
    assert done.out == "4,001 rows checked, no new problems; 4,000 known ones held back\n"
    assert entries(folder) == [("rows.ndjson", "unknown-option", "/properties/priority", 4000)]
    folder.write("rows.ndjson", VALID + "\n" + ROW * 4000 + INVALID)
    summary = report_of(folder.check(*WITH, "--format", "json", *check).out)["summary"]
    assert (summary["errors"], summary["known"], summary["rules"][0]["first"]["line"]) == (1, 4000, 4002)
    folder.write("rows.ndjson", ROW * 4001)
    summary = report_of(folder.check(*WITH, "--format", "json", *check).out)["summary"]
    assert (summary["errors"], "known" in summary) == (4001, False)


def test_rows_of_a_pipe_are_read_twice(folder: Folder) -> None:
    write_baseline(folder, [("rows.ndjson", "unknown-option", "/properties/priority", 2), ("-", "no-op", "", 1)])
    arguments = ("--lines", "--quiet", *WITH, "-")
    named = ("--stdin-name", "rows.ndjson", *arguments)
    assert folder.check(*named, stdin=ROW.encode() * 2) == (0, "", "")
    assert folder.check(*named, stdin=ROW.encode() * 3).out.count("\n") == 3
    assert folder.check(*arguments, stdin=b"{}\n") == (0, "", "")
    assert folder.check(*arguments, stdin=b"{}\n{}\n").out.count("\n") == 2
    assert folder.check(*WRITE, "--lines", "-", stdin=ROW.encode() * 2).status == 0
    assert ("-", "unknown-option", "/properties/priority", 2) in entries(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_rows_of_a_named_pipe(folder: Folder) -> None:
    os.mkfifo(folder.path / "pipe.ndjson")
    writer = threading.Thread(target=(folder.path / "pipe.ndjson").write_bytes, args=[ROW.encode() * 2], daemon=True)
    writer.start()
    assert folder.check(*WRITE, "pipe.ndjson").status == 0
    writer.join()
    assert entries(folder) == [("pipe.ndjson", "unknown-option", "/properties/priority", 2)]


def test_no_copy_is_left(folder: Folder, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    assert folder.check(*WRITE, "--lines", "-", stdin=ROW.encode(), TMPDIR=str(temporary)).status == 0
    assert [*temporary.iterdir()] == []


def test_rows_with_known_mistakes_are_invalid(folder: Folder) -> None:
    folder.write("rows.ndjson", ROW + VALID)
    folder.check(*WRITE, "rows.ndjson")
    assert folder.check(*WITH, "--split-to", "out", "rows.ndjson").status == 0
    assert (folder.path / "out/invalid.ndjson").read_text() == ROW
    assert (folder.path / "out/valid.ndjson").read_text() == VALID


def test_a_row_that_is_too_long(folder: Folder) -> None:
    folder.write("rows.ndjson", ROW + f'{{"properties": {{"ticket_name": "{"x" * 3000}"}}}}\n')
    limit = ("--max-size", "1000", "rows.ndjson")
    folder.check(*WRITE, *limit)
    assert [rule for _, rule, _, _ in entries(folder)] == ["too-large", "unknown-option"]
    assert folder.check(*WITH, *limit).status == 0


def test_recorded_requests_are_counted_over_the_whole_file(folder: Folder) -> None:
    folder.write("sent.har", json.dumps(har(entry("PUT", RECORD, ROW), entry("PUT", RECORD, ROW))))
    folder.check(*WRITE, "sent.har")
    assert entries(folder) == [("sent.har", "unknown-option", "/body/properties/priority", 2)]
    assert folder.check(*WITH, "sent.har").status == 0
    folder.write("sent.har", json.dumps(har(*[entry("PUT", RECORD, ROW)] * 3)))
    assert report_of(folder.check(*WITH, "--format", "json", "sent.har").out)["summary"]["errors"] == 3


# What no longer occurs.

KNOWN = [
    ("gone.json", "no-op", "", 2),
    ("invalid.json", "unknown-option", "/properties/priority", 1),
    ("invalid.json", "wrong-type", "/properties/ticket_name", 3),
    ("other.json", "no-op", "", 1),
    ("warning.json", "no-op", "", 1),
]
LEFT = [("invalid.json", "wrong-type", "/properties/ticket_name", 1), KNOWN[3], KNOWN[4]]
SAID = (
    "recordlint: b.json: 5 known violations no longer occur; --prune-baseline drops them:\n"
    "recordlint:   gone.json: no-op\n"
    "recordlint:   invalid.json: unknown-option at /properties/priority\n"
    "recordlint:   invalid.json: wrong-type at /properties/ticket_name (1 of 3 left)\n"
)


def test_what_no_longer_occurs_is_said_and_dropped(folder: Folder) -> None:
    folder.write("other.json", VALID)  # It is not checked, so nothing is known of it.
    write_baseline(folder, KNOWN)
    files = ("invalid.json", "warning.json")
    done = folder.check(*WITH, *files)
    assert (done.status, done.err) == (0, SAID)
    assert folder.check(*WITH, "--quiet", *files) == (0, "", "")
    report = report_of(folder.check(*WITH, "--format", "json", *files).out)
    assert numbers(report)["known"] == 2
    assert [tuple(each.values()) for each in report["summary"]["gone"]] == [
        ("gone.json", "no-op", "", 2, 0),
        ("invalid.json", "unknown-option", "/properties/priority", 1, 0),
        ("invalid.json", "wrong-type", "/properties/ticket_name", 3, 1),
    ]
    assert folder.check(*WITH, "--prune-baseline", *files).err == "recordlint: b.json: dropped 5 known violations\n"
    assert entries(folder) == LEFT
    assert folder.check(*WITH, *files).err == ""
    assert folder.check(*WITH, "--prune-baseline", *files).err == "recordlint: b.json: all of it still occurs\n"


def test_few_entries_are_named(folder: Folder) -> None:
    write_baseline(folder, [(f"{n:02}.json", "no-op", "", 1) for n in range(23)])
    lines = folder.check(*WITH, "valid.json").err.splitlines()
    assert len(lines) == 22
    assert lines[0] == "recordlint: b.json: 23 known violations no longer occur; --prune-baseline drops them:"
    assert lines[-1] == "recordlint:   and 3 more"


def test_of_a_text_that_cannot_be_read_nothing_is_gone(folder: Folder) -> None:
    folder.check(*WRITE, "invalid.json")
    before = entries(folder)
    folder.write("invalid.json", INVALID.replace("1", "1,,"))
    done = folder.check(*WITH, "invalid.json", "--prune-baseline")
    assert (done.status, done.err) == (1, "recordlint: b.json: all of it still occurs\n")
    assert entries(folder) == before
    folder.write("invalid.json", VALID)
    write_baseline(folder, [*before, ("invalid.json", "invalid-json", "", 1)])
    assert folder.check(*WITH, "--prune-baseline", "invalid.json").status == 0
    assert entries(folder) == []


def test_rules_that_are_not_asked_about_stay(folder: Folder) -> None:
    folder.write("a.json", '{"properties": {"priority": "HIGH", "ticket_name": 1}}')
    both = [
        ("a.json", "unknown-option", "/properties/priority", 1),
        ("a.json", "wrong-type", "/properties/ticket_name", 1),
    ]
    folder.check(*WRITE, "--ignore", "wrong-type", "a.json")
    assert entries(folder) == both[:1]
    folder.check(*WRITE, "--select", "wrong-type", "a.json")
    assert entries(folder) == both
    for flags in (["--ignore", "wrong-type"], ["--select", "no-op,unknown-option"]):
        done = folder.check(*WITH, *flags, "--prune-baseline", "a.json")
        assert (done.status, done.err) == (0, "recordlint: b.json: all of it still occurs\n")
    assert entries(folder) == both


def test_files_that_are_not_checked_stay(folder: Folder) -> None:
    folder.write("deeper/a.json", INVALID)
    write_baseline(folder, KNOWN)
    folder.write("other.json", VALID)
    done = folder.check(*WRITE, "invalid.json", "deeper")
    assert done.err.startswith("recordlint: b.json: recorded 4 violations in 4 files\n")
    assert entries(folder) == [
        ("deeper/a.json", "wrong-type", "/properties/ticket_name", 1),
        LEFT[0],
        *KNOWN[3:],
    ]


# What is not written.


def test_a_run_that_is_not_whole_writes_nothing(folder: Folder) -> None:
    done = folder.check(*WRITE, "invalid.json", "missing.json")
    assert done.status == 2
    assert done.err == (
        "recordlint: missing.json: no such file or folder\n"
        "recordlint: b.json: not written, because some files could not be checked\n"
    )
    assert not (folder.path / "b.json").exists()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((*WRITE, *WITH), "--write-baseline writes a baseline anew: leave --baseline out"),
        ((*WRITE, "--diff"), "--diff writes nothing, and --write-baseline writes a file: leave one of the two out"),
        (
            (*WITH, "--diff", "--prune-baseline"),
            "--diff writes nothing, and --prune-baseline writes a file: leave one of the two out",
        ),
        (
            (*WRITE, "--fix", "--split-to", "out"),
            "with --split-to, --fix leaves the checked rows as they are: leave --write-baseline out",
        ),
        (("--baseline", ""), '--baseline takes a file, not ""'),
        (("--write-baseline", "new/"), '--write-baseline takes a file, not "new/"'),
        (("--write-baseline", "-"), '--write-baseline takes a file, not "-"'),
        ((*WRITE, "--prune-baseline"), "--write-baseline writes a baseline anew: leave --prune-baseline out"),
        (("--prune-baseline",), "--prune-baseline needs a baseline: name it with --baseline FILE"),
    ],
)
def test_wrong_usage(folder: Folder, arguments: tuple[str, ...], error: str) -> None:
    done = folder.check(*arguments, "valid.json")
    assert (done.status, done.err.splitlines()[-1]) == (2, f"Error: {error}")


def test_a_file_that_is_no_baseline_stays(folder: Folder) -> None:
    for option in ("--write-baseline", "--baseline"):
        done = folder.check(option, "valid.json", "invalid.json")
        reason = "no baseline: remove it, and write a new one with --write-baseline valid.json"
        assert done == (2, "", f"recordlint: valid.json: {reason}\n")
    assert (folder.path / "valid.json").read_text() == VALID
    done = folder.check("--baseline", "missing.json", "valid.json")
    assert done == (2, "", "recordlint: missing.json: no such file; --write-baseline missing.json writes it\n")


def test_a_baseline_is_no_payload_and_no_output(folder: Folder) -> None:
    folder.write("payloads/a.json", INVALID)
    baseline = "payloads/b.json"
    assert folder.check("--write-baseline", baseline, "payloads").status == 0
    assert entries(folder, baseline) == [("a.json", "wrong-type", "/properties/ticket_name", 1)]
    assert folder.check("--baseline", baseline, "payloads").out.startswith("1 file checked, no new problems")
    done = folder.check("--baseline", baseline, "--output", baseline, "payloads")
    assert (done.status, done.err.splitlines()[-1]) == (
        2,
        f"Error: --output {baseline} is read too; the report would overwrite it",
    )


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


# What accidents do.


def test_a_diff_changes_nothing_that_is_known(folder: Folder) -> None:
    folder.write("a.json", ROW)
    folder.check(*WRITE, "a.json")
    done = folder.check(*WITH, "--diff", "a.json")
    assert (done.status, done.err) == (1, "")
    folder.write("a.ndjson", ROW)
    folder.check(*WRITE, "a.ndjson")
    assert folder.check(*WITH, "--fix", "--split-to", "out", "a.ndjson").err == "recordlint: out: fixed 1\n"


def test_rows_are_fixed_where_some_are_known(folder: Folder) -> None:
    folder.write("a.ndjson", ROW + INVALID + "\n")
    folder.check(*WRITE, "a.ndjson")
    done = folder.check(*WITH, "--fix", "a.ndjson")
    assert done.status == 0
    assert done.err == (
        "recordlint: a.ndjson: fixed 1\n"
        "recordlint: b.json: 1 known violation no longer occurs; --prune-baseline drops it:\n"
        "recordlint:   a.ndjson: unknown-option at /properties/priority\n"
    )


def test_rows_that_change_between_the_readings(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.path)
    folder.write("a.ndjson", ROW * 3)
    write_baseline(folder, [("a.ndjson", "unknown-option", "/properties/priority", 3)])
    counted = row_spots.row_spots

    def counted_and_then_changed(path: str, job: Any, plan: Any) -> Any:
        numbers = counted(path, job, plan)
        with open(path, "a") as file:
            file.write(ROW)
        return numbers

    monkeypatch.setattr(row_spots, "row_spots", counted_and_then_changed)
    done = CliRunner().invoke(command, [*TICKET, *WITH, "a.ndjson"], standalone_mode=False)
    assert done.return_value == 2
    assert "a.ndjson: was changed while it was read" in done.output


def test_a_file_that_is_not_utf_8_by_name_is_there(folder: Folder) -> None:
    folder.write(b"bad\xff.json", INVALID)
    folder.check(*WRITE, b"bad\xff.json", "valid.json")
    before = entries(folder)
    assert before == [("bad\\udcff.json", "wrong-type", "/properties/ticket_name", 1)]
    assert folder.check(*WITH, "--prune-baseline", "valid.json").err == "recordlint: b.json: all of it still occurs\n"
    folder.check(*WRITE, "valid.json")
    assert entries(folder) == before
    assert folder.check(*WITH, b"bad\xff.json").status == 0


@pytest.mark.parametrize("option", ["--baseline", "--write-baseline"])
def test_split_rows_do_not_overwrite_it(folder: Folder, option: str) -> None:
    folder.write("a.ndjson", ROW)
    (folder.path / "out").mkdir()
    write_baseline(folder, [], "out/valid.ndjson")
    done = folder.check(option, "out/valid.ndjson", "--split-to", "out", "a.ndjson")
    error = "the baseline out/valid.ndjson is where --split-to out writes rows: name another file"
    assert (done.status, done.err.splitlines()[-1]) == (2, f"Error: {error}")


def test_a_recording_that_is_read_in_part(folder: Folder) -> None:
    folder.write("sent.har", json.dumps(har(entry("PUT", RECORD, ROW), {"request": 1})))
    known = [("sent.har", "unknown-option", "/body/properties/priority", 2)]
    write_baseline(folder, known)
    done = folder.check(*WITH, "--prune-baseline", "sent.har")
    assert done.status == 2
    assert done.err.endswith("recordlint: b.json: not written, because some files could not be checked\n")
    assert entries(folder) == known
    assert "no longer" not in folder.check(*WITH, "sent.har").err
    folder.write("sent.har", json.dumps(har(entry("GET", RECORD))))
    assert folder.check(*WITH, "--prune-baseline", "sent.har").err.endswith("b.json: dropped 2 known violations\n")


def test_a_typing_mistake_drops_nothing(folder: Folder) -> None:
    write_baseline(folder, KNOWN)
    done = folder.check(*WITH, "--prune-baseline", "gonne.json")
    assert (done.status, entries(folder)) == (2, KNOWN)


def test_what_is_known_of_a_file_stays_while_it_cannot_be_read(folder: Folder) -> None:
    folder.check(*WRITE, "invalid.json")
    folder.write("invalid.json", INVALID.replace("1", "1,,"))
    folder.check(*WRITE, "invalid.json")
    assert [rule for _, rule, _, _ in entries(folder)] == ["invalid-json", "wrong-type"]


def test_it_is_kept_out_of_the_definitions(folder: Folder) -> None:
    folder.write("objects/ticket.json", (ROOT / "fixtures/objects/ticket.json").read_bytes())
    write_baseline(folder, [], "objects/b.json")
    for option in ("--baseline", "--write-baseline"):
        done = folder.run(
            "check", "--objects", "objects/ticket.json", "--objects", "objects", option, "objects/b.json", "."
        )
        assert done.status == 2
    (folder.path / "objects/b.json").unlink()
    done = folder.run("check", "--objects", "objects", "--write-baseline", "objects/b.json", "valid.json")
    error = "the baseline objects/b.json is in a folder of definitions: keep it elsewhere"
    assert (done.status, done.err.splitlines()[-1]) == (2, f"Error: {error}")


@pytest.mark.skipif(os.name == "nt", reason="there is no /dev")
def test_it_can_be_written_to_a_pipe(folder: Folder) -> None:
    done = folder.check("--write-baseline", "/dev/stdout", "--quiet", "invalid.json")
    assert done.status == 0
    assert [each["rule"] for each in json.loads(done.out)["violations"]] == ["wrong-type"]


def test_a_linked_baseline_is_where_it_leads(folder: Folder) -> None:
    (folder.path / "base").mkdir()
    (folder.path / "x/y").mkdir(parents=True)
    folder.check("--write-baseline", "base/b.json", "invalid.json")
    (folder.path / "x/y/b.json").symlink_to("../../base/b.json")
    assert folder.check("--baseline", "x/y/b.json", "invalid.json").status == 0
    assert folder.check("--baseline", "x/y/b.json", "--prune-baseline", "valid.json").status == 0
    assert len(entries(folder, "base/b.json")) == 1
