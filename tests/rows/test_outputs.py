"""Bad places for the output: closed pipes, full disks."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from command_folder import COMMAND, ENVIRONMENT, TICKET, Folder
from row_files import BAD, GOOD


def test_a_pipe_that_is_closed(folder: Folder, many: Path) -> None:
    line = " ".join([COMMAND, "check", *TICKET, "--jobs", "2", str(many)])
    done = subprocess.run(["sh", "-c", f"{line} | head -n 1"], env=ENVIRONMENT, capture_output=True, text=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_a_pipe_that_is_closed_before_all_was_judged_is_no_clean_run(folder: Folder) -> None:
    folder.write("rows.ndjson", (GOOD + b"\n") * 30_000)
    line = " ".join([COMMAND, "check", *TICKET, "--format", "tap", "--split-to", "out", "rows.ndjson"])
    done = subprocess.run(
        ["bash", "-c", f"{line} | head -n 1; exit ${{PIPESTATUS[0]}}"],
        cwd=folder.path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr == "recordlint: out: nothing written, because the report could not be written\n"
    assert os.listdir(folder.path / "out") == []


@pytest.mark.parametrize("name", ["rows.ndjson", "row.json"])
def test_standard_output_that_is_closed(folder: Folder, name: str) -> None:
    folder.write(name, BAD)
    line = " ".join([COMMAND, "check", *TICKET, name])

    def run(redirected: str) -> tuple[int, str]:
        done = subprocess.run(
            ["sh", "-c", f"{line} {redirected}"], cwd=folder.path, env=ENVIRONMENT, capture_output=True, text=True
        )
        return done.returncode, done.stderr

    reason = "recordlint: standard output: cannot be written: it is closed\n"
    assert run(">&-") == (2, reason)
    assert run("--output report.txt >&-") == (1, "")


def in_small_space(folder: Folder, command: str) -> subprocess.CompletedProcess[str]:
    """Run a command where `small` has no room for 64 KiB."""
    mounted = "mkdir small && mount -t tmpfs -o size=64k tmpfs small"
    script = f"{mounted} && {{ {command}; status=$?; ls -A small/* small >&2; exit $status; }}"
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], cwd=folder.path, env=ENVIRONMENT, capture_output=True, text=True
    )


CAN_MOUNT = (
    bool(shutil.which("unshare"))
    and not subprocess.run(["unshare", "-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"], capture_output=True).returncode
)


@pytest.mark.skipif(not CAN_MOUNT, reason="no file system can be mounted here")
@pytest.mark.parametrize(
    ("option", "named"),
    [("--output json=small/report.json", "small/report.json"), ("--split-to small/out", "small/out/invalid.ndjson")],
)
def test_a_full_disk_leaves_nothing_half_written(folder: Folder, option: str, named: str) -> None:
    folder.write("rows.ndjson", (BAD + b" " * 200 + b"\n") * 5000)
    line = " ".join([COMMAND, "check", *TICKET, "--format", "jsonl", option, "rows.ndjson"])
    done = in_small_space(folder, f"{line} > /dev/null")
    assert done.returncode == 2
    assert f"recordlint: {named}: cannot be written: no space left on device\n" in done.stderr
    assert "report.json" not in done.stderr.partition("device\n")[2]
    assert "ndjson" not in done.stderr.partition("device\n")[2]


@pytest.mark.skipif(not CAN_MOUNT, reason="no file system can be mounted here")
def test_a_full_disk_leaves_a_file_of_rows_as_it_was(folder: Folder) -> None:
    """There is room for the file, and none for another one beside it."""
    data = (BAD + b" " * 200 + b"\n") * 200
    folder.write("rows.ndjson", data)
    line = " ".join([COMMAND, "check", *TICKET, "--fix", "small/rows.ndjson"])
    copied = f"cp rows.ndjson small; {line} > report.txt; s=$?; cmp rows.ndjson small/rows.ndjson >&2; (exit $s)"
    done = in_small_space(folder, copied)
    assert done.returncode == 2
    reason = (
        "left as it is: no space left on device\nrecordlint: small/rows.ndjson: the reported fixes were not written"
    )
    listed = "small/rows.ndjson\n\nsmall:\nrows.ndjson\n"
    assert done.stderr == f"recordlint: small/rows.ndjson: {reason}\n{listed}"
