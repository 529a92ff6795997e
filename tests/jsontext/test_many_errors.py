"""Of very many errors in a text, the first are listed, and the others are counted: the same as if all were listed."""

from __future__ import annotations

import tracemalloc
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recordlint.checking.edited_texts import edited
from recordlint.jsontext import string_contents, syntax_errors
from recordlint.jsontext.diagnose import diagnose, diagnosis, first_fault
from recordlint.jsontext.noted import Limit
from recordlint.jsontext.parse import is_json
from recordlint.rules.kinds import without_indexes

BEGINNINGS = ["", "\ufeff", "{", "[", '{"a":', "// c\n", "\u00a0", "```\n", "const a = ", "'", '"k": 1, ']
PIECES = [
    *["{", "}", "[", "]", ",", ",,", ":", ";", "=", "\n", " ", "\u00a0", "/* c */", "// c\n", "#\n"],
    *["1", "01", "+1", "NaN", "1e999", "1,000,000", "undefined", "undefined,", "None", "True", "word", "2024-01-01"],
    *['"a"', '"a":', '"a": 1,', '"b": 2 ', "'a':", "'x'", "“x”", 'a": 1', '"a\t"', '"\\q\\d"', '"\\ud800"', "k: 1,"],
    *["{{x}}", "，", "：", '"a"",', '"[1]"', '"{"a": 1}"', "\n```\n", "}'", ",}", ", // c\n ]", "undefined ]"],
]
TEXTS = st.tuples(st.sampled_from(BEGINNINGS), st.lists(st.sampled_from(PIECES), max_size=24)).map(
    lambda parts: parts[0] + "".join(parts[1])
)


@given(TEXTS, st.integers(1, 4))
@example("[1, // c\n/* c */ ]", 1)
@example('{"a": 1, "a": undefined, "b": undefined "c": undefined, "a": None}', 1)
@example("[undefined, undefined, undefined, 1, undefined, undefined]", 2)
@example("{'a': 1, 'a': 1, 'a': 1}", 2)
@example("// c\n// c\n['a'] // c\n// c\n,", 3)
def test_the_first_are_listed_and_the_others_are_counted(text: str, number: int) -> None:
    data = text.encode()
    if is_json(data):
        return
    every = diagnose(data)
    faults, others = diagnosis(data, Limit(number, str))
    assert faults == every[:number]
    assert others == Counter([(each.rule, each.pointer) for each in every[number:]])
    assert first_fault(data) == every[0]


SHAPES = {
    "commas": ('{"a": 1', ","),
    "comments before": ("", "/**/"),
    "comments behind": ("[]", "/**/"),
    "comments within": ("[1", "/**/"),
    "repeated keys": ("{", '"a":1,'),
    "repeated keys in many objects": ('{"a": [', '{"a":1,"a":1},'),
    "missing commas": ("[", "1 "),
    "other brackets": ("[", "[},"),
    "other quotes": ("[", "'',"),
    "other commas": ("[", "1;"),
    "other spaces": ("[", "\u00a01,"),
    "missing values": ("[1", ", 1,,"),
    "colons": ('{"a":', ":"),
    "undefined": ("[", "undefined,"),
    "undefined at the end": ("[1", ",undefined"),
    "words": ("[", "None,"),
    "numbers": ("[", "+1,"),
    "far numbers": ("[", "1e999,"),
    "placeholders": ("[", "{{x}},"),
    "tabs": ("[", '"\t",'),
    "escapes": ("[", '"\\q",'),
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_not_listed_takes_no_memory(shape: str) -> None:
    head, unit = SHAPES[shape]
    peaks = []
    for times in (5_000, 25_000):
        data = (head + unit * times).encode()
        tracemalloc.start()
        faults, _ = diagnosis(data, Limit(10, without_indexes))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert len(faults) <= 10
    assert peaks[1] - peaks[0] < 20 * 20_000 * len(unit)


STRINGS = {
    "control characters": ('["{}"]', "\x01"),
    "line breaks": ('["{}"]', "\n"),
    "backslashes": ('["{}"]', "\\q"),
    "hexadecimal escapes": ('["{}"]', r"\x41"),
    "two kinds": ('["{}"]', "\x01\t"),
    "three kinds": ('["{}"]', "\x01\\q\\'"),
    "other quotes": ("['{}']", '"'),
    "escaped quotes": ("['{}']", "\\'\"\t"),
    "commas": ("[1{}]", ","),
    "commas and spaces": ("[1{}]", ", "),
    "commas before a key": ('{{"a": 1{} "b": 2}}', ","),
    "thousands": ('{{"a": 1{}}}', ",000"),
}


@pytest.mark.parametrize("shape", STRINGS)
def test_very_many_changes_are_one(monkeypatch: pytest.MonkeyPatch, shape: str) -> None:
    """It writes what they write, also where the errors of one string are of several kinds."""
    form, unit = STRINGS[shape]
    data = form.format(unit * 6).encode()
    every = diagnose(data)
    for module in (syntax_errors, string_contents):
        monkeypatch.setattr(module, "LISTED_AT_MOST", 2)
    few = diagnose(data)
    assert [each._replace(fix=None) for each in few] == [each._replace(fix=None) for each in every]
    assert edited(data, few).text == edited(data, every).text
    assert is_json(edited(data, few).text)
    assert [each.fix is None for each in few] == [each.fix is None for each in every]
    assert max(len(each.fix.edits) for each in few if each.fix) <= 4


@pytest.mark.slow
@pytest.mark.parametrize("shape", STRINGS)
def test_very_many_changes_take_no_memory(shape: str) -> None:
    form, unit = STRINGS[shape]
    peaks = []
    for times in (5_000, 25_000):
        data = form.format(unit * times).encode()
        tracemalloc.start()
        diagnosis(data, Limit(10, str))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 100 * 20_000 * len(unit)
