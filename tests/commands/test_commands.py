"""What all commands have in common: help, the version, and wrong usage."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from command_folder import COMMAND, ENVIRONMENT, USAGE, Folder

COMMANDS = [
    "apply",
    "check",
    "config",
    "convert",
    "delta",
    "drift",
    "explain",
    "init",
    "objects",
    "openapi",
    "pull",
    "rules",
    "sandbox",
    "schema",
    "types",
    "vscode",
]


def test_version(folder: Folder) -> None:
    assert folder.run("--version") == (0, "recordlint 0.1.0\n", "")


def test_no_arguments(folder: Folder) -> None:
    done = folder.run()
    assert (done.status, done.out) == (2, "")
    assert done.err == folder.run("--help").out
    commands = re.findall(r"^  ([a-z]+)  ", done.err.partition("Commands:\n")[2], re.MULTILINE)
    assert commands == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_help(folder: Folder, command: str) -> None:
    done = folder.run(command, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"Usage: recordlint {command} [OPTIONS]")


def test_wrong_usage(folder: Folder) -> None:
    usage = "Usage: recordlint [OPTIONS] COMMAND [ARGS]...\nTry 'recordlint --help' for help.\n\nError: "
    for wrong in ("nope", "_options", "__init__", "../cli"):
        assert folder.run(wrong) == (2, "", f"{usage}No such command '{wrong}'.\n")
    done = folder.check("--nope", "valid.json")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"{USAGE}No such option")
    done = folder.check()
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"{USAGE}no files are named, and no configuration has [[files]] or [[tables]] entries")


def test_a_fault_is_no_interruption(folder: Folder) -> None:
    """Click takes every EOFError for Ctrl-D, also that of a compiled module which is cut short."""
    script = """
import sys
from recordlint import cli
from recordlint.commands._group import _Commands
def get_command(*arguments):
    raise EOFError("marshal data too short")
_Commands.get_command = get_command
sys.exit(cli.run(["rules"]))
"""
    done = subprocess.run([sys.executable, "-c", script], env=ENVIRONMENT, capture_output=True, text=True)
    reason = "a fault of recordlint, not of your files: EOFError at <string>:6. Please report it.\n"
    assert (done.returncode, done.stdout, done.stderr) == (3, "", f"\nrecordlint: {reason}")


def test_the_command_is_installed() -> None:
    assert shutil.which(COMMAND) == COMMAND
