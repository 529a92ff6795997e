"""Every fixture payload: the valid ones have no violations, each invalid one has exactly those of the oracle."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from fixture_files import body_of, payloads
from recordlint import Report, Validator
from recordlint.contract.spec_files import field_types
from recordlint.definitions.reading import load_objects
from recordlint.reporters import Result, Summary, render, reporter

ROOT = Path(__file__).parents[2]
PAYLOADS = ROOT / "fixtures/payloads"
GOLDEN = ROOT / "tests/data/invalid_payloads.txt"
ORACLE: dict[str, list[list[Any]]] = json.loads((ROOT / "tests/data/invalid_payloads.json").read_text("utf-8"))


def files(folder: str) -> list[Any]:
    paths = sorted((PAYLOADS / folder).rglob("*.json"))
    return [pytest.param(path, id=path.relative_to(PAYLOADS).as_posix()) for path in paths]


@pytest.fixture(scope="module", params=["jsonschema-rs", "jsonschema"])
def validator(request: pytest.FixtureRequest) -> Validator:
    return Validator.from_path(ROOT / "fixtures/objects", engine=request.param)


def is_request(data: bytes) -> bool:
    """Whether a fixture is a whole request; those that are no JSON are bare bodies."""
    try:
        value = json.loads(data)
    except ValueError:
        return False
    return isinstance(value, dict) and isinstance(value.get("method"), str) and isinstance(value.get("url"), str)


def report_of(validator: Validator, path: Path) -> Report:
    data = path.read_bytes()
    if is_request(data):
        return validator.check_document(data)
    key = "custom_objects.asset" if path.parent.name == "asset" else "custom_objects.ticket"
    return validator.check_document(data, object=key, operation="create" if ".create." in path.name else "update")


@pytest.mark.parametrize("path", files("valid"))
def test_valid(validator: Validator, path: Path) -> None:
    report = report_of(validator, path)
    assert report.violations == ()
    assert (report.valid, report.errors, report.warnings, report.omitted) == (True, 0, 0, 0)
    expected = "custom_objects.asset" if path.parent.name == "asset" else "custom_objects.ticket"
    assert report.object == expected
    assert report.operation == ("create" if "create" in path.name else "update")


@pytest.mark.parametrize("operation", ["update", "create"])
@pytest.mark.parametrize("data_type", sorted(field_types()))
def test_a_valid_payload_uses_every_data_type(data_type: str, operation: str) -> None:
    definitions = {each.key: each for each in load_objects([str(ROOT / "fixtures/objects")])}
    bodies = [body_of(each) for each in payloads() if "invalid" not in each.path.parts]
    types = {
        definitions[key].by_property[name].data_type
        for key, used, body in filter(None, bodies)
        for name, value in body.get("properties", {}).items()
        if used == operation and value is not None
    }
    assert data_type in types, f"no {operation} in fixtures/payloads/valid has a value of the type {data_type}"


@pytest.mark.parametrize("path", files("invalid"))
def test_invalid(validator: Validator, path: Path) -> None:
    report = report_of(validator, path)
    listed = []
    for violation in report.violations:
        assert violation.place
        assert violation.message
        where = [violation.place.line, violation.place.column]
        listed.append([violation.rule, violation.severity, violation.pointer, *where])
    assert listed == ORACLE[path.name]
    severities = [violation.severity for violation in report.violations]
    assert (report.errors, report.warnings) == (severities.count("error"), severities.count("warning"))
    assert report.valid == ("error" not in severities)


@pytest.mark.parametrize("path", [*files("valid"), *files("invalid")])
def test_both_engines_say_the_same_in_full(path: Path) -> None:
    compiled, reference = (
        Validator.from_path(ROOT / "fixtures/objects", engine=engine) for engine in ("jsonschema-rs", "jsonschema")
    )
    assert report_of(compiled, path).violations == report_of(reference, path).violations


def test_the_oracle_and_the_folder_name_the_same_files() -> None:
    assert {path.name for path in (PAYLOADS / "invalid").iterdir()} == set(ORACLE)
    assert all(ORACLE.values())


def test_fixtures_name_their_rule() -> None:
    """A file in invalid/ is named for the rule that it breaks."""
    for name, violations in ORACLE.items():
        stem = name.removesuffix(".json").removesuffix(".create")
        assert any(f"{stem}-".startswith(f"{rule}-") for rule, *_ in violations), name


def test_the_text_report_of_every_fixture() -> None:
    """Word for word. `UPDATE_GOLDEN=1 pytest tests/checking/test_fixtures.py` rewrites it; then read the difference."""
    validator = Validator.from_path(ROOT / "fixtures/objects")
    results = [Result(path.name, report_of(validator, path)) for path in sorted((PAYLOADS / "invalid").iterdir())]
    faults = sum(result.report.errors for result in results)
    text = "".join(render(reporter("text"), results, lambda: Summary(len(results), 0, faults, 0)))
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")
