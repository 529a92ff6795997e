"""Workflow commands, read back as the runner reads them: the file's name must be the file's."""

from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixture_files import ROOT
from one_violation import result, written
from recordlint.wording.escape import escape


def properties(command: str) -> dict[str, str]:
    """What the runner makes of a command's properties."""
    command = command.lstrip()
    assert command.startswith("::")
    _, properties, _ = command.split("::", 2)
    _, _, listed = properties.partition(" ")
    read = dict(each.split("=", 1) for each in listed.strip().split(",") if each)
    for name, value in read.items():
        for escaped, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(escaped, character)
        read[name] = value
    return read


EXACT = [
    "plain.json",
    "with space.json",
    " before and after .json ",
    "ideographic\u3000space.json",
    "no\u00a0break.json",
    "thin\u2009and\u202fnarrow.json",
    "\u3000\u00a0",
    "50%.json",
    "%2C%0A%25.json",
    "a,b=c:d;e.json",
    "::error file=x::.json",
    "emoji-👩\u200d👩\u200d👧-\U0001fae8-❤\ufe0f.json",
    "flag-🏴\U000e0067\U000e0062\U000e007f.json",
    "combining-e\u0301-क्षि.json",
    "rtl-\u200f-שלום-\u200e-عربى.json",
    "soft\u00adhyphen\ufeff.json",
    "private-\uf8ff.json",
    "two\nlines\r\n.json",
    "back\\slash\"quote'.json",
    "folder/日本語.json",
]


@pytest.mark.parametrize("name", EXACT, ids=ascii)
def test_the_runner_finds_the_file(name: str) -> None:
    command = written("github", result(name))
    assert properties(command)["file"] == name
    assert command.count("\n") == 1


FORGING = [
    "\x1b",
    "\x00",
    "\x07",
    "\x7f",
    "\x85",
    "\x9b",
    "\t",
    "\u2028",
    "\u2029",
    "\u202a",
    "\u202e",
    "\u2066",
    "\u2069",
]


@pytest.mark.parametrize("character", FORGING, ids=ascii)
def test_what_could_forge_a_line_is_escaped(character: str) -> None:
    command = written("github", result(f"a{character}b.json"))
    assert character not in command
    assert properties(command)["file"] == f"a{escape(character)}b.json"


DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def forges(character: str) -> bool:
    return character in DIRECTIONS or (
        character not in "\r\n" and unicodedata.category(character) in ("Cc", "Zl", "Zp")
    )


@given(st.text(st.one_of(st.characters(codec="utf-8", exclude_characters="\x00"), st.sampled_from("%:,=\r\n \u3000"))))
def test_any_name_is_exact_where_that_is_safe(name: str) -> None:
    command = written("github", result(name))
    read = properties(command)
    assert not any(map(forges, command))
    assert command.count("\n") == 1
    assert "\r" not in command
    assert set(read) == {"file", "line", "endLine", "col", "endColumn", "title"}
    assert read["file"] == "".join([escape(each) if forges(each) else each for each in name])


@given(st.text())
def test_no_text_of_a_violation_ends_the_command(text: str) -> None:
    command = written("github", result(text=text))
    assert command.endswith("\n")
    assert command.count("\n") == 1
    assert "\r" not in command
    message = command[:-1].split("::", 2)[2]
    for escaped, character in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        message = message.replace(escaped, character)
    assert message == escape(f"{text}; {text}" if text else "")


def test_a_file_name_that_is_no_utf_8() -> None:
    assert properties(written("github", result(os.fsdecode(b"\xff.json"))))["file"] == "\ufffd.json"


def test_the_hostile_report_has_a_command_for_each_violation() -> None:
    *commands, closing = (ROOT / "tests/data/formats/github.txt").read_text("utf-8").split("\n")[:-1]
    assert [properties(command)["title"] for command in commands] == [
        f"recordlint {rule}"
        for rule in (
            "option-label",
            "unknown-property",
            "unknown-key",
            "delta-overlap",
            "option-label",
            "no-op",
            "invalid-json",
            "invalid-json",
        )
    ]
    assert {command.split(" ", 1)[0] for command in commands} == {"::error", "::warning"}
    assert closing.endswith("valid; 2 fixable with --fix")
