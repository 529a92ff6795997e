"""Syntax errors in words: each kind word for word, and right documents that are broken at one known place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fixture_files import ROOT
from recordlint.checking.fixes import apply_fixes
from recordlint.jsontext.diagnose import diagnose
from recordlint.jsontext.parse import Unreadable, is_json, read_json
from recordlint.violations import Violation

CASES = [
    case
    for name in ("syntax_errors", "other_texts")
    for case in json.loads((ROOT / f"tests/data/{name}.json").read_text("utf-8"))
]
"""A text; of each error its line and column, what is marked, what is said, what to do, and related places; and the text
after its safe fixes and after all of them, empty if it is that of the one before.
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_each_kind_word_for_word(case: dict[str, Any]) -> None:
    data = case["text"].encode()
    seen = []
    for violation in diagnose(data):
        assert violation.rule == "invalid-json"
        assert violation.place
        marked = data[violation.place.start : violation.place.end].decode()
        related = [[each.message, each.place.line, each.place.column] for each in violation.related if each.place]
        seen.append([*violation.place[:2], marked, violation.message, violation.hint, related])
    assert seen == case["errors"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_what_the_fixes_of_each_kind_write(case: dict[str, Any]) -> None:
    data, violations = case["text"].encode(), diagnose(case["text"].encode())
    safe = apply_fixes(data, violations, recheck).text.decode()
    assert safe == (case["fixed"] or case["text"])
    assert apply_fixes(data, violations, recheck, unsafe=True).text.decode() == (case["unsafe"] or safe)


def recheck(data: bytes) -> list[Violation]:
    return [] if is_json(data) else diagnose(data)


@pytest.mark.parametrize("number", ["9" * 4301 + "e-4290", f"-{'9' * 5000}.5e-4990"])
def test_a_number_that_has_too_many_digits(number: str) -> None:
    text = f'{{"a": "{"1" * 6000}", "b": [1.5, {number}, {"2" * 2000}e-1990]}}'
    (violation,) = diagnose(text.encode())
    assert violation.message == "a number has too many digits"
    assert violation.place
    assert text[violation.place.start : violation.place.end] == number


# A right document, broken at one place.


class Piece(NamedTuple):
    """A token of a document."""

    kind: str
    """Its text for punctuation, else `key`, `string`, `number` or `literal`."""
    text: str


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=6)
NAMES = st.from_regex(r"[A-Za-z_][A-Za-z_-]{0,6}", fullmatch=True)
NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?([eE][+-]?[0-9]{1,2})?", fullmatch=True)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


SCALARS = st.one_of(
    TEXTS.map(lambda text: [Piece("string", quoted(text))]),
    NUMBERS.map(lambda text: [Piece("number", text)]),
    st.sampled_from(["true", "false", "null"]).map(lambda text: [Piece("literal", text)]),
)


def container(opening: str, closing: str, items: list[list[Piece]]) -> list[Piece]:
    pieces = [Piece(opening, opening)]
    for index, item in enumerate(items):
        pieces += [Piece(",", ",")] if index else []
        pieces += item
    return [*pieces, Piece(closing, closing)]


def containers(values: st.SearchStrategy[list[Piece]]) -> st.SearchStrategy[list[Piece]]:
    members = st.tuples(NAMES, values).map(lambda pair: [Piece("key", quoted(pair[0])), Piece(":", ":"), *pair[1]])
    return st.one_of(
        st.lists(values, max_size=4).map(lambda items: container("[", "]", items)),
        st.lists(members, max_size=4, unique_by=lambda item: item[0].text).map(
            lambda items: container("{", "}", items)
        ),
    )


DOCUMENTS = containers(st.recursive(SCALARS, containers, max_leaves=12))


class Broken(NamedTuple):
    """A document with one fault."""

    pieces: list[str]
    at: int
    """The index of the piece that the fault is at; past the last for the end of the text."""
    marked: str
    message: str
    offset: int = 0
    """Where in the piece."""


Break = Callable[[list[Piece]], Iterator[Broken]]


def pieces_of(document: list[Piece], *kinds: str) -> list[int]:
    return [index for index, piece in enumerate(document) if piece.kind in kinds]


def replaced(document: list[Piece], index: int, *texts: str) -> list[str]:
    before = [piece.text for piece in document[:index]]
    return [*before, *texts, *[piece.text for piece in document[index + 1 :]]]


def inserted(document: list[Piece], index: int, text: str) -> list[str]:
    return replaced(document, index, text, document[index].text)


def without_a_comma(document: list[Piece]) -> Iterator[Broken]:
    for at in pieces_of(document, ","):
        following = document[at + 1].text
        marked = following[:1] if following[0] in '"{[' else following
        yield Broken(replaced(document, at), at, marked, "a comma is missing before this")


def without_a_colon(document: list[Piece]) -> Iterator[Broken]:
    for at in pieces_of(document, ":"):
        following = document[at + 1].text
        marked = following[:1] if following[0] in '"{[' else following
        yield Broken(replaced(document, at), at, marked, "a colon is missing after the key")


def without_a_value(document: list[Piece]) -> Iterator[Broken]:
    for at in pieces_of(document, "string", "number", "literal"):
        following = document[at + 1].text
        if document[at - 1].kind == ":" or (document[at - 1].kind == "[" and following == ","):
            yield Broken(replaced(document, at), at, following, "a value is missing here")


def with_a_trailing_comma(document: list[Piece]) -> Iterator[Broken]:
    for at in pieces_of(document, "]", "}"):
        if document[at - 1].kind not in ("[", "{"):
            yield Broken(inserted(document, at, ","), at, ",", "there is a trailing comma before the closing bracket")


def with_a_wrong_bracket(document: list[Piece]) -> Iterator[Broken]:
    for at in pieces_of(document, "]", "}"):
        if document[at - 1].kind not in ("[", "{"):
            right = document[at].text
            wrong, opening = ("}", "[") if right == "]" else ("]", "{")
            yield Broken(replaced(document, at, wrong), at, wrong, f"{wrong} does not close {opening}")


def with_a_bare_key(document: list[Piece]) -> Iterator[Broken]:
    for at in pieces_of(document, "key"):
        name = document[at].text[1:-1]
        yield Broken(replaced(document, at, name), at, name, "this key is not in quotes")


def with_other_quotes(document: list[Piece]) -> Iterator[Broken]:
    for at in pieces_of(document, "key", "string"):
        for opening, closing, kind in (
            ("'", "'", "single quotes"),
            ("“", "”", "typographic quotes"),
            ("`", "`", "backquotes"),
        ):
            text = f"{opening}other key{closing}"
            yield Broken(replaced(document, at, text), at, opening, f"a string needs double quotes, not {kind}")


def with_a_comment(document: list[Piece]) -> Iterator[Broken]:
    for at in range(len(document)):
        for comment in ("/* x */", "// x\n", "/**/"):
            yield Broken(inserted(document, at, comment), at, comment.strip("\n"), "JSON has no comments")


def with_no_number(document: list[Piece]) -> Iterator[Broken]:
    for at in pieces_of(document, "number", "literal"):
        for word in ("NaN", "Infinity", "-Infinity"):
            yield Broken(replaced(document, at, word), at, word, "this is not a JSON number")
        for word in ("None", "True"):
            yield Broken(replaced(document, at, word), at, word, "this is not a JSON value")
        yield Broken(replaced(document, at, "undefined"), at, "undefined", "JSON has no undefined")
        for word in ("012", "-01", "00"):
            yield Broken(replaced(document, at, word), at, word, "a number has a leading zero")
        for word in ("1.", "-.5", "+1", "1e", "0x1F", "1_000", "2.5e+"):
            yield Broken(replaced(document, at, word), at, word, "this is not a valid JSON number")
        for word in ("1e999", "-9e400", "9" * 400):
            yield Broken(replaced(document, at, word), at, word, "a number is beyond the range of a double")
        for word in ("yes", "tru", "nulll", "2024-01-01"):
            yield Broken(replaced(document, at, word), at, word, "this text is not in quotes")


def with_a_fault_in_a_string(document: list[Piece]) -> Iterator[Broken]:
    faults = [
        ("\t", "\t", "there is a control character in a string"),
        ("\x00", "\x00", "there is a control character in a string"),
        ("\n", "\n", "a string is not closed at the end of its line"),
        ("\\q", "\\", "this backslash does not start a valid JSON escape"),
        ("\\u12x4", "\\", "this backslash does not start a valid JSON escape"),
        ("\\ud83d", "\\ud83d", "half of a surrogate pair is missing"),
        ("\\uDE00", "\\uDE00", "half of a surrogate pair is missing"),
        ("\\ud83d\\u0041", "\\ud83d", "half of a surrogate pair is missing"),
    ]
    for at in pieces_of(document, "key", "string"):
        for text, marked, message in faults:
            whole = f'{document[at].text[:-1]}{text}z"'
            yield Broken(replaced(document, at, whole), at, marked, message, len(document[at].text) - 1)


def cut_off(document: list[Piece]) -> Iterator[Broken]:
    opened: list[str] = []
    for at, piece in enumerate(document[:-1]):
        if piece.kind in ("{", "["):
            opened.append(piece.kind)
        elif piece.kind in ("}", "]"):
            opened.pop()
        texts = [each.text for each in document[: at + 1]]
        yield Broken(texts, at + 1, "", f"the text ends before this {opened[-1]} is closed")
        if piece.kind in ("key", "string"):
            yield Broken([*texts[:-1], piece.text[:-1]], at + 1, "", "a string is not closed")


def with_more_after_it(document: list[Piece]) -> Iterator[Broken]:
    texts, end = [piece.text for piece in document], len(document)
    yield Broken([*texts, "{}"], end, "{", "a second document starts here, but only one is allowed")
    yield Broken([*texts, "[1]"], end, "[", "a second document starts here, but only one is allowed")
    yield Broken([*texts, "x"], end, "x", "there is text after the JSON")
    yield Broken([*texts, "1"], end, "1", "there is something after the end of the document")
    yield Broken([*texts, ","], end, ",", "there is a comma after the end of the document")
    yield Broken([*texts, ";"], end, ";", "there is a semicolon after the end of the document")
    yield Broken([*texts, "}"], end, "}", "there is no opening bracket for this }")


BREAKS: list[Break] = [
    without_a_comma,
    without_a_colon,
    without_a_value,
    with_a_trailing_comma,
    with_a_wrong_bracket,
    with_a_bare_key,
    with_other_quotes,
    with_a_comment,
    with_no_number,
    with_a_fault_in_a_string,
    cut_off,
    with_more_after_it,
]


@pytest.mark.parametrize("break_at", BREAKS, ids=lambda function: function.__name__)
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], max_examples=60, deadline=None)
@given(data=st.data())
def test_a_right_document_broken_at_one_place(break_at: Break, data: st.DataObject) -> None:
    document = data.draw(DOCUMENTS)
    read_json(" ".join([piece.text for piece in document]).encode())
    ways = list(break_at(document))
    assume(ways)
    broken = data.draw(st.sampled_from(ways))
    gaps = st.sampled_from([" ", "\n", " \r\n\t"])
    leads = ["", *[data.draw(gaps) for _ in broken.pieces[1:]]]
    starts, text = [], ""
    for lead, piece in zip(leads, broken.pieces, strict=True):
        text += lead
        starts.append(len(text))
        text += piece
    start = [*starts, len(text)][broken.at] + broken.offset
    (violation,) = diagnose(text.encode())
    line_start = text.rfind("\n", 0, start) + 1
    assert violation.place
    assert violation.message == broken.message
    assert (violation.place.line, violation.place.column) == (text.count("\n", 0, start) + 1, start - line_start + 1)
    assert text.encode()[violation.place.start : violation.place.end].decode() == broken.marked


# Texts of any kind.

SOUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *'{}[],:"\\/ \n\t-+.019eE',
                "true",
                "null",
                '"a"',
                "//",
                "/*",
                "\\u12",
                "\\ud800",
                "NaN",
                "1e999",
                "é",
                "\ufeff",
            ]
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=14,
).map(lambda parts: "".join(parts).encode())


def places(violation: Violation) -> Iterator[tuple[int, int, int, int, int, int]]:
    assert violation.place
    yield violation.place
    for related in violation.related:
        assert related.place
        yield related.place


@settings(max_examples=400, deadline=None)
@given(st.one_of(SOUP, st.binary(max_size=40), SOUP.map(lambda data: b"\xef\xbb\xbf" + data)))
def test_any_bytes_that_do_not_parse_are_explained_within_the_text(data: bytes) -> None:
    try:
        read_json(data)
    except Unreadable:
        violations = diagnose(data)
    else:
        return
    assert violations
    for violation in violations:
        assert violation.message
        for line, column, end_line, end_column, start, end in places(violation):
            assert 0 <= start <= end <= len(data)
            assert line == data[:start].count(b"\n") + 1
            assert (1, 1) <= (line, column) <= (end_line, end_column)


def test_each_member_that_is_undefined_is_left_out_by_its_own_fix() -> None:
    text = '{"a": 1, "b": undefined, "c": undefined}'
    edits = [violation.fix.edits for violation in diagnose(text.encode()) if violation.fix]
    assert [[text[edit.start : edit.end] for edit in each] for each in edits] == [
        [', "b": undefined'],
        [', "c": undefined'],
    ]


def test_a_comma_that_would_be_a_trailing_one_is_not_written() -> None:
    for text in ('{"a": 1 "b": undefined}', '{"b": undefined "a": 1}', '{"b": undefined"a": 1}'):
        assert apply_fixes(text.encode(), diagnose(text.encode()), recheck, unsafe=True).text == b'{"a": 1}'
