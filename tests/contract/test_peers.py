"""Five other tools give the exported schemas' verdict that jsonschema-rs gives, on every fixture that parses."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from referencing import Registry

from fixture_files import OBJECTS, ROOT, body_of, payloads
from internals import target_of
from recordlint.definitions.reading import load_objects
from recordlint.export.schemas import object_schema

pytestmark = pytest.mark.slow

PEERS = ROOT / "tests" / "peers"


@pytest.fixture(scope="module")
def jobs() -> dict[tuple[str, str], tuple[dict[str, Any], list[tuple[str, Any]]]]:
    """For each object and operation its schema, and the named bodies."""
    bodies = defaultdict(list)
    for payload in payloads():
        found = body_of(payload)
        if found:
            key, operation, body = found
            bodies[key, operation].append((payload.name, body))
    objects = {definition.key: definition for definition in load_objects([str(OBJECTS)])}
    return {pair: (object_schema(target_of(objects[pair[0]], pair[1])), named) for pair, named in bodies.items()}


def node_verdicts(jobs: list[tuple[dict[str, Any], list[tuple[str, Any]]]]) -> list[list[dict[str, bool]]]:
    assert (PEERS / "node_modules").is_dir(), "run npm ci --prefix tests/peers"
    document = [{"schema": schema, "instances": [json.dumps(body) for _, body in named]} for schema, named in jobs]
    run = subprocess.run(
        ["node", str(PEERS / "verdicts.mjs")], input=json.dumps(document), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    answers: list[list[dict[str, bool]]] = json.loads(run.stdout)
    return answers


def check_jsonschema_verdicts(schema: dict[str, Any], named: list[tuple[str, Any]], folder: Path) -> list[bool]:
    (folder / "schema.json").write_text(json.dumps(schema))
    files = []
    for index, (_, body) in enumerate(named):
        file = folder / f"{index}.json"
        file.write_text(json.dumps(body))
        files.append(str(file))
    command = [sys.executable, "-m", "check_jsonschema", "--no-cache", "-o", "json", "--schemafile"]
    run = subprocess.run([*command, str(folder / "schema.json"), *files], capture_output=True, text=True, check=False)
    report = json.loads(run.stdout)
    assert not report.get("parse_errors"), report
    refused = {error["filename"] for error in report["errors"]}
    assert refused <= set(files)
    return [file not in refused for file in files]


def test_same_verdict(jobs: dict[tuple[str, str], Any], tmp_path: Path) -> None:
    assert sorted(jobs) == [(f"custom_objects.{o}", p) for o in ("asset", "ticket") for p in ("create", "update")]
    from_node = node_verdicts(list(jobs.values()))
    disagreements, seen = [], set()
    for index, ((key, operation), (schema, named)) in enumerate(jobs.items()):
        folder = tmp_path / f"{key}.{operation}"
        folder.mkdir()
        reference = jsonschema.Draft202012Validator(schema, registry=Registry())
        compiled = jsonschema_rs.Draft202012Validator(schema)
        from_cli = check_jsonschema_verdicts(schema, named, folder)
        for (name, body), node, cli in zip(named, from_node[index], from_cli, strict=True):
            verdicts = {
                "jsonschema": reference.is_valid(body),
                "jsonschema-rs": compiled.is_valid(body),
                "check-jsonschema": cli,
                **node,
            }
            seen |= set(verdicts.values())
            if len(set(verdicts.values())) > 1:
                disagreements.append((name, verdicts))
    assert disagreements == []
    assert seen == {True, False}


TRICKY = [
    "+917000000000\n", "2024-07-11\n", "https://example.com/a\n", "a@b.co\n", "bug\n", "https://exa\u00a0mple.com",
    "https://example.com/\u2028x", "\u0661\u0662", "2024-02-30", "0000-01-01", "a@b\u00a0.co", 1e308, 1.0, True, "",
    "https://[::1]/x", "http://user@host:80/?#", "HTTPS://EXAMPLE.COM/$-\\", "a$b-@example.com", {}, [], None,
]  # fmt: skip


def test_patterns_mean_the_same_everywhere() -> None:
    """Each tricky value under each property, in a delta, in an array and as a file's URL."""
    objects = load_objects([str(OBJECTS)])
    jobs = []
    for definition in objects:
        schema = object_schema(target_of(definition))
        forms = (
            lambda value: value,
            lambda value: {"add": [value]},
            lambda value: {"remove": [{"url": value}]},
            lambda value: {"currency": "default", "value": value},
        )
        named = [
            (key, {"properties": {key: form(value)}})
            for key in definition.by_property
            for value in TRICKY
            for form in forms
        ]
        jobs.append((schema, named))
    from_node = node_verdicts(jobs)
    disagreements = []
    for (schema, named), nodes in zip(jobs, from_node, strict=True):
        reference = jsonschema.Draft202012Validator(schema, registry=Registry())
        compiled = jsonschema_rs.Draft202012Validator(schema)
        for (_, body), node in zip(named, nodes, strict=True):
            verdicts = {"jsonschema": reference.is_valid(body), "jsonschema-rs": compiled.is_valid(body), **node}
            if len(set(verdicts.values())) > 1:
                disagreements.append((body, verdicts))
    assert disagreements == []
