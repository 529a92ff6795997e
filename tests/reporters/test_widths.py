"""Lines that fit a terminal: sentences, tables, and what is cut."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint.reporters import Summary
from recordlint.reporters._columns import columns, cut, cut_start
from recordlint.reporters._excerpt import excerpt
from recordlint.reporters._kinds import First, Group
from recordlint.reporters._notes import Notes, marked
from recordlint.reporters._statistics import statistics
from recordlint.reporters._wrap import wrapped
from recordlint.rules.kinds import Kind
from recordlint.violations import Place
from recordlint.wording.escape import escape

LEAD = "    = hint: "
WORDS = st.lists(
    st.one_of(
        st.text("abc東\u0301,;", min_size=1, max_size=12),
        st.builds(
            '{}"{}"{}'.format,
            st.sampled_from(["", "(", "["]),
            st.text('ab 東\\"', max_size=70).map(lambda text: text.replace("\\", "\\\\").replace('"', '\\"')),
            st.sampled_from(["", ",", ")"]),
        ),
    ),
    min_size=1,
    max_size=20,
).map(" ".join)
WIDTHS = st.sampled_from([50, 80, 120])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("write 1", ["write 1"]),
        ("one two three four five six seven eight", ["one two three four five six seven", "eight"]),
        ('write "a b c d e f g h i j k l m n o p" or null', ["write", '"a b c d e f g h i j k l m n o p" or', "null"]),
        (f'write "{"x " * 30}" or null', ["write", f'"{"x " * 30}"', "or null"]),
        ("東" * 18 + " 東 東", ["東" * 18, "東 東"]),
        ('it is "not closed and goes on and on', ['it is "not closed and goes on and on']),
        ('it is "not closed and goes on and on and on', ['it is "not closed and goes on and on', "and on"]),
    ],
)
def test_sentences_break_between_words(text: str, lines: list[str]) -> None:
    assert wrapped(LEAD, text, 50) == LEAD + ("\n" + " " * len(LEAD)).join(lines)


@given(WORDS, WIDTHS)
def test_a_broken_sentence_says_the_same_and_fits(text: str, width: int) -> None:
    lines = wrapped(LEAD, text, width).split("\n")
    assert lines[0].startswith(LEAD)
    assert all(line.startswith(" " * len(LEAD)) for line in lines[1:])
    parts = [line[len(LEAD) :] for line in lines]
    assert " ".join(parts) == text
    # What is too long is one piece: a word, or words in quotation marks.
    assert all(columns(line) <= width or re.search(r'^[^ ]+$|"', part) for line, part in zip(lines, parts, strict=True))


@given(st.text("ab 東\t\u0301\x1b\U000e0041", max_size=300), st.integers(0, 300), st.integers(0, 50), WIDTHS)
def test_an_excerpt_fits_and_its_marker_too(line: str, start: int, length: int, width: int) -> None:
    start = min(start, len(line))
    place = Place(1, start + 1, 1, start + length + 1, 0, 0)
    shown = excerpt(line, place, width)
    text = "".join(shown)
    assert columns(text) <= width
    assert len(shown.marker) <= width
    assert len(shown.marker) <= max(columns(text), columns(shown.before) + 1)
    whole = "".join(escape(character) if character != "\t" else " " for character in line)
    assert text.removeprefix("…").removesuffix("…") in whole
    value = "".join(escape(character) if character != "\t" else " " for character in line[start : start + length])
    assert value.startswith(shown.value)


@given(st.text("ab東\u0301", max_size=60), st.integers(2, 40))
def test_what_is_cut_fits(text: str, width: int) -> None:
    for short in (cut(text, width), cut_start(text, width)):
        assert columns(short) <= width
        assert (short == text) == (columns(text) <= width)
    assert text.startswith(cut(text, width).removesuffix("…"))
    assert text.endswith(cut_start(text, width).removeprefix("…"))


TABLES = st.lists(
    st.tuples(
        st.sampled_from(["no-op", "textbox-list-bare", "unknown-option"]),
        st.text("ab東", max_size=40),
        st.integers(1, 10**9),
        st.sampled_from([0, 1, 10**6]),
        st.sampled_from([0, 3]),
        st.text("cd/", min_size=1, max_size=100),
    ),
    min_size=1,
    max_size=25,
)


@given(TABLES, WIDTHS)
def test_a_table_fits(rows: list[tuple[str, str, int, int, int, str]], width: int) -> None:
    groups = [
        (Kind(rule, field), Group(number, fixable, unsafely, First(path, 1, 2, None)))
        for rule, field, number, fixable, unsafely, path in rows
    ]
    lines = statistics(Summary(1, 0, 0, 0, groups=groups), width).splitlines()
    assert max(map(columns, lines)) <= width
    names = lines[0].split()
    assert [name for name in names if name not in ("fixable", "unsafe", "first")] == ["count", "rule", "field"]
    for (kind, group), line in zip(groups[:20], lines[1:], strict=False):
        assert line.lstrip().startswith(f"{group.number:,} ")
        assert f" {kind.rule} " in f"{line} "


def test_a_note_that_breaks_elsewhere_is_the_same_note() -> None:
    notes = Notes()
    first = marked("x", "    = note: one two\n            three\n")
    second = marked("x", "     = note: one\n             two three\n")
    assert notes.once(f"a{first}b".encode()) == b"a    = note: one two\n            three\nb"
    assert notes.once(f"c{second}d".encode()) == b"cd"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("e\u0301", 1),
        ("ที่นี่", 2),
        ("1\ufe0f\u20e3", 1),
        ("\u1112\u1161\u11ab", 2),
        ("한", 2),
        ("…", 1),
        ("😀", 2),
    ],
)
def test_marks_take_no_column(text: str, width: int) -> None:
    assert columns(text) == width
