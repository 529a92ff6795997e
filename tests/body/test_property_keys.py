"""What a wrong key of `properties` is read as: the rule, the words, and whether a fix is safe."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from fixture_files import ROOT
from recordlint import Field, ObjectDefinition, Option, Validator
from recordlint.body.property_keys import fields_named, meant_property

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/data/property_keys.json").read_text("utf-8"))
"""Properties, and for each problem the rule, key, message, hint and whether the fix is safe (null without one)."""


def options(*labels: tuple[str, str]) -> tuple[Option, ...]:
    return tuple([Option(*label) for label in labels])


STOPS = options(("s1", "First stop"), ("s2", "Second stop – swim"))
MORE = options(("c1", "Cove"), ("c2", "Bay v1.2"), ("c3", "Cap Gris 🐚"))
LOG = options(*[(f"l{n}", f"Entry {n}") for n in range(1, 10)])
FIELDS = (
    Field("skipper", "Captain’s name ⚓", "TEXT"),
    Field("r\u00e9gion", "Région", "TEXT"),
    Field("fare_each", "Price / person", "NUMERICAL", id="fld01"),
    Field("seat_b", "Seat B", "NUMERICAL", id="twice"),
    Field("is_listed", "Listed", "TEXT", id="twice"),
    Field("fare_one", "Fare", "TEXT"),
    Field("fare_two", "Fare", "TEXT"),
    Field("stops", "Stops", "TEXTBOX_LIST", options=STOPS, id="fld02"),
    Field("stops.more", "More stops", "TEXTBOX_LIST", options=MORE),
    Field("log", "Log", "TEXTBOX_LIST", options=LOG),
)
VALIDATOR = Validator([ObjectDefinition("custom_objects.trip", "Trip", FIELDS)])
LIST = (
    'use one of "skipper" (Captain’s name ⚓), "r\u00e9gion" (Région), "fare_each" (Price / person), '
    '"seat_b" (Seat B), "is_listed" (Listed), "fare_one" (Fare), "fare_two" (Fare), "stops.s1" (Stops); '
    "there are 21 keys, and recordlint objects --object custom_objects.trip lists them all"
)
"""The hint where nothing is near."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: json.dumps(case["properties"])[:60])
def test_what_a_key_is_read_as(case: dict[str, Any]) -> None:
    text = json.dumps({"properties": case["properties"]})
    violations = VALIDATOR.check_json(text).violations
    assert [
        [
            v.rule,
            v.pointer.removeprefix("/properties/").replace("~1", "/"),
            v.message,
            v.hint,
            v.fix.safe if v.fix else None,
        ]
        for v in violations
    ] == [[*rest, LIST if hint == "@list" else hint, safe] for *rest, hint, safe in case["expected"]]
    for violation in violations:
        if violation.fix:
            (edit,) = violation.fix.edits
            assert edit.text in violation.hint
            fixed = text.encode()[: edit.start] + edit.text.encode() + text.encode()[edit.end :]
            assert VALIDATOR.check_json(fixed).violations == ()


@pytest.mark.parametrize(
    ("key", "hints"),
    [
        ("te\u0301l", ['write "t\u00e9l"']),
        ("TE\u0301L", ['write "T\u00c9L"']),
        ("Te\u0301l", ['did you mean "t\u00e9l" or "T\u00c9L"?']),
    ],
)
def test_the_canonical_form_of_a_key_comes_before_its_case(key: str, hints: list[str]) -> None:
    fields = (Field("t\u00e9l", "One", "TEXT"), Field("T\u00c9L", "Two", "TEXT"))
    validator = Validator([ObjectDefinition("custom_objects.trip", "Trip", fields)])
    assert [each.hint for each in validator.check({"properties": {key: "x"}}).violations] == hints


def test_a_name_of_two_textbox_lists_names_neither() -> None:
    lists = tuple([Field(key, "Twin", "TEXTBOX_LIST", options=STOPS) for key in ("one", "two")])
    validator = Validator([ObjectDefinition("custom_objects.trip", "Trip", lists)])
    (violation,) = validator.check_json('{"properties": {"Twin.First stop": "x"}}').violations
    assert (violation.rule, violation.fix) == ("unknown-property", None)
    assert violation.hint == 'did you mean "one.s1" or "two.s1"?'


def test_a_value_under_the_id_of_a_field_is_checked_too() -> None:
    violations = VALIDATOR.check({"properties": {"fld01": "many"}}).violations
    assert [(each.rule, each.pointer) for each in violations] == [
        ("unknown-property", "/properties/fld01"),
        ("wrong-type", "/properties/fld01"),
    ]


def test_a_new_record_has_a_required_property_under_its_id() -> None:
    definition = ObjectDefinition("custom_objects.trip", "Trip", FIELDS, required=(FIELDS[2],))
    body = {"locationId": "l", "properties": {"fld01": 3}}
    violations = Validator([definition]).check(body, operation="create").violations
    assert [each.rule for each in violations] == ["unknown-property"]


def test_a_typo_of_a_required_textbox_list_is_one_problem() -> None:
    definition = ObjectDefinition("custom_objects.trip", "Trip", FIELDS, required=(FIELDS[7],))
    body = {"locationId": "l", "properties": {"stosp": "x"}}
    violations = Validator([definition]).check(body, operation="create").violations
    assert [each.rule for each in violations] == ["unknown-property"]


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ({"propertys": {}}, 'did you mean "properties"?'),
        (
            {"properties": {"skipper": "x"}, "propertys": "y"},
            'keep only one of them: the body already has "properties"',
        ),
    ],
)
def test_a_key_that_is_there_already_is_not_suggested(body: dict[str, Any], hint: str) -> None:
    assert [each.hint for each in VALIDATOR.check(body).violations] == [hint]


def test_a_key_of_many_dots_and_spaces_is_looked_up_once() -> None:
    """Otherwise each dot of a hostile key would cost as much as the whole key."""
    for key in ("." * 100_000, "stops." + "." * 100_000, " " * 1_000_000 + "x"):
        (violation,) = VALIDATOR.check({"properties": {key: "x"}}).violations
        assert violation.rule in {"unknown-property", "unknown-label"}


CALLS = Field("port_calls", "Harbours", "TEXTBOX_LIST", options=STOPS)
DEFINITION = ObjectDefinition("custom_objects.trip", "Trip", (*FIELDS, CALLS))
NAMES = [
    *DEFINITION.by_property,
    *(field.key for field in DEFINITION.fields),
    *(field.name for field in DEFINITION.fields),
    *(field.id for field in DEFINITION.fields),
    *(f"{field.name}.{option.label}" for field in DEFINITION.fields for option in field.options),
]
SPELLINGS: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.swapcase,
    lambda name: name.replace(" ", "  "),
    lambda name: f" {name}\t",
    lambda name: name.replace(" / ", "/"),
    lambda name: name.replace("’", "'"),
    lambda name: name.replace(" ⚓", ""),
    lambda name: f"custom_objects.trip.{name}",
    lambda name: unicodedata.normalize("NFD", name),
]


@pytest.mark.parametrize("name", dict.fromkeys(NAMES))
def test_the_quick_look_misses_no_property(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is like nothing is not looked up in each form; that changes no meaning."""
    keys = {first(second(name)) + more for first in SPELLINGS for second in SPELLINGS for more in ("", "x", "-", ".")}
    found = {key: (meant_property(DEFINITION, key), fields_named(DEFINITION, key)) for key in keys}
    for each in (ObjectDefinition, Field):
        monkeypatch.setattr(each, "has_like", lambda self, text: True)
    for key, meaning in found.items():
        assert (meant_property(DEFINITION, key), fields_named(DEFINITION, key)) == meaning
