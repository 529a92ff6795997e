"""The configuration: where it is found, what it says, what is wrong with it, and that the flags win."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from command_folder import OBJECTS, ROOT, Folder
from recordlint import ConfigError, UsageError, Validator
from recordlint.config.loading import Config, FileRule, find_config, matches, read_config
from recordlint.contract.operations import CREATE, UPDATE
from recordlint.definitions.target import Claim
from recordlint.rules.catalogue import rule_ids

SCHEMA = json.loads((ROOT / "spec/config.json").read_text("utf-8"))
LOW = '{"properties": {"priority": "LOW"}}'
OBJECTS_LINE = f"objects = [{json.dumps(OBJECTS[1])}]\n"
TICKETS = '[[files]]\nmatch = "tickets/*.json"\nobject = "custom_objects.ticket"\n'


def written(folder: Path, text: str, name: str = "recordlint.toml") -> Config:
    (folder / name).write_text(text, "utf-8")
    found = read_config(str(folder / name))
    assert found
    return found


# Where it is, and what it says.


def test_it_is_found_upward_and_the_nearest_counts(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    written(tmp_path, 'fail-on = "warning"\n')
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert find_config(str(deep)).path == str(tmp_path / "recordlint.toml")
    (tmp_path / "a" / "pyproject.toml").write_text('[tool.recordlint]\nmax-size = "1K"\n')
    found = find_config(str(deep))
    assert (found.path, found.max_size, found.fail_on) == (str(tmp_path / "a" / "pyproject.toml"), 1024, "error")
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
    assert [config.lines[key] for key in ("objects", "max-size", "files", "severity")] == [1, 4, 6, 18]
    assert config.rule_for(str(tmp_path / "payloads/tickets/new/a.json")) == config.files[0]
    assert config.rule_for(str(tmp_path / "payloads/tickets/x/y/a.json")) == config.files[1]
    assert config.rule_for(str(tmp_path / "payloads/a.json")) is None
    assert config.excludes(str(tmp_path / "payloads/old/x/a.json"))
    assert not config.excludes(str(tmp_path / "payloads/older/a.json"))
    jsonschema.validate(tomllib.loads(text), SCHEMA, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("glob", "name", "expected"),
    [
        ("a/*.json", "a/x.json", True),
        ("a/*.json", "a/b/x.json", False),
        ("a/*.json", "b/a/x.json", False),
        ("*.json", "x.json", True),
        ("*.json", "a/x.json", False),
        ("a/**/*.json", "a/x.json", True),
        ("a/**/*.json", "a/b/c/x.json", True),
        ("a/**/*.json", "b/a/x.json", False),
        ("**/*.json", "a/b/x.json", True),
        ("**/*.json", "x.json", True),
        ("a/**", "a/b/x.json", True),
        ("a/?.json", "a/xy.json", False),
        ("a/[xy].json", "a/y.json", True),
        ("A/*.json", "a/x.json", False),
    ],
)
def test_globs(glob: str, name: str, expected: bool) -> None:
    assert matches(glob, name) is expected


def test_the_schema_names_the_rules() -> None:
    assert SCHEMA["properties"]["severity"]["propertyNames"]["enum"] == list(rule_ids())


# What is wrong with it.

FAULTS = {
    "object = []\n": '1: there is no key "object"; did you mean objects?',
    "\nfiles = 1\n": "2: files takes an array, not a number",
    'objects = "x"\n': "1: objects takes an array, not a string",
    'fail-on = "none"\n': '1: fail-on takes "error" or "warning"',
    '[[files]]\nmatch = "a"\n[[files]]\nmach = "b"\nmatch = "c"\n': '4: there is no key "mach"; did you mean match?',
    '[[files]]\nobject = "a"\n': '1: files needs a match, such as match = "payloads/*.json"',
    '[[files]]\nmatch = "a"\noperation = "delete"\n': '3: files.operation takes "update" or "create"',
    '[severity]\n"option-lable" = "off"\n': '2: there is no rule "option-lable"; did you mean option-label?',
    'severity.no-op = "info"\n': '1: severity.no-op takes "error", "warning" or "off"',
    '[severity]\ninvalid-json = "off"\n': "2: severity: invalid-json is always an error: such a text cannot be judged",
    'max-size = "big"\n': "1: max-size: 'big' is not a size such as 10MiB, 500K or 1000000",
    "max-size = true\n": "1: max-size takes a whole number or a string, not true",
    'exclude = ["a", ""]\n': "1: exclude may not be empty",
}


@pytest.mark.parametrize("text", FAULTS)
def test_faults_have_a_line_and_say_what_was_meant(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        written(tmp_path, text)
    assert str(caught.value) == f"{tmp_path / 'recordlint.toml'}:{FAULTS[text]}"
    assert (
        not jsonschema.Draft202012Validator(SCHEMA).is_valid(tomllib.loads(text))
        or "always" in FAULTS[text]
        or "big" in text
    )


def test_all_faults_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        written(tmp_path, 'a = 1\nfail-on = "x"\nb = 2\n')
    assert [line.split(":")[1] for line in str(caught.value).split("\n")] == ["1", "2", "3"]


def test_what_is_no_toml(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"recordlint\.toml: not TOML: .*line 1"):
        written(tmp_path, "a = \n")


# The command line.


@pytest.fixture
def configured(folder: Folder) -> Folder:
    folder.write("recordlint.toml", OBJECTS_LINE + TICKETS)
    folder.write("tickets/a.json", LOW)
    folder.write("other/b.json", LOW)
    return folder


def test_no_flag_is_needed(configured: Folder) -> None:
    done = configured.run("check", "--quiet", "tickets")
    assert (done.status, done.err) == (1, "")
    assert done.out == 'tickets/a.json:1:29: error[unknown-option]: "Priority" has this option\'s key in another case\n'


def test_a_file_that_no_entry_claims(configured: Folder) -> None:
    done = configured.run("check", "--quiet", "tickets", "other/b.json")
    assert done.status == 2
    assert "tickets/a.json:1:29" in done.out
    assert re.fullmatch(
        r"recordlint: other/b\.json: no \[\[files\]\] entry of .*recordlint\.toml claims it: add one, name its object "
        r"with --object, or pass over such files with --ignore-unmatched\n",
        done.err,
    )
    done = configured.run("check", "--ignore-unmatched", "--quiet", "other/b.json")
    assert done == (0, "", "")
    done = configured.run("check", "--object", "custom_objects.ticket", "--quiet", "other/b.json")
    assert (done.status, done.err) == (1, "")


def test_ignoring_needs_entries(folder: Folder) -> None:
    done = folder.run("check", *OBJECTS, "--ignore-unmatched", "valid.json")
    assert done.status == 2
    assert "no configuration has entries: see docs/configuration.md" in done.err


def test_severities(configured: Folder) -> None:
    for level, status, said in (("warning", 0, "warning[unknown-option]"), ("off", 0, "no problems")):
        configured.write("recordlint.toml", f'{OBJECTS_LINE}{TICKETS}[severity]\nunknown-option = "{level}"\n')
        done = configured.run("check", "tickets")
        assert (done.status, done.err) == (status, "")
        assert said in done.out


def test_the_flags_win(configured: Folder) -> None:
    configured.write("recordlint.toml", f'{OBJECTS_LINE}fail-on = "warning"\nmax-size = 3\n{TICKETS}')
    configured.write("tickets/a.json", "{}")
    assert configured.run("check", "--quiet", "tickets").status == 1
    assert configured.run("check", "--quiet", "--fail-on", "error", "tickets").status == 0
    configured.write("tickets/a.json", LOW)
    assert configured.run("check", "--quiet", "tickets").status == 2
    assert configured.run("check", "--quiet", "--max-size", "1K", "tickets").status == 1
    done = configured.run("check", "--quiet", "--max-size", "1K", "--operation", "create", "tickets")
    assert "error[missing-location]" in done.out
    done = configured.run("check", "--objects", "nowhere", "tickets")
    assert (done.status, done.err) == (2, "recordlint: nowhere: no such file or folder\n")


def test_excluded_files_are_passed_over(configured: Folder) -> None:
    configured.write("recordlint.toml", f'{OBJECTS_LINE}exclude = ["**/a.json"]\n{TICKETS}')
    assert configured.run("check", "tickets", "tickets/a.json") == (0, "no file checked\n", "")


def test_an_object_that_is_not_defined(configured: Folder) -> None:
    configured.write("recordlint.toml", OBJECTS_LINE + TICKETS.replace(".ticket", ".tickt"))
    done = configured.run("check", "tickets")
    assert (done.status, done.out) == (2, "")
    assert "tickets/*.json: no definition of custom_objects.tickt; did you mean custom_objects.ticket?" in done.err


def test_standard_input_by_another_name(configured: Folder) -> None:
    done = configured.run("check", "-", "--stdin-name", "tickets/x.json", "--quiet", stdin=LOW.encode())
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith("tickets/x.json:1:29: error[unknown-option]")


def test_config_shows_what_holds(configured: Folder) -> None:
    done = configured.run("config")
    assert (done.status, done.err) == (0, "")
    path = re.escape(str(configured.path / "recordlint.toml"))
    assert re.match(
        rf"# {path}\nobjects = .*  # line 1\nexclude = \[\] +# default\nfail-on = \"error\" +# default\n", done.out
    )
    assert done.out.endswith(f'{TICKETS}operation = "update"\n')


def test_config_where_there_is_none(folder: Folder) -> None:
    done = folder.run("config")
    assert done.status == 0
    assert done.out.startswith("# no recordlint.toml, and no [tool.recordlint] in a pyproject.toml\n")


def test_other_commands_use_its_objects(configured: Folder) -> None:
    assert configured.run("objects").out.startswith("custom_objects.asset  asset")


# The library.


def test_a_validator_with_severities() -> None:
    objects = ROOT / "fixtures/objects"
    validator = Validator.from_path(objects, severity={"no-op": "error", "unknown-option": "off"})
    assert validator.check({}, object="custom_objects.ticket").errors == 1
    report = validator.check_json(LOW, object="custom_objects.ticket")
    assert (report.violations, report.fixed()) == ((), LOW.encode())
    for wrong, words in (
        ({"no-ops": "off"}, "there is no rule 'no-ops'; did you mean no-op?"),
        ({"no-op": "info"}, "no-op: there is no severity 'info'; take error, warning or off"),
        ({"encoding": "warning"}, "encoding is always an error: such a text cannot be judged"),
    ):
        with pytest.raises(UsageError, match=re.escape(words)):
            Validator.from_path(objects, severity=wrong)
