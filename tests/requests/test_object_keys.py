"""What a URL is told that names an object by something else than its key."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint import Field, ObjectDefinition, Validator
from recordlint.definitions.model import is_object_key

ID = "66c2a4f1d09b7e335a1f8c04"
PLANT, SOIL, BUSINESS = "custom_objects.plant", "custom_objects.soil_sample", "business"
SAVE = "save its definition: the answer of GET /objects/{}?fetchProperties=true"


def told(key: str, objects: Sequence[str] = (PLANT, SOIL, BUSINESS)) -> list[tuple[str, str, str, str]]:
    field = Field("name", "Name", "TEXT")
    validator = Validator([ObjectDefinition(each, each, (field,)) for each in objects])
    url = f"/objects/{key}/records/{ID}?locationId=loc5"
    report = validator.check_request("PUT", url, {}, {"properties": {"name": "x"}})
    return [(each.rule, each.severity, each.pointer, each.hint) for each in report.violations]


@pytest.mark.parametrize("key", [PLANT, SOIL, BUSINESS])
def test_keys_with_a_definition(key: str) -> None:
    assert told(key) == []


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("plant", f"write {PLANT}"),
        ("Plant", f"write {PLANT}"),
        ("custom_object.plant", f"write {PLANT}"),
        ("custom_objects.Plant", f"write {PLANT}"),
        ("CUSTOM_OBJECTS.PLANT", f"write {PLANT}"),
        ("custom-objects.plant", f"write {PLANT}"),
        ("customObjects.plant", f"write {PLANT}"),
        ("custom_objects:plant", f"write {PLANT}"),
        ("soil-sample", f"write {SOIL}"),
        ("Soil%20Sample", f"write {SOIL}"),
        ("custom_objects.soil-sample", f"write {SOIL}"),
        ("plants", f"did you mean {PLANT}?"),
        ("custom_object.plnat", f"did you mean {PLANT}?"),
        ("Business", "write business"),
        ("BUSINESS", "write business"),
        ("custom_object.business", "write business"),
        ("xyzzy", f"write the object's whole key, such as {PLANT}"),
        ("custom_objects", f"write the object's whole key, such as {PLANT}"),
        ("custom_objects.", f"write the object's whole key, such as {PLANT}"),
        ("custom_objects.é", f"write the object's whole key, such as {PLANT}"),
        ("custom_object.xyzzy", f"write custom_objects.xyzzy, and {SAVE.format('custom_objects.xyzzy')}"),
        ("custom_objects.Xyz-Zy", f"write custom_objects.xyz_zy, and {SAVE.format('custom_objects.xyz_zy')}"),
    ],
)
def test_an_object_by_another_name_than_its_key(key: str, hint: str) -> None:
    assert told(key) == [("object-key", "error", "/url", hint)]


@pytest.mark.parametrize("key", ["Business", "custom_object.business"])
def test_business_without_a_definition(key: str) -> None:
    assert told(key, [PLANT]) == [("object-key", "error", "/url", f"write business, and {SAVE.format('business')}")]


def test_a_custom_object_that_is_called_business() -> None:
    """Then the name alone could mean either."""
    (violation,) = told("Business", ["custom_objects.business"])
    assert violation[3] == "did you mean custom_objects.business or business?"


@pytest.mark.parametrize("key", ["company", "Company", "companies", "COMPANIES", "businesses", "Businesses"])
def test_companies_are_business(key: str) -> None:
    assert told(key) == [("standard-object", "error", "/url", "write business")]
    without = f"write business, and {SAVE.format('business')}"
    assert told(key, [PLANT]) == [("standard-object", "error", "/url", without)]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("contact", "contact"),
        ("contacts", "contact"),
        ("Contact", "contact"),
        ("opportunity", "opportunity"),
        ("OPPORTUNITIES", "opportunity"),
    ],
)
def test_standard_objects_that_are_not_served(key: str, name: str) -> None:
    assert told(key) == [("standard-object", "error", "/url", f"use the API for {name} records instead")]
    own = f"custom_objects.{name}"
    assert told(key, [PLANT, own]) == [("standard-object", "error", "/url", f"did you mean {own}?")]


@pytest.mark.parametrize(("key", "rules"), [("contacts", ["standard-object"]), ("company", None)])
def test_what_else_is_wrong_is_no_matter_where_another_api_is_meant(key: str, rules: list[str] | None) -> None:
    validator = Validator([ObjectDefinition(PLANT, PLANT, ())])
    headers = {"Version": "2020-01-01", "Content-Type": "text/plain"}
    report = validator.check_request("PUT", f"/objects/{key}/records/5", headers, {"locationId": "loc5"})
    others = ["standard-object", "record-id", "version-header", "content-type", "location-in-body"]
    assert [each.rule for each in report.violations] == (rules or others)
    odd = validator.check_request("PUT", f"/objects//{key}/records/5", headers, {}, unknown="pass")
    assert [each.rule for each in odd.violations][:2] == ["standard-object", "request-operation"]
    assert validator.check_request("PUT", f"/objects/{key}/records/5", headers, {}, unknown="pass").valid


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("business", SAVE.format("business")),
        ("custom_objects.invoice", SAVE.format("custom_objects.invoice")),
        ("custom_objects.plants", f"did you mean {PLANT}?"),
        ("custom_objects.plnat", f"did you mean {PLANT}?"),
        ("custom_objects.contact", SAVE.format("custom_objects.contact")),
    ],
)
def test_keys_without_a_definition(key: str, hint: str) -> None:
    assert told(key, [PLANT]) == [("unknown-object", "error", "/url", hint)]


def test_business_is_no_typo_of_another_object() -> None:
    (violation,) = told("business", ["custom_objects.busines"])
    assert violation[3] == SAVE.format("business")


def test_no_object_is_defined() -> None:
    assert told("xyzzy", [])[0][3] == "write the object's whole key, such as custom_objects.ticket"


def test_a_redacted_hint_has_nothing_of_the_url() -> None:
    validator = Validator([ObjectDefinition(PLANT, PLANT, ())])
    for key in ("custom_object.jane_doe", "jane_doe", "contact", "Business", "{{jane_doe}}"):
        report = validator.check_request("PUT", f"/objects/{key}/records/{ID}?locationId=loc5", {}, {"properties": {}})
        (violation,) = report.redacted().violations
        assert "jane" not in violation.hint + violation.message


@given(st.text(alphabet="plantPLANT_-.custom objects", min_size=1, max_size=24))
def test_what_the_hint_says_to_write_is_right(key: str) -> None:
    for rule, _, _, hint in told(key.replace(" ", "%20")):
        if rule != "object-key" or hint.startswith("did you mean") or "such as" in hint:
            continue
        written, _, saved = hint.removeprefix("write ").partition(", and ")
        assert is_object_key(written)
        assert told(written, [PLANT, SOIL, BUSINESS, *([written] if saved else [])]) == []
