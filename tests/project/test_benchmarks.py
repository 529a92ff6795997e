"""The parts of benchmarks/ that measure nothing: the data, the verdicts that are read, the tables."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from command_folder import COMMAND, ENVIRONMENT
from fixture_files import OBJECTS, ROOT
from recordlint import Validator

sys.path.insert(0, str(ROOT / "benchmarks"))

import rows as data
import spreadsheets
import tables
import verdicts
from measuring import Timed, side_by_side

KEY = "custom_objects.ticket"


def test_bad_rows_are_bad_and_the_others_clean(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    bad = data.write_rows(path, 400, 4)
    validator = Validator.from_path(OBJECTS)
    lines = path.read_bytes().splitlines()
    reports = [validator.check_json(line, object=KEY) for line in lines]
    assert [number for number, report in enumerate(reports, 1) if report.errors] == bad == list(range(4, 401, 4))
    assert all(len(report.violations) == 3 for report in reports if report.errors)
    assert sum(report.warnings for report in reports) == 0
    assert 700 < sum(map(len, lines)) / len(lines) < 800


def test_the_same_rows_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for path in (first, second):
        data.write_rows(path, 50, 2)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(("fields", "options"), [(10, 10), (1_000, 10), (12, 10_000)])
def test_wide_rows(tmp_path: Path, fields: int, options: int) -> None:
    data.write_definition(tmp_path / "wide.json", fields, options)
    validator = Validator.from_path(tmp_path / "wide.json")
    assert validator.check(data.wide_row(fields, options, False, 1)).violations == ()
    found = validator.check(data.wide_row(fields, options, True, 1))
    assert {each.rule for each in found.violations} == {"option-label"}
    assert found.errors == len(range(2, fields, 4))


def test_verdicts_that_are_read() -> None:
    assert verdicts.of_loop(b"3 17\n") == {3, 17}
    assert verdicts.of_loop(b"\n") == set()
    report = {"results": [{"line": 2, "valid": False}, {"line": 5, "valid": True}]}
    assert verdicts.of_recordlint(json.dumps(report).encode()) == {2}
    assert verdicts.of_jsonvet(b'{"diagnostics":[{"line":4},{"line":4},{"line":9}]}') == {4, 9}
    assert verdicts.of_sourcemeta(b"fail: a.jsonl (entry #200)\n\nfail: a.jsonl (entry #3)\n") == {3, 200}
    assert verdicts.of_files(b"  /files/7.json::$.properties: no\n/files/12.json valid\n/files/8.json invalid") == {
        7,
        8,
    }


def test_disagreement() -> None:
    bad = frozenset({1, 2})
    assert verdicts.disagreement({"a": bad}, bad) == ""
    assert verdicts.disagreement({"a": bad, "b": frozenset({2, 3})}, bad) == "b: missed [1], refused [3]"


def test_tables() -> None:
    ours, theirs = Timed((2.0, 9.0, 3.0), 30, b""), Timed((1.0, 3.0, 1.0), 0, b"")
    assert tables.compared({"ours": ours, "theirs": theirs}, "theirs", 1_000) == (
        "|  | median | per row | times theirs |\n"
        "| --- | ---: | ---: | ---: |\n"
        "| theirs | 1.00 s | 1.0 ms | 1.00 |\n"
        "| ours | 3.00 s | 3.0 ms | 3.00 |\n"
    )
    assert tables.limits([("a", 1.2, "<=", 1.3), ("b", 1.2, ">=", 1.3)]) == (
        "|  | measured | target | met |\n| --- | ---: | ---: | ---: |\n"
        "| a | 1.20 | ≤ 1.3 | yes |\n| b | 1.20 | ≥ 1.3 | **no** |\n"
    )
    assert [tables.seconds(each) for each in (1.5, 0.0123, 0.00001)] == ["1.50 s", "12.3 ms", "10.0 µs"]


def test_side_by_side() -> None:
    times = side_by_side({"a": ["echo", "a"], "b": ["sh", "-c", "echo b; exit 1"]}, 2)
    assert {name: (len(timed.seconds), timed.output) for name, timed in times.items()} == {
        "a": (2, b"a\n"),
        "b": (2, b"b\n"),
    }
    held = b"x" * 200_000_000
    assert 0 < side_by_side({"a": ["echo", "a"]}, 1)["a"].megabytes < 60, "what is held here is not the command's"
    del held
    with pytest.raises(RuntimeError, match="c ended with 3: broken"):
        side_by_side({"c": ["sh", "-c", "echo broken >&2; exit 3"]}, 1)


def test_bad_rows_of_a_table_are_bad_and_the_others_right(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    bad = spreadsheets.write_table(path, 400, 50)
    assert bad == list(range(50, 401, 50))
    command = [COMMAND, "check", "--objects", str(OBJECTS / "ticket.json"), "--format", "json", str(path)]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False)
    assert spreadsheets.bad_rows_of_recordlint(done.stdout) == frozenset(bad)
    again = tmp_path / "again.csv"
    spreadsheets.write_table(again, 400, 50)
    assert again.read_bytes() == path.read_bytes()


def test_what_frictionless_calls_bad() -> None:
    output = json.dumps({"tasks": [{"errors": [{"rowNumber": 3}, {"rowNumber": 8}, {"rowNumber": 8}]}]})
    assert spreadsheets.bad_rows_of_frictionless(output.encode()) == {2, 7}
