"""What is said of a wrong configuration, and at which line: one case at least for each keyword of its schema."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from command_folder import ROOT
from recordlint import ConfigError
from recordlint.config.loading import read_config
from recordlint.rules.catalogue import rule_ids
from recordlint.rules.severities import ALWAYS_ERRORS

SCHEMA = json.loads((ROOT / "spec/config.json").read_text("utf-8"))
CASES = tomllib.loads((ROOT / "tests/data/config-faults.toml").read_text("utf-8"))["case"]
ANNOTATIONS = {"$schema", "title", "description", "default"}


def faults(folder: Path, text: str, name: str = "recordlint.toml") -> list[str]:
    """What is said of a configuration, behind the file's name."""
    path = folder / name
    path.write_bytes(text.encode())
    with pytest.raises(ConfigError) as caught:
        read_config(str(path))
    assert str(caught.value) == "\n".join(caught.value.faults)
    assert all(each.startswith(f"{path}:") for each in caught.value.faults)
    return [each.removeprefix(f"{path}:") for each in caught.value.faults]


def keywords(schema: Any, path: str = "") -> Iterator[str]:
    """The paths of all that a schema demands."""
    for key, value in schema.items():
        if key == "$ref":
            yield from keywords(SCHEMA["$defs"][value.removeprefix("#/$defs/")], path)
        elif key == "properties":
            for name, part in value.items():
                yield from keywords(part, f"{path}properties/{name}/")
        elif isinstance(value, dict) and key != "$defs":
            yield from keywords(value, f"{path}{key}/")
        elif key not in {*ANNOTATIONS, "$defs"}:
            yield f"{path}{key}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case["text"].split())[:60])
def test_a_wrong_configuration(tmp_path: Path, case: dict[str, Any]) -> None:
    name = case.get("file", "recordlint.toml")
    assert faults(tmp_path, case["text"], name) == case["faults"]
    assert faults(tmp_path, case["text"].replace("\n", "\r\n"), name) == case["faults"]
    data = tomllib.loads(case["text"])
    if name == "pyproject.toml":
        data = data["tool"]["recordlint"]
    errors = jsonschema.Draft202012Validator(SCHEMA).iter_errors(data)
    assert {"/".join(map(str, error.absolute_schema_path)) for error in errors} == set(case["breaks"])


def test_each_keyword_of_the_schema_has_a_case() -> None:
    assert {each for case in CASES for each in case["breaks"]} == set(keywords(SCHEMA))


def test_the_schema_names_the_rules() -> None:
    listed, of_a_field = SCHEMA["$defs"]["severity"]["propertyNames"]["anyOf"]
    assert listed == {"enum": list(rule_ids())}
    assert of_a_field == {"pattern": f"^({'|'.join(rule_ids())}):."}


@pytest.mark.parametrize("level", ["off", "warning"])
@pytest.mark.parametrize("rule", rule_ids())
def test_a_rule_that_stays_an_error(tmp_path: Path, rule: str, level: str) -> None:
    text = f'\n[severity]\n{rule} = "{level}"\n'
    if rule in ALWAYS_ERRORS:
        assert faults(tmp_path, text) == [
            f"3: severity: {rule} is always an error, because a file with this problem cannot be checked"
        ]
    else:
        (tmp_path / "recordlint.toml").write_text(text)
        config = read_config(str(tmp_path / "recordlint.toml"))
        assert config
        assert config.severity == {rule: level}


def test_the_page_names_the_rules_that_stay_errors() -> None:
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    (item,) = [each for each in page.split("\n- ") if "stay errors" in each]
    names = item.split("(rules.md)")[1].split("stay errors")[0]
    assert set(names.split("`")[1::2]) == ALWAYS_ERRORS


@pytest.mark.parametrize("count", [5, 90, 300, 600, 20_000])
def test_values_that_are_nested_deeply(tmp_path: Path, count: int) -> None:
    said = faults(tmp_path, f"\nexclude = {'[' * count}{']' * count}\n")
    assert said in (
        ["2: an entry of exclude must be a string, not an array"],
        [" not TOML that can be read: its values are nested too deeply"],
    )


def test_what_is_no_toml(tmp_path: Path) -> None:
    (said,) = faults(tmp_path, "a = \n")
    assert said.startswith(" not TOML: ")
    assert "line 1" in said
    (tmp_path / "latin.toml").write_bytes(b"# one\n# caf\xe9\n")
    with pytest.raises(ConfigError) as caught:
        read_config(str(tmp_path / "latin.toml"))
    assert str(caught.value) == f"{tmp_path / 'latin.toml'}:2: not TOML: a byte of this line is not UTF-8"
