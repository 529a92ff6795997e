"""Which rules are reported: by flags, by the configuration, for all files, for those of an entry, and at one field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from command_folder import Folder, report_of
from fixture_files import ROOT
from recordlint import UsageError, Validator
from recordlint.rules.catalogue import rule_ids
from recordlint.rules.severities import ALWAYS_ERRORS, choose

OBJECTS = f"objects = [{json.dumps(str(ROOT / 'fixtures/objects'))}]\n"
LABELS = {"type_of_ticket": "Bug report", "priority": "Urgent, work is blocked"}
BODY = json.dumps({"properties": {**LABELS, "recieved_on": "x", "section_of_app": {"add": ["Contacts"]}}})


def found(folder: Folder, path: str, *options: str) -> list[tuple[str, str, str]]:
    done = folder.run("check", "--format", "json", *options, path)
    assert done.err == ""
    results = report_of(done.out)["results"]
    return [
        (each["rule"], each["pointer"].split("/")[2], each["severity"])
        for result in results
        for each in result["violations"]
    ]


@pytest.fixture
def project(folder: Folder) -> Folder:
    text = f"""{OBJECTS}
[severity]
"option-label" = "warning"
"option-label:priority" = "off"

[[files]]
match = "new/*"
object = "custom_objects.ticket"
severity = {{ date-format = "off", "option-label:section_of_app" = "error" }}

[[files]]
match = "**"
object = "custom_objects.ticket"
"""
    folder.write("recordlint.toml", text)
    for name in ("a.json", "new/a.json", "new/a.ndjson"):
        (folder.path / name).parent.mkdir(exist_ok=True)
        folder.write(name, BODY)
    return folder


def test_a_field_wins_over_its_rule_and_an_entry_over_all_files(project: Folder) -> None:
    assert found(project, "a.json") == [
        ("option-label", "type_of_ticket", "warning"),
        ("date-format", "recieved_on", "error"),
        ("option-label", "section_of_app", "warning"),
    ]
    for name in ("new/a.json", "new/a.ndjson"):
        assert found(project, name) == [
            ("option-label", "type_of_ticket", "warning"),
            ("option-label", "section_of_app", "error"),
        ]


def test_requests_of_an_entry(project: Folder) -> None:
    url = "/objects/custom_objects.ticket/records/668d681f77af4e5229abd6c0?locationId=x"
    request = {"method": "PUT", "url": f"https://a.example{url}", "headers": [], "postData": {"text": BODY}}
    har = json.dumps({"log": {"entries": [{"request": request}]}})
    for name, number in (("a.har", 3), ("new/a.har", 2)):
        project.write(name, har)
        rules = [rule for rule, _, _ in found(project, name, "--ignore", "version-header")]
        assert len(rules) == number


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (("--select", "date-format"), ["date-format"]),
        (("--select", "option-label, no-op", "--ignore", "no-op"), ["option-label", "option-label"]),
        (("--ignore", "option-label", "--ignore", "date-format"), []),
        (("--ignore", "option-label,date-format"), []),
    ],
)
def test_flags(project: Folder, options: tuple[str, ...], rules: list[str]) -> None:
    assert [rule for rule, _, _ in found(project, "a.json", *options)] == rules


def test_a_text_that_cannot_be_checked_is_an_error_all_the_same(project: Folder) -> None:
    project.write("a.json", "{")
    done = project.run("check", "--select", "no-op", "a.json")
    assert (done.status, done.out.split(": ")[1]) == (1, "error[invalid-json]")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--select", ","), "--select names no rule: recordlint rules lists them"),
        (("--select", "option-lable"), "there is no rule 'option-lable'; did you mean option-label?"),
        (("--ignore", "no-op,zebra"), "there is no rule 'zebra'; run recordlint rules to list them"),
        (
            ("--ignore", "encoding"),
            "--ignore encoding: it is always an error, because a file with this problem cannot be checked",
        ),
    ],
)
def test_rules_that_cannot_be_chosen(project: Folder, options: tuple[str, ...], message: str) -> None:
    done = project.run("check", *options, "a.json")
    assert (done.status, done.out) == (2, "")
    assert message in done.err


def test_choose() -> None:
    severity = {"no-op": "off", "placeholder": "error", "no-op:tags": "warning", "date-format:day": "off"}
    assert choose(severity, (), ()) == severity
    selected = choose(severity, ("no-op",), ())
    assert {key: level for key, level in selected.items() if level != "off"} == {"no-op:tags": "warning"}
    assert {*selected, *ALWAYS_ERRORS, "no-op"} == {*rule_ids(), "no-op:tags"}
    assert choose(severity, (), ("no-op",)) == {"placeholder": "error", "date-format:day": "off", "no-op": "off"}


def test_the_library_takes_fields_too() -> None:
    def rules(severity: dict[str, str]) -> list[tuple[str, str]]:
        validator = Validator.from_path(ROOT / "fixtures/objects", severity=severity)
        report = validator.check({"properties": LABELS}, object="custom_objects.ticket")
        return [(each.pointer.rpartition("/")[2], each.severity) for each in report.violations]

    both = [("type_of_ticket", "error"), ("priority", "error")]
    assert rules({}) == both
    assert rules({"option-label:priority": "warning"}) == [both[0], ("priority", "warning")]
    assert rules({"option-label": "off", "option-label:priority": "error"}) == [both[1]]
    with pytest.raises(UsageError, match="write the key of a field behind the colon"):
        rules({"option-label:": "off"})
    with pytest.raises(UsageError, match="did you mean option-label"):
        rules({"option-lable:priority": "off"})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "new/a.json",
            [
                "# new/a.json: the entry of line 7 claims it",
                "[[files]]",
                'match = "new/*"',
                'object = "custom_objects.ticket"',
                'operation = "update"',
                'severity = {option-label = "warning", "option-label:priority" = "off", date-format = "off", '
                '"option-label:section_of_app" = "error"}',
            ],
        ),
    ],
)
def test_config_shows_what_holds_for_a_file(project: Folder, path: str, expected: list[str]) -> None:
    done = project.run("config", path)
    first, *lines = done.out.splitlines()
    assert (done.status, first.endswith("recordlint.toml")) == (0, True)
    assert lines == expected


def test_config_of_files_that_no_entry_claims(folder: Folder) -> None:
    def shown() -> Any:
        return folder.run("config", "a.json").out.splitlines()[1:]

    folder.write("a.json", "{}")
    folder.write("recordlint.toml", f'{OBJECTS}severity.no-op = "off"\n')
    assert shown() == ["# a.json: there are no [[files]] entries", 'severity = {no-op = "off"}']
    folder.write("recordlint.toml", f'{OBJECTS}exclude = ["a.*"]\n')
    assert shown() == ["# a.json is passed over: an entry of exclude matches it"]
    folder.write("recordlint.toml", f'{OBJECTS}[[files]]\nmatch = "b.json"\n')
    assert shown() == ["# a.json: no [[files]] entry claims it"]
