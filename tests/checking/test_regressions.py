"""Texts that were right by the old definitions and are wrong by the new ones, and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import thorough
from definitions_changed import bodies, two_definitions
from recordlint import Field, ObjectDefinition, Option, UsageError, Validator
from recordlint.checking.regressions import Regressions
from recordlint.contract.operations import CREATE, UPDATE, find_operation
from recordlint.definitions.target import Claim

PET, CAT = "custom_objects.pet", "custom_objects.cat"
FOR_PETS = Claim(PET, UPDATE)
REQUEST = {"method": "PUT", "url": "/objects/{}/records/661c06b4ffde146bdb469442?locationId=x"}


def pet(*keys: str, key: str = PET) -> ObjectDefinition:
    options = tuple([Option(each, each.title()) for each in ("a", "b")])
    fields = [Field(each, each.title(), "TEXT") for each in keys]
    return ObjectDefinition(key, "Pet", (*fields, Field("kind", "Kind", "SINGLE_OPTIONS", options=options)))


def regressions(
    old: list[ObjectDefinition], new: list[ObjectDefinition], claim: Claim = FOR_PETS, warnings: bool = False
) -> Regressions:
    return Regressions(Validator(old).checkers, Validator(new).checkers, claim, warnings=warnings)


def said(checker: Regressions, body: object, line: int = 1) -> list[tuple[str, str, str]]:
    report = checker.report(json.dumps(body).encode(), line)
    return [(each.rule, each.pointer, each.message) for each in report.violations]


@given(st.data())
@thorough(2)
def test_what_flips_is_reported_and_nothing_else(data: st.DataObject) -> None:
    old, new = data.draw(two_definitions())
    warnings = data.draw(st.booleans())
    operation, body = data.draw(bodies(old, new))
    text = json.dumps(body).encode()
    then, now = (Validator([each]).check_json(text, operation=operation) for each in (old, new))
    checker = regressions([old], [new], Claim(None, find_operation(operation)), warnings)
    report = checker.report(text)
    errors = [each for each in now.violations if each.severity == "error"] if then.valid else []
    assert [each for each in report.violations if each.severity == "error"] == errors
    assert report.errors == len(errors)
    known = {(each.rule, each.pointer) for each in then.violations}
    more = [each for each in now.violations if each.severity == "warning" and (each.rule, each.pointer) not in known]
    wanted = len(more) if warnings and then.valid else 0
    assert report.warnings == len(report.violations) - len(errors) == wanted
    if checker.is_clean(text):
        assert not report.violations


def test_a_field_is_gone() -> None:
    checker = regressions([pet("name", "age")], [pet("name")])
    assert said(checker, {"properties": {"age": "1"}}) == [
        ("unknown-property", "/properties/age", 'Pet has no property "age"')
    ]
    assert said(checker, {"properties": {"name": "1"}}) == []
    assert said(checker, {"properties": {"nope": "1", "age": "1"}}) == []


def test_a_row_keeps_its_line() -> None:
    report = regressions([pet("age")], [pet()]).report(b'{"properties": {"age": "1"}}', 7)
    assert [each.place and (each.place.line, each.place.column) for each in report.violations] == [(7, 17)]


@pytest.mark.parametrize("claim", [Claim(PET, UPDATE), Claim(None, UPDATE)])
def test_an_object_is_gone(claim: Claim) -> None:
    checker = regressions([pet("name")], [pet("name", key=CAT)], claim)
    gone = f"there is no definition of {PET} any more"
    assert said(checker, {"properties": {"name": "1"}}) == [("unknown-object", "", gone)]
    assert said(checker, {"properties": {"name": 1}}) == []
    request = {**REQUEST, "url": REQUEST["url"].format(PET), "body": {"properties": {"name": "1"}}}
    assert [each[:2] for each in said(checker, request)] == [("unknown-object", "/url")]
    assert not checker.is_clean(b'{"properties": {"name": "1"}}')
    (violation,) = checker.report(b' {"properties": {"name": "1"}}', 3).violations
    assert violation.place
    assert violation.place[:2] == (3, 2)


def test_an_object_is_new() -> None:
    checker = regressions([pet("name", key=CAT)], [pet("name"), pet("name", key=CAT)])
    assert said(checker, {"properties": {"name": 1}}) == []


def test_there_was_nothing() -> None:
    checker = regressions([], [pet("name"), pet("name", key=CAT)], Claim(None, UPDATE))
    assert said(checker, {"properties": {"name": 1}}) == []


def test_another_object_beside_the_only_one() -> None:
    """A bare body is for the only object that there was."""
    checker = regressions([pet("name", "age")], [pet("name", key=CAT), pet("name")], Claim(None, UPDATE))
    assert [each[0] for each in said(checker, {"properties": {"age": "1"}})] == ["unknown-property"]


def test_no_object_is_named() -> None:
    both = [pet("name"), pet("name", key=CAT)]
    with pytest.raises(UsageError, match="say which object"):
        regressions(both, both, Claim(None, UPDATE)).report(b"{}")


def test_text_that_is_not_json_was_wrong_before() -> None:
    checker = regressions([pet("age")], [pet()])
    assert checker.report(b'{"properties": {"age": "1"}').violations == ()


def test_whole_requests() -> None:
    checker = regressions([pet("age")], [pet()], Claim(None, UPDATE))
    request = {**REQUEST, "url": REQUEST["url"].format(PET), "body": {"properties": {"age": "1"}}}
    assert [each[:2] for each in said(checker, request)] == [("unknown-property", "/body/properties/age")]


def test_newly_required() -> None:
    def having(*required: str) -> list[ObjectDefinition]:
        name = Field("name", "Name", "TEXT")
        return [ObjectDefinition(PET, "Pet", (name,), required=(name,) if required else ())]

    body = {"locationId": "x", "properties": {}}
    checker = regressions(having(), having("name"), Claim(PET, CREATE))
    assert [each[:2] for each in said(checker, body)] == [("missing-property", "/properties")]
    assert said(regressions(having("name"), having(), Claim(PET, CREATE)), body) == []


def test_more_than_are_listed() -> None:
    keys = [f"f{number}" for number in range(1_200)]
    checker = regressions([pet(*keys)], [pet()])
    report = checker.report(json.dumps({"properties": dict.fromkeys(keys, "x")}).encode())
    assert (len(report.violations), report.errors, report.omitted) == (1_000, 1_200, 200)
    assert sum(report.unlisted.values()) == 200
