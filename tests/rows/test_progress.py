"""Progress is shown to people."""

from __future__ import annotations

import subprocess

import pytest

from command_folder import COMMAND, ENVIRONMENT, TICKET, Folder
from row_files import BAD, GOOD
from terminals import shown_on_a_terminal

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("stdin", [True, False], ids=["standard input", "a file"])
def test_progress_is_for_terminals(folder: Folder, stdin: bool) -> None:
    folder.write("rows.ndjson", (GOOD + b"\n") * 4000 + BAD + b"\n")
    command = [COMMAND, "check", *TICKET, "--quiet", *(["--lines", "-"] if stdin else ["rows.ndjson"])]
    with open(folder.path / "rows.ndjson", "rb") as rows:
        done, shown = shown_on_a_terminal(
            lambda terminal: subprocess.run(
                command, stdin=rows, stdout=-1, stderr=terminal, cwd=folder.path, env=ENVIRONMENT
            )
        )
    assert done.returncode == 1
    assert b"4,001 rows, " in shown
    assert b"/s, 1 bad" in shown
    assert shown.endswith(b"\r\x1b[K"), "the line is left empty"
    assert shown.rfind(b"\x1b[?25l") < shown.rfind(b"\x1b[?25h"), "the cursor is there"


def test_progress_counts_fixes(folder: Folder) -> None:
    folder.write("rows.ndjson", (BAD + b"\n") * 4000)
    command = [COMMAND, "check", *TICKET, "--fix", "--quiet", "rows.ndjson"]
    done, shown = shown_on_a_terminal(
        lambda terminal: subprocess.run(command, stdout=-1, stderr=terminal, cwd=folder.path, env=ENVIRONMENT)
    )
    assert done.returncode == 0
    assert b"/s, 0 bad, 4,000 fixed" in shown
