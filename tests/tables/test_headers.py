"""Which fields headers name, and what is said of those that name none."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from fixture_files import ROOT
from recordlint.contract.operations import OPERATIONS
from recordlint.definitions.target import Target
from recordlint.tables.headers import match_headers
from recordlint.tables.mapping import TableMapping, parse_mapping
from table_objects import OF_HEADERS

CASES: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/data/headers.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_headers(case: dict[str, Any]) -> None:
    headers = case["headers"]
    target = Target(OF_HEADERS[case["object"]], OPERATIONS[case.get("operation", "update")])
    mapping = parse_mapping("map.toml", case.get("mapping", ""))
    table, faults = match_headers(headers, target, mapping, location=case.get("location"), filled=range(len(headers)))
    matches = {column.position: column.key or column.holds for column in table.columns}
    assert [matches.get(position, "-") for position in range(len(headers))] == case["matches"]
    said = [[0 if fault.column is None else fault.column + 1, fault.reason] for fault in faults]
    assert said == case.get("faults", [])


@pytest.mark.parametrize("case", [each for each in CASES if "faults" not in each], ids=lambda case: case["name"])
def test_the_mapping_in_use_matches_the_same(case: dict[str, Any]) -> None:
    from recordlint.tables.mapping import mapping_in_use, write_mapping

    target = Target(OF_HEADERS[case["object"]], OPERATIONS[case.get("operation", "update")])
    mapping = parse_mapping("map.toml", case.get("mapping", ""))
    location = case.get("location")
    table, _ = match_headers(case["headers"], target, mapping, location=location)
    text = write_mapping(mapping_in_use(mapping, table.columns))
    again, faults = match_headers(case["headers"], target, parse_mapping("map.toml", text), location=location)
    assert (again, faults) == (table, [])


def test_an_empty_column_without_a_header_is_no_column() -> None:
    target = Target(OF_HEADERS["listing"], OPERATIONS["update"])
    table, faults = match_headers(["Title", "", None], target, TableMapping(), filled={0, 2})
    assert [fault.column for fault in faults] == [2]
    assert table.unnamed == []


def test_where_it_is_not_known_which_columns_have_data_each_row_is_asked() -> None:
    table, faults = match_headers(["Title", ""], Target(OF_HEADERS["listing"], OPERATIONS["update"]), TableMapping())
    assert (table.unnamed, faults) == ([1], [])


def test_many_columns_of_one_name_are_listed_in_part() -> None:
    from recordlint import Field, ObjectDefinition

    fields = tuple(Field(f"f{number}", "Same", "TEXT") for number in range(6))
    target = Target(ObjectDefinition("custom_objects.many", "Many", fields), OPERATIONS["update"])
    _, (fault,) = match_headers(["same"], target, TableMapping())
    assert fault.reason == (
        'the column "same" matches "f0", "f1" and "f2" and 3 others; map it to one of them, '
        "or leave it out with --ignore-column"
    )
