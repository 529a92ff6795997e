"""What a report of check looks like: on a terminal, with hostile names and values, and in full."""

from __future__ import annotations

import json
import os
import re
import subprocess

import pytest

from command_folder import COMMAND, ENVIRONMENT, INVALID, OBJECTS, ROOT, TICKET, Folder, invalid_report, report_of
from recordlint.reporters._colours import painted_diff
from terminals import shown_on_a_terminal

# Colour.


def on_a_terminal(folder: Folder, *arguments: str, size: tuple[int, int] | None = None, **environment: str) -> str:
    given = [COMMAND, "check", *TICKET, *arguments]
    env = {**ENVIRONMENT, "TERM": "xterm", **environment}
    done, shown = shown_on_a_terminal(
        lambda terminal: subprocess.run(
            given, cwd=folder.path, env=env, stdin=terminal, stdout=terminal, stderr=terminal, timeout=60
        ),
        size,
    )
    assert done.returncode in (0, 1)
    return shown.decode().replace("\r\n", "\n")


def test_colour_on_a_terminal(folder: Folder) -> None:
    coloured = on_a_terminal(folder, "invalid.json")
    assert coloured == (
        "\x1b[1minvalid.json:1:32\x1b[0m: \x1b[31;1merror[wrong-type]\x1b[0m: "
        '"Ticket name" takes a string, not a number\n'
        '  \x1b[34;1m1\x1b[0m \x1b[34;1m|\x1b[0m {"properties": {"ticket_name": 1}}\n'
        "    \x1b[34;1m|\x1b[0m \x1b[31;1m                               ^\x1b[0m\n"
        '    = hint: write "1"\n\n'
        "1 error in 1 file checked, 0 valid; 1 fixable with --unsafe-fixes\n"
    )
    plain = folder.check("invalid.json").out
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "\x1b[33;1mwarning[no-op]\x1b[0m" in on_a_terminal(folder, "warning.json")


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_on_a_terminal(folder: Folder, environment: dict[str, str]) -> None:
    assert on_a_terminal(folder, "invalid.json", **environment) == folder.check("invalid.json").out


def test_no_colour_in_a_file(folder: Folder) -> None:
    on_a_terminal(folder, "--output", "report.txt", "invalid.json")
    assert "\x1b" not in (folder.path / "report.txt").read_text("utf-8")


# Hostile names and values.

HOSTILE_NAME = b"a\n\x1b[31mvalid.json:1:1: error\xff.json"
SHOWN = r"a\u000a\u001b[31mvalid.json:1:1: error"


def test_a_hostile_file_name_forges_no_line(folder: Folder) -> None:
    folder.write(HOSTILE_NAME, INVALID)
    closing = "1 error in 1 file checked, 0 valid; 1 fixable with --unsafe-fixes\n"
    assert folder.check(HOSTILE_NAME) == (1, invalid_report(f"{SHOWN}�.json") + closing, "")
    (result,) = report_of(folder.check("--format", "json", HOSTILE_NAME).out)["results"]
    assert result["path"] == "a\n\x1b[31mvalid.json:1:1: error�.json"


def test_a_hostile_file_name_forges_no_complaint(folder: Folder) -> None:
    done = folder.check(HOSTILE_NAME)
    assert (done.status, done.err) == (2, f"recordlint: {SHOWN}\\udcff.json: no such file or folder\n")
    done = folder.run("check", "--objects", HOSTILE_NAME, "valid.json")
    assert done == (2, "", f"recordlint: {SHOWN}\\udcff.json: no such file or folder\n")
    done = folder.run("check", *OBJECTS, "--object", "a\nb\x1b[1m", "valid.json")
    expected = (
        r"recordlint: there is no definition of a\u000ab\u001b[1m; use custom_objects.asset or custom_objects.ticket"
    )
    assert done == (2, "", f"{expected}\n")


def test_hostile_keys_and_values(folder: Folder) -> None:
    escaped = r'"\u001b[2J\n\u202ename"'
    raw = "\u202e\u2066\x7f\u0085"
    text = f'{{"properties": {{{escaped}: 1, "{raw}": 2, "ticket_name": ["{raw}"]}}, "{raw}": 1}}'
    folder.write("hostile.json", text)
    done = folder.check("hostile.json")
    assert (done.status, done.err) == (1, "")
    assert done.out.count("error[") == 4
    assert [c for c in done.out if not c.isprintable() and c != "\n"] == []
    assert r"\u202e\u2066\u007f\u0085" in done.out
    report = folder.check("--format", "json", "hostile.json").out
    assert [c for c in report if ord(c) < 32 and c != "\n"] == []
    pointers = [violation["pointer"] for violation in report_of(report)["results"][0]["violations"]]
    assert pointers == [
        "/properties/\x1b[2J\n\u202ename",
        f"/properties/{raw}",
        "/properties/ticket_name",
        f"/{raw}",
    ]


def test_a_hostile_definition(folder: Folder) -> None:
    fields = [{"fieldKey": "custom_objects.pet.a\x1b[2J\n", "name": "N\n\x1b[1m", "dataType": "X\n\x1b[1m"}]
    definition = {"object": {"key": "custom_objects.pet", "labels": {"singular": "P\n\x1b"}}, "fields": fields}
    folder.write(b"objects/\xff.json", json.dumps(definition))
    done = folder.run("objects", "--objects", "objects")
    assert done.status == 0
    assert done.out == (
        "custom_objects.pet  P\\u000a\\u001b  (objects/�.json)\n"
        "  digest: sha256:8b49470aec293063994fa7c4485fdf5c9969345ced8eb8c6584e37bc4e02fa09\n"
        "  a\\u001b[2J\\u000a  X\\u000a\\u001b[1m  N\\u000a\\u001b[1m\n"
        "          unknown type: its values are not checked\n"
    )
    warning = r"a\u001b[2J\u000a has the unknown type X\u000a\u001b[1m, so its values are not checked"
    assert done.err == f"recordlint: warning: objects/\\udcff.json: custom_objects.pet: {warning}\n"
    done = folder.run("objects", "--objects", "objects", "--format", "json")
    assert (done.status, json.loads(done.out)["objects"][0]["path"]) == (0, "objects/�.json")


# The whole text of a report.


@pytest.fixture
def two_files(folder: Folder) -> Folder:
    """Two files with long lines, long hints, and characters that take two columns."""
    tabs = (
        "{\n"
        '\t"properties": {\n'
        '\t\t"type_of_ticket": "Bug report",\n'
        '\t\t"description": "日本語", "価格": 2,\n'
        '\t\t"section_of_app": {"add": ["option_1_internal_key"], "remove": ["option_1_internal_key"]}\n'
        "\t}\n"
        "}\n"
    )
    folder.write("tabs.json", tabs)
    followers = ",".join(f'"user{number}"' for number in range(9))
    folder.write(
        "minified.json",
        f'{{"followers":{{"add":[{followers}]}},"properties":{{"ticket_name":7,"description":"{"x" * 90}"}}}}',
    )
    return folder


WIDTHS = [50, 80, 120]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_report_in_full(two_files: Folder, width: int) -> None:
    """`UPDATE_GOLDEN=1 pytest tests/commands/test_text_reports.py` writes it anew; read the difference then."""
    done = two_files.check("--statistics", "tabs.json", "minified.json", COLUMNS=str(width))
    assert (done.status, done.err) == (1, "")
    path = ROOT / f"tests/data/report_{width}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(done.out, "utf-8")
    assert done.out == path.read_text("utf-8")


@pytest.mark.parametrize(("columns", "width"), [(50, 50), (120, 120), (20, 50), (0, 80)])
def test_the_width_is_the_terminals(two_files: Folder, columns: int, width: int) -> None:
    shown = on_a_terminal(two_files, "--statistics", "tabs.json", "minified.json", size=(24, columns), NO_COLOR="1")
    assert shown == (ROOT / f"tests/data/report_{width}.txt").read_text("utf-8")


@pytest.mark.parametrize("columns", ["", "0", "wide", "-5"])
def test_no_width_is_eighty_columns(two_files: Folder, columns: str) -> None:
    done = two_files.check("--statistics", "tabs.json", "minified.json", COLUMNS=columns)
    assert done.out == (ROOT / "tests/data/report_80.txt").read_text("utf-8")


def test_a_file_is_as_wide_on_any_terminal(two_files: Folder) -> None:
    two_files.check("--statistics", "--output", "report.txt", "tabs.json", "minified.json", COLUMNS="50")
    report = (two_files.path / "report.txt").read_text("utf-8")
    assert report == (ROOT / "tests/data/report_80.txt").read_text("utf-8")


# A diff.

DIFF = """\x1b[1m--- a.json\x1b[0m
\x1b[1m+++ a.json\x1b[0m
\x1b[36m@@ -1,3 +1,3 @@\x1b[0m
 {"properties": {
\x1b[31m- "priority": "LOW"\x1b[0m
\x1b[32m+ "priority": "low"\x1b[0m
 }}
"""
ROW_DIFF = """\x1b[1m--- a.ndjson\x1b[0m
\x1b[1m+++ a.ndjson\x1b[0m
\x1b[36m@@ -2 +2 @@\x1b[0m
\x1b[31m-{"properties": {"priority": "LOW"}}\x1b[0m
\\ No newline at end of file
\x1b[32m+{"properties": {"priority": "low"}}\x1b[0m
\\ No newline at end of file
"""


@pytest.mark.parametrize("options", [(), ("--format", "json", "--output", "report.json")], ids=["text", "json"])
def test_a_diff_in_colour(folder: Folder, options: tuple[str, ...]) -> None:
    folder.write("a.json", '{"properties": {\n "priority": "LOW"\n}}\n')
    folder.write("a.ndjson", '{}\n{"properties": {"priority": "LOW"}}')
    shown = on_a_terminal(folder, "--diff", *options, "a.json", "a.ndjson")
    assert DIFF in shown
    assert ROW_DIFF in shown
    plain = on_a_terminal(folder, "--diff", *options, "a.json", "a.ndjson", NO_COLOR="1")
    uncoloured = [re.sub(r"\x1b\[[0-9;]*m", "", diff) for diff in (DIFF, ROW_DIFF)]
    assert all(diff in plain for diff in uncoloured)
    folder.check("--diff", "--output", "report.txt", "a.json", "a.ndjson")
    assert "\x1b" not in (folder.path / "report.txt").read_text("utf-8")


def test_a_line_of_a_diff_may_look_like_its_head() -> None:
    diff = "--- a\n+++ a\n@@ -1 +1 @@\n--- a\n+++ a\n"
    shown = painted_diff(diff).splitlines()
    assert shown[3:] == ["\x1b[31m--- a\x1b[0m", "\x1b[32m+++ a\x1b[0m"]
