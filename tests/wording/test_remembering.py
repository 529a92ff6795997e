"""What a run remembers: within its context only, and a limited number of results."""

from __future__ import annotations

import pytest

from recordlint import Field, ObjectDefinition, Option, Validator
from recordlint.wording.run_memory import AT_MOST, OF_A_KIND, RunMemory, remember, remembered, remembering

calls: list[str] = []


@remembered
def upper(text: str) -> str:
    calls.append(text)
    return text.upper()


def asked(*texts: str) -> list[str]:
    """The texts for which the function was called."""
    calls.clear()
    assert [upper(text) for text in texts] == [text.upper() for text in texts]
    return list(calls)


def test_nothing_is_remembered_outside_a_run() -> None:
    assert asked("a", "a") == ["a", "a"]


def test_a_run_asks_once_and_is_over_at_its_end() -> None:
    memory = RunMemory()
    with remembering(memory):
        assert asked("a", "b", "a") == ["a", "b"]
        with remembering(RunMemory()):
            assert asked("a") == ["a"]
        assert asked("a") == []
    assert asked("a") == ["a"]


def test_a_run_keeps_a_limited_number_of_results() -> None:
    texts = [f"t{number}" for number in range(OF_A_KIND + 1)]
    with remembering(RunMemory()):
        assert asked(*texts) == texts
        assert asked(texts[0], texts[-2], texts[-1]) == [texts[-1]]


def test_a_run_keeps_a_limited_number_of_results_of_all_kinds() -> None:
    with remembering(RunMemory()):
        for number in range(AT_MOST):
            remember(number % (AT_MOST // OF_A_KIND), number, str)
        assert asked("a", "a") == ["a", "a"]


DAY = Field("day", "Day", "DATE")
PICKS = Field("picks", "Picks", "MULTIPLE_OPTIONS", options=(Option("1", "One"),))
VALUES = ["1", 1, 1.0, True, "True", ["1"], [1], [True], {"add": "1"}, {"add": 1}, {"add": True}, "[1]", [[1]], {}]


@pytest.mark.parametrize("field", [DAY, PICKS], ids=["day", "picks"])
def test_values_that_look_alike_are_not_taken_for_each_other(field: Field) -> None:
    """Whatever came before, the words are those about the value itself."""
    validator = Validator([ObjectDefinition("custom_objects.all", "All", (field,))])
    bodies = [{"properties": {field.key: value}} for value in VALUES]
    alone = [validator.check(body).violations for body in bodies]
    for order in (range(len(bodies)), range(len(bodies))[::-1]):
        with remembering(RunMemory()):
            for index in (*order, *order):
                assert validator.check(bodies[index]).violations == alone[index]


def test_only_short_values_of_payloads_are_remembered() -> None:
    validator = Validator([ObjectDefinition("custom_objects.all", "All", (DAY, PICKS))])
    memory = RunMemory()
    long = ["d" * 65, ["d" * 61], ["d"] * 9]
    with remembering(memory):
        for value in ("d" * 64, *long):
            assert validator.check({"properties": {"day": value}}).errors == 1
    kept = [key for results in memory.results.values() for key in results]
    assert kept == ["d" * 64]
