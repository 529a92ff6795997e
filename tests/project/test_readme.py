"""The README's commands are one line each, and the output it shows is what is printed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def first_sh_block(section: str) -> str:
    return README.split(f"\n## {section}\n", 1)[1].split("```sh\n", 1)[1].split("```", 1)[0]


def run(command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    words[0] = str(Path(sys.executable).parent / "recordlint")
    return subprocess.run(words, capture_output=True, text=True, cwd=folder, check=False)


def test_command_blocks_are_one_line() -> None:
    for section in ("Quick start", "Tests"):
        assert first_sh_block(section).count("\n") == 1, section


def test_quick_start_shows_violations() -> None:
    result = run("recordlint" + first_sh_block("Quick start").rpartition(".venv/bin/recordlint")[2])
    assert (result.returncode, result.stderr) == (1, "")
    assert "error[option-label]" in result.stdout


def test_shown_output_is_what_is_printed() -> None:
    """`UPDATE_GOLDEN=1 pytest tests/project/test_readme.py` writes it anew; read the difference then."""
    block = re.compile(r"(<!-- output: ([^\n]*) -->\n```text\n).*?```", re.DOTALL)
    assert len(block.findall(README)) == 2
    printed = block.sub(lambda match: f"{match[1]}{run(match[2]).stdout}```", README)
    if os.environ.get("UPDATE_GOLDEN"):
        (ROOT / "README.md").write_text(printed, "utf-8")
    assert printed == README


def test_the_page_about_drift_shows_what_is_printed() -> None:
    path = ROOT / "docs/drift.md"
    page = path.read_text("utf-8")
    block = re.compile(r"(```sh\n(recordlint drift [^\n]*)\n```\n\n```text\n).*?```", re.DOTALL)
    assert len(block.findall(page)) == 1
    printed = block.sub(lambda match: f"{match[1]}{run(match[2], ROOT / 'fixtures/drift').stdout}```", page)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(printed, "utf-8")
    assert printed == page


def test_library_examples_print_what_is_shown(tmp_path: Path) -> None:
    section = README.split("\n## Python library\n", 1)[1].split("\n## ", 1)[0]
    codes = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    assert len(codes) == 2
    shutil.copytree(ROOT / "fixtures/objects", tmp_path / "objects")
    rows = ("high", "urgentt", "low", "HIGH")
    lines = [f'{{"properties": {{"priority": "{each}"}}}}\n' for each in rows]
    (tmp_path / "tickets.ndjson").write_text("".join(lines), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(codes)], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    (shown,) = re.findall(r"```text\n(.*?)```", section, re.DOTALL)
    assert (done.stdout, done.stderr) == (f"{shown}2 ['unknown-option']\n4 ['unknown-option']\n", "")


def test_the_options_of_check_are_those_of_its_help() -> None:
    section = README.split("\n## Command line\n", 1)[1].split("\n## ", 1)[0]
    named = set(re.findall(r"--[a-z-]+", " ".join(re.findall(r"^\| (`--.*?) \|", section, re.MULTILINE))))
    offered = set(re.findall(r"^ {2}(?:-\w, )?(--[a-z-]+)", run("recordlint check --help").stdout, re.MULTILINE))
    assert named == offered - {"--help", "--objects"}


def test_every_command_is_in_the_table() -> None:
    named = {
        name
        for row in re.findall(r"^\| (.*?) \|", README, re.MULTILINE)
        for name in re.findall(r"`recordlint (\w+)", row)
    }
    listed = run("recordlint --help").stdout.partition("Commands:\n")[2]
    assert named == set(re.findall(r"^ {2}(\w+)", listed, re.MULTILINE))
