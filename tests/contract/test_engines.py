"""The reference engine asks the other one too, and a difference is a fault of recordlint, never the user's."""

from __future__ import annotations

import tracemalloc
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given

from bodies import OBJECTS, THOROUGH
from recordlint import InternalError, Validator
from recordlint.contract import engines
from recordlint.contract.engines import Engine, Refusal, compiled, make_engine
from recordlint.contract.inline_refs import flatten, share
from recordlint.contract.spec_files import Schema
from schemas import SCHEMAS, VALUES

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


def with_one_name(refusal: Refusal) -> Refusal:
    """The same where `false` has one name, wherever it stands."""
    is_false = refusal.keyword in ("falseSchema", "additionalProperties", "allOf")
    return refusal._replace(keyword="false") if is_false else refusal


@THOROUGH
@given(SCHEMAS, VALUES)
def test_refusals_are_the_errors_of_the_engine(schema: Any, value: Any) -> None:
    errors = jsonschema_rs.Draft202012Validator(flatten(schema)).iter_errors(value)
    expected = {Refusal(tuple(error.instance_path), error.kind.name) for error in errors}
    assert {*map(with_one_name, compiled(schema).iter_errors(value))} == {*map(with_one_name, expected)}


@THOROUGH
@given(SCHEMAS, VALUES)
def test_refusals_of_what_properties_share(schema: Any, value: Any) -> None:
    """It stands elsewhere in the compiled schema."""
    both: Schema = {"properties": {"a": {"$ref": "#/$defs/d"}, "b": {"$ref": "#/$defs/d"}}}
    own: Schema = {"properties": {"c": both}, "$defs": {"d": schema}}
    assert ("$defs" in share(flatten(own))) == isinstance(flatten(own)["properties"]["c"]["properties"]["a"], dict)
    body = {"c": {"a": value, "b": value}}
    alone = compiled(schema).iter_errors(value)
    expected = {Refusal(("c", name, *path), keyword) for path, keyword in alone for name in "ab"}
    assert {*compiled(own).iter_errors(body)} == expected


@pytest.mark.parametrize("name", engines.ENGINES)
def test_keys_of_a_path_are_strings(name: str) -> None:
    schema: Schema = {"properties": {"7": {"items": {"properties": {"/~": {"type": "string"}}}}}}
    assert make_engine(name, schema).iter_errors({"7": [{}, {"/~": 1}]}) == [Refusal(("7", 1, "/~"), "type")]


@pytest.mark.parametrize("name", engines.ENGINES)
def test_a_refusal_by_branches_is_at_the_value_that_has_none(name: str) -> None:
    branches: list[Schema] = [
        {"additionalProperties": False},
        {"properties": {"b": {"items": {"type": "string"}}}, "required": ["b"]},
        {"additionalProperties": {"type": "array", "items": {"minimum": 2}}},
    ]
    schema: Schema = {"properties": {"a": {"anyOf": branches}}}
    assert {*make_engine(name, schema).iter_errors({"a": {"b": [1]}})} == {Refusal(("a",), "anyOf")}


def test_a_refusal_costs_no_more_where_there_are_many_options() -> None:
    def bytes_of(options: int) -> int:
        engine = compiled({"items": {"enum": [f"option {index}" for index in range(options)]}})
        wrong = [f"wrong {index}" for index in range(100)]
        tracemalloc.start()
        try:
            assert len(engine.iter_errors(wrong)) == 100
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert bytes_of(1_000) < 2 * bytes_of(10)


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
