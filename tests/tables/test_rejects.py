"""Rejected rows: each text is read as the value that the cell has."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint import Field, ObjectDefinition, Option
from recordlint.contract.operations import UPDATE
from recordlint.definitions.target import Target
from recordlint.fieldtypes import field_type
from recordlint.fieldtypes._cells import UNREAD, Noted, Reading
from recordlint.tables.cells import column_reader
from recordlint.tables.columns import Column
from recordlint.tables.dialects import find_delimiter, header_line
from recordlint.tables.rejects import cell_text, rejects_header
from recordlint.tables.table_files import Layout, TableRow

OPTIONS = (Option("yes", "Yes"), Option("no", "No"), Option("2", "Two"))
FIELDS = tuple(
    [
        Field(data_type.lower(), data_type.title(), data_type, options=OPTIONS)
        for data_type in ("TEXT", "NUMERICAL", "MONETORY", "SINGLE_OPTIONS", "MULTIPLE_OPTIONS", "RADIO", "DATE")
    ]
)
TARGET = Target(ObjectDefinition("custom_objects.thing", "Thing", FIELDS), UPDATE)
READINGS = (
    Reading(),
    Reading(decimal_mark=",", separator=";"),
    Reading(thousands_mark=".", separator="|"),
    Reading(decimal_mark=".", thousands_mark=","),
    Reading(decimal_mark=",", thousands_mark=" "),
    Reading(thousands_mark=",", date_order="mdy"),
)
CELLS = st.one_of(
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15).filter(
        lambda x: str(x) != "-0.0"
    ),
    st.decimals(-10_000, 10_000, places=3),
    st.booleans(),
    st.dates(date(1900, 1, 1)),
    st.datetimes(datetime(1900, 1, 1)),
    st.dates(date(1900, 1, 1)).map(lambda day: datetime.combine(day, time())),
)


def value_of(field: Field, cell: object, reading: Reading) -> Any:
    column = Column(0, field.name, "property", field.key, field, reading)
    value = column_reader(column, TARGET)(cell)
    return value.value if isinstance(value, Noted) else value


def is_right(field: Field, value: object) -> bool:
    return not any(each.severity == "error" for each in field_type(field.data_type).problems(field, value, TARGET))


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.data_type)
@given(cell=CELLS, reading=st.sampled_from(READINGS))
def test_a_text_is_read_as_the_value_of_its_cell(field: Field, cell: object, reading: Reading) -> None:
    value = value_of(field, cell, reading)
    again = value_of(field, cell_text(cell, field.data_type, reading), reading)
    if is_right(field, value):
        assert again == value
    else:
        assert not is_right(field, again)


@pytest.mark.parametrize(
    ("cell", "data_type", "reading", "text"),
    [
        (1.234, "NUMERICAL", Reading(), "1.2340"),
        (1.234, "NUMERICAL", Reading(thousands_mark="."), "1,234"),
        (1.234, "MONETORY", Reading(decimal_mark=",", thousands_mark="."), "1,234"),
        (1.234, "TEXT", Reading(decimal_mark=","), "1.234"),
        (1234.0, "TEXT", Reading(), "1234"),
        (Decimal("0.500"), "NUMERICAL", Reading(decimal_mark=","), "0,500"),
        (Decimal("12345678901234567.89"), "NUMERICAL", Reading(), "12345678901234567.89"),
        (Decimal("1.234"), "NUMERICAL", Reading(), "1.2340"),
        (Decimal("0.12345678901234567890"), "TEXT", Reading(), "0.12345678901234567890"),
        (["web", None], "CHECKBOX", Reading(separator="|"), UNREAD),
        ([""], "CHECKBOX", Reading(), UNREAD),
        (["Web, and more", "ios"], "CHECKBOX", Reading(separator=","), UNREAD),
        ("a\0b", "TEXT", Reading(), UNREAD),
        (datetime(2024, 7, 1), "DATE", Reading(), "2024-07-01"),
        (datetime(2024, 7, 1), "TEXT", Reading(), "2024-07-01T00:00:00"),
        (["web", "ios"], "CHECKBOX", Reading(separator="|"), "web|ios"),
        (True, "RADIO", Reading(), "TRUE"),
        (float("nan"), "NUMERICAL", Reading(), ""),
    ],
)
def test_texts(cell: object, data_type: str, reading: Reading, text: str) -> None:
    assert cell_text(cell, data_type, reading) == text


@pytest.mark.parametrize(
    ("names", "delimiter", "header"),
    [
        (("Name", "Tags; or none"), "", '"recordlint_error","Name","Tags; or none"\n'),
        (("Name, first", "Age"), ";", '"recordlint_error";"Name, first";"Age"\n'),
        (("Name", "Age"), "", "recordlint_error,Name,Age\n"),
        (("recordlint_error", "A|B"), ",", '"recordlint_error","A|B"\n'),
    ],
)
def test_the_delimiter_of_the_header_is_clear(names: tuple[str, ...], delimiter: str, header: str) -> None:
    text = delimiter.join(names)
    head = TableRow(1, names, (), 1 if delimiter else 0, text)
    assert rejects_header(head, Layout("t", names, delimiter)) == header
    assert find_delimiter("t.csv", header_line(header) or "", ",")[0] == (delimiter or ",")
