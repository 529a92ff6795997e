"""What bears the other operation's form, in the order of the text."""

from __future__ import annotations

import pytest

from fixture_files import OBJECTS
from recordlint import Field, ObjectDefinition, Validator
from recordlint.contract.operations import OperationName
from recordlint.definitions.model import BUSINESS

VALIDATOR = Validator.from_path(OBJECTS)
ARRAYS = '{"followers": ["a1"], "properties": {"affected_platforms": ["web"]}, "owners": ["b2"], "locationId": "c3"}'
DELTAS = '{"properties": {"affected_platforms": {"add": ["web"]}}, "owners": {"add": ["b2"]}}'


@pytest.mark.parametrize(
    ("text", "operation", "marks"),
    [
        (ARRAYS, "update", ["/followers", "/properties/affected_platforms", "/owners", "/locationId"]),
        (DELTAS, "create", ["/properties/affected_platforms", "/owners"]),
    ],
)
def test_marks_are_told_in_the_order_of_the_text(text: str, operation: OperationName, marks: list[str]) -> None:
    report = VALIDATOR.check_json(text.encode(), object="custom_objects.ticket", operation=operation)
    (violation,) = report.violations
    assert violation.rule == "other-operation"
    assert [each.pointer for each in violation.related] == marks


def test_users_are_marks_where_the_object_has_none() -> None:
    text = b'{"owners": ["a1"], "locationId": "c3"}'
    validator = Validator([ObjectDefinition(BUSINESS, "Company", (Field("name", "Name", "TEXT"),))])
    assert [each.rule for each in validator.check_json(text).violations] == ["other-operation", "standard-object"]
