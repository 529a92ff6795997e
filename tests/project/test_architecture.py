"""docs/architecture.md: its drawing is the one that import-linter holds, its paths exist, its way is the one taken."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import FrameType

import pytest

from command_folder import ROOT, TICKET
from recordlint.cli import run

PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
PACKAGE = ROOT / "validator/recordlint"


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(title: str) -> list[list[str]]:
    """The cells of a section's first table, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_the_drawing_has_the_layers_that_are_checked() -> None:
    drawing = section("Layers").split("```text\n", 1)[1].split("```", 1)[0]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = [each["layers"] for each in contracts if each["type"] == "layers"]
    assert [re.split(r" {2,}", line)[0] for line in drawing.splitlines()] == layers


def test_every_path_is_there() -> None:
    paths = re.findall(r"`((?:spec|validator|fixtures|tests|docs|benchmarks)/[^`]*)`", PAGE)
    assert len(paths) > 40
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_question_has_a_place() -> None:
    questions = rows("Where is…?")
    assert len(questions) >= 12
    assert all(re.search(r"`(?:spec|validator)/[^`]+`", place) for _, place in questions)


def test_every_type_that_it_names_is_there() -> None:
    nodes = [node for path in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    classes = {node.name for node in nodes if isinstance(node, ast.ClassDef)}
    named = set(re.findall(r"`([A-Z][a-z]\w*)[.`]", PAGE))
    assert {"Operation", "Claim", "Target", "ValueFix", "RowChecker"} <= named
    assert named <= classes


@pytest.fixture
def way() -> list[tuple[str, str]]:
    """Each step's file, below the package, and its functions."""
    found = []
    for _, place, _ in rows("How one body is checked"):
        file, *functions = re.findall(r"`([\w./]+)`", place)
        found += [(file, name) for name in functions]
    return found


def test_a_phone_numbers_way_is_the_one_on_the_page(
    way: list[tuple[str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = list(dict.fromkeys(file for file, _ in way))
    assert len(files) <= 7
    called: list[tuple[str, str]] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        here = (code.co_filename.removeprefix(f"{ROOT}/"), code.co_name)
        if event == "call" and here in way and here not in called:
            called.append(here)

    path = tmp_path / "a.json"
    path.write_text('{"properties": {"phone_number": "+44 20 7946 0958"}}')
    sys.setprofile(note)
    try:
        status = run(["check", *TICKET, str(path)])
    finally:
        sys.setprofile(None)
    assert status == 1
    assert "error[phone-format]" in capsys.readouterr().out
    assert called == way


def test_a_valid_body_ends_where_the_page_says(way: list[tuple[str, str]], tmp_path: Path) -> None:
    files = list(dict.fromkeys(file for file, _ in way))
    end = files.index("validator/recordlint/checking/body_checker.py")
    modules = [file.removeprefix("validator/").removesuffix(".py").replace("/", ".") for file in files]
    path = tmp_path / "a.json"
    path.write_text('{"properties": {"priority": "high"}}')
    code = (
        "import sys; from recordlint.cli import run\n"
        f"assert run(['check', *{TICKET!r}, '--quiet', {str(path)!r}]) == 0\n"
        f"print([name for name in {modules!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = ast.literal_eval(done.stdout)
    # Only the schemas of what the body holds are made, and it has no phone number; nothing says what is wrong.
    assert loaded == modules[: end + 1]
