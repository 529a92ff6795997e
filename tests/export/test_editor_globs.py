"""A pattern of the configuration means the same files to VS Code's language service as to recordlint."""

from __future__ import annotations

from pathlib import Path

import pytest

from recordlint.config.globs import glob_fault, matches
from recordlint.export.editor_globs import editor_glob
from vscode_service import problem_counts

GLOBS = [
    "*.json",
    "a/*.json",
    "a/**/*.json",
    "**/*.json",
    "**",
    "a/**",
    "a/",
    "*/",
    "**/a/",
    "a/?.json",
    "a?x.json",
    "a/[xy].json",
    "a/[!x].json",
    "a[!x]x.json",
    "a[+-9]x.json",
    "[]ab].json",
    "[!]a].json",
    "[a-cx-z].json",
    "[*].json",
    "{a}.json",
    "[{]a}.json",
    "(a)+$^|=,!.json",
    "a b/ü.json",
    "[é-ü].json",
]
NAMES = [
    "a.json",
    "x.json",
    "z.json",
    "].json",
    "*.json",
    "ü.json",
    ".x.json",
    "{a}.json",
    "(a)+$^|=,!.json",
    "a/x.json",
    "a/y.json",
    "a/.json",
    "a/xy.json",
    "a/b/x.json",
    "a/.b/x.json",
    "ab/x.json",
    "abx.json",
    "a.x.json",
    "b/a/x.json",
    "b/x.json",
    "a b/ü.json",
]


def test_vscode_agrees(tmp_path: Path) -> None:
    assert [glob for glob in GLOBS if glob_fault(glob)] == []
    (tmp_path / "never.json").write_text('{"not": {}}')
    schemas = [
        {"fileMatch": [f"/{number}/{editor_glob(glob)}"], "url": "./never.json"} for number, glob in enumerate(GLOBS)
    ]
    files = {f"{number}/{name}": "1" for number in range(len(GLOBS)) for name in NAMES}
    counts = problem_counts(schemas, files, tmp_path)
    for number, glob in enumerate(GLOBS):
        expected = [name for name in NAMES if matches(glob, name)]
        assert (glob, [name for name in NAMES if counts[f"{number}/{name}"]]) == (glob, expected)


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("payloads/**/*.json", "payloads/**/*.json"),
        ("payloads/old/", "payloads/old/**/*"),
        ("payloads/old/**", "payloads/old/**/*"),
        ("[ab].json", "[a-b].json"),
    ],
)
def test_plain_patterns_stay_readable(glob: str, expected: str) -> None:
    assert editor_glob(glob) == expected
