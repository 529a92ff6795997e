"""Temporary files: their names tell whose they are, and the next run removes what a killed one left."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from command_folder import COMMAND, ENVIRONMENT, TICKET, Folder
from recordlint.errors import RecordlintError
from recordlint.files import temporary
from recordlint.files.atomic_write import atomic_write
from recordlint.files.rewrite import rewrite

HOST = re.sub("[^A-Za-z0-9]", "_", os.uname().nodename if hasattr(os, "uname") else "")[:64] or "_"
OURS = f".recordlint-{HOST}-1-0123456789ab.tmp"
THEIRS = ".recordlint-another_host-1-0123456789ab.tmp"
LATE = temporary.DAY + 60

posix = pytest.mark.skipif(os.name != "posix", reason="there are no locks that end with their process")


@pytest.fixture(autouse=True)
def as_a_new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary, "_swept", set())


def left(path: Path) -> list[str]:
    return sorted(name for name in os.listdir(path) if name.startswith(".recordlint"))


def write(path: Path) -> None:
    with atomic_write(str(path)) as output:
        output.write(b"new")


def test_a_name_tells_the_host_and_the_process(tmp_path: Path) -> None:
    with atomic_write(str(tmp_path / "a.json")):
        (name,) = os.listdir(tmp_path)
    assert re.fullmatch(rf"\.recordlint-{HOST}-{os.getpid()}-[0-9a-f]{{12}}\.tmp", name)
    assert left(tmp_path) == []


@posix
@pytest.mark.parametrize(
    "name",
    [OURS, OURS.replace("-1-", "-4194304-"), OURS.replace("-1-", f"-{os.getpid()}-")],
    ids=["another process", "a process with a long number", "a process with this number, before"],
)
def test_what_a_process_left_that_is_gone_is_removed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"half")
    write(tmp_path / "a.json")
    assert os.listdir(tmp_path) == ["a.json"]


@posix
def test_a_rewrite_removes_it_too(tmp_path: Path) -> None:
    (tmp_path / OURS).write_bytes(b"half")
    (tmp_path / "a.json").write_bytes(b"before")
    rewrite(str(tmp_path / "a.json"), b"before", b"after")
    assert os.listdir(tmp_path) == ["a.json"]


@posix
def test_what_a_process_is_writing_stays(tmp_path: Path) -> None:
    """A process of this host in another container may have any number, so that a lock decides."""
    hold = "import sys; from recordlint.files.temporary import create; kept = create('.', 0o600); print(); input()"
    with subprocess.Popen([sys.executable, "-c", hold], cwd=tmp_path, stdin=-1, stdout=-1) as process:
        assert process.stdout
        process.stdout.readline()
        (name,) = left(tmp_path)
        os.utime(tmp_path / name, (0, 0))
        write(tmp_path / "a.json")
        assert left(tmp_path) == [name]
        process.kill()
    temporary._swept.clear()
    write(tmp_path / "a.json")
    assert left(tmp_path) == []


def test_what_this_process_is_writing_stays(tmp_path: Path) -> None:
    with atomic_write(str(tmp_path / "a.json")) as output:
        temporary._swept.clear()
        write(tmp_path / "b.json")
        output.write(b"whole")
    assert (tmp_path / "a.json").read_bytes() == b"whole"


def test_what_another_host_left_is_removed_after_a_day(tmp_path: Path) -> None:
    """Its lock may not be seen here."""
    (tmp_path / THEIRS).write_bytes(b"half")
    write(tmp_path / "a.json")
    assert left(tmp_path) == [THEIRS]
    os.utime(tmp_path / THEIRS, (time.time() - LATE,) * 2)
    temporary._swept.clear()
    write(tmp_path / "a.json")
    assert left(tmp_path) == []


def test_without_locks_a_day_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    (tmp_path / OURS).write_bytes(b"half")
    write(tmp_path / "a.json")
    assert left(tmp_path) == [OURS]
    os.utime(tmp_path / OURS, (time.time() - LATE,) * 2)
    temporary._swept.clear()
    write(tmp_path / "a.json")
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    [
        OURS.removesuffix(".tmp"),
        f"{OURS}.json",
        OURS[1:],
        OURS.replace("-1-", "-"),
        OURS.replace("-1-", "-x-"),
        OURS.replace("ab.tmp", ".tmp"),
        OURS.replace("ab.tmp", "AB.tmp"),
        f"{OURS}\n",
        ".recordlint-notes.tmp",
    ],
)
def test_a_file_of_another_name_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"mine")
    os.utime(tmp_path / name, (0, 0))
    write(tmp_path / "a.json")
    assert sorted(os.listdir(tmp_path)) == sorted([name, "a.json"])


@posix
def test_what_is_no_regular_file_stays(tmp_path: Path) -> None:
    names = [OURS.replace("0123456789ab", f"00000000000{number}") for number in range(3)]
    (tmp_path / "mine").write_bytes(b"mine")
    os.mkdir(tmp_path / names[0])
    os.symlink("mine", tmp_path / names[1])
    os.mkfifo(tmp_path / names[2])
    write(tmp_path / "a.json")
    assert left(tmp_path) == names
    assert (tmp_path / "mine").read_bytes() == b"mine"


@posix
@pytest.mark.parametrize("sweep", ["before", "while"])
def test_a_sweep_in_between_is_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sweep: str) -> None:
    """Another process may look after a file is made and before it is locked."""
    import fcntl

    flock, calls = fcntl.flock, []

    def raced(handle: int, operation: int) -> None:
        calls.append(handle)
        if len(calls) > 1:
            flock(handle, operation)
        elif sweep == "while":
            raise BlockingIOError
        else:
            os.unlink(tmp_path / left(tmp_path)[0])
            flock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", raced)
    write(tmp_path / "a.json")
    assert len(calls) == 2
    assert os.listdir(tmp_path) == ["a.json"]
    assert (tmp_path / "a.json").read_bytes() == b"new"


@posix
def test_a_file_system_without_locks_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refuse(handle: int, operation: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    (tmp_path / OURS).write_bytes(b"half")
    write(tmp_path / "a.json")
    assert sorted(os.listdir(tmp_path)) == [OURS, "a.json"]


@posix
def test_the_next_run_removes_what_a_killed_one_left(folder: Folder) -> None:
    command = [COMMAND, "check", *TICKET, "--lines", "--output", "report.txt", "--split-to", "out", "-"]
    process = subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, cwd=folder.path, env=ENVIRONMENT)
    started = [0, 0]
    for _ in range(600):
        started = [len(left(path)) if path.is_dir() else 0 for path in (folder.path, folder.path / "out")]
        if started == [1, 2]:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert started == [1, 2]
    done = folder.check("--lines", "--output", "report.txt", "--split-to", "out", "-", stdin=b"{}\n")
    assert (done.status, done.err) == (0, "")
    assert [left(folder.path), left(folder.path / "out")] == [[], []]


def test_nothing_is_left_where_a_name_cannot_be_taken(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"before")
    with pytest.raises(RecordlintError), atomic_write(str(tmp_path / "a.json")) as output:
        os.unlink(output.file.name)
    assert os.listdir(tmp_path) == ["a.json"]
    assert temporary._unfinished == set()
