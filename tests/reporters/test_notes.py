"""What the service does is noted once a rule and file in text, wherever its rows are checked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from command_folder import OBJECTS, Folder
from har_session import HOST, entry, har
from recordlint.checking.body_checker import BodyChecker
from recordlint.cli import run
from recordlint.reporters._notes import Notes, marked
from row_files import BAD, GOOD

KEY = "custom_objects.ticket"
NOTE = "The service answers 200\x1b and\x00 drops it."
SHOWN = "The service answers 200\\u001b and\\u0000 drops it."
URL = f"/objects/{KEY}/records/6540b8cf1d2e3f4a5b6c7d8e?locationId=ve9EPM428h8vShlRW1KT"


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every violation has a note, in this process and in the workers that it forks."""
    real = BodyChecker.problems

    def problems(self: BodyChecker, body: Any) -> list[Any]:
        return [problem._replace(note=NOTE) for problem in real(self, body)]

    monkeypatch.setattr(BodyChecker, "problems", problems)


def report(folder: Folder, *arguments: str) -> list[str]:
    options = ("--object", KEY, "--output", str(folder.path / "report.txt"))
    run(["check", *OBJECTS, *options, "--show-all", *arguments])
    text = (folder.path / "report.txt").read_text("utf-8")
    assert "\0" not in text
    return text.splitlines()


@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.usefixtures("noted")
def test_once_a_rule_and_file_in_rows(folder: Folder, jobs: str) -> None:
    two = BAD.replace(b"}}", b', "ticket_name": 1}}')
    for name in ("a.ndjson", "b.ndjson"):
        folder.write(name, (GOOD + b"\n" + BAD + b" " * 900 + b"\n" + two + b"\n") * 200)
    lines = report(folder, "--jobs", jobs, *[str(folder.path / name) for name in ("a.ndjson", "b.ndjson")])
    notes = [index for index, line in enumerate(lines) if "note:" in line]
    assert [lines[index].strip() for index in notes] == [f"= note: {SHOWN}"] * 4
    before = ["".join(lines[index - 4 : index]).partition(": error[")[::2] for index in notes]
    found = [(place.rpartition("/")[2], what.partition("]")[0]) for place, what in before]
    assert found == [
        (f"{name}:{place}", rule)
        for name in ("a.ndjson", "b.ndjson")
        for place, rule in (("2:29", "unknown-option"), ("3:52", "wrong-type"))
    ]


@pytest.mark.usefixtures("noted")
def test_once_a_rule_and_file_in_recorded_requests(folder: Folder) -> None:
    folder.write("a.har", json.dumps(har(*[entry("PUT", f"{HOST}{URL}", BAD.decode()) for _ in range(3)])))
    lines = report(folder, str(folder.path / "a.har"))
    assert [line.strip() for line in lines if "note:" in line] == [f"= note: {SHOWN}"]
    assert sum("error[unknown-option]" in line for line in lines) == 3


@pytest.mark.usefixtures("noted")
def test_files_have_theirs(folder: Folder) -> None:
    for name in ("a.json", "b.json"):
        folder.write(name, BAD)
    lines = report(folder, *[str(folder.path / name) for name in ("a.json", "b.json")])
    assert sum("note:" in line for line in lines) == 2


def test_parts_of_a_report() -> None:
    notes = Notes()
    a, b = marked("x", "  3  = note: A\n"), marked("y", "  3  = note: A\n")
    assert notes.once(b"no note\n") == b"no note\n"
    assert notes.once(f"one\n{a}two\n{b}".encode()) == b"one\n  3  = note: A\ntwo\n  3  = note: A\n"
    assert notes.once(f"{a}three\n{b}four".encode()) == b"three\nfour"
    assert Notes().once(a.encode()) == b"  3  = note: A\n"
