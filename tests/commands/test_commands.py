"""What all commands have in common: help, the version, and wrong usage."""

from __future__ import annotations

import re
import shutil

import pytest

from command_folder import (
    COMMAND,
    USAGE,
    Folder,
)


def test_version(folder: Folder) -> None:
    assert folder.run("--version") == (0, "recordlint 0.1.0\n", "")


def test_no_arguments(folder: Folder) -> None:
    done = folder.run()
    assert (done.status, done.out) == (2, "")
    assert done.err == folder.run("--help").out
    commands = re.findall(r"^  ([a-z]+)  ", done.err.partition("Commands:\n")[2], re.MULTILINE)
    assert commands == ["check", "config", "explain", "objects", "openapi", "rules", "schema", "vscode"]


@pytest.mark.parametrize("command", ["check", "config", "explain", "objects", "openapi", "rules", "schema", "vscode"])
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
    assert done.err.startswith(f"{USAGE}No such option '--nope'")
    assert folder.check() == (2, "", f"{USAGE}Missing argument 'FILES...'.\n")


def test_the_command_is_installed() -> None:
    assert shutil.which(COMMAND) == COMMAND
