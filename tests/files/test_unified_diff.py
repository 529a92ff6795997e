"""The diff of a file: as difflib's where few lines change, and always one that makes the text after the change."""

from __future__ import annotations

import difflib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recordlint.checking.edited_texts import Stretch, edited, kept_through
from recordlint.files import unified_diff
from recordlint.files.unified_diff import difference
from recordlint.violations import Edit, Fix, Violation

LINES = st.lists(st.sampled_from(["", "{", "}", '"a": 1,', '"b": "é",', " "]), max_size=30)
TEXTS = st.builds(lambda lines, end: ("\n".join(lines) + end).encode(), LINES, st.sampled_from(["", "\n"]))
NEW = st.sampled_from(["", "x", "x\n", "\n", '"a": 1,\n', "}"])
EDITS = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 30), NEW), max_size=8)

EditList = list[tuple[int, int, str]]
Change = tuple[bytes, bytes, list[Stretch]]


def changed(text: bytes, edits: EditList) -> Change:
    """A text, the same after edits of whole characters that are apart, and what they keep."""
    at = 0
    apart = []
    for skipped, length, new in edits:
        start = at + skipped
        end = min(start + length, len(text))
        if start <= len(text) and all((text[i : i + 1] or b" ")[0] & 0xC0 != 0x80 for i in (start, end)):
            apart.append(Violation("", "error", "", "", "", None, (), Fix(True, "", (Edit(start, end, new),))))
            at = end + 1
    after = edited(text, apart)
    return text, after.text, [*after.kept]


CHANGES = st.builds(changed, TEXTS, EDITS)


def patched(before: bytes, diff: str) -> bytes:
    """A text with a diff of it applied."""
    old = before.decode().splitlines(keepends=True)
    new: list[str] = []
    at = 0
    lines = diff.split("\n")[2:-1]
    for number, line in enumerate(lines):
        text = line[1:] + ("" if lines[number + 1 : number + 2] == ["\\ No newline at end of file"] else "\n")
        if header := re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line):
            start, length, there = int(header[1]), header[2], int(header[3])
            skipped = start if length == "0" else start - 1
            new += old[at:skipped]
            at = skipped
            assert len(new) == (there if header[4] == "0" else there - 1)
        elif line[0] in " -":
            assert old[at] == text
            at += 1
            new += [text] if line[0] == " " else []
        elif line[0] == "+":
            new.append(text)
    return "".join([*new, *old[at:]]).encode()


@given(CHANGES)
def test_few_lines_are_compared_by_difflib(change: Change) -> None:
    before, after, kept = change
    shown = [
        [line.removesuffix("\n") + ("" if line.endswith("\n") else "\n\\ No newline at end of file") for line in lines]
        for lines in (text.decode().splitlines(keepends=True) for text in (before, after))
    ]
    expected = "".join(f"{line}\n" for line in difflib.unified_diff(*shown, "name", "name", lineterm=""))
    assert difference("name", before, after, kept) == expected


@given(CHANGES, st.booleans())
@example((b"{\n", b"{\n", [Stretch(0, 0, 1), Stretch(1, 1, 1)]), True)
def test_it_makes_the_text_after_the_change(change: Change, is_long: bool) -> None:
    before, after, kept = change
    with pytest.MonkeyPatch.context() as patch:
        if is_long:
            patch.setattr(unified_diff, "_COMPARED", 0)
        diff = difference("name", before, after, kept)
    assert patched(before, diff) == after
    assert bool(diff) == (before != after)


def positions(kept: list[Stretch]) -> dict[int, int]:
    """Where each byte that is kept stands after the change."""
    return {before + at: after + at for before, after, length in kept for at in range(length)}


@given(TEXTS, EDITS, EDITS)
def test_what_two_rounds_of_edits_keep(text: bytes, first: EditList, second: EditList) -> None:
    _, middle, kept = changed(text, first)
    _, _, then = changed(middle, second)
    there = positions(then)
    assert positions(kept_through(kept, then)) == {a: there[b] for a, b in positions(kept).items() if b in there}


def test_many_changed_lines() -> None:
    """Each is in a hunk with its neighbours, and what stays is not shown as changed."""
    before = b'{\n"x": 1,\n' + b'"same"\n"wrong"\n' * 20_000 + b"}"
    _, after, kept = changed(before, [(17 if index == 0 else 7, 7, '"right"') for index in range(20_000)])
    diff = difference("name", before, after, kept)
    assert diff.count("\n") == 2 + 1 + 3 + 20_000 * 3 + 2 - 1
    assert diff.startswith(
        '--- name\n+++ name\n@@ -1,40003 +1,40003 @@\n {\n "x": 1,\n "same"\n-"wrong"\n+"right"\n "same"\n-"wrong"\n'
    )
    assert diff.endswith('-"wrong"\n+"right"\n }\n\\ No newline at end of file\n')


def test_one_long_line() -> None:
    before = b"[" + b'"wrong", ' * 20_000 + b"1]"
    _, after, kept = changed(before, [(1, 7, '"x"') for index in range(20_000)])
    end = "\n\\ No newline at end of file\n"
    assert (
        difference("n", before, after, kept)
        == f"--- n\n+++ n\n@@ -1 +1 @@\n-{before.decode()}{end}+{after.decode()}{end}"
    )


@pytest.mark.skipif(shutil.which("patch") is None, reason="there is no patch")
@pytest.mark.parametrize("limit", [0, unified_diff._COMPARED])
def test_patch_takes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(unified_diff, "_COMPARED", limit)
    before, after, kept = changed(
        b"a\nb\nc\n" * 50 + b"d", [(4, 3, "x\n"), (40, 0, "new\n"), (90, 20, ""), (10, 1, "y")]
    )
    file = tmp_path / "name"
    file.write_bytes(before)
    diff = difference("name", before, after, kept).encode()
    subprocess.run(["patch", "-s", "-p0"], input=diff, cwd=tmp_path, check=True)
    assert file.read_bytes() == after
