"""Reviewdog's format: ranges in bytes, and suggestions that make of the file what the fixes make of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_folder import Folder
from fixture_files import ROOT
from recordlint import Validator
from recordlint.reporters import Result, rdjson

KEY = "custom_objects.ticket"
VALIDATOR = Validator.from_path(ROOT / "fixtures/objects")
BODY = {"ticket_name": "äöü😀", "priority": "HIGH", "type_of_ticket": "Bug report", "recieved_on": "x", "é": 1}

Position = dict[str, int]


def diagnostics(document: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(document)["diagnostics"]
    return found


def offset(data: bytes, position: Position) -> int:
    """The byte at a position: lines and columns count from 1, and a column is a byte of its line."""
    before = data.split(b"\n")[: position["line"] - 1]
    return sum(len(line) + 1 for line in before) + position["column"] - 1


def after_suggestions(data: bytes, listed: list[dict[str, Any]]) -> bytes:
    """The text in which all suggestions are committed, from the last to the first."""
    suggestions = [each for diagnostic in listed for each in diagnostic.get("suggestions", ())]
    stretches = [(offset(data, each["range"]["start"]), offset(data, each["range"]["end"])) for each in suggestions]
    for (start, end), suggestion in sorted(zip(stretches, suggestions, strict=True), key=lambda each: each[0])[::-1]:
        data = data[:start] + suggestion["text"].encode() + data[end:]
    return data


@given(st.permutations(list(BODY)), st.sampled_from([None, 1, "\t"]), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_ranges_and_suggestions(keys: list[str], indent: Any, ascii_only: bool, newline: str) -> None:
    text = json.dumps({"properties": {key: BODY[key] for key in keys}}, indent=indent, ensure_ascii=ascii_only)
    data = text.replace("\n", newline).encode()
    report = VALIDATOR.check_json(data, object=KEY)
    listed = diagnostics(f"{rdjson.HEAD}{rdjson.entry(Result('a.json', report))}]}}")
    assert len(listed) == 4
    for diagnostic, violation in zip(listed, report.violations, strict=True):
        range = diagnostic["location"]["range"]
        assert violation.place
        assert (offset(data, range["start"]), offset(data, range["end"])) == violation.place[4:]
        assert diagnostic["code"] == {"value": violation.rule}
    assert after_suggestions(data, listed) == report.fixed(unsafe=True)


@pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
def test_a_file_of_bodies_and_one_of_rows(folder: Folder, name: str) -> None:
    row = json.dumps({"properties": {"ticket_name": "é", "priority": "HIGH"}}, ensure_ascii=False).encode()
    folder.write(name, b"\n" + row)
    done = folder.check("--format", "rdjson", name)
    assert done.status == 1
    range = {"start": {"line": 2, "column": 50}, "end": {"line": 2, "column": 56}}
    assert json.loads(done.out) == {
        "source": {"name": "recordlint"},
        "diagnostics": [
            {
                "message": '"Priority" has this option\'s key in another case; write "high"',
                "location": {"path": name, "range": range},
                "severity": "ERROR",
                "code": {"value": "unknown-option"},
                "suggestions": [{"range": range, "text": '"high"'}],
            }
        ],
    }
    redacted = diagnostics(folder.check("--format", "rdjson", "--redact", name).out)
    assert redacted[0]["location"]["range"] == {"start": {"line": 2}, "end": {"line": 2}}
    assert "suggestions" not in redacted[0]
    assert "high" not in json.dumps(redacted)


def test_a_fix_in_two_places_is_no_suggestion(folder: Folder) -> None:
    folder.write("a.json", '{"priority": "low", "properties": {}}')
    (moved, *_) = diagnostics(folder.check("--format", "rdjson", "a.json").out)
    assert (moved["code"], "suggestions" in moved) == ({"value": "flat-body"}, False)
