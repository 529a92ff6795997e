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
    assert config.severity == {"record-id": "off", "no-op": "error"}
    assert config.phone_region == "US"
    lines = setting_lines(config.path)
    assert [lines[key,] for key in ("objects", "max-size", "files", "severity")] == [1, 4, 7, 19]
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
