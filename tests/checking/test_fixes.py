"""Fixes: what each makes of a text, that a safe one removes its violation, and that nothing else is touched."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import OBJECTS, THOROUGH, cases, thorough
from fixture_files import ROOT
from recordlint import Edit, Fix, Operation, Report, UsageError, Validator, Violation
from recordlint.checking.fixes import apply_fixes

CASES: dict[str, list[str]] = json.loads((ROOT / "tests/data/fixes.json").read_text("utf-8"))
"""Text, the text after its safe fixes, and after all fixes; empty where it is that of the one before."""


@cache
def validator() -> Validator:
    return Validator.from_path(ROOT / "fixtures/objects")


@cache
def wide() -> Validator:
    return Validator(OBJECTS)


@pytest.mark.parametrize("name", CASES)
def test_fixes(name: str) -> None:
    text, fixed, unsafe = CASES[name]
    report = validator().check_json(text, object="custom_objects.ticket")
    assert report.fixed().decode() == (fixed or text)
    assert report.fixed(unsafe=True).decode() == (unsafe or fixed or text)
    offered = [violation.fix.safe for violation in report.violations if violation.fix]
    assert (True in offered) == bool(fixed), "what is called safe is applied"
    if not unsafe:
        assert False not in offered


def test_what_would_bring_a_violation_is_not_called_safe() -> None:
    body = '{"locationId": "l", "properties": {"Ticket name": null}}'
    report = validator().check_json(body, object="custom_objects.ticket", operation="create")
    assert [v.rule for v in report.violations] == ["missing-property", "field-label"]
    after = validator().check_json(report.fixed(), object="custom_objects.ticket", operation="create")
    assert [v.rule for v in after.violations] == ["missing-property"]


def names(violations: Any) -> Counter[tuple[str, str]]:
    return Counter((violation.rule, violation.severity) for violation in violations)


def edited(text: bytes, fix: Fix) -> bytes:
    for start, end, new in sorted(fix.edits, reverse=True):
        text = text[:start] + new.encode() + text[end:]
    return text


def as_text(body: Any, indent: Any, ascii_only: bool, crlf: bool) -> bytes:
    text = json.dumps(body, indent=indent, ensure_ascii=ascii_only)
    return (text.replace("\n", "\r\n") if crlf else text).encode()


FORMS = (st.sampled_from([None, 1, "\t"]), st.booleans(), st.booleans())


@THOROUGH
@given(cases(), *FORMS)
def test_every_safe_fix_removes_its_violation_and_brings_none(
    case: tuple[str, Operation, Any], indent: Any, ascii_only: bool, crlf: bool
) -> None:
    key, operation, body = case
    text = as_text(body, indent, ascii_only, crlf)
    before = wide().check_json(text, object=key, operation=operation)
    for violation in before.violations:
        if violation.fix and violation.fix.safe:
            after = wide().check_json(edited(text, violation.fix), object=key, operation=operation)
            assert names(after.violations) <= names(before.violations) - names([violation])


@thorough(2)
@given(cases(), *FORMS, st.booleans())
def test_fixed_texts(case: tuple[str, Operation, Any], indent: Any, ascii_only: bool, crlf: bool, unsafe: bool) -> None:
    key, operation, body = case
    text = as_text(body, indent, ascii_only, crlf)
    before = wide().check_json(text, object=key, operation=operation)
    fixed = before.fixed(unsafe=unsafe)
    after = wide().check_json(fixed, object=key, operation=operation)
    left, listed = names(after.violations), names(before.violations)
    # Where a field is moved under properties, what is wrong with its value takes the place of that.
    assert left <= listed or (("flat-body", "error") in listed and left.total() <= listed.total())
    assert after.fixed(unsafe=unsafe) == fixed, "nothing is left to do"
    assert fixed.count(b"\n") <= text.count(b"\n")
    assert (fixed == text) == (before.apply_fixes(unsafe=unsafe).applied == 0)


def find(text: bytes, *wrong: bytes, to: str) -> list[Violation]:
    """A violation for each of `wrong` that stands in the text; its fix writes `to`."""
    violations = []
    for each in wrong:
        at = text.find(each)
        if at >= 0:
            fix = Fix(True, "", (Edit(at, at + len(each), to),))
            violations.append(Violation("rule", "error", "", "", "", None, (), fix))
    return violations


def test_a_fix_that_leaves_its_violation_is_not_applied() -> None:
    assert apply_fixes(b"a b", find(b"a b", b"a", to="aa"), lambda text: find(text, b"a", to="aa")) == (b"a b", 0)


def test_a_fix_that_turns_a_warning_into_an_error_is_not_applied() -> None:
    def recheck(text: bytes) -> list[Violation]:
        if text == b"a":
            error, warning = find(text, b"a", b"a", to="b")
            return [error, warning._replace(severity="warning", fix=None)]
        return [each._replace(fix=None) for each in find(text, b"b", to="")]

    assert apply_fixes(b"a", recheck(b"a"), recheck) == (b"a", 0)


def test_a_fix_that_brings_a_violation_is_not_applied_and_the_others_are() -> None:
    def recheck(text: bytes) -> list[Violation]:
        violations = find(text, b"a", to="c") + find(text, b"b", to="!") + find(text, b"d", to="e")
        return violations + [Violation("other", "error", "", "", "", None, (), None)] * text.count(b"!")

    assert apply_fixes(b"a b d", recheck(b"a b d"), recheck) == (b"c b e", 2)


def test_fixes_that_touch_take_turns() -> None:
    def recheck(text: bytes) -> list[Violation]:
        return find(text, b"ab", to="b") + find(text, b"b", to="c")

    assert apply_fixes(b"ab", recheck(b"ab"), recheck) == (b"c", 2)


@pytest.mark.parametrize(("order", "first"), [((b"a", b"b"), b"xb"), ((b"b", b"a"), b"ax")])
def test_fixes_whose_edits_meet_are_not_made_together(order: tuple[bytes, bytes], first: bytes) -> None:
    """One ends where the other begins: what stands between them is judged before the second is made."""
    seen: list[bytes] = []

    def recheck(text: bytes) -> list[Violation]:
        seen.append(text)
        return find(text, *order, to="x")

    assert apply_fixes(b"ab", find(b"ab", *order, to="x"), recheck) == (b"xx", 2)
    assert seen[0] == first


def test_fixes_apart_are_made_together() -> None:
    seen: list[bytes] = []

    def recheck(text: bytes) -> list[Violation]:
        seen.append(text)
        return find(text, b"a", b"b", to="x")

    assert apply_fixes(b"a b", find(b"a b", b"a", b"b", to="x"), recheck) == (b"x x", 2)
    assert set(seen) == {b"x x"}


def test_the_safe_one_of_two_fixes_that_meet_is_made_first() -> None:
    def recheck(text: bytes) -> list[Violation]:
        unsafe = [each._replace(fix=Fix(False, "", each.fix.edits)) for each in find(text, b"ab", to="z") if each.fix]
        return [*unsafe, *find(text, b"b", to="c")]

    assert apply_fixes(b"ab", recheck(b"ab"), recheck, unsafe=True) == (b"ac", 1)


def test_beyond_what_is_listed() -> None:
    text = json.dumps(
        {"properties": {"section_of_app": {"add": ["Contacts"] + ["x"] * 1_500, "remove": ["Calendars"]}}}
    )
    report = validator().check_json(text, object="custom_objects.ticket")
    assert (len(report.violations), report.omitted) == (1_000, 2_001)
    expected = text.replace("Contacts", "option_1_internal_key").replace("Calendars", "option_2_internal_key")
    expected = expected.replace(', "x"' * 1_500, ', "x"')
    assert report.fixed().decode() == expected


def test_without_a_text_there_is_nothing_to_fix() -> None:
    parsed = validator().check({"properties": {"priority": "LOW"}}, object="custom_objects.ticket")
    with pytest.raises(UsageError, match="there is no text to fix: check the body's JSON text with check_json"):
        parsed.fixed()
    redacted = validator().check_json('{"properties": {"priority": "LOW"}}', object="custom_objects.ticket").redacted()
    with pytest.raises(UsageError, match="there is no text to fix"):
        redacted.fixed()


def test_a_request_is_fixed_too() -> None:
    url = "/objects/custom_objects.ticket/records/661c06b4ffde146bdb469442?locationId=l"
    text = json.dumps({"method": "PUT", "url": url, "body": {"properties": {"priority": "LOW"}}})
    assert validator().check_document(text).fixed().decode() == text.replace("LOW", "low")


def test_redacted_reports_keep_all_but_values() -> None:
    text = '{"properties": {"type_of_ticket": "Bug report", "Ticket name": "Ada", "phone_number": "+91 70000 00000"}}'
    report = validator().check_json(text, object="custom_objects.ticket")
    redacted: Report = report.redacted()
    assert (redacted.errors, redacted.warnings, redacted.omitted) == (3, 0, 0)
    assert [v.pointer for v in redacted.violations] == [v.pointer for v in report.violations]
    assert [v.place for v in redacted.violations] == [v.place for v in report.violations]
    assert redacted.violations[1].hint == 'write "ticket_name"'
    assert redacted.text is None
    shown = repr(redacted.violations)
    assert not [value for value in ("Bug report", "option_1_internal_key", "Ada", "7000000000") if value in shown]
