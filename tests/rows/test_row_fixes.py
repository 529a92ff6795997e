"""--fix on rows: the fixed rows are those that the library makes, and all other bytes are as they were."""

from __future__ import annotations

import gzip
import json
import os
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command_folder import OBJECTS, Folder, numbers, report_of
from recordlint.checking.report import Report
from recordlint.checking.validator import Validator
from recordlint.cli import run
from recordlint.commands.check import jobs as jobs_module
from recordlint.reporters import formats
from recordlint.rows import blocks, streams
from row_files import BAD, GOOD, PARTLY, PARTLY_FIXED, REQUEST, TWO, TWO_FIXED, UNSAFE, WARNED

KEY = "custom_objects.ticket"
VALIDATOR = Validator.from_path(OBJECTS[1])
URL = b"/objects/custom_objects.ticket/records/668d681f77af4e5229abd6c0?locationId=l"
UNSAFE_FIXED = b'{"properties": {"affected_platforms": {"add": ["web"]}}}'
HOPELESS = b'{"properties": {"type_of_ticket": "x"}}'
LIMIT = 200
ROWS = (
    GOOD, BAD, PARTLY, UNSAFE, HOPELESS, WARNED, REQUEST,
    b'{"method": "PUT", "url": "%b", "body": %b}' % (URL, BAD),
    b'{"method": "PUT", "url": "%b", "body": {"properties": {"priorty": "HIGH"}}}' % URL,
    b"", b" \t", b"{", b"// a note", b"```json %b ```" % GOOD,
    b'{"properties": {"priority": "HIGH",}}', b"{'properties': {priority: 'HIGH'}}",
    b'{"a": 1, "a": "x"}', b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf" + GOOD, b"\xef\xbb\xbf" + BAD, b"\xef\xbb\xbf",
    '{"properties": {"Ticket name": "Grüße 🙂", "priority" :"High"  } }'.encode(),
    b'{"properties": {"phone_number": "+1 (202) 555-0142", "customer_number": "1234.50"}}',
    b'{"properties": {"priority": "HIGH", "ticket_name": "%b"}}' % (b"x" * LIMIT),
)  # fmt: skip
NEWLINES = (b"\n", b"\r\n", b" \t\r\n")


class Line(NamedTuple):
    """A line of a file, and what should become of it."""

    row: bytes
    end: bytes
    fixed: bytes
    applied: int
    report: Report | None
    """Of the row after its fixes; None for a blank line and for one that is too long."""


def line(row: bytes, end: bytes, *, unsafe: bool) -> Line:
    if not row.strip(b" \t\r") or len(row) > LIMIT:
        return Line(row, end, row, 0, None)
    text, applied = VALIDATOR.check_document(row, object=KEY).apply_fixes(unsafe=unsafe)
    if not text.strip():
        text, applied = row, 0  # It would be no row any more.
    return Line(row, end, text, applied, VALIDATOR.check_document(text, object=KEY))


def is_valid(each: Line) -> bool:
    return each.report.valid if each.report else False


def lines_of(rows: list[tuple[bytes, bytes]], *, ends: bool, unsafe: bool) -> list[Line]:
    """The lines of a file, of which the last may have no newline."""
    *first, (row, end) = rows
    return [line(*each, unsafe=unsafe) for each in first] + [line(row, end if ends else b"", unsafe=unsafe)]


def check(folder: Path, *options: str) -> list[Any]:
    """Run `check` in this process. The lines of its report."""
    output = folder / "report.jsonl"
    limit = ("--max-size", str(LIMIT), "--format", "jsonl", "--output", str(output))
    status = run(["check", "--quiet", *OBJECTS, "--object", KEY, *limit, *options])
    assert status in (0, 1)
    *results, _ = map(json.loads, output.read_text("utf-8").splitlines())
    return results


def verify(path: Path, lines: list[Line], *options: str, splits: bool) -> None:
    """Fix a file of these lines, in place or into two files, and see that all is as expected."""
    folder = path.parent
    pack, unpack = (gzip.compress, gzip.decompress) if path.name.endswith(".gz") else (bytes, bytes)
    before = b"".join([each.row + each.end for each in lines])
    path.write_bytes(pack(before))
    report = check(folder, "--fix", *options, str(path), *(["--split-to", str(folder / "out")] if splits else []))
    after = unpack(path.read_bytes())
    if splits:
        rows_only = [each for each in lines if each.row.strip(b" \t\r")]
        for side, valid in (("valid", True), ("invalid", False)):
            expected = b"".join([each.fixed + each.end for each in rows_only if is_valid(each) is valid])
            assert (folder / "out" / f"{side}.ndjson").read_bytes() == expected
        assert after == before
    else:
        assert after == b"".join([each.fixed + each.end for each in lines])
    assert [file for file in os.listdir(folder) if file[0] == "."] == []
    assert [(each["line"], each["fixed"]) for each in report if "fixed" in each] == [
        (number, each.applied) for number, each in enumerate(lines, 1) if each.applied
    ]
    left = [
        (number, [violation.rule for violation in each.report.violations])
        for number, each in enumerate(lines, 1)
        if each.report and each.report.violations
    ]
    found = [(each["line"], [violation["rule"] for violation in each["violations"]]) for each in report]
    assert [each for each in found if each[1] not in ([], ["too-large"])] == left


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.parametrize("name", ["rows.ndjson", "rows.ndjson.gz"])
@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.sampled_from(ROWS), st.sampled_from(NEWLINES)), min_size=1),
    st.booleans(), st.booleans(), st.booleans(), st.sampled_from([1, 150, 10**6]), st.sampled_from([50, 10**6]),
)  # fmt: skip
def test_each_row_is_fixed_as_the_library_fixes_it(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    jobs: str,
    rows: list[tuple[bytes, bytes]],
    ends: bool,
    unsafe: bool,
    splits: bool,
    enough: int,
    block: int,
) -> None:
    """In the file, or in the two files of --split-to, however many blocks and processes there are."""
    path = tmp_path_factory.mktemp("fixed") / name
    with pytest.MonkeyPatch.context() as patched:
        for module in (jobs_module, streams):
            patched.setattr(module, "LEAST", block)
        patched.setattr(streams, "BLOCK", block * 2)
        patched.setattr(blocks, "ENOUGH", enough)
        options = ("--jobs", jobs, *(["--unsafe-fixes"] if unsafe else []))
        verify(path, lines_of(rows, ends=ends, unsafe=unsafe), *options, splits=splits)


@pytest.mark.parametrize("splits", [False, True], ids=["file", "split"])
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_each_pair_of_rows_beside_each_other(tmp_path: Path, unsafe: bool, splits: bool) -> None:
    rows = [(row, b"\n") for pair in product(ROWS, ROWS) for row in pair]
    lines = lines_of(rows, ends=True, unsafe=unsafe)
    verify(tmp_path / "rows.ndjson", lines, *(["--unsafe-fixes"] if unsafe else []), splits=splits)


def test_the_report_says_what_was_fixed_and_what_is_left(folder: Folder) -> None:
    folder.write("rows.ndjson", TWO)
    done = folder.check("--fix", "rows.ndjson")
    assert done == (
        1,
        "rows.ndjson:1: fixed 1 (unknown-option)\n"
        "rows.ndjson:2: fixed 1 (unknown-option)\n"
        'rows.ndjson:2:55: error[unknown-option]: "Type of ticket" has no option with this key\n'
        '  2 | {"properties": {"priority": "high", "type_of_ticket": "x"}}\n'
        "    |                                                       ^^^\n"
        '    = hint: use one of "option_1_internal_key" (Bug report),\n'
        '            "option_2_internal_key" (Feature request), "option_3_internal_key"\n'
        '            (Billing question), "option_4_internal_key" (Account access)\n\n'
        "1 error in 3 rows checked, 2 valid; 2 fixed\n",
        "recordlint: rows.ndjson: fixed 2\n",
    )
    assert (folder.path / "rows.ndjson").read_bytes() == TWO_FIXED
    again = folder.check("--fix", "rows.ndjson")
    assert (again.status, again.err) == (1, "")
    assert again.out.endswith("1 error in 3 rows checked, 2 valid\n")


def test_what_shows_only_once_the_text_is_fixed_is_counted_too(folder: Folder) -> None:
    """Two violations of one rule, and one behind a text that does not parse."""
    folder.write("rows.ndjson", PARTLY.replace(b'"x"', b'"Bug report"') + b"\n" + BAD.replace(b"}}", b",}}"))
    done = folder.check("--fix", "rows.ndjson")
    assert done.out == (
        "rows.ndjson:1: fixed 2 (option-label, unknown-option)\n"
        "rows.ndjson:2: fixed 2 (invalid-json and 1 more)\n"
        "2 rows checked, 4 fixed\n"
    )


def test_all_fixed_is_success(folder: Folder) -> None:
    folder.write("rows.ndjson", BAD + b"\r\n\n" + UNSAFE)
    folder.write("a.json", BAD)
    done = folder.check("--fix", "--unsafe-fixes", "--quiet", "rows.ndjson")
    assert done == (0, "", "")
    assert (folder.path / "rows.ndjson").read_bytes() == GOOD + b"\r\n\n" + UNSAFE_FIXED
    folder.write("rows.ndjson", BAD)
    done = folder.check("--fix", "rows.ndjson", "a.json")
    assert (done.status, done.out.splitlines()[-1]) == (0, "2 bodies checked, 2 fixed")


def test_nothing_to_fix_writes_nothing(folder: Folder) -> None:
    folder.write("rows.ndjson", GOOD + b"\n" + HOPELESS)
    before = os.stat(folder.path / "rows.ndjson")
    assert folder.check("--fix", "rows.ndjson").err == ""
    after = os.stat(folder.path / "rows.ndjson")
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_row_that_its_fixes_make_too_long_stays(folder: Folder) -> None:
    folder.write("rows.ndjson", UNSAFE)
    done = folder.check("--fix", "--unsafe-fixes", "--max-size", str(len(UNSAFE)), "rows.ndjson")
    assert (done.status, done.err, "error[delta-expected]" in done.out) == (1, "", True)
    assert (folder.path / "rows.ndjson").read_bytes() == UNSAFE


@pytest.mark.parametrize("written", [b"{\n}", b"", b" "])
def test_a_row_stays_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bytes) -> None:
    """Whatever a fix writes."""
    from recordlint.violations import FixedText

    monkeypatch.setattr(Report, "apply_fixes", lambda self, unsafe: FixedText(written, 1))
    (tmp_path / "rows.ndjson").write_bytes(BAD)
    (found,) = check(tmp_path, "--fix", str(tmp_path / "rows.ndjson"))
    assert (found["violations"][0]["rule"], "fixed" in found) == ("unknown-option", False)
    assert (tmp_path / "rows.ndjson").read_bytes() == BAD


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_long_rows_before_and_after_the_first_fix(folder: Folder, jobs: str) -> None:
    """They are longer than a block, so they are never held in memory."""
    long = b"x" * (5 << 20)
    data = b"\n".join([long, GOOD, long + b"\r", b"%b", long, BAD, long])
    folder.write("rows.ndjson", data % BAD)
    assert folder.check("--fix", "--quiet", "--jobs", jobs, "--max-size", "4M", "rows.ndjson").status == 1
    assert (folder.path / "rows.ndjson").read_bytes() == data.replace(BAD, GOOD) % GOOD


# Diffs.


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_diff_shows_each_row_and_writes_nothing(folder: Folder, jobs: str) -> None:
    data = b"\n\n" + PARTLY + b"\r\n" + GOOD + b"\n" + BAD.replace(b"{", b"{\t", 1)
    folder.write("rows.ndjson", data)
    done = folder.check("--diff", "--quiet", "--jobs", jobs, "rows.ndjson")
    assert done.out == (
        "--- rows.ndjson\n+++ rows.ndjson\n@@ -3 +3 @@\n"
        f"-{PARTLY.decode()}\n+{PARTLY_FIXED.decode()}\n"
        'rows.ndjson:3:55: error[unknown-option]: "Type of ticket" has no option with this key\n'
        "--- rows.ndjson\n+++ rows.ndjson\n@@ -5 +5 @@\n"
        '-{\t"properties": {"priority": "HIGH"}}\n\\ No newline at end of file\n'
        '+{\t"properties": {"priority": "high"}}\n\\ No newline at end of file\n'
    )
    assert (done.status, done.err) == (1, "")
    assert (folder.path / "rows.ndjson").read_bytes() == data


def test_a_change_that_is_only_shown_is_not_success(folder: Folder) -> None:
    folder.write("rows.ndjson", BAD)
    done = folder.check("--diff", "rows.ndjson")
    assert (done.status, done.out.splitlines()[-1]) == (1, "1 row checked, 1 would be fixed by --fix")
    piped = folder.check("--diff", "--lines", "-", stdin=BAD)
    assert (piped.status, piped.out.splitlines()[-1]) == (1, "1 row checked, 1 would be fixed")
    assert piped.out.startswith("--- -\n+++ -\n@@ -1 +1 @@\n")


def test_a_machine_reads_its_report_alone(folder: Folder) -> None:
    folder.write("rows.ndjson", TWO)
    done = folder.check("--diff", "--format", "json", "rows.ndjson")
    report = report_of(done.out)
    assert [(each["line"], "fixed" in each) for each in report["results"]] == [(2, False)]
    assert done.err.count("@@ -") == 2
    mixed = folder.check("--diff", "--format", "json", "--output", "text=report.txt", "--format", "json", "rows.ndjson")
    assert (mixed.out, mixed.err) == (done.out, done.err)
    assert "@@" not in (folder.path / "report.txt").read_text()


def test_a_diff_of_rows_cannot_be_forged(folder: Folder) -> None:
    row = '{"properties": {"priority": "HIGH", "ticket_name": "\x7f\u202e"}}'
    folder.write("a\n+++ b.ndjson", row)
    done = folder.check("--diff", "--quiet", "a\n+++ b.ndjson")
    assert "\x7f" not in done.out
    assert "\u202e" not in done.out
    assert done.out.startswith("--- a\\u000a+++ b.ndjson\n+++ a\\u000a+++ b.ndjson\n@@ -1 +1 @@\n")


# Machine formats.


@pytest.mark.parametrize("split", [(), ("--split-to", "out")], ids=["file", "split"])
def test_machine_formats_say_what_was_fixed(folder: Folder, split: tuple[str, ...]) -> None:
    found = {}
    for name in formats():
        folder.write("rows.ndjson", TWO)
        done = folder.check("--fix", "--format", name, *split, "rows.ndjson")
        assert (done.status, done.err) == (1, f"recordlint: {'out' if split else 'rows.ndjson'}: fixed 2\n")
        found[name] = done.out
    report = report_of(found["json"])
    assert numbers(report) == {"checked": 3, "valid": 2, "errors": 1, "warnings": 0, "fixed": 2}
    first, second = report["results"]
    assert (first["line"], first["valid"], first["violations"], first["fixed"]) == (1, True, [], 1)
    assert first["fixed_rules"] == second["fixed_rules"] == ["unknown-option"]
    assert (second["line"], second["valid"], len(second["violations"]), second["fixed"]) == (2, False, 1, 1)
    assert [json.loads(each) for each in found["jsonl"].splitlines()] == [first, second, {"summary": report["summary"]}]
    (sarif,) = json.loads(found["sarif"])["runs"]
    rules = report["summary"]["rules"]
    assert (sarif["properties"], len(sarif["results"])) == ({"fixed": 2, "rules": rules}, 1)
    assert "ok - rows.ndjson line 1\n  ---\n  fixed: 1\n  ...\n" in found["tap"]
    assert "not ok - rows.ndjson line 2\n  ---\n  fixed: 1\n  violations:\n" in found["tap"]
    assert found["junit"].count('<properties>\n      <property name="fixed" value="1"/>\n') == 2
    assert found["github"].startswith("rows.ndjson:1: fixed 1 (unknown-option)\nrows.ndjson:2: fixed 1 (unknown-op")
    assert found["github"].endswith("; 2 fixed\n")
    assert len(json.loads(found["gitlab"])) == 1


def test_files_say_what_was_fixed_too(folder: Folder) -> None:
    folder.write("a.json", BAD)
    folder.write("b.json", PARTLY)
    report = report_of(folder.check("--fix", "--format", "json", "a.json", "b.json").out)
    found = [(each["path"], each["fixed"], each["fixed_rules"], each["valid"]) for each in report["results"]]
    assert found == [("a.json", 1, ["unknown-option"], True), ("b.json", 1, ["unknown-option"], False)]
    assert report["summary"]["fixed"] == 2


def test_redaction_keeps_values_out_and_the_fixes_in(folder: Folder) -> None:
    folder.write("rows.ndjson", TWO)
    done = folder.check("--fix", "--redact", "rows.ndjson")
    assert "fixed 1 (unknown-option)" in done.out
    assert "high" not in done.out.lower()
    assert (folder.path / "rows.ndjson").read_bytes() == TWO_FIXED


def test_a_limit_of_violations_limits_no_fixes(folder: Folder) -> None:
    folder.write("rows.ndjson", TWO + TWO)
    done = folder.check("--fix", "--max-violations", "1", "rows.ndjson")
    assert [each for each in done.out.splitlines() if "fixed" in each] == [
        *[f"rows.ndjson:{number}: fixed 1 (unknown-option)" for number in (1, 2, 4)],
        "fixed 1 (unknown-option): … and 1 more like this: --show-all lists them",
        "2 errors in 6 rows checked, 4 valid; 4 fixed; 1 not listed",
    ]
    assert (folder.path / "rows.ndjson").read_bytes() == TWO_FIXED + TWO_FIXED


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_limit_that_is_reached_in_an_earlier_block(folder: Folder, jobs: str) -> None:
    """Such a block is looked at a second time, and its fixes are written once."""
    row = PARTLY + b" " * 1000 + b"\n"
    folder.write("rows.ndjson", row * 400)
    done = folder.check("--fix", "--jobs", jobs, "--max-violations", "7", "--format", "json", "rows.ndjson")
    report = report_of(done.out)
    assert [each["line"] for each in report["results"]] == list(range(1, 401))
    assert sum([len(each["violations"]) for each in report["results"]]) == 7
    assert (report["summary"]["fixed"], report["summary"]["unlisted"]) == (400, 393)
    assert (folder.path / "rows.ndjson").read_bytes() == row.replace(PARTLY, PARTLY_FIXED) * 400


# What is kept, and what is refused.
