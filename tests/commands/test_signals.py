"""A signal ends a run with status 130, one line and nothing half-written, whenever it comes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from command_folder import COMMAND, ENVIRONMENT, ROOT, TICKET, Folder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="signals are those of POSIX here"),
]

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
STRIKE_EVERYWHERE = Path(__file__).parent / "strike_everywhere.py"
INTERRUPTED = (130, "recordlint: interrupted\n", [])
BODIES = ("phone-length.json", "option-label.json", "unknown-property.json", "invalid-json-missing-comma.json")


def outcomes(folder: Folder, number: str, *arguments: str) -> dict[str, tuple[int, str, list[str]]]:
    """What becomes of a run at each step where the signal comes: its status, its words, its temporary files."""
    for name in BODIES:
        shutil.copy(ROOT / "fixtures/payloads/invalid" / name, folder.path)
    command = [sys.executable, str(STRIKE_EVERYWHERE), number, ".", *arguments]
    subprocess.run(command, cwd=folder.path, env=ENVIRONMENT, capture_output=True, timeout=300, check=False)
    written = json.loads((folder.path / "outcomes.json").read_text("utf-8"))
    return {step: (status, err, left) for step, status, err, left in written}


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_at_every_step_of_a_check(folder: Folder, number: str) -> None:
    """At every import, in Python, C or Rust, and at every function's first call, up to the last instruction."""
    arguments = ("--fix", "--format", "json", "--output", "report.json", *BODIES)
    ends = outcomes(folder, number, "check", *TICKET, *arguments)
    imports = {step.removeprefix("import ") for step in ends if step.startswith("import ")}
    assert imports > {
        "click",
        "jiter",
        "jsonschema_rs",
        "orjson",
        "phonenumbers",
        "recordlint.errors",
        "recordlint.checking.validator",
        "recordlint.files.rewrite",
    }
    assert {"call atomic_write of atomic_write.py", "call Replacement.__enter__ of atomic_write.py"} < ends.keys()
    assert [*ends][-1] == "_exit in main"
    assert {step: end for step, end in ends.items() if end != INTERRUPTED} == {}


def test_a_signal_at_every_step_of_fixing_rows(folder: Folder) -> None:
    folder.write("rows.ndjson", '{"properties": {"priority": "HIGH"}}\n' * 2)
    ends = outcomes(folder, "SIGTERM", "check", *TICKET, "--fix", "rows.ndjson")
    assert {"call RewrittenRows.end_file of rewriting.py", "call Rewriting.take_name of rewrite.py"} < ends.keys()
    assert [*ends][-1] == "_exit in main"
    said = {"recordlint: interrupted\n", *[f"recordlint: interrupted after {n} rows\n" for n in (0, 2)]}
    # A signal that comes when the file is rewritten may find that said already.
    said |= {f"recordlint: rows.ndjson: fixed 2\n{each}" for each in said}
    assert {step: end for step, end in ends.items() if (end[0], end[2]) != (130, []) or end[1] not in said} == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", *TICKET, "--engine", "jsonschema", "--output", "report.txt", BODIES[0]),
        ("schema", *TICKET, "-o", "."),
        ("openapi", *TICKET[:2], "-o", "openapi.json"),
        ("rules",),
        ("--version",),
        ("check", "--nonesuch"),
    ],
    ids=lambda arguments: " ".join(arguments[:1] + arguments[-2:]),
)
def test_a_signal_at_every_step_of_other_commands(folder: Folder, arguments: tuple[str, ...]) -> None:
    ends = outcomes(folder, "SIGTERM", *arguments)
    assert [*ends][-1] == "_exit in main"
    assert {step: end for step, end in ends.items() if end != INTERRUPTED} == {}


def waiting(folder: Folder, prefix: tuple[str, ...] = (), options: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
    """A check of standard input that has begun to write its report, and waits for more. It leads a group of its own."""
    command = [*prefix, COMMAND, "check", *TICKET, "--lines", "--output", "report.txt", *options, "-"]
    process = subprocess.Popen(
        command, stdin=-1, stdout=-1, stderr=-1, cwd=folder.path, env=ENVIRONMENT, start_new_session=True
    )
    for _ in range(600):
        if any(name.endswith(".tmp") for name in os.listdir(folder.path)):
            time.sleep(0.1)
            return process
        time.sleep(0.05)
    raise AssertionError("it does not begin")


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_that_the_parent_ignores_stays_ignored(folder: Folder, number: str) -> None:
    """As by nohup, or SIGINT in the background of a shell."""
    process = waiting(folder, ("sh", "-c", f'trap "" {number[3:]}; exec "$@"', "sh"))
    process.send_signal(signal.Signals[number])
    _, err = process.communicate(b"{}", timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert (folder.path / "report.txt").read_text().endswith("1 warning in 1 row checked, 1 valid\n")


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_that_comes_again_and_again(folder: Folder, number: str) -> None:
    """Standard error has one line at most, and the first signal's clean-up is not broken off."""
    process = waiting(folder)
    while process.poll() is None:
        process.send_signal(signal.Signals[number])
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err in (b"", b"recordlint: interrupted\n", b"recordlint: interrupted after 0 rows\n")
    assert [name for name in os.listdir(folder.path) if "report" in name or name[0] == "."] == []


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_that_reaches_worker_processes_too(folder: Folder, number: str) -> None:
    """As Ctrl-C does, or a terminal that is closed."""
    process = waiting(folder, options=("--jobs", "2"))
    assert process.stdin
    process.stdin.write(b"{}\n")
    process.stdin.flush()
    time.sleep(1)
    os.killpg(process.pid, signal.Signals[number])
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"recordlint: interrupted after 1 rows\n")


def test_an_interrupt_in_a_destructor_ends_the_run() -> None:
    """Python drops it there, and would go on."""
    script = """
import os, signal
from recordlint.commands._interrupts import catch_signals, raise_signals
catch_signals()
raise_signals(whether=True)
class Closing:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
closing = Closing()
del closing
print("goes on")
"""
    done = subprocess.run([sys.executable, "-c", script], env=ENVIRONMENT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
