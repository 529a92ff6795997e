"""--fix on rows that ends before its time: the file is as it was, nothing is left beside it, and it is said."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from command_folder import COMMAND, ENVIRONMENT, OBJECTS, TICKET, Folder
from recordlint.checking.rows import RowChecker
from recordlint.cli import run
from recordlint.files import rewrite
from recordlint.rows.streams import LEAST
from row_files import BAD, GOOD, REQUEST, linux

pytestmark = pytest.mark.slow

ROW = BAD + b" " * 1500 + b"\n"
MANY = ROW * 4000
"""More rows than the reports of which fit into a pipe that nobody reads."""
NONE_WRITTEN = "recordlint: rows.ndjson: the reported fixes were not written\n"


@contextmanager
def standing_still(folder: Folder, jobs: str, name: str = "rows.ndjson") -> Iterator[subprocess.Popen[bytes]]:
    """A run that has fixed rows, and waits because nobody reads on. Its file is the only one in the folder."""
    for each in os.listdir(folder.path):
        os.unlink(folder.path / each)
    folder.write(name, gzip.compress(MANY, 1) if name.endswith(".gz") else MANY)
    command = [COMMAND, "check", *TICKET, "--fix", "--jobs", jobs, "--format", "jsonl", name]
    with subprocess.Popen(command, bufsize=0, stdout=-1, stderr=-1, cwd=folder.path, env=ENVIRONMENT) as process:
        assert process.stdout
        while process.stdout.read(1) != b"\n":
            pass
        yield process


@linux
@pytest.mark.parametrize("name", ["rows.ndjson", "rows.ndjson.gz"])
@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_leaves_the_file(folder: Folder, number: str, jobs: str, name: str) -> None:
    with standing_still(folder, jobs, name) as process:
        before = os.stat(folder.path / name)
        assert len(os.listdir(folder.path)) == 2, "it is being written anew"
        process.send_signal(signal.Signals[number])
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.startswith(b"recordlint: interrupted after ")
    assert os.listdir(folder.path) == [name]
    after = os.stat(folder.path / name)
    assert (after.st_ino, after.st_mtime_ns, after.st_size) == (before.st_ino, before.st_mtime_ns, before.st_size)


@linux
def test_a_run_that_is_killed_leaves_the_file_and_the_next_run_clears_up(folder: Folder) -> None:
    with standing_still(folder, "1") as process:
        process.kill()
        process.communicate(timeout=60)
    assert (folder.path / "rows.ndjson").read_bytes() == MANY
    done = folder.check("--fix", "--quiet", "rows.ndjson")
    assert (done.status, os.listdir(folder.path)) == (0, ["rows.ndjson"])
    assert (folder.path / "rows.ndjson").read_bytes() == MANY.replace(BAD, GOOD)


def append(path: Path) -> bytes:
    with open(path, "ab") as file:
        file.write(GOOD)
    return path.read_bytes()


def replace(path: Path) -> bytes:
    """As an editor saves."""
    other = path.with_name("other")
    other.write_bytes(MANY.replace(b"HIGH", b"HIGX"))
    other.replace(path)
    return path.read_bytes()


def write_over(path: Path) -> bytes:
    with open(path, "r+b") as file:
        file.write(MANY.replace(b"HIGH", b"HIGX"))
    return path.read_bytes()


@linux
@pytest.mark.parametrize("change", [append, replace, write_over])
@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_file_that_changes_meanwhile_keeps_the_change(
    folder: Folder, change: Callable[[Path], bytes], jobs: str
) -> None:
    with standing_still(folder, jobs) as process:
        changed = change(folder.path / "rows.ndjson")
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.decode() == f"recordlint: rows.ndjson: was changed while it was read; check it again\n{NONE_WRITTEN}"
    assert (folder.path / "rows.ndjson").read_bytes() == changed
    assert os.listdir(folder.path) == ["rows.ndjson"]


def another_with_the_same_time(path: Path) -> bytes:
    other, status = path.with_name("other"), path.stat()
    other.write_bytes(path.read_bytes().replace(b"HIGH", b"HIGX"))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)
    return path.read_bytes()


def another_time(path: Path) -> bytes:
    """As after a change that leaves the size."""
    os.utime(path, ns=(0, 0))
    return path.read_bytes()


@pytest.mark.parametrize("change", [append, another_with_the_same_time, another_time])
def test_a_file_that_changes_at_the_last_moment_keeps_the_change(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capfd: Any, change: Callable[[Path], bytes]
) -> None:
    """When all rows are read, and before the new file takes the name."""
    changed = b""

    def settle(file: object) -> None:
        nonlocal changed
        changed = change(folder.path / "rows.ndjson")

    monkeypatch.setattr(rewrite, "settle", settle)
    folder.write("rows.ndjson", BAD)
    assert in_process(folder) == 2
    reason = f"left as it is: it has changed since it was checked\n{NONE_WRITTEN.replace('rows.n', '{0}/rows.n')}"
    assert capfd.readouterr().err == f"recordlint: {{0}}/rows.ndjson: {reason}".format(folder.path)
    assert (folder.path / "rows.ndjson").read_bytes() == changed


def in_process(folder: Folder, *options: str) -> int:
    path = str(folder.path / "rows.ndjson")
    return run(["check", *OBJECTS, "--object", "custom_objects.ticket", "--fix", *options, path])


@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.parametrize("method", ["report", "apply_fixes"])
def test_a_fault_of_ours_in_one_row_leaves_the_file(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capfd: Any, method: str, jobs: str
) -> None:
    """In this process or in a worker. The other rows are checked all the same."""
    real = getattr(RowChecker, method)

    def broken(self: RowChecker, row: Any, *arguments: Any, **options: Any) -> Any:
        if b"fatal" in (row if isinstance(row, bytes) else row.text):
            raise ZeroDivisionError
        return real(self, row, *arguments, **options)

    monkeypatch.setattr(RowChecker, method, broken)
    data = ROW * 100 + BAD.replace(b"}}", b', "ticket_name": "fatal"}}\n') + ROW * 100
    folder.write("rows.ndjson", data)
    files = os.listdir(folder.path)
    assert in_process(folder, "--jobs", jobs) == 3
    out, err = capfd.readouterr()
    assert "rows.ndjson:101: a fault of recordlint, not of your file: ZeroDivisionError at " in err
    assert err.endswith(NONE_WRITTEN.partition("rows.ndjson")[2])
    assert out.endswith("200 rows checked, no problems\n")
    assert (folder.path / "rows.ndjson").read_bytes() == data
    assert os.listdir(folder.path) == files


def test_a_row_that_no_object_is_named_for_leaves_the_file(folder: Folder) -> None:
    fixable = REQUEST.replace(b'"url"', b'"url" ')
    data = fixable + b"\n" + GOOD + b"\n"
    folder.write("rows.ndjson", data)
    done = folder.run("check", *OBJECTS, "--fix", "rows.ndjson")
    assert done.status == 2
    first, second = done.err.splitlines(keepends=True)
    assert first.startswith("recordlint: rows.ndjson:2: say which object the bodies are for: ")
    assert second == NONE_WRITTEN
    assert done.out == "rows.ndjson:1: fixed 1 (wrong-type)\n1 row checked, no problems\n"
    assert (folder.path / "rows.ndjson").read_bytes() == data


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_damaged_gzip_file_is_left(folder: Folder, jobs: str) -> None:
    data = gzip.compress(ROW * (LEAST // 500) + os.urandom(4 * LEAST).hex().encode())[: -2 * LEAST]
    folder.write("rows.gz", data)
    done = folder.check("--fix", "--jobs", jobs, "rows.gz")
    assert done.status == 2
    assert done.err.startswith(
        "recordlint: rows.gz: cannot be read to its end: the gzip file is cut short or damaged\n"
    )
    assert done.err.endswith(NONE_WRITTEN.replace("rows.ndjson", "rows.gz"))
    assert (folder.path / "rows.gz").read_bytes() == data
    assert [name for name in os.listdir(folder.path) if name[0] == "."] == []


def test_split_files_do_not_appear_and_nothing_is_said_to_be_fixed(folder: Folder) -> None:
    folder.write("a.ndjson", BAD)
    folder.write("rows.gz", gzip.compress(ROW * (LEAST // 500) + os.urandom(LEAST).hex().encode())[:-LEAST])
    done = folder.check("--fix", "--split-to", "out", "a.ndjson", "rows.gz")
    assert (done.status, os.listdir(folder.path / "out")) == (2, [])
    assert done.out.startswith("a.ndjson:1: fixed 1 (unknown-option)\nrows.gz:1: fixed 1 (unknown-option)\n")
    assert "fixed" not in done.out.splitlines()[-1]
    assert done.err.endswith("recordlint: out: nothing written, because some rows could not be checked\n")


def test_another_file_is_fixed_all_the_same(folder: Folder) -> None:
    folder.write("a.gz", gzip.compress(BAD + b"\n")[:-4])
    folder.write("b.ndjson", BAD)
    done = folder.check("--fix", "a.gz", "b.ndjson")
    assert (done.status, done.err.splitlines()[-1]) == (2, "recordlint: b.ndjson: fixed 1")
    assert done.out.splitlines()[-1] == "1 row checked, 1 fixed"
    assert (folder.path / "b.ndjson").read_bytes() == GOOD
