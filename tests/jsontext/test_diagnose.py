"""Text that is no JSON: the rule, the place and the words; and the JSON parsing suite where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import recordlint
from recordlint.jsontext.diagnose import diagnose
from recordlint.jsontext.parse import Unreadable, read_json

ROOT = Path(__file__).parents[2]
VALIDATOR = recordlint.Validator.from_path(ROOT / "fixtures" / "objects" / "ticket.json")

CASES = {
    "trailing comma": (b'{"a": 1,}', 1, 8, "there is a trailing comma before the closing bracket"),
    "trailing comma, next line": (b'{\n  "a": 1,\n}', 2, 9, "there is a trailing comma before the closing bracket"),
    "trailing comma in CRLF": (b'{\r\n  "a": [1,\r\n]}', 2, 10, "there is a trailing comma before the closing bracket"),
    "single quotes": (b"{'a': 1}", 1, 2, "a string needs double quotes, not single quotes"),
    "single-quoted value": (b"{\"a\": 'b'}", 1, 7, "a string needs double quotes, not single quotes"),
    "typographic quotes": ('{"a": “b”}'.encode(), 1, 7, "a string needs double quotes, not typographic quotes"),
    "line comment": (b'{\n  // x\n  "a": 1}', 2, 3, "JSON has no comments"),
    "block comment": (b'{"a": 1 /* x */}', 1, 9, "JSON has no comments"),
    "NaN": (b'{"a": NaN}', 1, 7, "this is not a JSON number"),
    "Infinity": (b'{"a": Infinity}', 1, 7, "this is not a JSON number"),
    "negative Infinity": (b'{"a": -Infinity}', 1, 7, "this is not a JSON number"),
    "beyond a double": (
        b'{"properties": {"customer_number": 1e999}}',
        1,
        36,
        "a number is beyond the range of a double",
    ),
    "400 digits": (b"[" + b"9" * 400 + b"]", 1, 2, "a number is beyond the range of a double"),
    "None": (b'{"a": None}', 1, 7, "this is not a JSON value"),
    "True": (b'{"a": True}', 1, 7, "this is not a JSON value"),
    "unquoted key": (b"{a: 1}", 1, 2, "this key is not in quotes"),
    "unquoted text": (b'{"a": bug}', 1, 7, "this text is not in quotes"),
    "missing comma": (b'{"a": 1\n "b": 2}', 2, 2, "a comma is missing before this"),
    "missing colon": (b'{"a" 1}', 1, 6, "a colon is missing after the key"),
    "missing value": (b'{"a": }', 1, 7, "a value is missing here"),
    "two commas": (b"[1,,2]", 1, 4, "a value is missing here"),
    "wrong bracket": (b'{"a": [1}', 1, 9, "} does not close ["),
    "leading zero": (b'{"a": 012}', 1, 7, "a number has a leading zero"),
    "bare decimal": (b'{"a": .5}', 1, 7, "this is not a valid JSON number"),
    "raw newline": (b'{"a": "x\ny"}', 1, 9, "a string is not closed at the end of its line"),
    "tab in a string": (b'{"a": "x\ty"}', 1, 9, "there is a control character in a string"),
    "bad escape": (b'{"a": "C:\\q"}', 1, 10, "this backslash does not start a valid JSON escape"),
    "lone surrogate": (b'{"a": "\\ud800"}', 1, 8, "half of a surrogate pair is missing"),
    "second document": (b"{}\n{}", 2, 1, "a second document starts here, but only one is allowed"),
    "closing bracket too many": (b"{}}", 1, 3, "there is no opening bracket for this }"),
    "empty": (b"", 1, 1, "the text is empty"),
    "white space": (b" \n ", 1, 1, "the text is empty"),
    "129 levels": (b"[" * 129 + b"]" * 129, 1, 129, "the nesting is deeper than 128 levels"),
    "300 levels": (b"[" * 300 + b"]" * 300, 1, 129, "the nesting is deeper than 128 levels"),
    "wide characters before": ('{"日本": x}'.encode(), 1, 8, "this text is not in quotes"),
}


@pytest.mark.parametrize(("text", "line", "column", "message"), CASES.values(), ids=CASES.keys())
def test_syntax_error(text: bytes, line: int, column: int, message: str) -> None:
    report = VALIDATOR.check_document(text)
    found = [(v.rule, v.severity, v.pointer, v.message, v.place and v.place[:2]) for v in report.violations]
    assert found == [("invalid-json", "error", "", message, (line, column))]
    assert report.text == text


@pytest.mark.parametrize(
    ("text", "end", "message", "opened"),
    [
        (b'{"a": [1, 2', (1, 12), "the text ends before this [ is closed", (1, 7)),
        (b'{"a": 1,\n "b": {"c": 2}\n', (3, 1), "the text ends before this { is closed", (1, 1)),
        (b'{"a": "x', (1, 9), "a string is not closed", (1, 7)),
        (b'{"a": "x\\"', (1, 11), "a string is not closed", (1, 7)),
    ],
)
def test_unclosed(text: bytes, end: tuple[int, int], message: str, opened: tuple[int, int]) -> None:
    (violation,) = VALIDATOR.check_document(text).violations
    assert violation.place
    assert (violation.rule, violation.message, violation.place[:2]) == ("invalid-json", message, end)
    (related,) = violation.related
    assert related.place
    assert related.place[:2] == opened


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": "é"}'.encode("latin-1"), 1, 8),
        (b'{\n"\xc3\xa9": "\xff"}', 2, 7),
        ('{"a": 1}'.encode("utf-16"), 1, 1),
        ('{"a": 1}'.encode("utf-16-le"), 1, 1),
        ('{"a": 1}'.encode("utf-16-be"), 1, 1),
        ('{"a": 1}'.encode("utf-32"), 1, 1),
        (b'{"a": "\xed\xa0\x80"}', 1, 8),
    ],
)
def test_encoding(text: bytes, line: int, column: int) -> None:
    (violation,) = VALIDATOR.check_document(text).violations
    assert violation.place
    assert (violation.rule, violation.pointer, *violation.place[:2]) == ("encoding", "", line, column)


def test_body_behind_a_byte_order_mark_is_judged() -> None:
    text = b'\xef\xbb\xbf{"properties":\n {"phone_number": "x"}}'
    mark, phone = VALIDATOR.check_document(text).violations
    assert (mark.rule, mark.place) == ("encoding", (1, 1, 1, 2, 0, 3))
    assert mark.fix == (True, "remove the byte order mark", ((0, 3, ""),))
    assert (phone.rule, phone.pointer) == ("phone-format", "/properties/phone_number")
    assert phone.place
    assert phone.place[:2] == (2, 19)
    assert text[phone.place.start : phone.place.end] == b'"x"'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b'{"a": 1, "a": 2}', [("/a", 1, 10, 1, 2)]),
        (b'{"a": 1,\n "\\u0061": 2}', [("/a", 2, 2, 1, 2)]),
        (b'{"a": 1, "a": 2, "a": 3}', [("/a", 1, 10, 1, 2), ("/a", 1, 18, 1, 2)]),
        (b'[{"x": {"b/": 1, "b/": {}}}]', [("/0/x/b~1", 1, 18, 1, 9)]),
    ],
)
def test_duplicate_names(text: bytes, found: list[tuple[str, int, int, int, int]]) -> None:
    violations = VALIDATOR.check_document(text).violations
    assert {v.rule for v in violations} == {"duplicate-key"}
    places = [(v.pointer, *v.place[:2], *v.related[0].place[:2]) for v in violations if v.place and v.related[0].place]
    assert places == found
    assert f"at line {found[0][3]} column {found[0][4]} and at line {found[0][1]}" in violations[0].message


def test_a_name_that_appears_twice_beside_a_syntax_error() -> None:
    report = VALIDATOR.check_document(b'{"a": 1, "a": 2,}')
    listed = [(v.rule, v.place and v.place.column, v.fix) for v in report.violations]
    assert listed == [("duplicate-key", 10, None), ("invalid-json", 16, None)]
    assert report.fixed(unsafe=True) == report.text


def test_128_levels_are_read() -> None:
    assert read_json(b"[" * 128 + b"]" * 128)
    (violation,) = VALIDATOR.check_document(b"[" * 100_000).violations
    assert violation.rule == "invalid-json"


ACCEPTED = (
    "number_double_huge_neg_exp",
    "number_real_underflow",
    "number_too_big_neg_int",
    "number_too_big_pos_int",
    "number_very_big_negative_int",
)
OTHER_ENCODINGS = (
    "string_UTF-16LE_with_BOM",
    "string_UTF-8_invalid_sequence",
    "string_UTF8_surrogate_U+D800",
    "string_invalid_utf-8",
    "string_iso_latin_1",
    "string_lone_utf8_continuation_byte",
    "string_not_in_unicode_range",
    "string_overlong_sequence_2_bytes",
    "string_overlong_sequence_6_bytes",
    "string_overlong_sequence_6_bytes_null",
    "string_truncated-utf-8",
    "string_utf16BE_no_BOM",
    "string_utf16LE_no_BOM",
    "structure_UTF-8_BOM_empty_object",
)


def outcome(data: bytes) -> str:
    try:
        read_json(data)
    except Unreadable:
        found = diagnose(data)
        assert all(violation.place and violation.place.line >= 1 for violation in found)
        return found[0].rule
    return "accepted"


@pytest.mark.skipif("JSON_TEST_SUITE" not in os.environ, reason="JSON_TEST_SUITE names no folder")
def test_json_test_suite() -> None:
    files = sorted(Path(os.environ["JSON_TEST_SUITE"]).glob("*.json"))
    assert len(files) > 300
    wrong = []
    for file in files:
        kind, _, name = file.stem.partition("_")
        if kind == "y":
            expected = {"duplicate-key" if name.startswith("object_duplicated_key") else "accepted"}
        elif kind == "n":
            expected = {"invalid-json", "encoding"}
        elif name in ACCEPTED:
            expected = {"accepted"}
        else:
            expected = {"encoding" if name in OTHER_ENCODINGS else "invalid-json"}
        data = file.read_bytes()
        VALIDATOR.check_document(data)
        if outcome(data) not in expected:
            wrong.append((file.name, outcome(data)))
    assert wrong == []


def test_number_out_of_range_behind_a_byte_order_mark() -> None:
    mark, number = VALIDATOR.check_document(b'\xef\xbb\xbf{"properties": {"customer_number": 1e999}}').violations
    assert (mark.rule, number.rule, number.message) == (
        "encoding",
        "invalid-json",
        "a number is beyond the range of a double",
    )
