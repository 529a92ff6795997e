"""What a baseline holds back: known violations of any body, and nothing that is new."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import OBJECTS, cases, thorough
from fixture_files import ROOT
from recordlint import Operation, Report, Validator
from recordlint.baseline.holding import Held, count_spots, hold
from recordlint.rules.kinds import Spot, spot_of, without_indexes
from recordlint.violations import LISTED_AT_MOST

VALIDATOR = Validator(OBJECTS)
TICKET = Validator.from_path(str(ROOT / "fixtures/objects/ticket.json"))
NOTHING = Held(frozenset(), {})


@pytest.mark.parametrize(
    ("pointer", "without"),
    [
        ("", ""),
        ("/owners/0", "/owners"),
        ("/properties/files/add/12/url", "/properties/files/add/url"),
        ("/properties/2024/add/3", "/properties/2024/add"),
        ("/properties/007", "/properties/007"),
        ("/7", "/7"),
        ("/7/7", "/7"),
        ("/body/properties/7/7", "/body/properties/7"),
        ("/body/7", "/body/7"),
        ("/body", "/body"),
        ("/properties/a~10/0", "/properties/a~10"),
        ("/properties/x/add/01", "/properties/x/add/01"),
    ],
)
def test_pointers_without_indexes(pointer: str, without: str) -> None:
    assert without_indexes(pointer) == without


def said(report: Report) -> list[Any]:
    return [report.errors, report.warnings, report.omitted, report.violations, report.unlisted]


@thorough()
@given(cases(), st.data())
def test_what_is_held_back_of_any_body(case: tuple[str, Operation, Any], data: st.DataObject) -> None:
    object, operation, body = case
    report = VALIDATOR.check_json(json.dumps(body), object=object, operation=operation)
    numbers = count_spots([report])
    assert numbers == Counter(map(spot_of, report.violations))
    assert said(NOTHING.without_known(report)) == said(report)
    assert said(hold(numbers, numbers).without_known(report))[:4] == [0, 0, 0, ()]
    known = {spot: data.draw(st.integers(0, number + 1)) for spot, number in numbers.items()}
    left = hold(numbers, {spot: number for spot, number in known.items() if number}).without_known(report)
    expected = [each for each in report.violations if numbers[spot_of(each)] > known[spot_of(each)]]
    assert [each._replace(note="") for each in left.violations] == [each._replace(note="") for each in expected]
    assert left.errors + left.warnings == len(expected)
    for violation, before in zip(left.violations, expected, strict=True):
        number = known[spot_of(before)]
        was_known = f"{number:,} {'was' if number == 1 else 'were'} known" if number else ""
        assert violation.note == "; ".join(filter(None, [before.note, was_known]))


@pytest.mark.parametrize("wrong", [LISTED_AT_MOST - 1, LISTED_AT_MOST, LISTED_AT_MOST + 1, 3 * LISTED_AT_MOST])
@pytest.mark.parametrize("is_request", [False, True], ids=["body", "request"])
def test_what_is_new_is_listed_behind_very_many_that_are_known(wrong: int, is_request: bool) -> None:
    body = {"properties": {"section_of_app": {"add": [f"x{n}" for n in range(wrong)]}, "ticket_name": 1}}
    url = "https://services.leadconnectorhq.com/objects/custom_objects.ticket/records/r1?locationId=x"
    text = json.dumps({"method": "PUT", "url": url, "headers": [], "body": body} if is_request else body)
    report = TICKET.check_document(text)
    below = "/body" if is_request else ""
    add, name = Spot("unknown-option", f"{below}/properties/section_of_app/add"), f"{below}/properties/ticket_name"
    numbers = count_spots([report])
    assert numbers[add] == wrong
    assert numbers[Spot("wrong-type", name)] == 1
    known = {spot: number for spot, number in numbers.items() if spot.pointer != name}
    left = hold(numbers, known).without_known(report)
    assert [(each.rule, each.pointer) for each in left.violations] == [("wrong-type", name)]
    assert (left.errors, left.warnings, left.omitted) == (1, 0, 0)
    (violation,) = left.violations
    assert violation.place is not None
    assert violation.place.column == text.index("1}") + 1


def test_very_many_that_are_new_are_counted() -> None:
    body = {"properties": {"section_of_app": {"add": [f"x{n}" for n in range(1500)]}, "ticket_name": 1}}
    report = TICKET.check_json(json.dumps(body))
    numbers = count_spots([report])
    name = Spot("wrong-type", "/properties/ticket_name")
    left = hold(numbers, {name: 1}).without_known(report)
    assert (left.errors, left.omitted) == (report.errors - 1, report.errors - 1 - LISTED_AT_MOST)
    add = Spot("unknown-option", "/properties/section_of_app/add")
    assert left.unlisted[add, "error"] == 1500 - LISTED_AT_MOST
    assert count_spots([left]) == {spot: number for spot, number in numbers.items() if spot != name}


def test_the_severity_does_not_matter() -> None:
    warned = Validator(TICKET.objects.values(), severity={"unknown-option": "warning"})
    text = '{"properties": {"section_of_app": {"add": ["x"]}}}'
    numbers = count_spots([TICKET.check_json(text)])
    assert hold(numbers, numbers).without_known(warned.check_json(text)).warnings == 0
