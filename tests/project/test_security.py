"""What SECURITY.md promises and no other test shows: no connection, and no secret of a recorded session."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from command_folder import OBJECTS, TICKET, VALID, Folder
from fixture_files import ROOT
from har_session import RECORD, SESSION
from recordlint.reporters import formats

WATCHED = """
import sys

def refuse(event, arguments):
    # Processes of one machine talk through AF_UNIX (1), which leads to no network.
    if event.startswith("socket.") and (event != "socket.__new__" or arguments[1] != 1):
        sys.stderr.write(f"opened: {event}\\n")

sys.addaudithook(refuse)
from recordlint.cli import main
sys.argv = ["recordlint", *sys.argv[1:]]
main()
"""
BAD = '{"properties": {"priority": "HIGH", "phone_number": "0049 30"}}'


def watched(folder: Folder, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WATCHED, *arguments]
    return subprocess.run(command, cwd=folder.path, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "arguments"),
    [
        (0, ("check", *TICKET, "valid.json")),
        (1, ("check", *TICKET, "invalid.json", "--fix")),
        (1, ("check", *TICKET, "invalid.json", "--engine", "jsonschema")),
        (1, ("check", *OBJECTS, "session.har")),
        (1, ("check", *TICKET, "rows.ndjson", "--jobs", "2", "--split-to", "split")),
        (0, ("openapi", *OBJECTS, "-o", "openapi.json")),
        (0, ("schema", *OBJECTS, "-o", "schemas")),
    ],
)
def test_no_command_opens_a_connection(folder: Folder, status: int, arguments: tuple[str, ...]) -> None:
    folder.write("session.har", json.dumps(SESSION))
    folder.write("rows.ndjson", f"{VALID}\n{BAD}\n" * 2_000)
    done = watched(folder, *arguments)
    assert done.returncode == status, done.stderr
    events = {line.removeprefix("opened: ") for line in done.stderr.splitlines() if line.startswith("opened: ")}
    if arguments[0] == "openapi":
        events -= {
            "socket.__new__",
            "socket.bind",
        }  # urllib3, which comes with its validator, looks whether IPv6 is there
    assert events == set()


def test_a_connection_would_be_noticed(folder: Folder) -> None:
    code = WATCHED.replace(
        "from recordlint.cli import main", "import socket; socket.socket()\nfrom recordlint.cli import main"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "rules"], cwd=folder.path, capture_output=True, text=True, timeout=60, check=False
    )
    assert "opened: socket.__new__" in done.stderr


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("name", formats())
def test_a_har_files_secrets_are_in_no_report(folder: Folder, name: str, indent: int | None) -> None:
    """Also where they stand right beside the body, on its line of the file."""
    secret = [{"name": "x", "value": "s3cret"}]
    post = {"mimeType": "application/json", "text": "{}"}
    requests = [
        {"method": "PUT", "url": RECORD, "headers": secret, "postData": post, "cookies": secret},
        {"method": "PUT", "url": RECORD, "cookies": secret, "postData": {**post, "text": BAD}, "headers": secret},
    ]
    session = {"log": {"entries": [{"request": request} for request in requests]}}
    folder.write("session.har", json.dumps(session, indent=indent))
    done = folder.run("check", *OBJECTS, "--format", name, "session.har")
    assert done.status == 1
    assert "s3cret" not in done.out + done.err


def test_the_page_names_the_forge_and_no_address() -> None:
    page = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "private vulnerability reporting" in page
    assert "@" not in page
