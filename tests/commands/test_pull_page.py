"""docs/pull.md: its options are those of the help, what it shows is what is printed, and its recipes are valid."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bad_server import answer, bad_server
from command_folder import Folder
from fixture_files import OBJECTS, ROOT

PAGE = (ROOT / "docs/pull.md").read_text("utf-8")
TOKEN = {"RECORDLINT_TOKEN": "any"}
LOCATION = "ve9EPM428h8vShlRW1KT"
BUSINESS = {"object": {"key": "business"}, "fields": [{"fieldKey": "business.name", "dataType": "TEXT"}]}
RECIPES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_options_are_those_of_the_help(folder: Folder) -> None:
    shown = re.findall(r"^\| `(--[a-z-]+)", PAGE, re.MULTILINE)
    offered = re.findall(r"^ {2}(?:-\w, )?(--[a-z-]+)", folder.run("pull", "--help").out, re.MULTILINE)
    assert sorted([*shown, "--help"]) == sorted(offered)


def test_what_is_shown_is_printed(folder: Folder) -> None:
    listed = answer({"objects": [{"key": "business", "standard": True}, {"key": "custom_objects.ticket"}]})
    ticket = answer(json.loads((OBJECTS / "ticket.json").read_bytes()))
    with bad_server(listed, answer(BUSINESS), ticket) as server:
        options = ("--location", LOCATION, "--base-url", server.url)
        done = folder.run("pull", *options, **TOKEN)
    assert done.status == 0
    command, printed = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[:2]
    assert f"recordlint pull --location {LOCATION}\n" in command
    assert printed == done.out + done.err


@pytest.mark.parametrize("name", ["vendor.github-workflows", "vendor.gitlab-ci"])
def test_recipes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "recipe.yml"
    path.write_text(RECIPES[0 if "github" in name else 1], "utf-8")
    program = os.path.join(os.path.dirname(sys.executable), "check-jsonschema")
    command = [program, "--builtin-schema", name, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
