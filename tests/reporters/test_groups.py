"""Violations counted by rule and field, and alike ones left out of the text report."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from command_folder import Folder, report_of
from fixture_files import ROOT
from recordlint import Report, Validator, Violation
from recordlint.definitions.target import Claim
from recordlint.reporters import Result, Summary, _statistics, text
from recordlint.reporters._alike import Alike, marked, what_is_alike
from recordlint.reporters._kinds import First, Group, Groups
from recordlint.reporters._statistics import statistics
from recordlint.rules.kinds import OTHERS, Kind, kind_of

KEY = "custom_objects.ticket"
VALIDATOR = Validator.from_path(ROOT / "fixtures/objects")
FOUR = {"ticket_name": 1, "type_of_ticket": "Bug report", "priority": "HIGH", "recieved_on": "1/2/2024"}
RULES = ("wrong-type", "option-label", "unknown-option", "date-format")


def four(number: int) -> bytes:
    """Rows with four mistakes each."""
    return (json.dumps({"properties": FOUR}).encode() + b"\n") * number


@pytest.mark.parametrize(
    ("pointer", "field"),
    [
        ("", ""),
        ("/properties", "properties"),
        ("/properties/tags/add/0", "tags"),
        ("/properties/a~1b~0c", "a/b~c"),
        ("/followers/add/3", "followers"),
        ("/body/properties/tags", "tags"),
        ("/body", "body"),
        ("/url", "url"),
        ("/properties/", ""),
    ],
)
def test_the_field_of_a_violation(pointer: str, field: str) -> None:
    assert kind_of(Violation("too-many", "error", pointer, "", "", None, (), None)) == Kind("too-many", field)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_same_counts_by_any_number_of_processes(folder: Folder, jobs: str) -> None:
    folder.write("a.ndjson", four(400))
    folder.write("b.ndjson", four(3))
    report = report_of(folder.check("--format", "json", "--jobs", jobs, "a.ndjson", "b.ndjson").out)
    groups = report["summary"]["rules"]
    assert [(each["rule"], each["field"], each["count"]) for each in groups] == [
        (rule, field, 403) for rule, field in zip(RULES, FOUR, strict=True)
    ]
    assert [(each["fixable"], each["unsafely_fixable"]) for each in groups] == [(0, 403), (403, 0), (403, 0), (0, 0)]
    assert groups[0]["first"] == {"path": "a.ndjson", "line": 1, "column": 32, "entry": None}
    last = json.loads(folder.check("--format", "jsonl", "--jobs", jobs, "a.ndjson", "b.ndjson").out.splitlines()[-1])
    assert last == {"summary": report["summary"]}
    (run,) = json.loads(folder.check("--format", "sarif", "a.ndjson", "b.ndjson").out)["runs"]
    assert run["properties"] == {"rules": groups}


def test_what_a_limit_leaves_out_is_counted(folder: Folder) -> None:
    items = [f"x{number}" for number in range(1_500)]
    folder.write(
        "a.json", json.dumps({"properties": {"section_of_app": {"add": items}}, "followers": {"add": ["a b"]}})
    )
    for options in ((), ("--max-violations", "1")):
        summary = report_of(folder.check("--format", "json", *options, "a.json").out)["summary"]
        assert [(each["rule"], each["field"], each["count"]) for each in summary["rules"]] == [
            ("unknown-option", "section_of_app", 1_500),
            ("id-format", "followers", 1),
        ]
    done = folder.check("--format", "junit", "--max-violations", "1", "a.json").out
    assert '<property name="unknown-option section_of_app" value="1500"/>' in done


BODIES = st.dictionaries(
    st.sampled_from([*FOUR, "section_of_app", "my_files", "zz"]),
    st.sampled_from(
        ["x", 1, None, {"add": ["Contacts", "y", 1]}, {"add": [{"url": "z"}, {"url": "z", "q": 1}]}, ["a"]]
    ),
)


@settings(deadline=None)
@given(st.lists(BODIES, max_size=4))
def test_the_groups_are_all_violations(bodies: list[Any]) -> None:
    groups = Groups()
    reports = [VALIDATOR.check_json(json.dumps({"properties": body}), object=KEY) for body in bodies]
    for number, report in enumerate(reports):
        groups.count(Result(f"{number}.json", report))
    expected = Counter([kind_of(each) for report in reports for each in report.violations])
    assert {kind: group.number for kind, group in groups.by_kind.items()} == expected
    assert sum(group.fixable for group in groups.by_kind.values()) == sum(report.fixable for report in reports)


def test_what_is_not_listed_is_counted_at_all_its_spots() -> None:
    """Those of one rule at one field are one kind, wherever in the field they are, and whether any is listed."""
    wrong = [f"no_{number}" for number in range(1_500)]
    body = {"properties": {"section_of_app": {"add": wrong, "remove": wrong[:700]}, "nonesuch": 1}}
    report = VALIDATOR.check_json(json.dumps(body), object=KEY)
    groups = Groups()
    groups.count(Result("x.json", report))
    expected = {Kind("unknown-option", "section_of_app"): 2_200, Kind("delta-overlap", "section_of_app"): 700}
    numbers = {kind: group.number for kind, group in groups.by_kind.items()}
    assert numbers == {**expected, Kind("unknown-property", "nonesuch"): 1}


def violation(field: str) -> Violation:
    return Violation("unknown-property", "error", f"/properties/{field}", "", "", None, (), None)


@pytest.mark.parametrize("size", range(1, 7))
def test_any_number_of_fields_in_bounded_memory(size: int) -> None:
    """The same, whatever the size of the parts in which a file is read."""
    listed = [violation(each) for each in "abcadc"]
    groups = Groups(2)
    for start in range(0, len(listed), size):
        part = Groups()
        part.count(Result("x", Report(Claim(), listed[start : start + size], errors=size)))
        groups.add(part.by_kind.items())
    assert {kind.field: group.number for kind, group in groups.by_kind.items()} == {"a": 2, "b": 1, OTHERS: 3}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_first_three_of_a_kind_are_shown(folder: Folder, jobs: str) -> None:
    folder.write("a.ndjson", four(1_000))
    folder.write("b.ndjson", four(2))
    done = folder.check("--jobs", jobs, "a.ndjson", "b.ndjson")
    lines = done.out.splitlines()
    assert [Counter(line.split("[")[1].split("]")[0] for line in lines if ": error[" in line)] == [
        Counter(dict.fromkeys(RULES, 3))
    ]
    assert lines[-13:] == [
        "",
        "error[wrong-type] at ticket_name: … and 999 more like this: --show-all lists them",
        "error[option-label] at type_of_ticket: … and 999 more like this: --show-all lists them",
        "error[unknown-option] at priority: … and 999 more like this: --show-all lists them",
        "error[date-format] at recieved_on: … and 999 more like this: --show-all lists them",
        "",
        "count  fixable  unsafe  rule            field           first",
        "1,002            1,002  wrong-type      ticket_name     a.ndjson:1:32",
        "1,002    1,002          option-label    type_of_ticket  a.ndjson:1:53",
        "1,002    1,002          unknown-option  priority        a.ndjson:1:79",
        "1,002                   date-format     recieved_on     a.ndjson:1:102",
        "",
        "4,008 errors in 1,002 rows checked, 0 valid; 2,004 fixable with --fix, 1,002 more with --unsafe-fixes",
    ]
    everything = folder.check("--show-all", "a.ndjson", "b.ndjson").out
    assert everything.count(": error[") == 4 * 1_002
    assert "more like this" not in everything
    quiet = folder.check("--quiet", "a.ndjson", "b.ndjson").out
    assert len(quiet.splitlines()) == quiet.count(": error[") == 4 * 1_002


def test_few_violations_are_counted_when_asked(folder: Folder) -> None:
    folder.write("a.ndjson", four(1))
    assert "count  " not in folder.check("a.ndjson").out
    *_, before, head, _, _, _, last, empty, closing = folder.check("--statistics", "a.ndjson").out.split("\n")[:-1]
    assert head == "count  fixable  unsafe  rule            field           first"
    assert last == "    1                   date-format     recieved_on     a.ndjson:1:102"
    assert (before, empty, closing[:8]) == ("", "", "4 errors")
    done = folder.check("--statistics", "--quiet", "a.ndjson").out.splitlines()
    assert (len(done), done[4]) == (4 + 5, head)
    github = folder.check("--statistics", "--format", "github", "a.ndjson")
    assert "count  " not in github.out
    assert github.err.splitlines()[0] == head


def test_fifty_violations_are_not_very_many(folder: Folder) -> None:
    folder.write("a.ndjson", four(12))
    assert "count  " not in folder.check("a.ndjson").out
    folder.write("a.ndjson", four(13))
    assert "count  " in folder.check("a.ndjson").out


def test_the_table_is_short_and_fits() -> None:
    long = "x" * 90
    groups = [
        (Kind("unknown-property", f"{long}{n}"), Group(n, 0, 0, First(f"{long}.json", n, 1, None))) for n in range(25)
    ]
    lines = statistics(Summary(1, 0, 0, 0, groups=groups), 80).splitlines()
    assert len(lines) == 1 + _statistics.ROWS + 1
    assert {len(line) for line in lines[1:-1]} == {80}
    assert lines[-1] == f"and 5 more kinds, with {20 + 21 + 22 + 23 + 24} violations"
    assert statistics(Summary(1, 0, 0, 0), 80) == ""


def test_hostile_keys_are_escaped(folder: Folder) -> None:
    key = "a\x01b\x02c\x03\x1b[31m"
    folder.write("a.ndjson", (json.dumps({"properties": {key: 1}}).encode() + b"\n") * 60)
    out = folder.check("a.ndjson").out
    assert out.count(": error[") == 3
    assert r"error[unknown-property] at a\u0001b\u0002c\u0003\u001b[31m: … and 57 more like this" in out
    assert out.replace("\n", "").isprintable()


def test_very_many_kinds_are_all_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recordlint.reporters._alike.KINDS", 1)
    alike = Alike()
    text = "".join([marked(what_is_alike(violation("x")), "1"), "-", marked(what_is_alike(violation("y")), "2")]) * 5
    assert alike.first(text.encode()) == b"1-21-21-2-2-2"
    assert alike.held_back == [("error[unknown-property] at x", 2)]


def test_an_error_is_not_like_a_warning() -> None:
    alike = Alike()
    warned = violation("x")._replace(severity="warning")
    text = "".join([*[marked(what_is_alike(warned), "w")] * 4, marked(what_is_alike(violation("x")), "e")])
    assert alike.first(text.encode()) == b"wwwe"
    assert alike.held_back == [("warning[unknown-property] at x", 1)]


def test_each_mistake_in_a_text_is_shown(folder: Folder) -> None:
    text = """{"properties": {\n "ticket_name": True,\n // c\n "customer_number": 01,
 "description": 'x',\n "priority": "low"\n "money": NaN,\n "a": None, "b": None, "c": None, "d": None}}"""
    folder.write("a.json", text)
    lines = folder.check("a.json").out.splitlines()
    messages = Counter([line.partition("error[invalid-json]: ")[2] for line in lines if ": error[" in line])
    assert len(messages) == 6
    (left_out,) = [line for line in lines if "more like this" in line]
    (most,) = [message for message, number in messages.items() if number == 3]
    assert left_out == f"error[invalid-json] {most}: … and 2 more like this: --show-all lists them"


def test_the_lines_of_what_is_left_out_are_few() -> None:
    held_back = [(f"error[unknown-property] at {n}", n) for n in range(25, 0, -1)]
    groups = [(Kind("unknown-property", "x"), Group(1, 0, 0, First("a.json", 1, 1, None)))]
    lines = text.tail(Summary(1, 0, 40, 0, groups=groups, held_back=held_back)).splitlines()
    assert lines[0] == "error[unknown-property] at 25: … and 25 more like this: --show-all lists them"
    assert lines[20:] == [
        "… and 15 more of 5 other kinds: --show-all lists them",
        "",
        "40 errors in 1 file checked, 0 valid",
    ]


def test_a_long_field_is_cut() -> None:
    alike = Alike()
    alike.first("".join([marked(what_is_alike(violation("x" * 90)), "1")] * 4).encode())
    assert alike.held_back == [(f"error[unknown-property] at {'x' * 40}…", 1)]


def test_what_is_left_out_most_often_comes_first() -> None:
    alike = Alike()
    alike.first(
        "".join(
            [*[marked(what_is_alike(violation("x")), "1")] * 4, *[marked(what_is_alike(violation("y")), "1")] * 5]
        ).encode()
    )
    assert alike.held_back == [("error[unknown-property] at y", 2), ("error[unknown-property] at x", 1)]


def test_fixes_that_are_alike_are_counted(folder: Folder) -> None:
    row = b'{"properties": {"priority": "HIGH"}}\n'
    folder.write("a.ndjson", row * 1000)
    assert folder.check("--fix", "a.ndjson").out == (
        "a.ndjson:1: fixed 1 (unknown-option)\n"
        "a.ndjson:2: fixed 1 (unknown-option)\n"
        "a.ndjson:3: fixed 1 (unknown-option)\n"
        "fixed 1 (unknown-option): … and 997 more like this: --show-all lists them\n"
        "\n"
        "1,000 rows checked, 1,000 fixed\n"
    )
    folder.write("a.ndjson", row * 1000)
    assert folder.check("--fix", "--show-all", "a.ndjson").out.count("fixed 1 ") == 1000
