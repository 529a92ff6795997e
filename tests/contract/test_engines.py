"""The reference engine asks the other one too, and a difference is a fault of recordlint, never the user's."""

from __future__ import annotations

from typing import Any

import pytest

from bodies import OBJECTS
from recordlint import InternalError, Validator
from recordlint.contract import engines
from recordlint.contract.engines import Engine, Refusal, make_engine
from recordlint.contract.spec_files import Schema

SCHEMA: Schema = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
RIGHT: dict[str, Any] = {"a": "x"}
WRONG: dict[str, Any] = {"a": 1}


@pytest.mark.parametrize("name", engines.ENGINES)
def test_what_an_engine_says(name: str) -> None:
    engine = make_engine(name, SCHEMA)
    assert (engine.is_valid(RIGHT), engine.is_valid(WRONG)) == (True, False)
    assert engine.iter_errors(RIGHT) == []
    assert engine.iter_errors(WRONG) == [Refusal(("a",), "type")]
    assert engine.iter_errors({}) == [Refusal((), "required")]


@pytest.fixture
def contrary(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default engine says the opposite of what it should."""
    right = engines.compiled

    def compiled(schema: Schema) -> Engine:
        engine = right(schema)
        return Engine(
            lambda value: not engine.is_valid(value),
            lambda value: [Refusal((), "type")] if engine.is_valid(value) else [],
        )

    monkeypatch.setattr(engines, "compiled", compiled)


@pytest.mark.usefixtures("contrary")
@pytest.mark.parametrize("value", [RIGHT, WRONG])
def test_engines_that_differ_are_an_internal_error(value: Any) -> None:
    engine = make_engine(engines.REFERENCE, SCHEMA)
    for ask in engine:
        with pytest.raises(InternalError) as raised:
            ask(value)
        assert str(raised.value) == "the two engines disagree on this body"


@pytest.mark.usefixtures("contrary")
def test_a_validator_says_so_too() -> None:
    validator = Validator(OBJECTS, "jsonschema")
    for body in ({"properties": {"name": "x"}}, {"properties": {"name": 1}}):
        with pytest.raises(InternalError, match="the two engines disagree on this body"):
            validator.check(body, object=OBJECTS[0].key)
