"""Line numbers and counts, worked out here by other means than the program's."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from command_folder import OBJECTS, Folder, numbers
from recordlint.checking.validator import Validator
from recordlint.contract.operations import UPDATE
from recordlint.definitions.target import Claim
from recordlint.reporters import reporter
from recordlint.reporters._totals import NOTHING, Counts
from recordlint.rows import blocks
from recordlint.rows.blocks import BlockChecker
from recordlint.rows.outcomes import Job, Outcome, Task
from row_files import BAD, GOOD, MIXED, WARNED, rows

pytestmark = pytest.mark.slow

LIMIT = 100 << 10


def expected(data: bytes) -> tuple[list[tuple[int, list[str]]], dict[str, int]]:
    """The lines with violations, and the counts, of the rows in `row_files` and longer ones."""
    rules = {line.strip(): rule for line, rule in zip(MIXED.split(b"\n"), MIXED_RULES, strict=True)}
    listed = []
    checked = valid = 0
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip(b" \t\r"):
            continue
        checked += 1
        rule = "too-large" if len(line) > LIMIT else rules.get(line.strip(), "")
        valid += rule in ("", "no-op")
        if rule:
            listed.append((number, [rule]))
    warnings = sum(rules == ["no-op"] for _, rules in listed)
    return listed, {
        "checked": checked, "valid": valid, "errors": len(listed) - warnings, "warnings": warnings,
    }  # fmt: skip


MIXED_RULES = ("", "unknown-option", "", "", "invalid-json", "object-mismatch", "no-op", "encoding", "duplicate-key",
               "unknown-option")  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2", "7"])
@pytest.mark.parametrize("source", ["file", "gzip", "stdin"])
def test_lines_and_counts_of_many_blocks(folder: Folder, many: Path, source: str, jobs: str) -> None:
    data = many.read_bytes()
    options = ("--max-size", "100K", "--format", "json", "--jobs", jobs)
    if source == "stdin":
        done = folder.check(*options, "--lines", "-", stdin=data)
    else:
        name = "rows.gz" if source == "gzip" else "rows.ndjson"
        folder.write(name, gzip.compress(data, 1) if source == "gzip" else data)
        done = folder.check(*options, name)
    report = json.loads(done.out)
    listed, counts = expected(data)
    assert len(listed) > 2_800
    assert rows(report) == listed
    assert numbers(report) == counts
    places = {each["line"] for result in report["results"] for each in result["violations"]}
    assert places == {number for number, _ in listed}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_lines_and_counts_after_long_and_blank_lines(folder: Folder, jobs: str) -> None:
    """Long lines at the start, at the end, beside each other, and with blank ones between them."""
    long = b" " * (LIMIT + 1) + b"{}"
    data = b"\n".join([long, long, b"", BAD, b"", b"\r", long, b"", BAD, GOOD, WARNED, long, b"", long])
    folder.write("a.ndjson", data)
    folder.write("b.ndjson", BAD + b"\n\n" + data + b"\n")
    folder.write("c.ndjson", b"\n\n" + BAD)
    report = json.loads(
        folder.check("--max-size", "100K", "--format", "json", "--jobs", jobs, "a.ndjson", "b.ndjson", "c.ndjson").out
    )
    first = [(1, "too-large"), (2, "too-large"), (4, "unknown-option"), (7, "too-large"), (9, "unknown-option"),
             (11, "no-op"), (12, "too-large"), (14, "too-large")]  # fmt: skip
    second = [(1, "unknown-option"), *[(line + 2, rule) for line, rule in first]]
    assert [
        (result["path"], result["line"], *[each["rule"] for each in result["violations"]])
        for result in report["results"]
    ] == [
        *[("a.ndjson", *each) for each in first],
        *[("b.ndjson", *each) for each in second],
        ("c.ndjson", 3, "unknown-option"),
    ]
    assert numbers(report) == {"checked": 9 + 10 + 1, "valid": 2 + 2, "errors": 7 + 8 + 1, "warnings": 1 + 1}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_lines_and_counts_of_many_clean_rows_between_wrong_ones(folder: Folder, jobs: str) -> None:
    wrong = [1, 2, 9_998, 30_000, 30_001, 75_000, 80_000]
    lines = [GOOD] * 80_000
    for number in wrong:
        lines[number - 1] = BAD
    folder.write("rows.ndjson", b"\n".join(lines))
    report = json.loads(folder.check("--format", "json", "--jobs", jobs, "rows.ndjson").out)
    assert rows(report) == [(number, ["unknown-option"]) for number in wrong]
    assert report["summary"]["checked"] == 80_000


# Outcomes of a block, whatever is in it.

VALIDATOR = Validator.from_path(OBJECTS[1])
LINES = st.sampled_from([GOOD, BAD, WARNED, b"", b"\r", b" \t", GOOD + b"\r", b"{", b"\xff", b" " * 90 + GOOD])


def checked(data: bytes, *, room: int | None, splits: bool, format: str, line: int) -> list[Outcome]:
    claim = Claim("custom_objects.ticket", UPDATE)
    job = Job(VALIDATOR.checkers, "rows.ndjson", claim, 90, (reporter(format),), redact=False, splits=splits)
    return list(BlockChecker(job)(Task(data, line, room)))


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(LINES, min_size=1, max_size=30), st.booleans(), st.sampled_from([None, 0, 1, 3]),
    st.sampled_from(["jsonl", "tap"]), st.sampled_from([1, 200, 10**6]), st.integers(1, 99),
)  # fmt: skip
def test_outcomes_are_those_of_each_row(
    lines: list[bytes], ends: bool, room: int | None, format: str, enough: int, line: int
) -> None:
    """However the rows are divided: the same counts, bytes, entries and rows aside as row by row."""
    data = b"\n".join(lines) + (b"\n" if ends else b"")
    parts = data.split(b"\n")
    whole = [each + b"\n" for each in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
    if not whole:
        return
    single: list[Any] = []
    left = room
    at = 0
    for number, row in enumerate(whole, line):
        (outcome,) = checked(row, room=left, splits=True, format=format, line=number)
        left = None if left is None else left - outcome.counts.listed
        single.append((outcome, [(at + start, at + end, side) for start, end, side, _ in outcome.aside]))
        at += len(row)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocks, "ENOUGH", enough)
        outcomes = checked(data, room=room, splits=True, format=format, line=line)
    counts: Counts = NOTHING
    expected_counts: Counts = NOTHING
    for each in outcomes:
        counts = counts.plus(each.counts)
    for each, _ in single:
        expected_counts = expected_counts.plus(each.counts)
    assert counts == expected_counts
    assert sum(each.lines for each in outcomes) == len(whole)
    starts = [each.start for each in outcomes]
    assert starts == [sum(each.length for each in outcomes[:index]) for index in range(len(outcomes))]
    assert sum(each.length for each in outcomes) == len(data)
    separator = reporter(format).separator.encode()
    entries = [each.entries[0] for each in outcomes if each.entries[0]]
    assert separator.join(entries) == separator.join([each.entries[0] for each, _ in single if each.entries[0]])
    aside = [(at, side) for each in outcomes for start, end, side, _ in each.aside for at in range(start, end)]
    assert aside == [(at, side) for _, parts in single for start, end, side in parts for at in range(start, end)]
    assert [each.aside for each in checked(data, room=room, splits=False, format=format, line=line)] == [()]
