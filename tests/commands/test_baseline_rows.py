"""Baselines of rows and recorded requests, which are counted over the whole file."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from baseline_files import ROW, WITH, WRITE, entries, write_baseline
from command_folder import INVALID, VALID, Folder, report_of
from har_session import RECORD, entry, har


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
