"""Standard streams that are closed or full: a plain sentence, and no success where something was not written."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
from urllib.parse import urlsplit

import httpx
import pytest

from command_folder import COMMAND, ENVIRONMENT, INVALID, OBJECTS, ROOT, TICKET, VALID, Done, Folder
from sandbox_client import HEADERS, LOCATION, TICKETS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams"),
]

CONFIG = 'objects = ["objects"]\n[[files]]\nmatch = "*.json"\nobject = "custom_objects.ticket"\n'
ONE_SCHEMA = ("schema", *TICKET, "--operation", "create")
RECORD, WANTED = [str(ROOT / f"fixtures/records/{name}.json") for name in ("ticket", "ticket-wanted")]
WRITES = {
    "check": ("check", *TICKET, "valid.json"),
    "check with violations": ("check", *TICKET, "invalid.json"),
    "check in json": ("check", *TICKET, "--format", "json", "valid.json"),
    "check with a diff": ("check", *TICKET, "--diff", "low.json"),
    "check of rows": ("check", *TICKET, "--lines", "valid.json", "invalid.json"),
    "apply": ("apply", *TICKET, RECORD, "low.json"),
    "delta": ("delta", *TICKET, RECORD, WANTED),
    "config": ("config",),
    "explain": ("explain", "option-label"),
    "objects": ("objects", *OBJECTS),
    "objects in json": ("objects", *OBJECTS, "--format", "json"),
    "openapi": ("openapi", *OBJECTS),
    "rules": ("rules",),
    "rules in json": ("rules", "--format", "json"),
    "schema": ONE_SCHEMA,
    "types": ("types", *OBJECTS, "--lang", "python"),
    "vscode": ("vscode",),
    "help": ("--help",),
    "help of a command": ("check", "--help"),
    "version": ("--version",),
}
"""What writes to standard output."""
SANDBOX = ("sandbox", *OBJECTS, "--port", "0")
"""Ends by itself only where its first line cannot be written."""
SILENT = {
    "check into a file": (("check", *TICKET, "--output", "report.txt", "invalid.json"), 1),
    "a quiet check": (("check", *TICKET, "--quiet", "valid.json"), 0),
    "schemas into a folder": (("schema", *OBJECTS, "-o", "schemas"), 0),
    "schemas that are stale": (("schema", *OBJECTS, "-o", "elsewhere", "--check"), 1),
    "types into a file": (("types", *OBJECTS, "--lang", "typescript", "-o", "types.ts"), 0),
    "openapi into a file": (("openapi", *OBJECTS, "-o", "openapi.json"), 0),
    "wrong usage": (("check", "--nonesuch"), 2),
    "no arguments": ((), 2),
    "a file that is missing": (("schema", "--objects", "nowhere", "-o", "schemas"), 2),
    "a fix": (("check", *TICKET, "--fix", "--output", "report.txt", "low.json"), 0),
}
"""What writes nothing there, and the exit status."""
CLOSED = "recordlint: standard output: cannot be written: it is closed\n"
FULL = "recordlint: standard output: cannot be written: no space left on device\n"

needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")


@pytest.fixture
def workspace(folder: Folder) -> Folder:
    folder.write("recordlint.toml", CONFIG)
    folder.write("low.json", '{"properties": {"priority": "LOW"}}')
    folder.write("objects/ticket.json", (ROOT / "fixtures/objects/ticket.json").read_text("utf-8"))
    folder.write(".vscode/settings.json", "{}")
    return folder


def run(folder: Folder, arguments: tuple[str, ...], redirections: str, stdin: str = "") -> Done:
    line = f"exec {shlex.join([COMMAND, *arguments])} {redirections}"
    done = subprocess.run(
        ["sh", "-c", line], cwd=folder.path, env=ENVIRONMENT, input=stdin, capture_output=True, text=True, timeout=60
    )
    assert "Traceback" not in done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("arguments", [*WRITES.values(), SANDBOX], ids=[*WRITES, "sandbox"])
def test_standard_output_is_closed(workspace: Folder, arguments: tuple[str, ...]) -> None:
    done = run(workspace, arguments, ">&-")
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith(CLOSED)
    assert run(workspace, arguments, ">&- 2>&-") == (2, "", "")


@needs_full
@pytest.mark.parametrize("arguments", [*WRITES.values(), SANDBOX], ids=[*WRITES, "sandbox"])
def test_standard_output_is_full(workspace: Folder, arguments: tuple[str, ...]) -> None:
    done = run(workspace, arguments, ">/dev/full")
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith(FULL)
    assert run(workspace, arguments, ">/dev/full 2>/dev/full") == (2, "", "")


@pytest.mark.parametrize("redirections", ["2>&-", pytest.param("2>/dev/full", marks=needs_full)])
@pytest.mark.parametrize(("arguments"), WRITES.values(), ids=WRITES)
def test_standard_error_takes_nothing(workspace: Folder, arguments: tuple[str, ...], redirections: str) -> None:
    """What was asked for is written, and the status tells of it."""
    expected = run(workspace, arguments, "")
    assert run(workspace, arguments, redirections) == (expected.status, expected.out, "")


@pytest.mark.parametrize("redirections", ["2>&-", "<&- 2>&-", pytest.param("2>/dev/full", marks=needs_full)])
@pytest.mark.parametrize("options", [(), ("--db", "records.db")], ids=["memory", "file"])
def test_a_sandbox_serves_without_a_log(workspace: Folder, options: tuple[str, ...], redirections: str) -> None:
    line = f"exec {shlex.join([COMMAND, *SANDBOX, *options])} {redirections}"
    process = subprocess.Popen(
        ["sh", "-c", line],
        cwd=workspace.path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        try:
            url = process.stdout.readline().split()[2]
            with httpx.Client(base_url=url, headers=HEADERS) as client:
                made = client.post(TICKETS, json={**LOCATION, "properties": {"ticket_name": "Printer"}})
                refused = client.post(TICKETS, json={})
                listed = client.get("/__sandbox/requests").json()["requests"]
            address = urlsplit(url)
            with socket.create_connection((address.hostname, address.port)) as connection:
                connection.sendall(b"no HTTP\r\n\r\n")  # of which uvicorn writes a line
                assert connection.recv(12) == b"HTTP/1.1 400"
        finally:
            process.terminate()
        assert process.wait(10) == 130
    assert (made.status_code, refused.status_code) == (201, 400)
    assert [each["status"] for each in listed] == [201, 400]


@pytest.mark.parametrize(
    "redirections",
    [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", pytest.param(">/dev/full 2>/dev/full", marks=needs_full)],
)
@pytest.mark.parametrize(("arguments", "status"), SILENT.values(), ids=SILENT)
def test_nothing_has_to_be_written(
    workspace: Folder, arguments: tuple[str, ...], status: int, redirections: str
) -> None:
    assert run(workspace, arguments, redirections).status == status


@needs_full
def test_a_diff_that_is_longer_than_what_waits_in_memory(workspace: Folder) -> None:
    text = '{"properties": {"description": "' + "x" * 20_000 + '", "priority": "LOW"}}'
    workspace.write("low.json", text)
    done = run(workspace, WRITES["check with a diff"], ">/dev/full")
    assert (done.status, done.err) == (2, FULL)


def test_a_diff_that_standard_error_does_not_take(workspace: Folder) -> None:
    """It goes there where a machine reads standard output."""
    arguments = ("check", *TICKET, "--diff", "--format", "json", "low.json")
    assert run(workspace, arguments, "").status == 1
    assert run(workspace, arguments, "2>&-").status == 2


@pytest.mark.parametrize("options", [(), ("--lines",), ("--stdin-name", "new.json"), ("--quiet",)])
def test_standard_input_is_closed(workspace: Folder, options: tuple[str, ...]) -> None:
    done = run(workspace, ("check", *TICKET, *options, "-"), "<&-")
    assert (done.status, done.err) == (2, "recordlint: -: cannot be read: standard input is closed\n")


def test_standard_input_is_closed_and_the_rest_is_reported(workspace: Folder) -> None:
    done = run(workspace, ("check", *TICKET, "--quiet", "-", "invalid.json"), "<&-")
    assert done.status == 2
    assert done.out.startswith("invalid.json:1:32: error[wrong-type]")


def test_standard_input_cannot_be_read(workspace: Folder) -> None:
    done = run(workspace, ("check", *TICKET, "-"), "0>/dev/null")
    assert (done.status, done.err) == (2, "recordlint: -: cannot be read: bad file descriptor\n")


def test_no_file_is_taken_for_a_stream_that_is_closed(workspace: Folder) -> None:
    """The first file that is opened gets the number of the stream."""
    run(workspace, ("check", *TICKET, "--fix", "low.json", "invalid.json", "missing.json"), "<&- >&- 2>&-")
    texts = {name: (workspace.path / name).read_text() for name in ("low.json", "invalid.json", "valid.json")}
    assert texts == {
        "low.json": '{"properties": {"priority": "low"}}',
        "invalid.json": INVALID,
        "valid.json": VALID,
    }
