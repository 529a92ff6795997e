"""CONTRIBUTING.md: its examples, put into a copy of the package, are found without any other edit."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fixture_files import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
FILES = {
    match["path"]: match["text"]
    for match in re.finditer(
        r"<!-- file: (?P<path>\S+) -->\n(?P<fence>`{3,})\w+\n(?P<text>.*?)^(?P=fence)$", PAGE, re.DOTALL | re.MULTILINE
    )
}
RULE = "colour-format"


def a_copy(folder: Path, *paths: str) -> Path:
    """The package as it is installed, with some of the page's files in it."""
    shutil.copytree(ROOT / "validator/recordlint", folder / "recordlint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "spec", folder / "recordlint/spec")
    for path in paths:
        assert not (ROOT / path).exists(), path
        to = folder / (f"recordlint/{path}" if path.startswith("spec/") else path.removeprefix("validator/"))
        to.write_text(FILES[path], "utf-8")
    shutil.copytree(ROOT / "fixtures/objects", folder / "objects")
    return folder


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", "from recordlint.cli import main; main()", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_the_page_has_an_example_of_each_kind() -> None:
    assert [os.path.dirname(path) for path in FILES] == [
        "spec/field-types",
        "validator/recordlint/fieldtypes",
        "validator/recordlint/rules",
        "validator/recordlint/reporters",
        "validator/recordlint/commands",
    ]


@pytest.mark.slow
def test_a_format(tmp_path: Path) -> None:
    folder = a_copy(tmp_path, "validator/recordlint/reporters/counts.py")
    (folder / "a.json").write_text('{"properties": {"priority": "HIGH"}}', "utf-8")
    ticket = ("check", "--objects", "objects", "--object", "custom_objects.ticket")
    assert run(folder, *ticket, "--format", "counts", "a.json") == (1, "1 a.json\n1 in all\n")
    assert "counts" in re.split(r"[\[|\]\s]+", run(folder, "check", "--help")[1])


@pytest.mark.slow
def test_a_command(tmp_path: Path) -> None:
    folder = a_copy(tmp_path, "validator/recordlint/commands/count.py")
    status, out = run(folder, "count", "--objects", "objects")
    assert (status, [line.split(":")[0] for line in out.splitlines()]) == (
        0,
        ["custom_objects.asset", "custom_objects.ticket"],
    )
    assert "count    Count the fields of your objects." in run(folder, "--help")[1]


@pytest.mark.slow
def test_a_field_type_and_a_rule(tmp_path: Path) -> None:
    folder = a_copy(tmp_path, *[path for path in FILES if "colour" in path])
    definition = json.loads((ROOT / "fixtures/objects/ticket.json").read_text("utf-8"))
    definition["fields"].append({"fieldKey": "custom_objects.ticket.colour", "name": "Colour", "dataType": "COLOUR"})
    (folder / "objects/ticket.json").write_text(json.dumps(definition), "utf-8")
    wrong, right = re.findall(r"```json\n(.*?)```", FILES[f"validator/recordlint/rules/{RULE}.md"], re.DOTALL)
    (folder / "wrong.json").write_text(wrong, "utf-8")
    (folder / "number.json").write_text('{"properties": {"colour": 1}}', "utf-8")
    (folder / "right.json").write_text(right, "utf-8")
    ticket = ("check", "--objects", "objects", "--object", "custom_objects.ticket", "--format", "jsonl")
    status, out = run(folder, *ticket, "right.json")
    assert (status, len(out.splitlines())) == (0, 1)
    status, out = run(folder, *ticket, "wrong.json", "number.json")
    *results, _ = map(json.loads, out.splitlines())
    rules = [violation["rule"] for result in results for violation in result["violations"]]
    assert (status, sorted(rules)) == (1, [RULE, "wrong-type"])
    assert f"{RULE} " in run(folder, "rules")[1]
    assert run(folder, "explain", RULE) == (0, FILES[f"validator/recordlint/rules/{RULE}.md"])
    assert "A colour: # and six hexadecimal digits" in run(folder, "openapi", "--objects", "objects")[1]


@pytest.mark.parametrize(
    "path", sorted({each for each in re.findall(r"`([\w.-]+/[\w./-]*)`", PAGE) if "…" not in each})
)
def test_every_path_that_it_names_is_there(path: str) -> None:
    assert path in FILES or (ROOT / path).exists()


def test_the_set_up_is_that_of_the_readme() -> None:
    readme = (
        (ROOT / "README.md").read_text("utf-8").split("\n## Tests\n", 1)[1].split("```sh\n", 1)[1].split("\n", 1)[0]
    )
    setup = PAGE.split("\n## Set up\n", 1)[1].split("```sh\n", 1)[1].split("\n", 1)[0]
    assert readme.startswith(f"{setup} && ")
