"""Memory does not grow with the file, or with what there is to say of it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from functools import partial
from itertools import chain, repeat

import pytest

from command_folder import ENVIRONMENT, TICKET, Folder
from row_files import linux

pytestmark = pytest.mark.slow


@linux
@pytest.mark.parametrize(
    "row", [b"{}", b'{"properties": {' + b", ".join([b'"x%d": 1' % n for n in range(5_000)]) + b"}}"]
)
def test_memory_does_not_grow_with_what_there_is_to_say(folder: Folder, row: bytes) -> None:
    """Neither many short rows in a block nor rows of 64 KiB with more violations than are listed."""
    folder.write("rows.ndjson", (row + b"\n") * (2_000_000 // len(row) // (20 if len(row) > 9 else 5)))
    command = ["check", *TICKET, "--jobs", "1", "--format", "json", "--output", "report.json", "rows.ndjson"]
    script = (
        f"from recordlint.cli import run\nrun({command!r})\n"
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=folder.path, env=ENVIRONMENT, capture_output=True)
    assert json.loads((folder.path / "report.json").read_text())["summary"]["checked"] > 0
    assert int(done.stdout) < 120_000


@linux
@pytest.mark.parametrize("name", ["rows.ndjson", "rows.ndjson.gz"])
@pytest.mark.parametrize(("size", "wrong", "jobs"), [(600, 10_000, "1"), (60_000, 1_500, "3"), (3_000_000, 30, "1")])
def test_memory_does_not_grow_with_what_there_is_to_fix(
    folder: Folder, size: int, wrong: int, jobs: str, name: str
) -> None:
    """The file is held neither before nor after the first fix: 90 MB of right rows, then wrong ones."""
    bad = b'{"properties": {"priority": "HIGH"}}' + b" " * (size - 36) + b"\n"
    good = bad.replace(b"HIGH", b"high")
    with (partial(gzip.open, compresslevel=1) if name.endswith(".gz") else open)(folder.path / name, "wb") as file:
        file.writelines(chain(repeat(good, 90_000_000 // size), repeat(bad, wrong)))
    command = ["check", *TICKET, "--jobs", jobs, "--fix", "--output", "report.txt", name]
    script = (
        f"from recordlint.cli import run\nrun({command!r})\n"
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=folder.path, env=ENVIRONMENT, capture_output=True)
    assert (folder.path / "report.txt").read_text().endswith(" fixed\n")
    assert int(done.stdout) < 120_000
