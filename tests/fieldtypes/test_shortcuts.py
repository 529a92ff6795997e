"""Where a cheap look decides, it decides as the pattern or the rule behind it does."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recordlint import Field, Option
from recordlint.contract.placeholders import is_placeholder
from recordlint.contract.spec_files import read_spec
from recordlint.fieldtypes import _numbers, _options, _urls
from recordlint.fieldtypes._file_endings import accepted_endings, is_accepted, spellings
from recordlint.fieldtypes._items import Item, item_problems
from recordlint.problems.problem import Problem
from recordlint.wording.normalize import is_same_label, normalize

PLACEHOLDER = read_spec("field-types/text.json")["$defs"]["placeholder"]["pattern"]
BRACKETS = st.text(st.sampled_from(list("{}$<>[] \n\tab=")), max_size=12)
TEMPLATES = st.sampled_from(
    ["{{a}}", "${b}", "<c>", "[object Object]", "{{ a }} ${b}", "[object Object], [object Object]"]
)
SCHEMES = st.sampled_from(["https://", "http://", "HTTP://", "https:/", "ftp://", ""])
HOSTS = st.sampled_from(
    ["h.example", "a.localhost", "localhost", "127.1", "a.b.c", "[::1]", "u:p@h.example", "h.example:80"]
)
PARTS = st.lists(st.sampled_from(list("/a.?=&#%2 |,é\n")), max_size=5).map("".join)
URLS = st.one_of(
    st.builds("https://h.example/{}".format, PARTS),
    st.builds("{}{}{}".format, SCHEMES, HOSTS, PARTS),
)
AMOUNTS = st.text(st.sampled_from(list("0123456789.,'’ \u00a0_-+$€eE%a")), max_size=12)
LABELS = st.text(
    st.sampled_from(list("aAkKs \u212a\u017f\u00df-\u2013\u200b\u00a0\t'\u2019\U0001f600\ufe0f")), max_size=5
)
ASCII = st.text(st.sampled_from(list("aAb .,-&'\"()1")), max_size=8)


@given(st.one_of(BRACKETS, st.tuples(BRACKETS, TEMPLATES, BRACKETS).map("".join), st.text(max_size=5)))
@example("")
@example("{{a}}\n\n")
def test_a_placeholder_is_what_the_pattern_says(text: str) -> None:
    assert is_placeholder(text) == bool(re.search(PLACEHOLDER, text))


@settings(max_examples=400)
@given(URLS, st.booleans())
def test_a_usual_url_is_judged_like_any_other(url: str, is_added: bool) -> None:
    short = list(_urls.faults(url, is_added=is_added))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_urls, "_USUAL", "(?!)")
        patch.setattr(_urls, "_EVERYWHERE", "(?!)")
        assert list(_urls.faults(url, is_added=is_added)) == short


@given(AMOUNTS)
@example("1,234")
@example("_1_000")
@example("1 234,50")
def test_what_is_no_number_with_separators_has_no_reading(text: str) -> None:
    short = _numbers.readings_of(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_numbers, "_SEPARATED", "(?s)(?!_).+")
        assert _numbers.readings_of(text) == short


@given(ASCII, ASCII)
def test_ascii_labels_that_are_the_same_when_normalized_are_the_same(label: str, text: str) -> None:
    if normalize(label) == normalize(text):
        assert is_same_label(label, text)


@settings(max_examples=400)
@given(st.lists(st.tuples(LABELS, LABELS), max_size=3), LABELS | ASCII)
@example([("k", "A \u2013 s")], "a-s")
@example([("\u212a", "x")], "k")
def test_a_text_like_no_option_names_none(pairs: list[tuple[str, str]], text: str) -> None:
    def named() -> object:
        field = Field("f", "F", "SINGLE_OPTIONS", options=tuple([Option(*each) for each in pairs]))
        return _options._named_by(field, text), _options.named_option(field, text)

    short = named()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Field, "has_like", lambda field, text: True)
        assert named() == short


@given(st.lists(st.sampled_from(["jpg", "JPEG", ".png", "tar.gz", " pdf ", ""]), max_size=3).map(tuple))
def test_an_accepted_ending_is_one_of_the_spellings(formats: tuple[str, ...]) -> None:
    endings = accepted_endings(formats)
    for ending in ("pdf", "jpeg", "JPG", "gz", "php"):
        file = f"https://h.example/a.{ending}"
        kinds = {f".{each}" for each in spellings(endings)}
        assert is_accepted(file, endings) == (not endings or ending == "php" or f".{ending.lower()}" in kinds)


@given(st.lists(st.sampled_from(["a", "b", None]), max_size=6))
def test_items_that_are_named_once_have_their_own_problems_alone(names: list[str | None]) -> None:
    items = [Item(("add", index), name, [Problem("rule", "message")], name, True) for index, name in enumerate(names)]
    rules = [each.rule for each in item_problems("what", items)]
    named = [name for name in names if name is not None]
    assert rules.count("rule") == len(names)
    assert rules.count("delta-duplicate") == len(named) - len({*named})
