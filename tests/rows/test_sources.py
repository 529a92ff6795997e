"""Where rows come from: files, packed or not, pipes, and what is wrong with those."""

from __future__ import annotations

import gzip
import json
import os
import subprocess

import pytest

from command_folder import COMMAND, ENVIRONMENT, OBJECTS, TICKET, Folder
from recordlint.rows.streams import BLOCK
from row_files import BAD, GOOD, LINE, MIXED, report

pytestmark = pytest.mark.slow


def test_gzip_standard_input_and_other_names(folder: Folder) -> None:
    folder.write("rows.ndjson", MIXED)
    folder.write("rows.gz", gzip.compress(MIXED[:40]) + gzip.compress(MIXED[40:]))
    folder.write("rows.txt", MIXED)
    expected = json.dumps(report(folder, "rows.ndjson"))
    assert json.dumps(report(folder, "rows.gz")).replace("rows.gz", "rows.ndjson") == expected
    assert json.dumps(report(folder, "--lines", "rows.txt")).replace("rows.txt", "rows.ndjson") == expected
    stdin = report(folder, "--lines", "--stdin-name", "rows.ndjson", "-", stdin=MIXED)
    assert json.dumps(stdin) == expected


def test_a_configuration_claims_them(folder: Folder) -> None:
    folder.write("rows/a.ndjson", GOOD + b"\n" + BAD)
    folder.write(
        "recordlint.toml",
        f'objects = ["{OBJECTS[1]}"]\n[[files]]\nmatch = "rows/*"\nobject = "custom_objects.ticket"\n',
    )
    assert folder.run("check", "rows/a.ndjson").status == 1
    folder.write("b.ndjson", GOOD)
    assert folder.run("check", "b.ndjson").status == 2
    assert folder.run("check", "--ignore-unmatched", "b.ndjson").status == 0


def test_a_report_comes_while_rows_are_written(folder: Folder) -> None:
    command = [COMMAND, "check", *TICKET, "--format", "jsonl", "--lines", "-"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, cwd=folder.path, env=ENVIRONMENT) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(BAD + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["line"] == 1
        process.stdin.write(GOOD + b"\n" + BAD + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["line"] == 3
        process.stdin.close()
        assert json.loads(process.stdout.readline())["summary"]["checked"] == 3
    assert process.returncode == 1


def test_a_report_comes_from_several_processes_too_before_the_next_row(folder: Folder) -> None:
    command = [COMMAND, "check", *TICKET, "--jobs", "2", "--format", "jsonl", "--lines", "-"]
    with subprocess.Popen(command, stdin=-1, stdout=-1, cwd=folder.path, env=ENVIRONMENT) as process:
        assert process.stdin
        assert process.stdout
        for number in (1, 2, 3):
            process.stdin.write(BAD + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["line"] == number
        process.stdin.close()
        assert json.loads(process.stdout.readline())["summary"]["checked"] == 3
    assert process.returncode == 1


def test_standard_input_that_is_closed(folder: Folder) -> None:
    line = " ".join([COMMAND, "check", *TICKET, "--lines", "-", "<&-"])
    done = subprocess.run(["sh", "-c", line], env=ENVIRONMENT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "recordlint: -: cannot be read: standard input is closed\n")


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.gz", gzip.compress(MIXED)[:-9], "the gzip file is cut short or damaged"),
        ("a.gz", gzip.compress(MIXED)[:30], "the gzip file is cut short or damaged"),
        ("a.gz", GOOD, "it is not a gzip file, or it is damaged"),
        ("a.gz", gzip.compress(MIXED)[:-8] + b"12345678", "it is not a gzip file, or it is damaged"),
    ],
    ids=["end-missing", "most-missing", "plain-text", "checksum"],  # a gzip file holds the time, and no id may
)
def test_gzip_that_is_damaged(folder: Folder, name: str, data: bytes, what: str) -> None:
    folder.write(name, data)
    for jobs in ("1", "2"):
        done = folder.check("--jobs", jobs, "--format", "json", name)
        assert (done.status, done.err) == (2, f"recordlint: {name}: cannot be read to its end: {what}\n")
        json.loads(done.out)


def test_a_directory_and_no_file_at_all(folder: Folder) -> None:
    (folder.path / "x.ndjson").mkdir()
    assert folder.check("x.ndjson") == (
        2,
        "no files checked\n",
        "recordlint: x.ndjson: no *.json file in this folder\n",
    )
    assert folder.check("y.ndjson").err == "recordlint: y.ndjson: no such file or folder\n"


@pytest.mark.parametrize("change", [b"{}\n", None], ids=["grows", "shrinks"])
@pytest.mark.parametrize("jobs", ["1", "2", "8"])
def test_a_file_that_changes_while_it_is_read(folder: Folder, change: bytes | None, jobs: str) -> None:
    """The report goes to a pipe that nobody reads at first, so the reading stands still in the meantime."""
    path = folder.path / "rows.ndjson"
    folder.write("rows.ndjson", (BAD + b" " * 1500 + b"\n") * (5 * BLOCK // 1500))
    command = [COMMAND, "check", *TICKET, "--jobs", jobs, "--format", "jsonl", "rows.ndjson"]
    with subprocess.Popen(command, bufsize=0, stdout=-1, stderr=-1, cwd=folder.path, env=ENVIRONMENT) as process:
        assert process.stdout
        while process.stdout.read(1) != b"\n":
            pass
        with open(path, "r+b") as file:
            if change is None:
                file.truncate(BLOCK * 2)
            else:
                file.seek(0, os.SEEK_END)
                file.write(change)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err == b"recordlint: rows.ndjson: was changed while it was read; check it again\n"
    *results, summary = map(json.loads, out.splitlines())
    assert all(each["line"] for each in results)
    assert summary["summary"]["checked"] >= len(results)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_gzip_from_a_named_pipe(folder: Folder) -> None:
    os.mkfifo(folder.path / "rows.gz")
    command = [COMMAND, "check", *TICKET, "--quiet", "rows.gz"]
    with subprocess.Popen(command, stdout=-1, cwd=folder.path, env=ENVIRONMENT) as process:
        (folder.path / "rows.gz").write_bytes(gzip.compress(GOOD + b"\n" + BAD))
        out, _ = process.communicate(timeout=60)
    assert out.decode() == LINE.format("rows.gz", 2, 29) + "\n"
