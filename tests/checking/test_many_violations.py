"""Bodies with very many violations: what is not listed costs little, and what is said stays the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bodies import OBJECTS, THOROUGH, cases
from fixture_files import ROOT
from internals import body_checker
from recordlint import Operation, Report, Validator
from recordlint.body import properties as properties_module
from recordlint.body import top_level
from recordlint.body.top_level import body_problems
from recordlint.checking import doubts, locate
from recordlint.contract.engines import Engine
from recordlint.fieldtypes import _amount_problems, _deltas, _items
from recordlint.fieldtypes._items import read_items, text_identity
from recordlint.jsontext import diagnose as diagnose_module
from recordlint.jsontext.diagnose import diagnose
from recordlint.jsontext.positions import Span, spans
from recordlint.problems.problem import Problem
from recordlint.rules.kinds import Spot
from recordlint.violations import LISTED_AT_MOST, Violation

KEY = "custom_objects.ticket"
OF_EACH_TYPE = Validator(OBJECTS)
VALUES: list[Any] = ["Contacts", "option_1_internal_key", "zzz", 1, True, 1.0, -0.0, 0.0, None, "", {}, [], {"url": 1}]
ARRAYS = st.lists(st.sampled_from(VALUES), max_size=12)
DELTAS = st.dictionaries(st.sampled_from(["add", "remove", "set"]), ARRAYS)
PROPERTIES = st.dictionaries(
    st.sampled_from(["section_of_app", "my_files", "priority", "nonesuch"]), DELTAS | ARRAYS | st.sampled_from(VALUES)
)

URLS = ["http:/a.b/c.pdf", "https://a.b/c.pdf", "https://a.b/c d.exe", "nope", " https://a.b/c.pdf", "", "{{x}}"]
FILES = st.fixed_dictionaries(
    {},
    optional={
        "url": st.sampled_from([*URLS, 5, None]),
        "urll": st.sampled_from(URLS),
        "name": st.sampled_from(["a", 5]),
    },
)
TEXTS = [*URLS, "Contacts", "Contcats", " Contacts ", "Contacts, Calendars", "a b", "x@y.z", " abc ", "undefined"]
WRONG_ITEMS = st.lists(st.sampled_from([*VALUES, *TEXTS, ["Contacts"], [[5]]]) | FILES, max_size=8)


@cache
def validator() -> Validator:
    return Validator.from_path(ROOT / "fixtures/objects")


def check(body: Any) -> Report:
    return validator().check_json(json.dumps(body), object=KEY)


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


@settings(deadline=None)
@given(WRONG_ITEMS, WRONG_ITEMS)
@example([], ["undefined", "undefined"])
def test_the_words_of_an_item_are_the_same_when_it_is_listed_later(items: list[Any], others: list[Any]) -> None:
    """Of many problems in one array, only the first have words at once; the others get theirs when they are listed."""
    for name in ("section_of_app", "my_files"):
        for body in (
            {"properties": {name: {"add": items, "remove": others}}, "followers": {"add": items}},
            {"properties": {name: items}, "followers": items},
        ):
            expected = check(body)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(_items, "LISTED_AT_MOST", 0)
                report = check(body)
            assert report.violations == expected.violations
            assert (report.errors, report.warnings) == (expected.errors, expected.warnings)


LISTS = ["my_textbox_list.zz", "my_textbox_list.city", "My textbox list.zz", "custom_objects.ticket.my_textbox_list.zz"]
KEYS = st.sampled_from(
    ["nonesuch", "Nonesuch", "priorty", "Priority", "custom_objects.ticket.x", "owner", "locationId", *LISTS]
)
AMOUNT_KEYS = st.sampled_from(["currency", "value", "amount", "Value", "valu", "k"])
AMOUNTS = st.dictionaries(AMOUNT_KEYS, st.sampled_from(["5", 5]))
WRONG_KEYS = st.dictionaries(KEYS, st.sampled_from([1, None, "high", {"priority": "x"}, {"set": ["x"], "ad": []}, []]))


@settings(deadline=None)
@given(
    WRONG_KEYS,
    st.dictionaries(st.sampled_from(["ad", "set", "k", "add"]), st.sampled_from([["x"], [], True])),
    AMOUNTS,
)
def test_the_words_of_a_key_are_the_same_when_it_is_listed_later(properties: Any, delta: Any, amount: Any) -> None:
    body = {"properties": {**properties, "section_of_app": delta, "money": amount}, "followers": delta}
    expected = check(body)
    with pytest.MonkeyPatch.context() as patch:
        for module in (_deltas, properties_module, _amount_problems):
            patch.setattr(module, "LISTED_AT_MOST", 0)
        report = check(body)
    assert report.violations == expected.violations
    assert (report.errors, report.warnings) == (expected.errors, expected.warnings)


@pytest.mark.parametrize("property", ["section_of_app", "my_files"])
def test_what_is_not_listed_has_no_words(monkeypatch: pytest.MonkeyPatch, property: str) -> None:
    worded: list[Problem] = []
    whole = Problem.with_words

    def spy(problem: Problem) -> Problem:
        worded.append(problem)
        return whole(problem)

    monkeypatch.setattr(Problem, "with_words", spy)
    body = {"properties": {property: {"add": [f"http:/{number}" for number in range(3_000)]}}}
    monkeypatch.setattr(_items, "LISTED_AT_MOST", 10)
    assert check(body).errors >= 3_000
    assert 980 < len(worded) <= 990
    assert not any(each.message for each in worded)


def test_words_keep_the_severity_that_a_rule_was_given() -> None:
    severity = {"id-format": "error", "delta-duplicate": "off"}
    strict = Validator.from_path(ROOT / "fixtures/objects", severity=severity)
    body = {"followers": {"add": ["Contacts", *["Contacts"] * 2_000, *[f"a {number}" for number in range(1_500)]]}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_items, "LISTED_AT_MOST", 10)
        report = strict.check(body, object=KEY)
    listed = [each for each in report.violations if each.rule == "id-format"]
    assert {each.severity for each in listed} == {"error"}
    assert {each.message for each in listed} == {"a user id in followers does not look like an id"}
    assert (listed[-1].pointer, report.omitted) == ("/followers/add/2999", 501)


def test_no_place_is_looked_for_that_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def spy(text: str, wanted: Sequence[Any], start: int = 0) -> list[Span]:
        asked.append(len(wanted))
        return spans(text, wanted, start)

    monkeypatch.setattr(locate, "spans", spy)
    report = check({"properties": {"section_of_app": {"add": [[]] * 5_000}}})
    assert (len(report.violations), report.omitted) == (1_000, 4_000)
    assert sum(asked) <= 2_000


@pytest.mark.parametrize(
    "properties",
    [
        {"section_of_app": {"add": [[]] * 500, "remove": ["option_1_internal_key", 5]}},
        # An array with an error of its own, and members with errors.
        {"my_files": {"add": [{"url": f"https://example.com/{number}.pdf", "size": 1} for number in range(500)]}},
    ],
)
def test_the_engine_does_not_list_what_has_errors(monkeypatch: pytest.MonkeyPatch, properties: Any) -> None:
    def refuse(value: Any) -> Any:
        raise AssertionError("the engine lists its errors")

    made = doubts.make_engine

    def make_engine(name: str, schema: Any) -> Engine:
        return made(name, schema)._replace(iter_errors=refuse)

    monkeypatch.setattr(doubts, "make_engine", make_engine)
    validator.cache_clear()
    report = check({"properties": properties})
    validator.cache_clear()
    assert report.errors == 501


@THOROUGH
@given(cases())
def test_what_is_not_listed_by_the_engine_is_not_lost(case: tuple[str, Operation, Any]) -> None:
    """Also where the words for one of the errors are missing."""
    key, operation, body = case
    checker = body_checker(OF_EACH_TYPE, key, operation)

    def without_last_error(*arguments: Any) -> list[Problem]:
        problems = list(body_problems(*arguments))
        errors = [problem for problem in problems if problem.severity == "error"]
        return [problem for problem in problems if problem is not errors[-1]] if errors else problems

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(vars(checker), "_find", without_last_error)
        expected = checker.problems(body)
        patch.setattr(doubts, "_MANY", 0)
        assert checker.problems(body) == expected


def test_what_is_said_of_an_item_holds_for_its_repeats() -> None:
    asked: list[object] = []

    def items(item: object, half: str, *, brief: bool = False) -> Iterator[Problem]:
        asked.append(item)
        yield Problem("rule", f"{item!r}")

    values = [1, True, "1", 1, 1.0, "1", {}, {}, True]
    listed = read_items(values, ("add",), items, text_identity, text_identity)
    assert [repr(each) for each in asked] == ["1", "True", "'1'", "1.0", "{}", "{}", "True"]
    assert [item.problems[0].message for item in listed] == [*map(repr, values)]
    assert [next(item.placed()).path for item in listed] == [("add", index) for index in range(len(values))]


def test_unknown_top_level_keys_have_the_same_words_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"nonesuch": 1, "priority": "low", "propertys": {"priority": "low"}, "id": "x", "recordId": 1, "other": {}}
    expected = check(body).violations
    monkeypatch.setattr(top_level, "LISTED_AT_MOST", 0)
    assert check(body).violations == expected


def test_many_user_ids_have_the_same_problems_as_few(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies: list[Any] = [
        {"followers": {"add": ["a b", "x@y", 5, None, "", "v5cEPM428h8vShlRW1KT"], "remove": ["a b", {}]}},
        {"followers": {"add": [f"a {number}" for number in range(12)], "remove": [5, "a b"], "set": []}},
        {"owners": ["a b", 5], "followers": {"add": "a b", "remove": [[], 5]}},
    ]
    expected = [check(body).violations for body in bodies]
    monkeypatch.setattr(doubts, "_MANY", 0)
    assert [check(body).violations for body in bodies] == expected


FAULTY = {
    "missing commas": '{"properties": {"a": [' + "1 " * 1_500 + "1]}}",
    "other quotes": '{"properties": {"a": [' + "'', " * 1_500 + "1]}}",
    "comments": '{"properties": {} ' + "/**/" * 1_500 + "}",
    "bare keys": '{"properties": {' + "".join([f"k{number}: 1, " for number in range(1_500)]) + '"z": 1}}',
    "undefined": '{"properties": {' + "".join([f'"k{number}": undefined, ' for number in range(1_500)]) + '"z": 1}}',
    "words": '{"properties": {"a": [' + "None, " * 1_500 + "1]}}",
    "a fence": "```json\n" + '{"properties": {"a": [' + "+1, " * 1_499 + "1]}}\n```\n",
}


@pytest.mark.parametrize("text", FAULTY.values(), ids=FAULTY.keys())
def test_all_errors_of_a_text_are_counted_and_fixed(text: str) -> None:
    report = validator().check_json(text, object=KEY)
    every = diagnose(text.encode())
    assert report.violations == tuple(every[:LISTED_AT_MOST])
    assert (report.errors, report.omitted, dict(report.unlisted)) == (
        1_500,
        500,
        {(Spot("invalid-json", ""), "error"): 500},
    )
    assert report.all_violations() == every
    assert json.loads(report.fixed(unsafe=True))


def test_all_errors_of_a_text_in_a_string_are_counted() -> None:
    body = '{"properties": {' + '"a": 1, ' * 1_301 + '"b": [' + "None, " * 200 + "1]}}"
    request = {"method": "PUT", "url": "/objects/custom_objects.ticket/records/65f0a1b2c3d4e5f6a7b8c9d0?locationId=x"}
    report = validator().check_document(json.dumps({**request, "data": body}))
    assert (report.errors, report.omitted) == (1_500, 500)
    assert dict(report.unlisted) == {
        (Spot("duplicate-key", "/data/properties/a"), "error"): 300,
        (Spot("invalid-json", "/data"), "error"): 200,
    }


def test_no_violation_is_made_of_an_error_that_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    whole = diagnose_module._violation

    def spy(rule: str, *arguments: Any) -> Violation:
        made.append(rule)
        return whole(rule, *arguments)

    monkeypatch.setattr(diagnose_module, "_violation", spy)
    report = validator().check_json("[" + "1 " * 5_000, object=KEY)
    assert (len(report.violations), len(made)) == (LISTED_AT_MOST, LISTED_AT_MOST)
