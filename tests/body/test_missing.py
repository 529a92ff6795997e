"""A key beside the properties that has a meaning of its own never stands in for a required property."""

from __future__ import annotations

import pytest

from recordlint import Field, ObjectDefinition, Validator

KEY = "custom_objects.pet"


@pytest.mark.parametrize("key", ["owner", "owners", "followers", "properties", "locationId"])
def test_a_field_with_the_key_of_something_else(key: str) -> None:
    field = Field(key, "Person", "TEXT")
    validator = Validator([ObjectDefinition(KEY, "Pet", (field, Field("name", "Name", "TEXT")), required=(field,))])
    body = {"locationId": "x", "owners": ["u"], "followers": ["u"], "properties": {"name": "Rex"}}
    (violation,) = validator.check(body, operation="create").violations
    assert (violation.rule, violation.pointer) == ("missing-property", "/properties")
    assert violation.message == 'a new record requires "Person"'
    right = {**body, "properties": {key: "Kim"}}
    assert validator.check(right, operation="create").violations == ()


@pytest.mark.parametrize("name", ["Owner", "Properties", "Followers"])
def test_a_field_with_the_name_of_something_else(name: str) -> None:
    field = Field("person", name, "TEXT")
    validator = Validator([ObjectDefinition(KEY, "Pet", (field, Field("name", "Name", "TEXT")), required=(field,))])
    body = {"locationId": "x", "owners": ["u"], "followers": ["u"], "properties": {"name": "Rex"}}
    assert [each.rule for each in validator.check(body, operation="create").violations] == ["missing-property"]
