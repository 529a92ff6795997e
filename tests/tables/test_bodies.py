"""Rows as bodies and requests, and which column what is wrong with them is about."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint import Validator
from recordlint.contract.operations import OPERATIONS
from recordlint.definitions.target import Target
from recordlint.fieldtypes._cells import Reading
from recordlint.tables.bodies import Row, row_reader
from recordlint.tables.columns import Table
from recordlint.tables.headers import match_headers
from recordlint.tables.mapping import ColumnMapping, TableMapping
from recordlint.tables.placing import column_at, place, places
from recordlint.tables.row_checker import to_json
from table_objects import INCIDENT, LISTING

ID = "668d681f77af4e5229abd6c0"


def table_of(
    headers: list[str], mapping: TableMapping | None = None, operation: str = "update", **options: Any
) -> Table:
    target = Target(options.pop("definition", LISTING), OPERATIONS[operation])
    table, faults = match_headers(headers, target, mapping or TableMapping(), **options)
    assert faults == []
    return table


def rows(table: Table, *rows: list[Any]) -> list[Row]:
    return [*map(row_reader(table), rows)]


def said(table: Table, row: Row) -> list[tuple[str, str, str | None]]:
    """Rules with their pointers and columns."""
    validator = Validator([table.target.object])
    if table.makes_requests:
        report = validator.check_document(json.dumps(row.value))
    else:
        report = validator.check(row.value, object=table.target.object.key, operation=table.target.operation.name)
    placed = place(places(table), row.problems, report.violations)
    return [(each.violation.rule, each.violation.pointer, each.column and each.column.header) for each in placed]


def test_a_row_with_a_value_of_each_type() -> None:
    headers = ["Title", "Asking price", "Living area (m²)", "Features", "Status", "Listed on", "Photos"]
    headers += ["Agent's phone", "Agent's e-mail", "Bedrooms", "owners", "followers"]
    mapping = TableMapping(reading=Reading(separator=";", decimal_mark=",", thousands_mark=".", date_order="dmy"))
    cells = [
        "House",
        "1.250.000",
        "120,5",
        "Pool; view",
        "sold",
        "1.2.2024",
        "https://a.example/1.jpg",
        "+1 415 555 0123",
    ]
    cells += ["ada@example.com", "three", "u1", "u2;u3"]
    (row,) = rows(table_of(headers, mapping), cells)
    assert row == Row(
        {
            "properties": {
                "title": "House",
                "asking_price": {"currency": "default", "value": 1250000},
                "living_area": 120.5,
                "features": {"add": ["pool", "view"]},
                "status": "sold",
                "listed_on": "2024-02-01",
                "photos": {"add": [{"url": "https://a.example/1.jpg"}]},
                "agent_phone": "+14155550123",
                "agent_email": "ada@example.com",
                "rooms.bed": "three",
            },
            "owners": {"add": ["u1"]},
            "followers": {"add": ["u2", "u3"]},
        },
        [],
    )


def test_a_new_record() -> None:
    mapping = TableMapping(location="l", constants={"Status": "Active", "followers": ["u1", "u2"], "living_area": 12})
    table = table_of(["Title", "Features", "Owner"], mapping, "create")
    (row,) = rows(table, ["House", "Pool", "u3"])
    assert row.value == {
        "properties": {"status": "active", "living_area": 12, "title": "House", "features": ["pool"]},
        "owners": ["u3"],
        "followers": ["u1", "u2"],
        "locationId": "l",
    }
    assert said(table, row) == []


def test_a_request() -> None:
    table = table_of(["record id", "Title", "Status"], location="l&m")
    good, none, odd = rows(table, [ID, "House", ""], ["", "House", ""], ["a b", "House", "Sodl"])
    assert good.value == {
        "method": "PUT",
        "url": f"/objects/custom_objects.listing/records/{ID}?locationId=l%26m",
        "body": {"properties": {"title": "House"}},
    }
    assert none.value is not None
    assert said(table, none) == [("record-id", "/url", "record id")]
    assert odd.value is not None
    assert odd.value["url"] == "/objects/custom_objects.listing/records/a%20b?locationId=l%26m"
    assert said(table, odd) == [
        ("record-id", "/url", "record id"),
        ("unknown-option", "/body/properties/status", "Status"),
    ]


def test_ids_that_a_spreadsheet_made_numbers() -> None:
    table = table_of(["record id", "Title", "Owner"], location="l")
    exported, stored = rows(table, ["6.68682E+23", "House", "u"], [42, "House", 7])
    assert [(each.rule, each.path) for each in exported.problems] == [("digits-lost", ("url",))]
    assert stored.value is not None
    assert stored.value["url"].startswith("/objects/custom_objects.listing/records/42?")
    assert stored.value["body"]["owners"] == {"add": ["7"]}


def test_empty_cells_say_nothing_unless_they_are_null() -> None:
    headers = ["Title", "Status", "Features", "Owner", "Listed on"]
    cells: list[list[Any]] = [
        ["", "", "", "", ""],
        [None, None, None, None, None],
        [" ", " ", "\n", " ", "\t"],
        [" ", "sold", "", "", ""],
        ["x", "", float("nan"), "", None],
        ["x", None, [], [], ""],
        ["x"],
    ]
    skipped = rows(table_of(headers), *cells)
    assert [row.value for row in skipped] == [
        None,
        None,
        None,
        {"properties": {"title": " ", "status": "sold"}},
        {"properties": {"title": "x"}},
        {"properties": {"title": "x"}},
        {"properties": {"title": "x"}},
    ]
    nulls = rows(table_of(headers, TableMapping(reading=Reading(empty="null"))), *cells)
    null = {"status": None, "features": None, "listed_on": None}
    assert [row.value for row in nulls] == [
        None,
        None,
        None,
        {"properties": {"title": " ", **null, "status": "sold"}},
        {"properties": {"title": "x", **null}},
        {"properties": {"title": "x", **null}},
        {"properties": {"title": "x"}},  # Cells that are not there say nothing.
    ]


def test_one_column_adds_and_another_removes() -> None:
    columns = {
        "Gone": ColumnMapping("features", reading={"part": "remove"}),
        "Left": ColumnMapping(holds="followers", reading={"part": "remove"}),
    }
    mapping = TableMapping(reading=Reading(empty="null"), columns=columns)
    table = table_of(["Features", "Gone", "Followers", "Left"], mapping)
    both, one, none = rows(table, ["Pool", "View!", "u1", "u2"], ["", "pool", "", "u2"], ["", "", "", "u2"])
    assert both.value == {
        "properties": {"features": {"add": ["pool"], "remove": ["View!"]}},
        "followers": {"add": ["u1"], "remove": ["u2"]},
    }
    assert said(table, both) == [("unknown-option", "/properties/features/remove/0", "Gone")]
    assert one.value == {"properties": {"features": {"remove": ["pool"]}}, "followers": {"remove": ["u2"]}}
    assert none.value == {"followers": {"remove": ["u2"]}}


def test_a_constant_is_added_beside_a_column_that_removes() -> None:
    mapping = TableMapping(
        columns={"Gone": ColumnMapping("features", reading={"part": "remove"})}, constants={"features": "Pool"}
    )
    (row,) = rows(table_of(["Gone"], mapping), ["view"])
    assert row.value == {"properties": {"features": {"add": ["pool"], "remove": ["view"]}}}


def test_what_is_wrong_with_a_constant_is_wrong_in_each_row() -> None:
    table = table_of(["Title"], TableMapping(constants={"Listed on": "1/2/2024", "Features": "Sauna"}))
    (row,) = rows(table, ["House"])
    assert said(table, row) == [
        ("ambiguous-date", "/properties/listed_on", "Listed on"),
        ("unknown-option", "/properties/features/add/0", "Features"),
    ]


def test_a_question_about_a_cell_is_the_only_violation_of_it() -> None:
    table = table_of(["Features", "Asking price", "Listed on", "Status"])
    (row,) = rows(table, ["Pool;view", "1.250,00", "1/2/2024", "Sodl"])
    assert said(table, row) == [
        ("unsplit-list", "/properties/features", "Features"),
        ("ambiguous-number", "/properties/asking_price", "Asking price"),
        ("ambiguous-date", "/properties/listed_on", "Listed on"),
        ("unknown-option", "/properties/status", "Status"),
    ]


def test_a_warning_about_a_cell_hides_no_violation() -> None:
    table = table_of(["Container", "Contact"], definition=INCIDENT)
    (row,) = rows(table, ["#N/A", 14155550123])
    assert said(table, row) == [
        ("formula-error", "/properties/container", "Container"),
        ("phone-format", "/properties/contact", "Contact"),
    ]


def test_a_record_id_that_has_lost_digits_is_an_error() -> None:
    mapping = TableMapping(reading=Reading(digits_kept=15))
    table = table_of(["record id", "Title"], mapping, location="l")
    (row,) = rows(table, [1234567890123456, "House"])
    assert [(each.rule, each.severity) for each in row.problems] == [("digits-lost", "error")]
    assert said(table, row) == [("digits-lost", "/url", "record id")]


def test_cells_beyond_the_header() -> None:
    table = table_of(["Title", ""])
    named, wide, fine, empty = rows(table, ["x", "1"], ["x", "", "2"], ["x", "", "", None], ["", "3"])
    assert said(table, named) == [("row-length", "", None)]
    assert said(table, wide) == [("row-length", "", None)]
    assert (fine.value, fine.problems) == ({"properties": {"title": "x"}}, [])
    assert said(table, empty) == [("row-length", "", None)]


@pytest.mark.parametrize(
    ("at", "header"),
    [
        ("/properties/features/add/1", "Features"),
        ("/properties/features/remove", "Features"),
        ("/properties/rooms.bed", "Bedrooms"),
        ("/owners/add/0", "Owner"),
        ("/properties/status", None),
        ("/properties", None),
        ("", None),
    ],
)
def test_the_column_of_a_pointer(at: str, header: str | None) -> None:
    column = column_at(places(table_of(["Features", "Bedrooms", "Owner"])), at)
    assert (column and column.header) == header


NUMBERS = st.floats() | st.integers() | st.decimals(allow_nan=False) | st.sampled_from([math.inf, -math.inf])
STORED = NUMBERS | st.text() | st.booleans() | st.none() | st.dates() | st.datetimes() | st.times() | st.lists(NUMBERS)


@given(st.data(), st.sampled_from(["update", "create"]))
def test_what_a_cell_becomes_is_what_is_written(data: st.DataObject, operation: str) -> None:
    """JSON has no infinity, and `null` in its place would clear a field."""
    keys = [key for key, field in LISTING.by_property.items() if not field.is_textbox_list]
    table = table_of(keys, TableMapping(location="l"), operation)
    (row,) = rows(table, [data.draw(STORED) for _ in keys])
    if row.value is not None:
        assert json.loads(to_json(row.value)) == row.value


@pytest.mark.parametrize("number", [math.inf, -math.inf, Decimal("Infinity")])
@pytest.mark.parametrize("header", ["Asking price", "Living area (m²)", "Status", "Listed on", "Agent's phone"])
def test_infinity_is_no_value(header: str, number: object) -> None:
    table = table_of([header])
    (row,) = rows(table, [number])
    (violation,) = said(table, row)
    assert violation[1:] == (f"/properties/{table.columns[0].key}", header)


def test_decimals_keep_their_digits_or_say_so() -> None:
    many = Decimal("12345678901234567.89")
    table = table_of(["Title", "Living area (m²)", "Asking price"])
    (row,) = rows(table, [many, many, Decimal("1234567.25")])
    assert row.value == {
        "properties": {
            "title": "12345678901234567.89",
            "living_area": 1.2345678901234568e16,
            "asking_price": {"currency": "default", "value": 1234567.25},
        }
    }
    assert said(table, row) == [
        ("cell-as-text", "/properties/title", "Title"),
        ("digits-lost", "/properties/living_area", "Living area (m²)"),
    ]


@pytest.mark.parametrize(("header", "severity"), [("Title", "warning"), ("record id", "error"), ("followers", "error")])
def test_a_double_has_no_room_for_the_digits_of_an_id(header: str, severity: str) -> None:
    """pandas makes doubles of whole numbers where one is missing."""
    mapping = TableMapping(location="l")
    table = table_of(dict.fromkeys(["Title", header]), mapping)
    (clear,) = rows(table, [2.0**53 - 1] * len(table.columns))
    assert not clear.problems
    (row,) = rows(table, [2.0**53] * len(table.columns))
    assert [each.severity for each in row.problems if each.rule == "digits-lost"][-1] == severity
