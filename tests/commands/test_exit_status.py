"""The exit statuses stand in one module, and what is written about them says the same."""

from __future__ import annotations

import ast
import re

import pytest

from command_folder import ROOT, Folder
from recordlint.commands import _exit_status

PACKAGE = ROOT / "validator/recordlint"
STATUSES = {name: value for name, value in vars(_exit_status).items() if name.isupper()}


def test_the_readme_lists_them() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    table = readme.partition("| exit status | meaning |\n| --- | --- |\n")[2].partition("\n\n")[0]
    assert re.findall(r"^\| (\d+) \| .+ \|$", table, re.MULTILINE) == [str(value) for value in STATUSES.values()]


def test_the_help_of_check_lists_those_of_a_check(folder: Folder) -> None:
    text = re.sub(r"\s+", " ", folder.run("check", "--help").out)
    listed = re.findall(r"[:;] (\d) ", text.partition("Exit status")[2])
    assert listed == [str(value) for value in STATUSES.values() if value < 10]


def test_no_other_module_has_a_number_for_one() -> None:
    """A function of the command line that gives a status gives a name."""
    numbers = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in [PACKAGE / "cli.py", *(PACKAGE / "commands").rglob("*.py")]
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef) and function.name in ("command", "run", "main", "status")
        for node in ast.walk(function)
        if isinstance(node, ast.Return | ast.IfExp) and any(map(is_number, ast.iter_child_nodes(node)))
    ]
    assert numbers == []


def is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


@pytest.mark.parametrize("name", STATUSES)
def test_each_says_what_it_means(name: str) -> None:
    source = (PACKAGE / "commands/_exit_status.py").read_text("utf-8")
    assert re.search(rf'^{name} = \d+\n"""[A-Z].*\."""$', source, re.MULTILINE)
