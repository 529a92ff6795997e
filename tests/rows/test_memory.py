"""Memory does not grow with the file, or with what there is to say of it."""

from __future__ import annotations

import json
import subprocess
import sys

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
