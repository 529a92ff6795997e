"""What each type takes at its limit and refuses just past it: asked of the words alone, and of the whole check."""

from __future__ import annotations

from typing import Any

import pytest

from recordlint import Field, ObjectDefinition, Option, Validator
from recordlint.contract.operations import UPDATE
from recordlint.definitions.target import Target
from recordlint.fieldtypes import field_type

NOTES = Field("notes", "Notes", "LARGE_TEXT")
PHONE = Field("tel", "Telephone", "PHONE")
MAIL = Field("mail", "Mail", "EMAIL")
DAY = Field("day", "Day", "DATE")
FILES = Field("files", "Files", "FILE_UPLOAD", max_files=2)
CUSTOM = Field("size", "Size", "RADIO", options=(Option("s", "m"), Option("m", "l")), allow_custom_option=True)
DEFINITION = ObjectDefinition("custom_objects.all", "All", (NOTES, PHONE, MAIL, DAY, FILES, CUSTOM))
VALIDATOR = Validator([DEFINITION])


def address(length: int) -> str:
    return f"{'a' * (length - len('@example.com'))}@example.com"


def files(count: int) -> list[dict[str, str]]:
    return [{"url": f"https://example.com/{number}.pdf"} for number in range(count)]


CASES: list[tuple[Field, Any, list[str]]] = [
    (NOTES, "x" * 12_000, []),
    (NOTES, "x" * 12_001, ["text-too-long"]),
    (PHONE, "+2902000", []),
    (PHONE, "+290200", ["phone-length"]),
    (PHONE, f"+49{'3' * 13}", []),
    (PHONE, f"+49{'3' * 14}", ["phone-format"]),
    (PHONE, "+441134960123", []),
    (PHONE, "+4411349601234", ["phone-length"]),
    (PHONE, f"+{'1' * 16}", ["phone-format"]),
    (MAIL, address(254), []),
    (MAIL, address(255), ["email-format"]),
    (DAY, "0001-01-01", []),
    (DAY, "0000-12-31", ["date-impossible"]),
    (DAY, "9999-12-31", []),
    (DAY, "2024-02-29\n", ["date-format"]),
    (FILES, {"add": files(2)}, []),
    (FILES, {"add": files(3)}, ["too-many"]),
    (FILES, {"remove": files(3)}, []),
    (CUSTOM, "l", ["option-label"]),
    (CUSTOM, "m", []),
    (CUSTOM, "xl", []),
]


@pytest.mark.parametrize(("field", "value", "rules"), CASES, ids=lambda case: repr(case)[:40])
def test_limits(field: Field, value: Any, rules: list[str]) -> None:
    target = Target(DEFINITION, UPDATE)
    assert [each.rule for each in field_type(field.data_type).problems(field, value, target)] == rules
    assert [each.rule for each in VALIDATOR.check({"properties": {field.key: value}}).violations] == rules


@pytest.mark.parametrize(("users", "limit"), [("owners", 1), ("followers", 10)])
def test_the_limits_of_users(users: str, limit: int) -> None:
    ids = [f"u{number}" for number in range(limit + 1)]
    for half, severity in (("add", "error"), ("remove", "warning")):
        assert VALIDATOR.check({users: {half: ids[:limit]}}).violations == ()
        (violation,) = VALIDATOR.check({users: {half: ids}}).violations
        assert (violation.rule, violation.severity, violation.pointer) == ("too-many", severity, f"/{users}/{half}")
    new = {"locationId": "l", "properties": {"notes": "x"}}
    assert VALIDATOR.check({**new, users: ids[:limit]}, operation="create").violations == ()
    (violation,) = VALIDATOR.check({**new, users: ids}, operation="create").violations
    assert (violation.rule, violation.severity, violation.pointer) == ("too-many", "error", f"/{users}")
