"""What tells one operation from another stands in contract/operations.py, so that a third is one more value."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from fixture_files import OBJECTS, ROOT
from recordlint import Operation as PublicName
from recordlint.contract.operations import METHODS, OPERATIONS, OperationName, find_operation

pytestmark = pytest.mark.slow

PACKAGE = ROOT / "validator/recordlint"
SCRIPT = Path(__file__).with_name("third_operation.py")
TICKET = "custom_objects.ticket"


def test_the_names_are_those_of_the_values() -> None:
    assert get_args(OperationName) == tuple(OPERATIONS) == tuple(each.name for each in OPERATIONS.values())
    assert PublicName is OperationName
    assert {method: each.method for method, each in METHODS.items()} == {method: method for method in METHODS}
    assert sorted(each.name for each in METHODS.values()) == sorted(OPERATIONS)
    assert all(find_operation(name) is each for name, each in OPERATIONS.items())


def defaults(tree: ast.Module) -> set[ast.AST]:
    """The default values of arguments."""
    functions = [node.args for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {each for one in functions for each in (*one.defaults, *one.kw_defaults) if each is not None}


def test_no_other_module_names_an_operation() -> None:
    """But for the default of public calls: whoever compares with a name has to be found for a third one."""
    named = []
    parts = [f"{kind}{name.capitalize()}" for kind in ("clean", "usual") for name in OPERATIONS]
    forbidden = {*OPERATIONS, *METHODS, *parts}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path == PACKAGE / "contract/operations.py":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        allowed = defaults(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in forbidden and node not in allowed:
                named.append(f"{path.relative_to(PACKAGE)}:{node.lineno}: {node.value}")
    assert named == []


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`spec/`, in which the bodies of the third operation are those of a new record."""
    folder = tmp_path_factory.mktemp("third") / "spec"
    shutil.copytree(ROOT / "spec", folder)
    for path in folder.rglob("*.json"):
        if "objects" in path.parts:
            continue
        parts = json.loads(path.read_text("utf-8"))
        for name, part in list(parts.get("$defs", {}).items()):
            if name.startswith(("create", "cleanCreate", "usualCreate")):
                parts["$defs"][name.replace("create", "upsert").replace("Create", "Upsert")] = part
        path.write_text(json.dumps(parts), "utf-8")
    document = yaml.safe_load((folder / "openapi.yaml").read_text("utf-8"))
    item = document["paths"]["/objects/{customObjectKey}/records"]
    document["paths"]["/objects/{customObjectKey}/records/upsert"] = {
        "patch": {**item["post"], "operationId": "upsert-record"}
    }
    (folder / "openapi.yaml").write_text(yaml.safe_dump(document), "utf-8")
    return folder


def run(spec: Path, *arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, SCRIPT, spec, *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)


def checked(spec: Path, body: Any, *options: str) -> list[tuple[str, str]]:
    done = run(spec, "check", "--objects", OBJECTS, *options, "--format", "json", "-", stdin=json.dumps(body))
    assert done.stderr == ""
    (result,) = json.loads(done.stdout)["results"] or [{"violations": []}]
    return [(each["rule"], each["pointer"]) for each in result["violations"]]


def test_bodies_of_a_third_operation_are_judged(spec: Path) -> None:
    options = ("--object", TICKET, "--operation", "upsert")
    right = {"locationId": "l", "properties": {"section_of_app": ["option_1_internal_key"]}}
    assert checked(spec, right, *options) == []
    assert checked(spec, {"properties": {"priority": "LOW"}}, *options) == [
        ("missing-location", ""),
        ("unknown-option", "/properties/priority"),
    ]
    delta = {"locationId": "l", "properties": {"section_of_app": {"add": ["option_1_internal_key"]}}}
    assert checked(spec, delta, *options) == [("array-expected", "/properties/section_of_app")]
    assert "no-op" in [
        rule for rule, _ in checked(spec, {"locationId": "l", "properties": {"priority": None}}, *options)
    ]


def test_requests_of_a_third_operation_are_judged(spec: Path) -> None:
    request = {
        "method": "PATCH",
        "url": f"/objects/{TICKET}/records/upsert",
        "body": {"properties": {"priority": "LOW"}},
    }
    judged = [("missing-location", "/body"), ("unknown-option", "/body/properties/priority")]
    assert checked(spec, request) == judged
    assert checked(spec, {**request, "url": f"/objects/{TICKET}//records/upsert"}) == [
        ("request-operation", "/url"),
        *judged,
    ]
    assert checked(spec, {**request, "url": f"/objects/{TICKET}/records"}) == [("request-operation", "/url")]


def test_a_third_operation_is_exported(spec: Path, tmp_path: Path) -> None:
    assert run(spec, "schema", "--objects", OBJECTS, "-o", tmp_path).returncode == 0
    names = sorted(path.name for path in tmp_path.iterdir() if TICKET in path.name)
    assert names == [f"{TICKET}.{name}.schema.json" for name in ("create", "update", "upsert")]
    schema = json.loads((tmp_path / f"{TICKET}.upsert.schema.json").read_text("utf-8"))
    assert "record, new or not" in schema["title"]
    done = run(spec, "openapi", "--objects", OBJECTS)
    document = json.loads(done.stdout)
    assert "patch" in document["paths"][f"/objects/{TICKET}/records/upsert"]


def test_the_command_line_lists_a_third_operation(spec: Path) -> None:
    for command in ("check", "schema"):
        assert "[update|create|upsert]" in run(spec, command, "--help").stdout
    done = run(spec, "check", "--objects", OBJECTS, "--operation", "delete", "-")
    assert "'update', 'create', 'upsert'" in done.stderr
