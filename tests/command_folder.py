"""A folder to run the real command in, as users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema

ROOT = Path(__file__).parent.parent
COMMAND = os.path.join(os.path.dirname(sys.executable), "recordlint")
OBJECTS = ("--objects", str(ROOT / "fixtures/objects"))
TICKET = (*OBJECTS, "--object", "custom_objects.ticket")
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}

VALID = '{"properties": {"ticket_name": "Printer"}}'
INVALID = '{"properties": {"ticket_name": 1}}'
INVALID_LINE = 'error[wrong-type]: "Ticket name" takes a string, not a number'
WARNING = "{}"

REPORT_SCHEMA = json.loads((ROOT / "spec/report.json").read_text("utf-8"))

USAGE = "Usage: recordlint check [OPTIONS] [FILES]...\nTry 'recordlint check --help' for help.\n\nError: "


class Done(NamedTuple):
    status: int
    out: str
    err: str


class Folder:
    """A folder to run commands in."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str | bytes, text: str | bytes) -> None:
        path = os.path.join(os.fsencode(self.path), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)

    def run(self, *arguments: str | bytes, stdin: bytes = b"", **environment: str) -> Done:
        done = subprocess.run(
            [COMMAND, *arguments],
            input=stdin,
            capture_output=True,
            cwd=self.path,
            env={**ENVIRONMENT, **environment},
            timeout=60,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in out + err
        return Done(done.returncode, out, err)

    def check(self, *arguments: str | bytes, stdin: bytes = b"", **environment: str) -> Done:
        return self.run("check", *TICKET, *arguments, stdin=stdin, **environment)


def invalid_report(path: str) -> str:
    return (
        f"{path}:1:32: {INVALID_LINE}\n"
        '  1 | {"properties": {"ticket_name": 1}}\n'
        "    |                                ^\n"
        '    = hint: write "1"\n\n'
    )


def report_of(text: str) -> dict[str, Any]:
    """A JSON report that is what its schema says."""
    report: dict[str, Any] = json.loads(text)
    jsonschema.validate(report, REPORT_SCHEMA, cls=jsonschema.Draft202012Validator)
    assert text.endswith("}\n")
    return report


def numbers(report: Mapping[str, Any]) -> dict[str, int]:
    """The numbers in the summary of a JSON report."""
    return {key: value for key, value in report["summary"].items() if key not in ("rules", "definitions")}
