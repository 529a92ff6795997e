"""The configuration: where it is found, and what it says."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from command_folder import ROOT
from recordlint import UsageError, Validator
from recordlint.config.loading import Config, FileRule, find_config, read_config, setting_lines
from recordlint.contract.operations import CREATE, UPDATE
from recordlint.definitions.target import Claim
from recordlint.errors import ConfigError

SCHEMA = json.loads((ROOT / "spec/config.json").read_text("utf-8"))
LOW = '{"properties": {"priority": "LOW"}}'


def written(folder: Path, text: str, name: str = "recordlint.toml") -> Config:
    (folder / name).write_text(text, "utf-8")
    config = read_config(str(folder / name))
    assert config
    return config


# Where it is, and what it says.


def test_it_is_found_upward_and_the_nearest_counts(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    written(tmp_path, 'fail-on = "warning"\n')
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert find_config(str(deep)).path == str(tmp_path / "recordlint.toml")
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.recordlint]\nmax-size = "1K"\n')
    nearest = find_config(str(deep))
    assert (nearest.path, nearest.max_size, nearest.fail_on) == (str(tmp_path / "a" / "pyproject.toml"), 1024, "error")
    written(tmp_path / "a", "max-size = 5\n")
    assert find_config(str(deep)).max_size == 5


@pytest.mark.parametrize(
    "text",
    [
        "[tool.recordlint]",
        "[ tool\t. 'recordlint' ]",
        '["tool".recordlint]',
        "[tool.recordlint.severity]",
        "[[tool.recordlint.files]]\nmatch = 'a'",
        "[tool]\nrecordlint.fail-on = 'error'",
        "[ 'tool' ]\n[a]\n[tool.b]\n[tool . recordlint]",
        "tool.recordlint.fail-on = 'error'",
        "tool = {a = [1,\n2], recordlint = {}}",
        '"tool" = {"recordlint" = {}}',
        r'["t\u006fol"."recordlint"]',
        r'[tool."\U00000072ecordlint"]',
    ],
)
def test_a_project_file_has_it_however_its_key_is_spelled(tmp_path: Path, text: str) -> None:
    written(tmp_path, f"{text}\n", "pyproject.toml")


@pytest.mark.parametrize(
    "text",
    [
        "[tool.other]\nrecordlint = 1",
        "[project.scripts]\nrecordlint = 'recordlint.cli:main'",
        "[[tool]]\nrecordlint = {}",
        "[a.tool]\nrecordlint = {}",
        "a.tool.recordlint = 1",
        "recordlint = {tool = {}}",
    ],
)
def test_a_project_file_has_none_under_another_key(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert read_config(str(tmp_path / "pyproject.toml")) is None


def test_a_project_file_that_has_none_may_be_broken_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other\n")
    assert read_config(str(tmp_path / "pyproject.toml")) is None
    (tmp_path / "pyproject.toml").write_text("[tool.recordlint\n")
    with pytest.raises(ConfigError, match="not TOML"):
        read_config(str(tmp_path / "pyproject.toml"))


def test_what_it_says(tmp_path: Path) -> None:
    text = (ROOT / "docs/configuration.md").read_text("utf-8").split("```toml\n")[1].split("```")[0]
    config = written(tmp_path, text)
    assert config.objects == (os.path.join(tmp_path, "objects/"),)
    assert config.files == (
        FileRule("payloads/tickets/new/*.json", Claim("custom_objects.ticket", CREATE)),
        FileRule("payloads/tickets/**/*.json", Claim("custom_objects.ticket", UPDATE)),
        FileRule("requests/*.json", Claim(None, UPDATE)),
    )
    assert (config.exclude, config.fail_on, config.max_size) == (("payloads/old/**",), "error", 10 << 20)
    assert config.severity == {"record-id": "off", "no-op": "error", "option-label:priority": "warning"}
    assert config.phone_region == "US"
    assert config.baseline == os.path.join(tmp_path, "recordlint-baseline.json")
    lines = setting_lines(config.path)
    assert [lines[key,] for key in ("objects", "max-size", "files", "severity")] == [1, 4, 8, 20]
    assert config.rule_for(str(tmp_path / "payloads/tickets/new/a.json")) == config.files[0]
    assert config.rule_for(str(tmp_path / "payloads/tickets/x/y/a.json")) == config.files[1]
    assert config.rule_for(str(tmp_path / "payloads/a.json")) is None
    assert config.excludes(str(tmp_path / "payloads/old/x/a.json"))
    assert not config.excludes(str(tmp_path / "payloads/older/a.json"))
    jsonschema.validate(tomllib.loads(text), SCHEMA, cls=jsonschema.Draft202012Validator)


# The library.


def test_a_validator_with_severities() -> None:
    objects = ROOT / "fixtures/objects"
    validator = Validator.from_path(objects, severity={"no-op": "error", "unknown-option": "off"})
    assert validator.check({}, object="custom_objects.ticket").errors == 1
    report = validator.check_json(LOW, object="custom_objects.ticket")
    assert (report.violations, report.fixed()) == ((), LOW.encode())
    for wrong, words in (
        ({"phone-short": "off"}, "there is no rule 'phone-short'; phone-length takes it in"),
        ({"option-lable": "off"}, "there is no rule 'option-lable'; did you mean option-label?"),
        ({"no-op": "info"}, "no-op: there is no severity 'info'; use error, warning or off"),
        ({"encoding": "warning"}, "encoding is always an error, because a file with this problem cannot be checked"),
    ):
        with pytest.raises(UsageError, match=re.escape(words)):
            Validator.from_path(objects, severity=wrong)
