"""Fixes of texts that do not parse, wherever such a text is checked: the body in it is judged once it parses."""

from __future__ import annotations

import json
from functools import cache

import pytest

from fixture_files import ROOT
from internals import rows_of
from recordlint import Edit, Fix, Validator, Violation
from recordlint.checking.fixes import apply_fixes

URL = "/objects/custom_objects.ticket/records/661c06b4ffde146bdb469442?locationId=l"
CARELESS = "{properties: {'priority': 'LOW', // soon\n recieved_on: undefined,},}"
SAFELY = "{properties: {'priority': 'LOW', // soon\n recieved_on: undefined}}"
FIXED = '{"properties": {"priority": "low"}}'
COLUMNS = [(1, 2), (1, 15), (1, 27), (1, 34), (2, 2), (2, 15), (2, 24), (2, 26)]


@cache
def validator() -> Validator:
    return Validator.from_path(ROOT / "fixtures/objects/ticket.json")


@pytest.mark.parametrize(
    ("unsafe", "text", "applied"),
    [(False, SAFELY, 2), (True, FIXED, 9)],  # the ninth is the option's key
)
def test_a_body(*, unsafe: bool, text: str, applied: int) -> None:
    report = validator().check_json(CARELESS)
    assert [violation.place[:2] for violation in report.violations if violation.place] == COLUMNS
    assert report.apply_fixes(unsafe=unsafe) == (text.encode(), applied)
    assert (report.fixable, report.unsafely_fixable) == (2, 6)


def test_the_body_of_a_request() -> None:
    report = validator().check_request("PUT", URL, {"Content-Type": "application/json"}, CARELESS)
    assert {violation.pointer for violation in report.violations} == {"/body"}
    assert report.fixed().decode() == SAFELY
    assert report.fixed(unsafe=True).decode() == FIXED


def test_a_whole_request() -> None:
    text = f"{{method: 'PUT', url: '{URL}', body: {CARELESS}}}"
    expected = f'{{"method": "PUT", "url": "{URL}", "body": {FIXED}}}'
    assert validator().check_document(text).fixed(unsafe=True).decode() == expected


def test_a_row() -> None:
    row = CARELESS.replace("// soon\n", "/* soon */").encode()
    report = rows_of(validator()).report(row, 7)
    assert {violation.place.line for violation in report.violations if violation.place} == {7}
    assert len(report.violations) == len(COLUMNS)
    assert report.fixed(unsafe=True).decode() == FIXED


def test_what_the_fixes_bring_to_light_is_reported() -> None:
    fixed = validator().check_json("{'properties': {'priority': 'nothing like it'}}").fixed(unsafe=True)
    assert [violation.rule for violation in validator().check_json(fixed).violations] == ["unknown-option"]


@pytest.mark.parametrize("unsafe", [False, True])
def test_more_errors_than_are_listed(*, unsafe: bool) -> None:
    text = json.dumps({"properties": {"section_of_app": {"add": ["Contacts", [1] * 1_500]}}}).replace("1,", "[1,],")
    report = validator().check_json(text)
    assert (len(report.violations), report.omitted) == (1_000, 499)
    assert report.fixed(unsafe=unsafe).decode().count(",]") == 0


def test_a_text_whose_fixes_are_not_all_safe_is_fixed_in_part() -> None:
    text = '{"properties": {"priority": NaN, "ticket_name": "x",}}'
    report = validator().check_json(text)
    assert [violation.message for violation in report.violations] == [
        "this is not a JSON number",
        "there is a trailing comma before the closing bracket",
    ]
    assert report.fixed(unsafe=True).decode() == '{"properties": {"priority": NaN, "ticket_name": "x"}}'


def test_no_fix_is_shown_without_the_values() -> None:
    report = validator().check_json("{'properties': {customer_number: 1_234, ticket_name: .5}}").redacted()
    assert not any(violation.fix for violation in report.violations)
    assert [violation.hint for violation in report.violations] == [
        'write straight double quotes: "…"',
        "put it in double quotes",
        "write it like 0.5, -1 or 100",
        "put it in double quotes",
        "write it like 0.5, -1 or 100",
    ]


def test_safe_fixes_are_made_where_the_others_bring_an_error() -> None:
    def fault(data: bytes, wrong: bytes, new: str, *, safe: bool) -> Violation:
        at = data.index(wrong)
        return Violation("invalid-json", "error", "", "", "", None, (), Fix(safe, "", (Edit(at, at + 1, new),)))

    def recheck(data: bytes) -> list[Violation]:
        faults = [fault(data, b",", "", safe=True)] if b"," in data else []
        return (
            [*faults, fault(data, b"x", "yy", safe=False)] if b"x" in data else [fault(data, b"y", "", safe=False)] * 3
        )

    assert apply_fixes(b"x,", recheck(b"x,"), recheck, unsafe=True) == (b"x", 1)
