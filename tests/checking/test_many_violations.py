"""Bodies with very many violations: what is not listed costs little, and what is said stays the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixture_files import ROOT
from recordlint import Report, Validator
from recordlint.checking import doubts, locate
from recordlint.contract.engines import Engine
from recordlint.fieldtypes._items import read_items, text_identity
from recordlint.jsontext.positions import Span, spans
from recordlint.violations import Problem

KEY = "custom_objects.ticket"
VALUES: list[Any] = ["Contacts", "option_1_internal_key", "zzz", 1, True, 1.0, -0.0, 0.0, None, "", {}, [], {"url": 1}]
ARRAYS = st.lists(st.sampled_from(VALUES), max_size=12)
DELTAS = st.dictionaries(st.sampled_from(["add", "remove", "set"]), ARRAYS)
PROPERTIES = st.dictionaries(
    st.sampled_from(["section_of_app", "my_files", "priority", "nonesuch"]), DELTAS | ARRAYS | st.sampled_from(VALUES)
)


def check(body: Any) -> Report:
    return Validator.from_path(ROOT / "fixtures/objects").check_json(json.dumps(body), object=KEY)


@given(PROPERTIES)
def test_the_rest_is_all_that_is_asked_about(properties: Any) -> None:
    """With errors of most items, or with few of them, the same is found."""
    body = {"properties": properties}
    expected = check(body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doubts, "_MANY", -1)
        assert check(body).violations == expected.violations


@given(PROPERTIES, st.integers(0, 12))
def test_the_first_of_the_text_are_listed(properties: Any, number: int) -> None:
    body = {"properties": properties}
    expected = check(body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locate, "LISTED_AT_MOST", number)
        report = check(body)
    assert report.violations == expected.violations[:number]
    assert (report.errors, report.warnings) == (expected.errors, expected.warnings)


def test_no_place_is_looked_for_that_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def spy(text: str, wanted: Sequence[Any], start: int = 0) -> list[Span]:
        asked.append(len(wanted))
        return spans(text, wanted, start)

    monkeypatch.setattr(locate, "spans", spy)
    report = check({"properties": {"section_of_app": {"add": [[]] * 5_000}}})
    assert (len(report.violations), report.omitted) == (1_000, 4_000)
    assert sum(asked) <= 2_000


def test_the_engine_does_not_list_what_has_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(value: Any) -> Any:
        raise AssertionError("the engine lists its errors")

    made = doubts.make_engine

    def make_engine(name: str, schema: Any) -> Engine:
        return made(name, schema)._replace(iter_errors=refuse)

    monkeypatch.setattr(doubts, "make_engine", make_engine)
    report = check({"properties": {"section_of_app": {"add": [[]] * 500, "remove": ["option_1_internal_key", 5]}}})
    assert report.errors == 501


def test_what_is_said_of_an_item_holds_for_its_repeats() -> None:
    asked: list[object] = []

    def items(item: object, half: str) -> Iterator[Problem]:
        asked.append(item)
        yield Problem("rule", f"{item!r}")

    values = [1, True, "1", 1, 1.0, "1", {}, {}, True]
    listed = read_items(values, ("add",), items, text_identity)
    assert [repr(each) for each in asked] == ["1", "True", "'1'", "1.0", "{}", "{}", "True"]
    assert [item.problems[0].message for item in listed] == [*map(repr, values)]
    assert [item.problems[0].path for item in listed] == [("add", index) for index in range(len(values))]
