"""Every format: one hostile report word for word, read back by tools that know nothing of recordlint."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import junitparser
import pytest

from command_folder import USAGE, Folder
from fixture_files import ROOT
from recordlint import Field, ObjectDefinition, Option, Validator
from recordlint.reporters import Result, Summary, formats, render, reporter

GOLDEN = ROOT / "tests/data/formats"
PEERS = ROOT / "tests/peers"
SARIF_SCHEMA = PEERS / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"

NASTY = '\x1b[2J\r\n::error::x%0A,:]]>&lt;<b a="\'">\u202e\u2028\\#- `](http://x)\U000e0041\u0085\ufffe{0}'
FIELDS = (
    Field("kind", f"Kind {NASTY}", "SINGLE_OPTIONS", options=(Option("a", f"A {NASTY}"), Option(f"b{NASTY}", "B"))),
    Field("tags", "Tags", "CHECKBOX", options=(Option("a", "A"), Option("b", "B"))),
)
VALIDATOR = Validator([ObjectDefinition("custom_objects.pet", NASTY, FIELDS)])
HOSTILE = {
    f"{NASTY}.json": json.dumps({"properties": {"kind": f"A {NASTY}", NASTY: 1}, NASTY: NASTY}),
    "b.json": json.dumps({"properties": {"tags": {"add": ["a"], "remove": ["a", "B"]}}}, indent=1),
    "c.json": '{"properties": {"kind": "a"}}',
    "d.json": "{}",
    "e.json": '{"properties": {"kind": ' + NASTY,
    "f.json": b"\xff\xfe".decode("latin-1"),
}


def rendered(name: str, files: dict[str, str]) -> str:
    results = [Result(path, VALIDATOR.check_document(text)) for path, text in files.items()]
    errors = sum(result.report.errors for result in results)
    warnings = sum(result.report.warnings for result in results)
    summary = Summary(len(results), sum(result.report.valid for result in results), errors, warnings, fixable=2)
    return "".join(render(reporter(name), results, lambda: summary))


def test_every_format_is_kept_here() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(formats())


@pytest.mark.parametrize("name", formats())
def test_a_hostile_report_word_for_word(name: str) -> None:
    """`UPDATE_GOLDEN=1 pytest tests/reporters/test_formats.py` writes it anew; read the difference then."""
    # The tool's part of SARIF holds all rules' pages, and the page around the findings is files of ours.
    text = rendered(name, HOSTILE).partition('\n "tool":')[0]
    if name == "html":
        text = text.partition('<script type="application/json" id="findings">')[2].partition("</script>")[0]
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    assert text.encode() == path.read_bytes()


@pytest.mark.parametrize("name", formats())
def test_nothing_in_a_report_can_move_a_cursor_or_forge_a_line(name: str) -> None:
    text = rendered(name, HOSTILE)
    if name == "github":  # The file's name is exact there: see test_github.py.
        text = re.sub(r"(?<=::error file=).*?(?=,line=)", "", text)
    assert not [character for character in text if not character.isprintable() and character != "\n"]
    assert all(not line.startswith("::error::x") for line in text.splitlines())


def pointers(name: str) -> list[str]:
    """The pointers that the violations have, as the JSON report gives them."""
    found = json.loads(rendered("json", HOSTILE))["results"]
    return [violation[name] for result in found for violation in result["violations"]]


def test_jsonl() -> None:
    *lines, last = [json.loads(line) for line in rendered("jsonl", HOSTILE).split("\n")[:-1]]
    assert last["summary"] == json.loads(rendered("json", HOSTILE))["summary"]
    assert lines == json.loads(rendered("json", HOSTILE))["results"]
    (summary,) = rendered("jsonl", {"c.json": HOSTILE["c.json"]}).splitlines()
    assert json.loads(summary).keys() == {"summary"}


def test_junit() -> None:
    text = rendered("junit", HOSTILE)
    suites = junitparser.JUnitXml.fromstring(text.encode())
    assert [len(list(suite)) for suite in suites] == [3, 2, 1, 1, 1, 1]
    failures = [case for suite in suites for case in suite if case.result]
    assert [case.result[0].type for case in failures] == [
        rule for rule, severity in zip(pointers("rule"), pointers("severity"), strict=True) if severity == "error"
    ]
    root = ElementTree.fromstring(text)  # noqa: S314 - our own text
    assert [int(suite.attrib["failures"]) for suite in root] == [3, 2, 0, 0, 1, 1]
    empty = ElementTree.fromstring(rendered("junit", {}))  # noqa: S314 - our own text
    assert (empty.tag, len(empty)) == ("testsuites", 0)


def test_gitlab() -> None:
    entries = json.loads(rendered("gitlab", HOSTILE))
    assert [entry["check_name"] for entry in entries] == pointers("rule")
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("major", "minor")
        assert entry["location"]["lines"]["begin"] >= 1
    assert json.loads(rendered("gitlab", {"c.json": HOSTILE["c.json"]})) == []


def test_a_gitlab_fingerprint_survives_an_edit_above() -> None:
    def prints(text: str) -> list[str]:
        return [entry["fingerprint"] for entry in json.loads(rendered("gitlab", {"a.json": text}))]

    assert prints('{"properties": {"x": 1}}') == prints('{\n"followers": {"add": ["u"]},\n"properties": {"x": 1}}')


@pytest.mark.parametrize("files", [HOSTILE, {}, {"c.json": HOSTILE["c.json"]}], ids=["hostile", "none", "valid"])
def test_sarif(files: dict[str, str]) -> None:
    log = json.loads(rendered("sarif", files))
    jsonschema.validate(log, json.loads(SARIF_SCHEMA.read_text("utf-8")), cls=jsonschema.Draft4Validator)
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [r["ruleId"] for r in run["results"]]
    if files is HOSTILE:
        assert [result["ruleId"] for result in run["results"]] == pointers("rule")
        location = run["results"][0]["locations"][0]["physicalLocation"]
        assert unquote(location["artifactLocation"]["uri"]) == f"{NASTY}.json"
        assert all(rule["help"]["markdown"].startswith(f"# {rule['id']}\n") for rule in rules)
        assert any("fixes" in result for result in run["results"])


def tap(files: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        ["node", "tap.mjs"], input=rendered("tap", files), cwd=PEERS, capture_output=True, encoding="utf-8", check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_tap() -> None:
    found = tap(HOSTILE)
    assert (found["count"], found["fail"], found["complaints"]) == (6, 4, 0)
    assert [point["ok"] for point in found["points"]] == [False, False, True, True, False, False]
    rules = [each["rule"] for point in found["points"] if point["diag"] for each in point["diag"]["violations"]]
    assert rules == pointers("rule")
    assert tap({"c.json": HOSTILE["c.json"]})["ok"] is True


# Several reports of one run.


def test_several_reports(folder: Folder) -> None:
    alone = {name: folder.check("--format", name, "invalid.json", "warning.json").out for name in formats()}
    files = [option for name in formats() for option in ("--output", f"{name}={name}.out")]
    done = folder.check(*files, "invalid.json", "warning.json")
    assert (done.status, done.out, done.err) == (1, "", "")
    assert {name: (folder.path / f"{name}.out").read_text("utf-8") for name in formats()} == alone
    done = folder.check(
        "--format", "github", "--format", "sarif", "--output", "sarif=x.sarif", "invalid.json", "warning.json"
    )
    assert (done.status, done.out) == (1, alone["github"])
    assert (folder.path / "x.sarif").read_text("utf-8") == alone["sarif"]
    done = folder.check("--format", "json", "--output", "./a=b.json", "invalid.json", "warning.json")
    assert (done.status, done.out, (folder.path / "a=b.json").read_text("utf-8")) == (1, "", alone["json"])


BOTH = "json and tap would both go to standard output: use --output FORMAT=FILE"
FORMATS = "github, gitlab, html, json, jsonl, junit, rdjson, sarif, tap, text"
WHICH = "several reports: say which goes where with --output FORMAT=FILE"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--format", "json", "--format", "tap"), BOTH),
        (("--format", "json", "--format", "tap", "--output", "x"), WHICH),
        (("--output", "x", "--output", "y"), WHICH),
        (("--output", "json=x", "--output", "tap=./x"), "two reports would go to one file"),
        (
            ("--output", "json=x", "--output", "json=y"),
            "--output json=y: json goes to x already; name each format once",
        ),
        (
            ("--output", "sraif=x"),
            '--output sraif=x: there is no format "sraif"; did you mean sarif? Write ./sraif=x for a file of that name',
        ),
        (
            ("--format", "json", "--output", "JSON=x"),
            '--output JSON=x: there is no format "JSON"; did you mean json? Write ./JSON=x for a file of that name',
        ),
        (
            ("--output", "report=1.txt"),
            f'--output report=1.txt: there is no format "report"; the formats are {FORMATS}; '
            "write ./report=1.txt for a file of that name",
        ),
        (
            ("--output", "=x"),
            f'--output =x: there is no format ""; the formats are {FORMATS}; write ./=x for a file of that name',
        ),
        (("--output", "json="), "--output json= names no file"),
        (("--output", ""), "--output  names no file"),
    ],
)
def test_reports_that_would_meet(folder: Folder, options: tuple[str, ...], reason: str) -> None:
    assert folder.check(*options, "valid.json") == (2, "", f"{USAGE}{reason}\n")
    assert {each.name for each in folder.path.iterdir()} == {"valid.json", "invalid.json", "warning.json"}


@pytest.mark.parametrize(
    ("output", "path"),
    [
        ("./sraif=x", "sraif=x"),
        ("text=a=b.txt", "a=b.txt"),
        ("text=./a=b.txt", "a=b.txt"),
        ("text=sraif=x", "sraif=x"),
        ("out/json=x", "out/json=x"),
    ],
)
def test_a_path_with_an_equals_sign(folder: Folder, output: str, path: str) -> None:
    folder.write("out/x", "")
    assert folder.check("--output", output, "invalid.json") == (1, "", "")
    assert (folder.path / path).read_text("utf-8") == folder.check("invalid.json").out
