"""spec/: valid documents, references that lead somewhere, examples that hold."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from recordlint.contract.engines import REFERENCE, make_engine
from recordlint.contract.inline_refs import flatten
from recordlint.definitions.model import is_object_key
from recordlint.export.older import as_openapi_3_0

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec"
SCHEMAS = sorted(path for path in SPEC.rglob("*.json") if path.name != "openapi.json")
FIELD_TYPES = sorted((SPEC / "field-types").glob("*.json"))
OPENAPI = SPEC / "openapi.yaml"
TAGS = ("documented", "published", "observed", "judged")


def read(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)


def ids(paths: list[Path]) -> list[str]:
    return [path.relative_to(SPEC).as_posix() for path in paths]


def nodes(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from nodes(value)
    elif isinstance(part, list):
        for value in part:
            yield from nodes(value)


def target(document: Any, fragment: str) -> Any:
    for step in fragment.split("/")[1:]:
        step = unquote(step).replace("~1", "/").replace("~0", "~")
        document = document[int(step) if isinstance(document, list) else step]
    return document


REGISTRY = Registry().with_resources(
    (path.as_uri(), Resource(read(path), DRAFT202012)) for path in [*SCHEMAS, OPENAPI]
)  # fmt: skip


def validator(path: Path, pointer: str = "") -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator({"$ref": f"{path.as_uri()}#{pointer}"}, registry=REGISTRY)


def test_openapi_document_is_valid() -> None:
    assert list(OpenAPIV31SpecValidator(read(OPENAPI), base_uri=OPENAPI.as_uri()).iter_errors()) == []
    assert sorted(read(OPENAPI)["paths"]) == [
        "/objects/{customObjectKey}",
        "/objects/{customObjectKey}/records",
        "/objects/{customObjectKey}/records/{recordId}",
    ]


@pytest.mark.parametrize(
    ("name", "level"), [("openapi.yaml", "errors"), ("objects/openapi.json", "warnings"), ("3.0.json", "warnings")]
)
def test_redocly_finds_nothing(name: str, level: str, tmp_path: Path) -> None:
    """It warns of schemas whose parts stand in other files, as those of `spec/openapi.yaml` do."""
    path = SPEC / name
    if name == "3.0.json":
        path = tmp_path / name
        path.write_text(json.dumps(as_openapi_3_0(read(SPEC / "objects" / "openapi.json"))), "utf-8")
    redocly = ROOT / "tests" / "peers" / "node_modules" / ".bin" / "redocly"
    assert redocly.exists(), "run npm ci --prefix tests/peers"
    environment = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    command = [str(redocly), "lint", "--extends", "recommended", "--format", "json", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stdout
    totals = json.loads(run.stdout)["totals"]
    assert (totals["errors"], totals[level]) == (0, 0), run.stdout


@pytest.mark.parametrize("path", SCHEMAS, ids=ids(SCHEMAS))
def test_schema_holds_by_its_metaschema(path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(read(path))
    assert read(path)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", [OPENAPI, SPEC / "objects" / "openapi.json", *SCHEMAS], ids=lambda path: path.name)
def test_every_reference_leads_somewhere(path: Path) -> None:
    for node in nodes(read(path)):
        ref = node.get("$ref")
        if isinstance(ref, str):
            file, _, fragment = ref.partition("#")
            other = (path.parent / file) if file else path
            assert other.is_file(), ref
            target(read(other), fragment)
    if path.parent.name == "objects":
        assert not re.search(r'"\$ref": "(?!#/)', path.read_text(encoding="utf-8")), "a bundle refers to itself alone"


@pytest.mark.parametrize(
    "path", [*FIELD_TYPES, SPEC / "body.json", SPEC / "owner.json", SPEC / "followers.json"], ids=lambda p: p.name
)
def test_file_says_what_it_is(path: Path) -> None:
    schema = read(path)
    assert schema["title"]
    assert schema["description"]
    assert any(tag in schema["$comment"] for tag in TAGS), schema["$comment"]
    assert "$id" not in schema


@pytest.mark.parametrize("path", FIELD_TYPES, ids=ids(FIELD_TYPES))
def test_every_example_holds(path: Path) -> None:
    schema = read(path)
    examples = [("", example) for example in schema["examples"]]
    for name, part in schema.get("$defs", {}).items():
        examples += [(f"/$defs/{name}", example) for example in part.get("examples", ())]
    assert examples
    for pointer, example in examples:
        validator(path, pointer).validate(example)


def writes(document: Any) -> list[tuple[str, str, Any]]:
    """The operations that take a body, each behind its path and its method."""
    return [
        (route, method, operation)
        for route, item in document["paths"].items()
        for method, operation in item.items()
        if "requestBody" in operation
    ]


def test_openapi_examples_hold() -> None:
    document = read(OPENAPI)
    found = 0
    for route, method, operation in writes(document):
        for kind in operation["requestBody"]["content"].values():
            pointer = f"/paths/{route.replace('/', '~1')}/{method}/requestBody/content/application~1json/schema"
            for example in kind["examples"].values():
                validator(OPENAPI, pointer.replace("{", "%7B").replace("}", "%7D")).validate(example["value"])
                found += 1
    assert found >= 2


def test_openapi_example_is_the_fixture() -> None:
    """But for `owners`, which recordlint writes everywhere."""
    operation = read(OPENAPI)["paths"]["/objects/{customObjectKey}/records/{recordId}"]["put"]
    (example,) = operation["requestBody"]["content"]["application/json"]["examples"].values()
    fixture = read(ROOT / "fixtures" / "payloads" / "valid" / "page-example.json")
    assert example["value"] == {"owners" if key == "owner" else key: value for key, value in fixture.items()}


@pytest.mark.parametrize("path", [OPENAPI, SPEC / "objects" / "openapi.json"], ids=lambda path: path.name)
def test_openapi_takes_any_version_and_names_those_that_work(path: Path) -> None:
    schema = read(path)["components"]["parameters"]["Version"]["schema"]
    schema = read(SPEC / schema["$ref"]) if "$ref" in schema else schema
    assert {key: value for key, value in schema.items() if key in ("type", "examples", "enum", "pattern")} == {
        "type": "string",
        "examples": ["2021-07-28", "v3", "2023-02-21"],
    }


def test_openapi_examples_say_owners() -> None:
    written = [
        example["value"]
        for *_, operation in writes(read(OPENAPI))
        for kind in operation["requestBody"]["content"].values()
        for example in kind["examples"].values()
    ]
    assert [sorted({"owner", "owners"} & value.keys()) for value in written] == [["owners"], ["owners"]]


@pytest.mark.parametrize(
    ("key", "is_right"),
    [
        ("custom_objects.pet", True),
        ("business", True),
        ("Business", False),
        ("contact", False),
        ("business\n", False),
        ("custom_objects.business", True),
        ("xbusiness", False),
    ],
)
def test_openapi_takes_the_keys_that_the_program_takes(key: str, is_right: bool) -> None:
    pointer = "/components/parameters/CustomObjectKey/schema"
    assert validator(OPENAPI, pointer).is_valid(key) == is_right
    assert is_object_key(key) == is_right


def test_openapi_refers_to_every_field_type() -> None:
    refs = {node["$ref"].partition("#")[0] for node in nodes(read(OPENAPI)) if isinstance(node.get("$ref"), str)}
    assert {f"field-types/{path.name}" for path in FIELD_TYPES} <= refs


@pytest.mark.parametrize("path", FIELD_TYPES, ids=ids(FIELD_TYPES))
def test_patterns_are_portable(path: Path) -> None:
    r"""No \d, \w, \s, dot or \z outside a class: they differ between regular expression engines."""
    for node in nodes(read(path)):
        pattern = node.get("pattern")
        if isinstance(pattern, str):
            outside = re.sub(r"\[(?:[^\]\\]|\\.)*\]|\\[+?\[\]\\n.]", "", pattern)
            assert not re.search(r"\\|\.|\(\?", outside), pattern
            assert not re.search(r"\\[dwsDWSzZbB]", pattern), pattern
            assert "format" not in node


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """The schemas in a schema, each with the branches that hold together with it."""
    if isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            if key != "allOf":
                yield from parts(value)
    elif isinstance(schema, list):
        for each in schema:
            yield from parts(each)


JUDGED = [*FIELD_TYPES, *(SPEC / f"{name}.json" for name in ("body", "owner", "followers"))]
NAMED = [
    f"{path.relative_to(SPEC)}{fragment}"
    for path in JUDGED
    for fragment in ("", *(f"#/$defs/{name}" for name in read(path).get("$defs", ())))
]
PARTS = [part for name in NAMED for part in parts(flatten({"$ref": name})) if isinstance(part.get("pattern"), str)]
PATTERNS = {json.dumps(part): part for part in PARTS}


@pytest.mark.parametrize("part", PATTERNS.values(), ids=range(len(PATTERNS)))
@given(data=st.data())
def test_engines_agree_on_a_line_break_at_the_end(part: dict[str, Any], data: st.DataObject) -> None:
    """For some, `$` stands before it too. InternalError says where the two engines differ."""
    text = data.draw(st.from_regex(part["pattern"]))
    make_engine(REFERENCE, part).is_valid(text + "\n")
