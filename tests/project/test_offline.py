"""Every command works where there is no network at all, except `pull`, which says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = os.path.join(os.path.dirname(sys.executable), "recordlint")
UNSHARE = shutil.which("unshare")
OBJECTS = ("--objects", str(ROOT / "fixtures/objects"))
TICKET = (*OBJECTS, "--object", "custom_objects.ticket")
VALID = str(ROOT / "fixtures/payloads/valid/page-example.json")
INVALID = str(ROOT / "fixtures/payloads/invalid/option-label.json")
REQUEST = str(ROOT / "fixtures/payloads/valid/request-update.json")

RECORD = str(ROOT / "fixtures/records/ticket.json")

CASES = [
    (0, ("check", *TICKET, VALID)),
    (0, ("check", *TICKET, "--engine", "jsonschema", VALID)),
    (0, ("check", *OBJECTS, REQUEST)),
    (1, ("check", *TICKET, INVALID)),
    (1, ("check", *TICKET, "--engine", "jsonschema", "--format", "json", INVALID)),
    (0, ("apply", *TICKET, RECORD, VALID)),
    (0, ("delta", *TICKET, RECORD, str(ROOT / "fixtures/records/ticket-wanted.json"))),
    (0, ("drift", str(ROOT / "fixtures/objects"), str(ROOT / "fixtures/objects"), REQUEST)),
    (0, ("convert", *TICKET, str(ROOT / "fixtures/tables/tickets.csv"))),
    (0, ("objects", *OBJECTS)),
    (0, ("objects", *OBJECTS, "--format", "json")),
    (0, ("schema", *OBJECTS, "-o", str(ROOT / "spec/objects"), "--check")),
    (0, ("schema", *TICKET, "--operation", "create")),
    (0, ("openapi", *OBJECTS)),
    (0, ("types", *OBJECTS, "--lang", "python")),
    (0, ("rules",)),
    (0, ("config",)),
    (2, ("pull", "--location", "loc1")),
    (2, ("sandbox", *OBJECTS, "--db", str(ROOT / "nowhere/records.db"))),
    (2, ("vscode",)),
    (2, ("init", str(ROOT / "docs"))),
    (0, ("explain", "option-label")),
    (0, ("--version",)),
]


def without_network(*arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    assert UNSHARE
    return subprocess.run([UNSHARE, "-rn", *arguments], capture_output=True, text=True, env=environment)


def why_not() -> str:
    if UNSHARE is None:
        return "there is no unshare here"
    tried = without_network("true")
    return "" if tried.returncode == 0 else f"unshare -rn is not allowed here: {tried.stderr.strip()}"


REASON = why_not()
pytestmark = pytest.mark.skipif(bool(REASON), reason=REASON or "unshare works")


def test_the_network_is_gone() -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)"
    done = without_network(sys.executable, "-c", code)
    assert done.returncode == 1
    assert "Network is unreachable" in done.stderr


@pytest.mark.parametrize(("status", "arguments"), CASES)
def test_works_without_a_network(status: int, arguments: tuple[str, ...]) -> None:
    online = subprocess.run([COMMAND, *arguments], capture_output=True, text=True)
    offline = without_network(COMMAND, *arguments)
    assert offline.returncode == status
    assert (offline.returncode, offline.stdout, offline.stderr) == (online.returncode, online.stdout, online.stderr)


def test_pull_is_the_one_command_that_needs_a_network() -> None:
    environment = {"PATH": os.environ["PATH"], "RECORDLINT_TOKEN": "any"}
    done = without_network(COMMAND, "pull", "--location", "loc1", "--timeout", "0.1", environment=environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert "https://services.leadconnectorhq.com" in done.stderr


def test_every_command_is_tried() -> None:
    folder = ROOT / "validator/recordlint/commands"
    commands = {path.stem for path in folder.glob("*.py") if path.name[0] != "_"}
    assert commands <= {arguments[0] for _, arguments in CASES}
