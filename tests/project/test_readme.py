"""The README's commands are one line each, and the output it shows is what is printed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def first_sh_block(section: str) -> str:
    return README.split(f"\n## {section}\n", 1)[1].split("```sh\n", 1)[1].split("```", 1)[0]


def run(command: str) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    words[0] = str(Path(sys.executable).parent / "recordlint")
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)


def test_command_blocks_are_one_line() -> None:
    for section in ("Quick start", "Tests"):
        assert first_sh_block(section).count("\n") == 1, section


def test_quick_start_shows_violations() -> None:
    result = run("recordlint" + first_sh_block("Quick start").rpartition(".venv/bin/recordlint")[2])
    assert (result.returncode, result.stderr) == (1, "")
    assert "error[option-label]" in result.stdout


def test_shown_output_is_what_is_printed() -> None:
    shown = re.findall(r"<!-- output: ([^\n]*) -->\n```text\n(.*?)```", README, re.DOTALL)
    assert len(shown) == 2
    for command, output in shown:
        assert run(command).stdout == output


def test_library_example_runs() -> None:
    code = README.split("```python\n", 1)[1].split("```", 1)[0].replace('"objects/"', '"fixtures/objects/"')
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.stderr == ""
    assert result.stdout.startswith("no-op /properties ")
