"""Each body whose verdict another definition changes is explained by a change, and safe changes change none."""

from __future__ import annotations

import pytest
from hypothesis import given, target
from hypothesis import strategies as st

from bodies import thorough
from definitions_changed import bodies, two_definitions
from recordlint import ObjectDefinition, Report, Validator, Violation
from recordlint.definitions.digest import digest
from recordlint.drift.change import Change
from recordlint.drift.compare import compare
from recordlint.rules.kinds import kind_of


def _field(violation: Violation, *definitions: ObjectDefinition) -> set[str]:
    """The fields that a violation may be about: for a missing property, those that were required."""
    property = kind_of(violation).field
    return {each.by_property[property].key for each in definitions if property in each.by_property}


def _explained(
    violation: Violation, changes: tuple[Change, ...], old: ObjectDefinition, new: ObjectDefinition
) -> list[Change]:
    if violation.rule == "missing-property" and violation.pointer in ("", "/properties"):
        names = {field.key for field in (*old.fields, *new.fields) if f'"{field.name}"' in violation.message}
    else:
        names = _field(violation, old, new)
    moved = {each.field for each in changes if each.kind == "field-key-changed"}
    return [each for each in changes if each.field in names or (each.field in moved and not names)]


def _new(then: Report, now: Report) -> list[Violation]:
    known = {(each.rule, each.severity, each.pointer) for each in then.violations}
    return [each for each in now.violations if (each.rule, each.severity, each.pointer) not in known]


@pytest.mark.parametrize("strict", [False, True], ids=["errors", "warnings"])
@given(data=st.data())
@thorough(2)
def test_each_flip_is_explained(data: st.DataObject, strict: bool) -> None:
    old, new = data.draw(two_definitions())
    operation, body = data.draw(bodies(old, new))
    then, now = (Validator([each]).check(body, operation=operation) for each in (old, new))
    changes = compare([old], [new])
    if strict:
        target(float(not then.violations) * len(now.violations))
    was_right, is_right = (not each.violations if strict else each.valid for each in (then, now))
    if was_right and not is_right:
        for violation in _new(then, now):
            if strict or violation.severity == "error":
                why = _explained(violation, changes, old, new)
                least = ("breaking",) if violation.severity == "error" else ("breaking", "dangerous")
                assert [each for each in why if each.level in least], (violation, changes)
    if is_right and not was_right:
        assert changes, then.violations


@given(st.data())
@thorough(2)
def test_safe_changes_break_nothing(data: st.DataObject) -> None:
    old, new = data.draw(two_definitions())
    levels = {each.level for each in compare([old], [new])}
    operation, body = data.draw(bodies(old, new))
    then, now = (Validator([each]).check(body, operation=operation) for each in (old, new))
    if "breaking" not in levels and then.valid:
        assert now.valid
    if levels <= {"safe"} and not then.violations:
        assert not now.violations


@given(two_definitions())
@thorough(1)
def test_nothing_changed_means_the_same_digest(two: tuple[ObjectDefinition, ObjectDefinition]) -> None:
    old, new = two
    assert (compare([old], [new]) == ()) == (digest([old]) == digest([new]))
    assert compare([old], [old]) == ()
