"""The library as a program uses it."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

import recordlint

OBJECTS = Path(__file__).parents[2] / "fixtures" / "objects"
TICKET = "custom_objects.ticket"
VALIDATOR = recordlint.Validator.from_path(OBJECTS)


class Colour(StrEnum):
    RED = "red"


def cyclic() -> list[Any]:
    body: list[Any] = []
    body.append(body)
    return body


def test_valid_body() -> None:
    report = VALIDATOR.check({"properties": {"ticket_name": "x"}}, object=TICKET)
    assert (report.valid, report.violations, report.object, report.operation) == (True, (), TICKET, "update")
    report.raise_for_errors()


def test_invalid_body_raises_with_the_report() -> None:
    report = VALIDATOR.check({"properties": {"recieved_on": "2024-02-30"}}, object=TICKET)
    with pytest.raises(recordlint.InvalidPayload) as caught:
        report.raise_for_errors()
    assert caught.value.report is report
    assert "date-impossible" in str(caught.value)
    assert "2024-02-30" not in str(caught.value), "values are personal data"
    assert isinstance(caught.value, recordlint.RecordlintError)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert str(again) == str(caught.value)


def test_warnings_do_not_raise() -> None:
    report = VALIDATOR.check({}, object=TICKET)
    assert (report.valid, report.errors, report.warnings) == (True, 0, 1)
    report.raise_for_errors()


def test_text_may_be_str_or_bytes() -> None:
    text = '{"properties": {"phone_number": "é"}}'
    (one,) = VALIDATOR.check_json(text, object=TICKET).violations
    (two,) = VALIDATOR.check_json(text.encode(), object=TICKET).violations
    assert one == two
    assert one.place == (1, 33, 1, 36, 32, 36)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"properties": {"customer_number": float("nan")}}, "/properties/customer_number"),
        ({"properties": {"customer_number": float("-inf")}}, "/properties/customer_number"),
        ({"properties": {"customer_number": 10**400}}, "/properties/customer_number"),
        ({"properties": {"ticket_name": "\ud800"}}, "/properties/ticket_name"),
        ({"properties": {"ticket_name": b"x"}}, "/properties/ticket_name"),
        ({"properties": {"ticket_name": Colour.RED}}, "/properties/ticket_name"),
        ({"properties": {"customer_number": Decimal(1)}}, "/properties/customer_number"),
        ({"properties": {"section_of_app": {"add": ("a",)}}}, "/properties/section_of_app/add"),
        ({"properties": {"section_of_app": {"add": {"a"}}}}, "/properties/section_of_app/add"),
        ({"properties": {1: "x"}}, "/properties/1"),
        ({"properties": {"\udc00": "x"}}, "/properties/\udc00"),
        (cyclic(), "/0" * 128),
    ],
)
def test_what_json_cannot_hold(body: Any, pointer: str) -> None:
    for engine in ("jsonschema-rs", "jsonschema"):
        report = recordlint.Validator.from_path(OBJECTS, engine=engine).check(body, object=TICKET)
        assert [(v.rule, v.pointer) for v in report.violations] == [("invalid-json", pointer)]


def test_unknown_names_say_what_there_is() -> None:
    with pytest.raises(recordlint.UnknownObject, match=r"did you mean custom_objects\.ticket\?"):
        VALIDATOR.check({}, object="custom_objects.tickets")
    with pytest.raises(recordlint.UsageError, match="update or create"):
        VALIDATOR.check({}, object=TICKET, operation="delete")  # type: ignore[arg-type]
    with pytest.raises(recordlint.UsageError, match="say which object"):
        VALIDATOR.check({})
    with pytest.raises(recordlint.UsageError, match="jsonschema-rs or jsonschema"):
        recordlint.Validator.from_path(OBJECTS, engine="none")


def test_the_only_object_needs_no_name() -> None:
    report = recordlint.Validator.from_path(OBJECTS / "ticket.json").check({"properties": {"ticket_name": "x"}})
    assert report.object == TICKET


def test_the_only_object_does_not_stand_in_for_another() -> None:
    """Not even once it was asked for without its name."""
    one = recordlint.Validator.from_path(OBJECTS / "ticket.json")
    body = b'{"properties": {"ticket_name": "x"}}'
    for _ in range(2):
        assert one.check_json(body).object == one.check_json(body, object=TICKET).object == TICKET
        for check in (one.check, one.check_json, one.check_document):
            with pytest.raises(recordlint.UnknownObject):
                check(body, object="custom_objects.asset")  # type: ignore[operator]


def test_many_violations_are_listed_to_a_limit_and_counted() -> None:
    report = VALIDATOR.check({"properties": {f"k{n}": 1 for n in range(1_500)}}, object=TICKET)
    assert (len(report.violations), report.omitted, report.errors) == (1_000, 500, 1_500)


def test_threads_share_a_validator() -> None:
    fresh = recordlint.Validator.from_path(OBJECTS)
    body = b'{"properties": {"recieved_on": "x"}}'
    with ThreadPoolExecutor(8) as pool:
        listed = list(pool.map(lambda _: fresh.check_json(body, object=TICKET).violations, range(200)))
    assert len(set(listed)) == 1
    assert listed[0][0].rule == "date-format"


def test_public_names() -> None:
    assert all(hasattr(recordlint, name) for name in recordlint.__all__)
    assert all(
        getattr(recordlint, name).__doc__ for name in recordlint.__all__ if name not in ("Operation", "Severity")
    )


def test_a_report_from_another_process_can_still_be_fixed() -> None:
    report = VALIDATOR.check_json('{"properties": {"recieved_on": "2024/7/1"}}', object=TICKET)
    again = pickle.loads(pickle.dumps(report))  # noqa: S301 - our own bytes
    assert again.violations == report.violations
    assert again.fixed() == b'{"properties": {"recieved_on": "2024-07-01"}}'
