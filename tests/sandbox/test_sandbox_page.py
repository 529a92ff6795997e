"""docs/sandbox.md: its recipes work, and its tables are complete."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from command_folder import COMMAND, ENVIRONMENT
from fixture_files import OBJECTS, ROOT
from recordlint.rules.refusals import REFUSED_WARNINGS
from sandbox_client import Client

PAGE = (ROOT / "docs/sandbox.md").read_text("utf-8")
PEERS = ROOT / "tests/peers"
SHOWN = "http://127.0.0.1:8321"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def run(*arguments: str, **options: Any) -> str:
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_answers_are_those_that_are_shown(sandbox: Client) -> None:
    made, refused = map(json.loads, blocks("json"))
    properties = made["record"]["properties"]
    answer = sandbox.create(properties).value["record"]
    assert {**made["record"], **{key: answer[key] for key in ("id", "dateAdded", "dateUpdated")}} == answer
    assert sandbox.update(answer["id"], {"properties": {"affected_platforms": ["ios"]}})[:2] == (422, refused)


def test_the_options_are_those_of_the_help() -> None:
    shown = set(re.findall(r"^\| `(--[a-z-]+)", PAGE, re.MULTILINE))
    assert shown == set(re.findall(r"^  (--[a-z-]+)", run(COMMAND, "sandbox", "--help"), re.MULTILINE))


def test_the_warnings_that_are_refused() -> None:
    part = PAGE.partition("one of the\nwarnings")[2].partition(". All other")[0]
    assert set(re.findall(r"#([a-z-]+)", part)) == REFUSED_WARNINGS


@pytest.mark.slow
def test_curl(sandbox: Client) -> None:
    (block,) = [each for each in blocks("bash") if each.startswith("curl")]
    answer = json.loads(run("bash", "-c", block.replace(SHOWN, sandbox.sandbox.url)))
    assert [each["id"] for each in sandbox.sandbox.records()] == [answer["record"]["id"]]


@pytest.mark.slow
def test_the_pytest_recipe(tmp_path: Path) -> None:
    (block,) = [each for each in blocks("python") if "recordlint_sandbox" in each]
    (tmp_path / "test_it.py").write_text(block)
    (tmp_path / "recordlint.toml").write_text(f'objects = ["{OBJECTS}"]\n')
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    assert "1 passed" in run(sys.executable, "-m", "pytest", "-q", cwd=tmp_path, env=ENVIRONMENT)


@pytest.mark.slow
def test_the_sdks(sandbox: Client) -> None:
    (block,) = [each for each in blocks("python") if "HighLevel" in each]
    printed = [run(sys.executable, "-c", block.replace(SHOWN, sandbox.sandbox.url))]
    if (PEERS / "node_modules/@gohighlevel/api-client").exists():
        (script,) = blocks("javascript")
        options = {"cwd": PEERS, "input": script.replace(SHOWN, sandbox.sandbox.url)}
        printed.append(run("node", "--input-type=module", "-", **options))
    ids = [each.split()[-1] for each in printed]
    assert [each["id"] for each in sandbox.sandbox.records()] == ids


def test_the_workflow_is_yaml() -> None:
    (workflow,) = blocks("yaml")
    steps = yaml.safe_load(workflow)["jobs"]["test"]["steps"]
    assert any("recordlint sandbox" in step.get("run", "") for step in steps)
