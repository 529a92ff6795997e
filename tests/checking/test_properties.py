"""What must always hold, over bodies of every field type, right ones and mutated ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from referencing import Registry

from bodies import (
    ANYTHING,
    FIELDS,
    NEAR_MISSES,
    OBJECTS,
    REQUIRED_KEYS,
    SAMPLES,
    THOROUGH,
    cases,
    of_each_type,
    right_bodies,
    thorough,
)
from internals import body_checker, require_no_hidden_problem, target_of
from recordlint import Field, ObjectDefinition, Operation, Report, Validator
from recordlint.checking.body_checker import BodyChecker
from recordlint.contract.engines import Engine, Refusal, compiled
from recordlint.export.schemas import object_schema
from recordlint.fieldtypes import email, field_type
from recordlint.jsontext.positions import _walked, spans
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Part

BEYOND_SCHEMA = {"phone-trunk-zero", "delta-overlap", "delta-duplicate"}
"""Errors that JSON Schema cannot say; a file named twice is one where the two differ in their names."""


@cache
def validator(engine: str) -> Validator:
    return Validator(OBJECTS, engine)


@cache
def bundle(key: str, operation: Operation) -> jsonschema.Draft202012Validator:
    definition = next(each for each in OBJECTS if each.key == key)
    return jsonschema.Draft202012Validator(object_schema(target_of(definition, operation)), registry=Registry())


def words(report: Report) -> list[tuple[str, str, str, str]]:
    return [(v.rule, v.severity, v.pointer, v.message) for v in report.violations]


@cache
def clean_engine(key: str, operation: Operation) -> Engine:
    return compiled(body_checker(validator("jsonschema-rs"), key, operation).clean)


def refusals(key: str, operation: Operation, body: Any) -> list[Refusal]:
    """Where the clean schema as a whole refuses a body."""
    return clean_engine(key, operation).iter_errors(body)


@THOROUGH
@given(cases())
def test_engines_agree(case: tuple[str, Operation, Any]) -> None:
    key, operation, body = case
    default = validator("jsonschema-rs").check(body, object=key, operation=operation)
    reference = validator("jsonschema").check(body, object=key, operation=operation)
    assert words(default) == words(reference)


@THOROUGH
@given(cases())
def test_error_exactly_when_the_exported_schema_refuses(case: tuple[str, Operation, Any]) -> None:
    key, operation, body = case
    report = validator("jsonschema-rs").check(body, object=key, operation=operation)
    errors = {violation.rule for violation in report.violations if violation.severity == "error"}
    assert "contract" not in errors, "a mistake without a name"
    accepted = bundle(key, operation).is_valid(body)
    if accepted:
        assert errors <= BEYOND_SCHEMA
    elif not errors:
        # A limit counts different values, which JSON Schema cannot say.
        assert {violation.rule for violation in report.violations} >= {"delta-duplicate"}


@THOROUGH
@given(cases())
def test_the_clean_schema_hides_no_problem(case: tuple[str, Operation, Any]) -> None:
    key, operation, body = case
    require_no_hidden_problem(body_checker(validator("jsonschema-rs"), key, operation), body)


@THOROUGH
@given(st.data(), st.sampled_from(("update", "create")))
def test_right_bodies_are_clean(data: st.DataObject, operation: Operation) -> None:
    body = data.draw(right_bodies(operation))
    report = validator("jsonschema-rs").check(body, object=OBJECTS[0].key, operation=operation)
    assert words(report) == []


@THOROUGH
@given(cases(), st.sampled_from([None, 1, "\t"]), st.booleans())
def test_places_are_those_of_the_pointers(case: tuple[str, Operation, Any], indent: Any, ascii_only: bool) -> None:
    key, operation, body = case
    text = json.dumps(body, indent=indent, ensure_ascii=ascii_only).encode()
    parsed = validator("jsonschema-rs").check(body, object=key, operation=operation)
    placed = validator("jsonschema-rs").check_json(text, object=key, operation=operation)
    assert sorted(words(parsed)) == sorted(words(placed))
    starts = []
    for violation in placed.violations:
        assert violation.place
        starts.append(violation.place.start)
        value, last = body, None
        for step in violation.pointer.split("/")[1:]:
            last = step.replace("~1", "/").replace("~0", "~")
            value = value[int(last) if isinstance(value, list) else last]
        piece = text[violation.place.start : violation.place.end].decode()
        assert piece == "{" or json.loads(piece) in (value, last)
        line = text.decode().split("\n")[violation.place.line - 1]
        assert line[violation.place.column - 1 :].startswith(piece.split("\n")[0])
    assert starts == sorted(starts)


PATHS = st.text(alphabet='ab"\\: {', max_size=2)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), PATHS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PATHS, inner, max_size=3),
    max_leaves=12,
)


def places_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Part]]:
    """Each value, each name, and each opening bracket."""
    yield path, "value"
    if path and isinstance(path[-1], str):
        yield path, "key"
    if isinstance(value, dict | list):
        yield path, "open"
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places_in(inner, (*path, step))


@THOROUGH
@given(VALUES, st.sampled_from([None, 1, "\t"]))
def test_a_name_that_stands_once_is_where_the_walk_comes_upon_it(value: Any, indent: Any) -> None:
    text = json.dumps(value, indent=indent)
    for wanted in places_in(value):
        assert spans(text, [wanted]) == _walked(text, [wanted], 0)


@thorough(1.2)
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
@given(st.data(), st.sampled_from(("update", "create")))
def test_one_field_alone(field: Field, data: st.DataObject, operation: Operation) -> None:
    """Nothing else in the body can hide what is said, or not said, of this one value."""
    value = data.draw(st.one_of(NEAR_MISSES[field.data_type], ANYTHING))
    own_key = field.properties[0]
    body: dict[str, Any] = {"properties": {**dict.fromkeys(REQUIRED_KEYS, "x"), own_key: value}}
    if operation == "create":
        body["locationId"] = "l"
    key = OBJECTS[0].key
    require_no_hidden_problem(body_checker(validator("jsonschema-rs"), key, operation), body)
    report = validator("jsonschema-rs").check(body, object=key, operation=operation)
    assert words(report) == words(validator("jsonschema").check(body, object=key, operation=operation))
    errors = {violation.rule for violation in report.violations if violation.severity == "error"}
    assert "contract" not in errors
    if bundle(key, operation).is_valid(body):
        assert errors <= BEYOND_SCHEMA
    else:
        assert errors
    places = {violation.pointer for violation in report.violations}
    if value is None and own_key in REQUIRED_KEYS:
        places.discard("/properties")
    assert all(place.startswith(f"/properties/{own_key}") for place in places)


@THOROUGH
@given(cases())
def test_what_the_contract_refuses_the_clean_schema_refuses_too(case: tuple[str, Operation, Any]) -> None:
    """At the same place, so that a refusal without a problem is always noticed."""
    key, operation, body = case
    checker = body_checker(validator("jsonschema-rs"), key, operation)
    doubts = {refusal.path for refusal in refusals(key, operation, body)}
    assert {refusal.path for refusal in checker._contract.iter_errors(body)} <= doubts


def is_hidden(checker: BodyChecker, body: Any, path: Path) -> bool:
    """Whether a doubt is about a value that the schema takes, and that has a problem all the same."""
    if len(path) != 2 or path[1] not in checker.hiding:
        return False
    return checker._doubts._properties[str(path[1])].is_valid(body["properties"][path[1]])


@THOROUGH
@given(cases())
def test_the_first_bodies_are_judged_as_all_others(case: tuple[str, Operation, Any]) -> None:
    key, operation, body = case
    checker = body_checker(validator("jsonschema-rs"), key, operation)
    checker._in_parts = 1
    at_first = checker.is_clean(body)
    assert checker._in_parts == 0
    assert checker.is_clean(body) == at_first


@THOROUGH
@given(cases())
def test_part_by_part_the_same_is_refused(case: tuple[str, Operation, Any]) -> None:
    """Except for an unknown key, which is refused itself, and not the object that has it, and for what is hidden."""
    key, operation, body = case
    checker = body_checker(validator("jsonschema-rs"), key, operation)
    whole = {refusal.path for refusal in refusals(key, operation, body)}
    doubts = checker._doubts
    seen = [path for path in doubts.paths(body) if not is_hidden(checker, body, path)]
    parts = {part for path in seen for part in doubts.within(path, body, set())}
    assert {path[:-1] for path in parts - whole} <= whole
    assert whole - parts <= {("properties",)}
    assert bool(parts) == bool(whole)


@THOROUGH
@given(cases())
def test_a_look_at_the_properties_alone_says_the_same(case: tuple[str, Operation, Any]) -> None:
    """Where all else is right at a glance, what is passed over has nothing to say."""
    key, operation, body = case
    checker = body_checker(validator("jsonschema-rs"), key, operation)
    quick = checker.problems(body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recordlint.body.top_level._is_ordinary", lambda *_: False)
        assert checker.problems(body) == quick


@THOROUGH
@given(cases())
def test_a_refusal_without_a_name_is_reported_all_the_same(case: tuple[str, Operation, Any]) -> None:
    key, operation, body = case
    checker = body_checker(validator("jsonschema-rs"), key, operation)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checker, "_find", lambda *_: ())
        problems = checker.problems(body)
    assert bool(problems) != bundle(key, operation).is_valid(body)
    assert {problem.rule for problem in problems} <= {"contract"}


def test_a_field_type_that_the_generators_leave_out_is_named() -> None:
    without_dates = {key: "x" for key in NEAR_MISSES if key != "DATE"}
    with pytest.raises(LookupError, match=r"^tests/bodies\.py has no right values for the field type DATE$"):
        of_each_type(without_dates, "right values")


def test_a_problem_that_the_clean_schema_hides_is_named() -> None:
    """With the contract as its clean schema, a doubtful address is never reported."""
    (field,) = SAMPLES["EMAIL"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(email, "clean", email.schema)
        field_type.cache_clear()
        checker = body_checker(Validator([ObjectDefinition("custom_objects.all", "All", (field,))]))
        assert checker.is_clean({"properties": {"mail": "ada@localhost"}})
    field_type.cache_clear()
    with pytest.raises(pytest.fail.Exception, match=r"^email-format is never reported .*: narrow `clean` of EMAIL$"):
        require_no_hidden_problem(checker, {"properties": {"mail": "ada@localhost"}})
