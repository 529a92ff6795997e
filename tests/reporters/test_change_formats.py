"""The formats of drift's report: a hostile one word for word, read back by tools that know nothing of recordlint."""

from __future__ import annotations

import json
import os
import re
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt

from fixture_files import ROOT
from recordlint import Field, ObjectDefinition, Option, Report, Validator
from recordlint.drift.change import Change
from recordlint.drift.compare import compare
from recordlint.reporters import Format, Result, Summary, render
from recordlint.reporters.changes import Compared, change_formats, change_report

GOLDEN = ROOT / "tests/data/change_formats"
SARIF_SCHEMA = ROOT / "tests/peers/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
NASTY = '\x1b[2J\r\n::error::x%0A,:]]>&lt;<b a="\'">\u202e\u2028\\#- `](http://x)\U000e0041\u0085{0}'


def definition(*options: Option, **more: Any) -> ObjectDefinition:
    kind = Field("kind", f"Kind {NASTY}", "SINGLE_OPTIONS", options=(Option("a", "A"), *options), **more)
    return ObjectDefinition("custom_objects.pet", "Pet", (kind,), path=f"objects/{NASTY}.json")


OLD = definition(Option(f"b{NASTY}", f"B {NASTY}"))
NEW = definition(Option(f"c{NASTY}", f"B {NASTY}"), Option("d", "A"), description="So")
CHANGES = tuple([each._replace(line=3) for each in compare([OLD], [NEW])])
PAYLOADS = {f"{NASTY}.json": {"properties": {"kind": f"b{NASTY}"}}, "good.json": {"properties": {"kind": "a"}}}
MANY = tuple([Change("option-gone", "breaking", "custom_objects.pet", "f", f"m{n}", "", "p.json") for n in range(30)])


def results() -> list[Result]:
    return [Result(path, Validator([NEW]).check_json(json.dumps(body))) for path, body in PAYLOADS.items()]


def rendered(name: str, changes: tuple[Change, ...] = CHANGES, payloads: list[Result] | None = None) -> str:
    format: Format = change_report(name, Compared(changes, 2, has_payloads=payloads is not None))
    errors = sum(each.report.errors for each in payloads or [])
    summary = Summary(len(payloads or []), sum(each.report.valid for each in payloads or []), errors, 0)
    return "".join(render(format, payloads or [], lambda: summary))


def test_every_format_is_kept_here() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {*change_formats()}
    assert change_formats() == ("github", "json", "markdown", "sarif", "text")


@pytest.mark.parametrize("name", change_formats())
def test_a_hostile_report_word_for_word(name: str) -> None:
    """`UPDATE_GOLDEN=1 pytest tests/reporters/test_change_formats.py` writes it anew; read the difference then."""
    text = rendered(name, payloads=results()).partition('\n "tool":')[0]
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")
    # The runner finds a file by its own name, so github keeps what forges nothing.
    kept = "\n\U000e0041" if name == "github" else "\n"
    assert not [each for each in text if not each.isprintable() and each not in kept]


@pytest.mark.parametrize("payloads", [None, [], results()], ids=["none asked for", "none", "some"])
@pytest.mark.parametrize("changes", [(), CHANGES, MANY], ids=["no changes", "some changes", "many changes"])
def test_json_is_of_its_schema(changes: tuple[Change, ...], payloads: list[Result] | None) -> None:
    document = json.loads(rendered("json", changes, payloads))
    jsonschema.validate(document, json.loads((ROOT / "spec/drift.json").read_text("utf-8")))
    report = json.loads((ROOT / "spec/report.json").read_text("utf-8"))
    summary = dict.fromkeys(report["properties"]["summary"]["required"], 0)
    whole = {"version": 1, "results": document["results"], "summary": summary}
    jsonschema.validate(whole, report)
    assert len(document["changes"]) == len(changes)
    assert ("checked" in document["summary"]) == (payloads is not None)


@pytest.mark.parametrize("payloads", [None, results()], ids=["no payloads", "payloads"])
@pytest.mark.parametrize("changes", [(), CHANGES, MANY], ids=["no changes", "some changes", "many changes"])
def test_sarif_is_of_its_schema(changes: tuple[Change, ...], payloads: list[Result] | None) -> None:
    log = json.loads(rendered("sarif", changes, payloads))
    if SARIF_SCHEMA.exists():
        jsonschema.Draft7Validator(json.loads(SARIF_SCHEMA.read_text("utf-8"))).validate(log)
    (run,) = log["runs"]
    rules = [each["id"] for each in run["tool"]["driver"]["rules"]]
    assert [rules[each["ruleIndex"]] for each in run["results"]] == [each["ruleId"] for each in run["results"]]
    assert len(run["results"]) == len(changes) + (1 if payloads else 0)


def test_markdown_is_what_it_says() -> None:
    tokens = MarkdownIt("commonmark").parse(rendered("markdown", payloads=results()))
    assert not [each for each in tokens if each.type.startswith("html")]
    inline = [child for each in tokens for child in each.children or []]
    assert {each.type for each in inline} <= {"text", "code_inline", "strong_open", "strong_close", "softbreak"}
    items = [each for each in tokens if each.type == "list_item_open"]
    assert len(items) == len(CHANGES) + 1


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_many_alike_are_counted(name: str) -> None:
    text = rendered(name, MANY)
    assert text.count("m7") == 1
    assert "m8" not in text
    assert "and 22 more" in text


def test_every_command_of_github_is_on_a_line() -> None:
    lines = rendered("github", payloads=results()).splitlines()
    commands = [line.partition(" ")[0] for line in lines[:-2]]
    assert commands == ["::error", "::warning", "::notice", "::notice", "::notice", "::error"]
    assert lines[-2:] == [
        "1 breaking, 1 dangerous and 3 safe changes in 1 of 2 objects",
        "1 of 2 files was right and is wrong now",
    ]


def test_nothing_changed() -> None:
    assert rendered("text", ()) == "no changes in 2 objects\n"
    assert rendered("markdown", ()) == "### Definitions: no changes in 2 objects\n"
    assert rendered("github", ()) == "no changes in 2 objects\n"


def test_nothing_is_broken() -> None:
    good = [Result("a.json", Report(Validator([NEW]).check({}).claim))]
    assert rendered("text", (), good) == "no changes in 2 objects\nno file that was right is wrong now, of 1 file\n"
    assert rendered("markdown", (), good).endswith("\nNo file that was right is wrong now, of 1 file.\n")


@pytest.mark.parametrize("text", ["x", "<`*", "x" * 5_000], ids=["short", "escaped", "long"])
def test_markdown_fits_a_comment(text: str) -> None:
    """GitHub refuses more than 65,536 characters. What is not listed is counted."""
    changes = tuple(
        [
            Change(kind, level, "custom_objects.pet", f"f{number}{text}", text * 3, text, "p.json")
            for kind, level in (("field-gone", "breaking"), ("field-added", "safe"))
            for number in range(2_000)
        ]
    )
    (wrong,) = [each for each in results() if not each.report.valid]
    payloads = [wrong._replace(path=f"{number}/{text}.json") for number in range(100)]
    listed = rendered("markdown", changes, payloads)
    assert len(listed) < 65_536
    numbers = [
        int(each.replace(",", "")) for each in re.findall(r"^- ([0-9,]+) (?:more )?changes", listed, re.MULTILINE)
    ]
    assert sum(numbers) + listed.count("`field-gone`") + listed.count("`field-added`") == 4_000
    assert listed.count("`option-label`") == 100
