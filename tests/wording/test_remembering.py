"""What a run remembers: within its context only, and a limited number of results."""

from __future__ import annotations

from recordlint import Field, ObjectDefinition, Validator
from recordlint.wording.run_memory import AT_MOST, RunMemory, remembered, remembering

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
    memory: RunMemory = {}
    with remembering(memory):
        assert asked("a", "b", "a") == ["a", "b"]
        with remembering({}):
            assert asked("a") == ["a"]
        assert asked("a") == []
    assert asked("a") == ["a"]


def test_a_run_keeps_a_limited_number_of_results() -> None:
    texts = [f"t{number}" for number in range(AT_MOST + 1)]
    with remembering({}):
        assert asked(*texts) == texts
        assert asked(texts[0], texts[-2], texts[-1]) == [texts[-1]]


def test_only_short_texts_of_payloads_are_remembered() -> None:
    validator = Validator([ObjectDefinition("custom_objects.all", "All", (Field("day", "Day", "DATE"),))])
    memory: RunMemory = {}
    with remembering(memory):
        for text in ("d" * 64, "d" * 65):
            assert validator.check({"properties": {"day": text}}).errors == 1
    texts = [value for results in memory.values() for arguments in results for value in arguments]
    assert "d" * 64 in texts
    assert "d" * 65 not in texts
