"""What a module in reporters/ must have to be a format, and where a format must be named."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import recordlint.reporters
from command_folder import Folder
from fixture_files import ROOT
from one_violation import result
from recordlint.reporters import Format, Summary, formats, reporter

FOLDER = Path(recordlint.reporters.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


def test_the_formats_are_the_public_modules() -> None:
    assert list(formats()) == MODULES
    assert len(MODULES) == 10


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_all_that_a_format_needs(name: str) -> None:
    module = import_module(f"recordlint.reporters.{name}")
    assert module.__doc__
    assert isinstance(module.HEAD, str)
    assert isinstance(module.SEPARATOR, str)
    for function, parameter in ((module.entry, "Result"), (module.tail, "Summary")):
        assert function.__doc__
        required = [each for each in inspect.signature(function).parameters.values() if each.default is each.empty]
        assert [each.annotation for each in required] == [parameter]
        assert inspect.signature(function).return_annotation == "str"
    assert reporter(name) == Format(module.HEAD, module.entry, module.SEPARATOR, module.tail)
    assert isinstance(module.entry(result()), str)
    assert isinstance(module.tail(Summary(0, 0, 0, 0)), str)


@pytest.mark.parametrize("name", MODULES)
def test_a_format_is_offered_and_documented(folder: Folder, name: str) -> None:
    help_text = folder.run("check", "--help").out
    choices = help_text.split("--format [", 1)[1].split("]", 1)[0]
    assert name in "".join(choices.split()).split("|")
    assert folder.check("--format", name, "valid.json").status == 0
    (row,) = re.findall(r"^\| `--format FORMAT` \|.*", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert f"`{name}`" in row
    assert (ROOT / f"tests/data/formats/{name}.txt").exists()
