"""Every hint in full: the suggestions, the value to write, and no suggestion where nothing is similar."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fixture_files import ROOT
from recordlint import Field, ObjectDefinition, Option, Validator

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/data/hints.json").read_text("utf-8"))
"""Bodies, or properties alone, with the rule, pointer and hint of each violation."""


def options(**labels: str) -> tuple[Option, ...]:
    return tuple([Option(key, label) for key, label in labels.items()])


FIELDS = (
    Field("name", "Name of the pet", "TEXT"),
    Field("date_of_birth", "Date of birth", "DATE"),
    Field("status", "Status", "SINGLE_OPTIONS", options=options(open="Open", in_progress="In progress", done="Done")),
    Field("vaccinated", "Vaccinated?", "SINGLE_OPTIONS", options=options(yes="Yes", no="No, not yet")),
    Field("insured", "Insured", "RADIO", options=options(opt_1="Yes", opt_2="No")),
    Field("size", "Size", "RADIO", options=(Option("1", "Small"), Option("2", "Large – very"), Option("3", "“Huge”"))),
    Field("colour", "Colour", "RADIO", options=options(low="High", x="Low", Y="Why", y="why not")),
    Field("food", "Food", "CHECKBOX", options=tuple([Option(f"food_{n}", f"Food no. {n}") for n in range(1, 13)])),
    Field("vet", "Vet", "TEXTBOX_LIST", options=options(a="First visit", b="Second visit")),
    Field("weight", "Name", "NUMERICAL"),
    Field("first_note", "Note", "TEXT"),
    Field("second_note", "Note", "TEXT"),
    Field("bill", "Bill", "SINGLE_OPTIONS", options=options(paid="Paid", pending="Pending")),
    Field("year", "Year", "SINGLE_OPTIONS", options=tuple([Option(f"{y}", f"{y}") for y in range(2010, 2014)])),
    Field("stars", "Stars", "RADIO", options=tuple([Option(f"{n}", f"{n} stars") for n in range(1, 6)])),
    Field("place", "Place", "RADIO", options=(Option("on", "Ontario"), Option("no", "Norway"))),
    Field("twins", "Twins", "RADIO", options=(Option("h1", "Same"), Option("h2", "same"), Option("h3", "Don't know"))),
    Field("spot", "Spot", "TEXTBOX_LIST", options=options(home="Work", work="Home")),
    Field("mail", "Mail", "EMAIL"),
    Field("tel", "Telephone", "PHONE"),
    Field("price", "Price", "MONETORY"),
    Field("papers", "Papers", "FILE_UPLOAD", max_files=2, accepted_formats=("pdf",)),
)
VALIDATOR = Validator([ObjectDefinition("custom_objects.pet", "Pet", FIELDS, required=(FIELDS[0],))])


def body_of(case: dict[str, Any]) -> Any:
    if "body" in case:
        return case["body"]
    body: dict[str, Any] = {"properties": case["properties"]}
    if case.get("operation") == "create":
        body = {"locationId": "l", "properties": {"name": "Rex", **case["properties"]}}
    return body


@pytest.mark.parametrize("case", CASES, ids=lambda case: json.dumps(case.get("body", case.get("properties")))[:70])
def test_hints(case: dict[str, Any]) -> None:
    report = VALIDATOR.check(body_of(case), operation=case.get("operation", "update"))
    assert [[v.rule, v.pointer, v.hint] for v in report.violations] == case["expected"]


@pytest.mark.parametrize(
    ("body", "fixes"),
    [
        ({"propertys": {"name": "x"}}, [False]),
        ({"properties": {"name": "x"}, "propertys": {"name": "y"}}, []),
        ({"folowers": {"add": ["u"]}}, [False]),
        ({"name": "x"}, [False]),
    ],
)
def test_a_key_is_not_fixed_where_the_right_one_is_there_too(body: dict[str, Any], fixes: list[bool]) -> None:
    violations = VALIDATOR.check_json(json.dumps(body)).violations
    assert [violation.fix.safe for violation in violations if violation.fix] == fixes


@pytest.mark.parametrize(
    ("properties", "safe"),
    [
        ({"twins": "Same"}, False),
        ({"twins": "SAME"}, None),
        ({"twins": "don't KNOW"}, True),
        ({"twins": "Don’t know"}, False),
        ({"spot.Home": "x"}, None),
        ({"spot.HOME": "x"}, None),
        ({"spot.home": "x"}, None),
        ({"custom_objects.pet.spot.Work": "x"}, None),
        ({"Spot": "x"}, None),
        ({"size": "“huge”"}, True),
        ({"size": '"Huge"'}, False),
        ({"colour": "Low"}, False),
        ({"vet": {"a": 1}, "VET.a": "x"}, True),
        ({"weight": "12.50"}, True),
        ({"weight": "12,50"}, False),
        ({"tel": "+91 70000-00000"}, True),
        ({"tel": "+91/70000/00000"}, False),
        ({"tel": "0011 91 70000 00000"}, False),
        ({"tel": "0091 70000 00000"}, True),
        ({"tel": "+44 (0)20 7946 0018"}, False),
        ({"date_of_birth": "2026/2/28"}, True),
        ({"date_of_birth": "2026.2.28"}, False),
        ({"date_of_birth": 20260228}, False),
        ({"colour": "LOW"}, None),
        ({"tel": "+14155552671", "tels": "+14155552671"}, None),
        ({"telephnoe": "+14155552671"}, False),
        ({"tels": "+14155552671"}, None),
        ({"price": 5}, True),
        ({"price": {"currency": "DEFAULT", "value": 5}}, False),
    ],
    ids=repr,
)
def test_a_fix_is_safe_where_there_is_one_reading(properties: dict[str, Any], safe: bool | None) -> None:
    violations = VALIDATOR.check_json(json.dumps({"properties": properties})).violations
    fixes = [violation.fix.safe for violation in violations if violation.fix]
    assert fixes == ([] if safe is None else [safe])


@pytest.mark.parametrize(("key", "safe"), [("PET’S  nickname", True), ("Pet's nickname", False)])
def test_a_display_name_with_other_quotes_is_only_a_suggestion(key: str, safe: bool) -> None:
    field = Field("nick", "Pet’s nickname", "TEXT")
    validator = Validator([ObjectDefinition("custom_objects.pet", "Pet", (field,))])
    (violation,) = validator.check_json(json.dumps({"properties": {key: "Rex"}})).violations
    assert (violation.rule, violation.hint) == ("field-label", 'write "nick"')
    assert violation.fix
    assert violation.fix.safe == safe
