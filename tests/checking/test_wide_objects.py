"""Objects with very many properties: only what a body has is made ready, and the reports are the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from bodies import OBJECTS, cases, thorough
from recordlint import Field, ObjectDefinition, Operation, Validator
from recordlint.checking import body_checker, doubts


@thorough(2)
@given(cases())
def test_in_parts_the_same_is_said(case: tuple[str, Operation, Any]) -> None:
    key, operation, body = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body_checker, "FEW", 0)
        expected = Validator(OBJECTS).check(body, object=key, operation=operation)
        patch.setattr(body_checker, "WIDE", 0)
        report = Validator(OBJECTS).check(body, object=key, operation=operation)
    assert report.violations == expected.violations


def test_only_what_the_first_bodies_hold_is_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make_engine(name: str, schema: Any) -> Any:
        made.append(str(schema))
        return original(name, schema)

    original = doubts.make_engine
    monkeypatch.setattr(doubts, "make_engine", make_engine)
    monkeypatch.setattr(body_checker, "make_engine", make_engine)
    monkeypatch.setattr(body_checker, "FEW", 3)
    fields = (Field("name", "Name", "TEXT"), Field("phone", "Phone", "PHONE"))
    validator = Validator([ObjectDefinition("custom_objects.call", "Call", fields)])
    for value in ("a", "b", "c"):
        assert validator.check({"properties": {"name": value}}).valid
    assert len(made) == 2
    assert not any("phone.json" in schema for schema in made)
    assert validator.check({"properties": {"name": "d"}}).valid
    assert validator.check({"properties": {"name": "e"}}).valid
    assert len(made) == 3
    assert "phone.json" in made[-1]


def test_only_the_properties_of_a_body_are_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []

    def make_engine(name: str, schema: Any) -> Any:
        made.append(schema)
        return original(name, schema)

    original = doubts.make_engine
    monkeypatch.setattr(doubts, "make_engine", make_engine)
    monkeypatch.setattr(body_checker, "make_engine", make_engine)
    fields = tuple([Field(f"phone_{number}", f"Phone {number}", "PHONE") for number in range(body_checker.WIDE + 1)])
    validator = Validator([ObjectDefinition("custom_objects.wide", "Wide", fields)])
    assert validator.check({"properties": {"phone_1": "+12015550123"}}).valid
    assert len(made) == 2
    # Fields of one type have one schema, and one of usual values.
    assert validator.check({"properties": {field.key: 5 for field in fields}}).errors == len(fields)
    assert len(made) == 3
