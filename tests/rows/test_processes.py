"""Several processes give the output of one, and none is left behind."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from command_folder import COMMAND, ENVIRONMENT, TICKET, Folder
from row_files import BAD, GOOD, linux

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["json", "text", "jsonl", "sarif", "junit", "tap", "gitlab", "github"])
def test_the_output_is_that_of_one_process(folder: Folder, many: Path, name: str) -> None:
    def output(*arguments: str, **options: Any) -> tuple[int, str]:
        done = folder.check("--format", name, "--max-size", "100K", "--stdin-name", str(many), *arguments, **options)
        assert done.err == ""
        return done.status, done.out

    expected = output("--jobs", "1", str(many))
    assert expected[0] == 1
    assert output("--jobs", "2", str(many)) == expected
    assert output("--jobs", "5", str(many)) == expected
    status, out = output("--jobs", "3", "--lines", "-", stdin=many.read_bytes())
    # Nothing is promised of standard input, which --fix does not rewrite.
    assert (status, out) == (expected[0], re.sub("; .* fixable with --fix\n$", "\n", expected[1]))


def test_gzip_among_several(folder: Folder, many: Path) -> None:
    folder.write("many.ndjson", many.read_bytes())
    folder.write("many.ndjson.gz", gzip.compress(many.read_bytes(), 1))
    one = folder.check("--redact", "--format", "jsonl", "--jobs", "1", "many.ndjson").out
    assert folder.check("--redact", "--format", "jsonl", "--jobs", "2", "many.ndjson.gz").out == one.replace(
        "many.ndjson", "many.ndjson.gz"
    )


def running(folder: Folder, *arguments: str) -> tuple[subprocess.Popen[bytes], list[int]]:
    """A check that waits for its standard input, and the process ids of its workers."""
    command = [COMMAND, "check", *TICKET, "--jobs", "2", "--lines", *arguments, "-"]
    process = subprocess.Popen(
        command, stdin=-1, stdout=-1, stderr=-1, cwd=folder.path, env=ENVIRONMENT, start_new_session=True
    )
    assert process.stdin
    process.stdin.write((GOOD + b"\n") * 5000)
    process.stdin.flush()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    for _ in range(200):
        found = [int(each) for each in children.read_text().split()]
        if len(found) == 2:
            time.sleep(0.3)
            return process, found
        time.sleep(0.05)
    raise AssertionError("no workers")


def gone(pids: list[int]) -> bool:
    for _ in range(100):
        if not any(os.path.exists(f"/proc/{pid}") for pid in pids):
            return True
        time.sleep(0.05)
    return False


@linux
def test_a_worker_that_dies_is_an_error(folder: Folder) -> None:
    process, children = running(folder, "--format", "json")
    os.kill(children[0], signal.SIGKILL)
    out, err = process.communicate((BAD + b"\n") * 100_000, timeout=60)
    assert process.returncode == 3
    assert json.loads(out)["version"] == 1
    assert b"a worker process ended by itself (exit code -9)" in err
    assert gone(children)


@linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_no_process_behind(folder: Folder, number: int) -> None:
    process, children = running(folder, "--output", "json=report.json", "--split-to", "out")
    os.killpg(process.pid, number) if number == signal.SIGINT else os.kill(process.pid, number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.startswith(b"recordlint: interrupted after ")
    assert err.endswith(b" rows\n")
    assert gone(children)
    assert sorted(os.listdir(folder.path / "out")) == []
    assert not (folder.path / "report.json").exists()


@linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_nothing_where_there_is_one_process(folder: Folder, number: int) -> None:
    command = [COMMAND, "check", *TICKET, "--lines", "--output", "json=report.json", "--split-to", "out", "-"]
    process = subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, cwd=folder.path, env=ENVIRONMENT)
    assert process.stdin
    process.stdin.write((BAD + b"\n") * 5000)
    process.stdin.flush()
    for _ in range(200):
        if (folder.path / "out").exists() and os.listdir(folder.path / "out"):
            break
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err[:28]) == (130, b"recordlint: interrupted afte")
    assert os.listdir(folder.path / "out") == []
    assert [name for name in os.listdir(folder.path) if name[0] == "." or name == "report.json"] == []


@linux
def test_workers_do_not_outlive_a_process_that_is_killed(folder: Folder) -> None:
    process, children = running(folder)
    process.kill()
    process.communicate(timeout=60)
    assert gone(children)
