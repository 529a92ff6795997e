"""Progress is shown to people."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from command_folder import COMMAND, ENVIRONMENT, TICKET, Folder
from row_files import BAD, GOOD

pytestmark = pytest.mark.slow


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudoterminals")
@pytest.mark.parametrize("stdin", [True, False], ids=["standard input", "a file"])
def test_progress_is_for_terminals(folder: Folder, stdin: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    folder.write("rows.ndjson", (GOOD + b"\n") * 4000 + BAD + b"\n")
    with open(folder.path / "rows.ndjson", "rb") as rows:
        command = [COMMAND, "check", *TICKET, "--quiet", *(["--lines", "-"] if stdin else ["rows.ndjson"])]
        done = subprocess.run(command, stdin=rows, stdout=-1, stderr=theirs, cwd=folder.path, env=ENVIRONMENT)
    os.close(theirs)
    said = b""
    with open(ours, "rb", buffering=0) as terminal:
        while piece := _read(terminal):
            said += piece
    assert done.returncode == 1
    assert b"4,001 rows, " in said
    assert b"/s, 1 bad" in said
    assert said.endswith(b"\r\x1b[K"), "the line is left empty"
    assert said.rfind(b"\x1b[?25l") < said.rfind(b"\x1b[?25h"), "the cursor is there"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudoterminals")
def test_progress_counts_fixes(folder: Folder) -> None:
    import pty

    ours, theirs = pty.openpty()
    folder.write("rows.ndjson", (BAD + b"\n") * 4000)
    command = [COMMAND, "check", *TICKET, "--fix", "--quiet", "rows.ndjson"]
    done = subprocess.run(command, stdout=-1, stderr=theirs, cwd=folder.path, env=ENVIRONMENT)
    os.close(theirs)
    said = b""
    with open(ours, "rb", buffering=0) as terminal:
        while piece := _read(terminal):
            said += piece
    assert done.returncode == 0
    assert b"/s, 0 bad, 4,000 fixed" in said


def _read(terminal: Any) -> bytes:
    try:
        return bytes(terminal.read(65536))
    except OSError:  # Linux says so at the end.
        return b""
