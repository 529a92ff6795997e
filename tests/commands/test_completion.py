"""Completion, by what a shell is answered, and in the real shells where they are installed."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import time

import pytest

from command_folder import COMMAND, ENVIRONMENT, OBJECTS, Folder
from fixture_files import ROOT
from recordlint.rules.catalogue import rule_ids
from recordlint.rules.change_pages import change_ids

SHELLS = {name: shutil.which(name) for name in ("bash", "zsh", "fish")}
HERE = {**ENVIRONMENT, "PATH": f"{os.path.dirname(COMMAND)}{os.pathsep}{ENVIRONMENT['PATH']}"}
ROW = r"^[|] (bash|zsh|fish)\b.*[|] `([^`]*)` [|]$"
PAGE = (ROOT / "docs/shell.md").read_text("utf-8")
LINES = {shell: line.replace("\\|", "|") for shell, line in re.findall(ROW, PAGE, re.MULTILINE)}


def answer(folder: Folder, *words: str) -> list[str]:
    """What is answered to bash about the last word."""
    question = {"COMP_WORDS": " ".join(["recordlint", *words]), "COMP_CWORD": str(len(words))}
    done = folder.run(_RECORDLINT_COMPLETE="bash_complete", **question)
    assert (done.status, done.err) == (0, "")
    return done.out.splitlines()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["che"], ["plain,check"]),
        (["check", "--sta"], ["plain,--statistics"]),
        (["check", "--format", "js"], ["plain,json", "plain,jsonl"]),
        (["explain", "option"], ["plain,option-label", "plain,option-added", "plain,option-gone"]),
        (["check", "--ignore", "no-op,phone-t"], ["plain,no-op,phone-trunk-zero"]),
        (["check", *OBJECTS, "--object", "tick"], ["plain,custom_objects.ticket"]),
        (["check", "--objects", "nowhere", "--object", "tick"], [""]),
        (["check", "--object", "tick"], [""]),
        (["check", "pay"], ["file,pay"]),
        (["check", "--output", "x"], ["file,x"]),
        (["schema", "-o", "x"], ["dir,x"]),
    ],
    ids=lambda value: " ".join(map(os.path.basename, value)),
)
def test_answers(folder: Folder, words: list[str], expected: list[str]) -> None:
    assert answer(folder, *words) == expected


def test_all_rules_and_the_objects_of_the_configuration(folder: Folder) -> None:
    assert answer(folder, "explain", "") == [f"plain,{id}" for id in (*rule_ids(), *change_ids())]
    folder.write("recordlint.toml", f"objects = [{str(ROOT / 'fixtures/objects')!r}]")
    expected = ["plain,custom_objects.asset", "plain,custom_objects.ticket"]
    assert answer(folder, "objects", "--object", "custom") == expected


def test_the_page_has_a_line_for_each() -> None:
    assert set(LINES) == set(SHELLS)


@pytest.mark.skipif(not SHELLS["bash"], reason="there is no bash")
def test_in_bash(folder: Folder) -> None:
    script = f"""{LINES["bash"]}
COMP_WORDS=(recordlint check --fo) COMP_CWORD=2
_recordlint_completion recordlint
printf "%s\\n" "${{COMPREPLY[@]}}"
complete -p recordlint"""
    command = ["bash", "--norc", "-c", script]
    done = subprocess.run(command, cwd=folder.path, env=HERE, capture_output=True, text=True, check=False)
    first, registered = done.stdout.splitlines()
    assert (first, done.stderr) == ("--format", "")
    assert "-F _recordlint_completion recordlint" in registered


@pytest.mark.skipif(not SHELLS["fish"], reason="there is no fish")
def test_in_fish(folder: Folder) -> None:
    script = f"{LINES['fish']}; complete -C 'recordlint explain option-l'; complete -C 'recordlint che'"
    environment = {**HERE, "HOME": str(folder.path), "XDG_CONFIG_HOME": str(folder.path / "config")}
    command = ["fish", "--no-config", "-c", script]
    done = subprocess.run(command, cwd=folder.path, env=environment, capture_output=True, text=True, check=False)
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["option-label", "check"]


@pytest.mark.skipif(not SHELLS["zsh"], reason="there is no zsh")
def test_in_zsh(folder: Folder) -> None:
    """In a terminal of its own, where the tabulator completes the word."""
    folder.write(".zshrc", f"autoload -Uz compinit && compinit -u\n{LINES['zsh']}\nPS1='ready> '\n")
    environment = {**HERE, "ZDOTDIR": str(folder.path), "HOME": str(folder.path), "TERM": "dumb"}
    terminal, inner = pty.openpty()
    command = ["zsh", "-i"]
    with subprocess.Popen(
        command, cwd=folder.path, env=environment, stdin=inner, stdout=inner, stderr=inner, start_new_session=True
    ) as process:
        try:
            shown(terminal, "ready> ")
            os.write(terminal, b"recordlint explain option-l\t")
            shown(terminal, "option-label")
        finally:
            process.kill()
            os.close(inner)
            os.close(terminal)


def shown(terminal: int, awaited: str) -> None:
    """Wait until a terminal shows something, for half a minute at most."""
    text, until = "", time.monotonic() + 30
    while awaited not in text:
        assert time.monotonic() < until, text
        if select.select([terminal], [], [], 0.2)[0]:
            text += os.read(terminal, 4096).decode("utf-8", "replace")
