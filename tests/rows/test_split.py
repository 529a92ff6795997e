"""--split-to: each row in one of two files, byte for byte."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest

from command_folder import COMMAND, ENVIRONMENT, TICKET, USAGE, Folder
from row_files import BAD, GOOD, WARNED

pytestmark = pytest.mark.slow


def split(folder: Folder) -> tuple[bytes, bytes]:
    out = folder.path / "out"
    assert sorted(os.listdir(out)) == ["invalid.ndjson", "valid.ndjson"]
    return (out / "valid.ndjson").read_bytes(), (out / "invalid.ndjson").read_bytes()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_rows_are_split_byte_for_byte(folder: Folder, many: Path, jobs: str) -> None:
    folder.check("--max-size", "100K", "--jobs", jobs, "--split-to", "out", str(many), "--output", "json=report.json")
    bad = {
        each["line"] for each in json.loads((folder.path / "report.json").read_text())["results"] if not each["valid"]
    }
    lines = [line + b"\n" for line in many.read_bytes().split(b"\n")[:-1]]
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip(b" \t\r\n")]
    valid = b"".join([line for number, line in kept if number not in bad])
    assert split(folder) == (valid, b"".join([line for number, line in kept if number in bad]))


def test_a_last_row_without_a_newline_stays_a_row(folder: Folder) -> None:
    folder.write("a.ndjson", GOOD + b"\n" + BAD)
    folder.write("b.ndjson", GOOD)
    folder.write("c.ndjson", WARNED + b"\n" + BAD)
    assert folder.check("--split-to", "out", "a.ndjson", "b.ndjson", "c.ndjson").status == 1
    assert split(folder) == (GOOD + b"\n" + GOOD + b"\n" + WARNED + b"\n", BAD + b"\n" + BAD)


def test_a_half_file_never_takes_the_name(folder: Folder) -> None:
    folder.write("a.ndjson", GOOD)
    assert folder.check("--split-to", "out", "a.ndjson").status == 0
    folder.write("b.ndjson.gz", gzip.compress(BAD * 10_000)[:-20])
    done = folder.check("--split-to", "out", "b.ndjson.gz")
    assert done.status == 2
    assert done.err.splitlines() == [
        "recordlint: b.ndjson.gz: cannot be read to its end: the gzip file is cut short or damaged",
        "recordlint: out: nothing written, because some rows could not be checked",
    ]
    assert split(folder) == (GOOD, b"")


def test_what_cannot_be_split(folder: Folder) -> None:
    folder.write("out/valid.ndjson", GOOD)
    reason = "--split-to out: out/valid.ndjson is there too, and might be overwritten\n"
    assert folder.check("--split-to", "out", "out/valid.ndjson") == (2, "", USAGE + reason)
    done = folder.check("--split-to", "out", "valid.json")
    assert (done.status, done.err) == (
        2,
        f"{USAGE}--split-to takes rows, and valid.json is none of *.ndjson, *.jsonl and *.gz: add --lines\n",
    )
    folder.write("file", b"")
    folder.write("a.ndjson", GOOD)
    done = folder.check("--split-to", "file", "a.ndjson")
    assert (done.status, done.err) == (2, "recordlint: file: cannot be written: file exists\n")


@pytest.mark.parametrize("jobs", ["1", "8"])
def test_a_file_that_is_written_over_is_not_split(folder: Folder, jobs: str) -> None:
    """Its blocks have all been handed out by then, and are read again for the two files."""
    row = BAD + b" " * 1500 + b"\n"
    folder.write("rows.ndjson", row * 150)
    split_to = ("--split-to", "out", "--jobs", jobs, "--format", "jsonl", "rows.ndjson")
    command = [COMMAND, "check", *TICKET, *split_to]
    with subprocess.Popen(command, bufsize=0, stdout=-1, stderr=-1, cwd=folder.path, env=ENVIRONMENT) as process:
        assert process.stdout
        process.stdout.read(1)
        with open(folder.path / "rows.ndjson", "r+b") as file:
            file.write(row.replace(b"HIGH", b"high") * 150)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, os.listdir(folder.path / "out")) == (2, [])
    assert b"was changed while it was read; check it again\n" in err


def test_one_file_for_a_report_and_rows(folder: Folder) -> None:
    folder.write("a.ndjson", BAD)
    done = folder.check("--split-to", "out", "--output", "jsonl=out/valid.ndjson", "a.ndjson")
    reason = "--output out/valid.ndjson is where --split-to out writes rows: name another file\n"
    assert (done.status, done.err) == (2, USAGE + reason)
