"""The closing line, word for word, and that it promises only the fixes that the command then carries out."""

from __future__ import annotations

import json
import os
import re

import pytest

from command_folder import Folder
from har_session import HOST, entry, har
from recordlint.checking.report import Report
from recordlint.definitions.target import Claim
from recordlint.reporters import Result, Summary, closing
from recordlint.reporters._fixed import fixed_line


@pytest.mark.parametrize(
    ("summary", "line"),
    [
        (Summary(0, 0, 0, 0), "no files checked"),
        (Summary(0, 0, 0, 0, "row"), "no rows checked"),
        (Summary(1, 1, 0, 0), "1 file checked, no problems"),
        (Summary(1234, 1234, 0, 0, "body"), "1,234 bodies checked, no problems"),
        (Summary(1, 0, 1, 0), "1 error in 1 file checked, 0 valid"),
        (Summary(3, 2, 2, 1, "request"), "2 errors and 1 warning in 3 requests checked, 2 valid"),
        (Summary(3, 1, 0, 0, known=2), "3 files checked, no new problems; 2 known ones held back"),
        (
            Summary(3, 1, 2, 1, known=1, fixable=1),
            "2 new errors and 1 new warning in 3 files checked; 1 fixable with --fix; 1 known one held back",
        ),
        (Summary(1, 1, 0, 2, unlisted=1), "2 warnings in 1 file checked, 1 valid; 1 not listed"),
        (Summary(1, 0, 3, 0, fixable=2), "3 errors in 1 file checked, 0 valid; 2 fixable with --fix"),
        (Summary(1, 0, 3, 0, unsafely_fixable=1), "3 errors in 1 file checked, 0 valid; 1 fixable with --unsafe-fixes"),
        (
            Summary(1, 0, 5000, 0, unlisted=4990, fixable=2000, unsafely_fixable=1000),
            "5,000 errors in 1 file checked, 0 valid; 2,000 fixable with --fix, 1,000 more with --unsafe-fixes; "
            "4,990 not listed",
        ),
        (Summary(1, 0, 3, 0, fixable=2, unsafely_fixable=1, fix_options=""), "3 errors in 1 file checked, 0 valid"),
        (Summary(1, 1, 0, 0, in_diff=1), "1 file checked, 1 would be fixed by --fix"),
        (Summary(1, 1, 0, 0, in_diff=1, fix_options=""), "1 file checked, 1 would be fixed"),
        (Summary(9, 9, 0, 0, "row", fixed=1234), "9 rows checked, 1,234 fixed"),
        (
            Summary(9, 8, 1, 0, "row", fixed=2, unsafely_fixable=1),
            "1 error in 9 rows checked, 8 valid; 2 fixed, 1 fixable with --unsafe-fixes",
        ),
        (
            Summary(1, 0, 1, 0, in_diff=2, unsafely_fixable=1),
            "1 error in 1 file checked, 0 valid; 2 would be fixed by --fix, 1 more with --unsafe-fixes",
        ),
    ],
)
def test_word_for_word(summary: Summary, line: str) -> None:
    assert closing(summary) == f"{line}\n"


SAFE = '{"properties": {"priority": "LOW"}}'
UNSAFE = '{"properties": {"affected_platforms": ["web"], "priorty": "low"}}'
BOTH = '{"properties": {"priority": "LOW", "affected_platforms": ["web"]}}'
URL = "/objects/custom_objects.ticket/records/6540b8cf1d2e3f4a5b6c7d8e?locationId=ve9EPM428h8vShlRW1KT"
REQUEST = f'{{"method": "PUT", "url": "{URL}", "body": {SAFE}}}'


def fill(folder: Folder) -> None:
    folder.write("safe.json", SAFE)
    folder.write("unsafe.json", UNSAFE)
    folder.write("both.json", BOTH)
    folder.write("request.json", REQUEST)
    folder.write("rows.ndjson", f"{SAFE}\n{UNSAFE}\n")
    folder.write("a.har", json.dumps(har(entry("PUT", f"{HOST}{URL}", SAFE))))
    folder.write("read-only.json", SAFE)
    (folder.path / "read-only.json").chmod(0o444)
    folder.write("linked.json", SAFE)
    os.link(folder.path / "linked.json", folder.path / "second-name.json")


MIXES = [
    (("safe.json",), "; 1 fixable with --fix"),
    (("unsafe.json",), "; 2 fixable with --unsafe-fixes"),
    (("both.json",), "; 1 fixable with --fix, 1 more with --unsafe-fixes"),
    (("safe.json", "unsafe.json", "request.json"), "; 2 fixable with --fix, 2 more with --unsafe-fixes"),
    (("safe.json", "--redact"), "; 1 fixable with --fix"),
    (("rows.ndjson",), "; 1 fixable with --fix, 2 more with --unsafe-fixes"),
    (("--lines", "safe.json"), "; 1 fixable with --fix"),
    (("--lines", "-"), ""),
    (("--lines", "safe.json", "-"), ""),
    (("--lines", "read-only.json"), ""),
    (("-",), ""),
    (("--stdin-name", "safe.json", "-"), ""),
    (("safe.json", "-"), ""),
    (("a.har",), ""),
    (("read-only.json", "linked.json"), ""),
    (("both.json", "rows.ndjson", "a.har", "read-only.json"), "; 2 fixable with --fix, 3 more with --unsafe-fixes"),
]


@pytest.mark.parametrize(("arguments", "promise"), MIXES, ids=[" ".join(arguments) for arguments, _ in MIXES])
def test_what_is_promised_is_what_fix_does(folder: Folder, arguments: tuple[str, ...], promise: str) -> None:
    fill(folder)
    done = folder.check(*arguments, stdin=SAFE.encode())
    line = done.out.splitlines()[-1]
    assert line.partition(" valid")[2] == promise
    words = ("fixable with --fix", "(?:fixable|more) with --unsafe-fixes")
    fixable, unsafe = (sum(map(int, re.findall(rf"(\d+) {each}", line))) for each in words)
    for name, options, expected in (("safe", (), fixable), ("all", ("--unsafe-fixes",), fixable + unsafe)):
        copy = Folder(folder.path / name)
        fill(copy)
        fixed = copy.check("--fix", *options, *arguments, stdin=SAFE.encode())
        assert sum(map(int, re.findall(r": \w+ (\d+)$", fixed.err, re.MULTILINE))) == expected


def test_after_fix_only_the_unsafe_ones_are_left(folder: Folder) -> None:
    fill(folder)
    assert folder.check("--fix", "both.json").out.endswith(" 0 valid; 1 fixed, 1 fixable with --unsafe-fixes\n")
    assert folder.check("--fix", "--unsafe-fixes", "both.json").out == "1 file checked, 1 fixed\n"
    refused = folder.check("--fix", "read-only.json")
    assert (refused.status, refused.out.splitlines()[-1]) == (2, "1 error in 1 file checked, 0 valid")


@pytest.mark.parametrize(
    ("arguments", "end"),
    [
        (("both.json",), " 0 valid; 1 would be fixed by --fix, 1 more with --unsafe-fixes"),
        (("--unsafe-fixes", "both.json"), " 2 would be fixed by --fix --unsafe-fixes"),
        (("-",), " 1 would be fixed"),
    ],
)
def test_a_diff_says_what_would_be_fixed(folder: Folder, arguments: tuple[str, ...], end: str) -> None:
    fill(folder)
    done = folder.check("--diff", *arguments, stdin=SAFE.encode())
    assert done.status == 1
    assert done.out.splitlines()[-1].endswith(end)


@pytest.mark.parametrize(
    ("fixed", "rules", "line"),
    [
        (1, ("phone-format",), "a.ndjson:7: fixed 1 (phone-format)\n"),
        (3, ("option-label", "option-label", "phone-format"), "a.ndjson:7: fixed 3 (option-label, phone-format)\n"),
        (1_234, ("invalid-json",), "a.ndjson:7: fixed 1,234 (invalid-json and 1,233 more)\n"),
        (1, ("a", "b"), "a.ndjson:7: fixed 1 (a, b)\n"),
        (2, (), "a.ndjson:7: fixed 2\n"),
        (0, (), ""),
    ],
)
def test_what_was_fixed_in_a_row(fixed: int, rules: tuple[str, ...], line: str) -> None:
    result = Result("a.ndjson", Report(Claim()), line=7, fixed=fixed, fixed_rules=rules)
    assert fixed_line(result) == line
    assert fixed_line(result._replace(line=None)) == ""
