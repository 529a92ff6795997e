"""What a first pass shows: separators that all cells bear out, and what columns have to declare."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recordlint import Field, ObjectDefinition, Option
from recordlint.contract.operations import OPERATIONS
from recordlint.definitions.target import Target
from recordlint.fieldtypes._cells import Noted, Reading
from recordlint.tables.cells import column_reader
from recordlint.tables.headers import match_headers
from recordlint.tables.mapping import TableMapping, mapping_in_use, write_mapping
from recordlint.tables.survey import ASKED, Survey, asks_nothing
from table_objects import LISTING

URL = "https://a.example/"


def survey(header: str, *cells: Any, reading: Reading | None = None) -> Survey:
    target = Target(LISTING, OPERATIONS["update"])
    table, faults = match_headers([header], target, TableMapping(reading=reading or Reading()))
    assert faults == []
    result = Survey(table)
    for line, cell in enumerate(cells, 2):
        result.feed([cell], line)
    return result


@pytest.mark.parametrize(
    ("header", "cells", "separator"),
    [
        ("Features", ["Pool;view", "solar; pool"], ";"),
        ("Features", ["Pool, view", "", "solar", None, "VIEW,pool"], ","),
        ("Features", ["Pool\nview", "view\r\npool"], "\n"),
        ("Features", ["Pool|view"], None),  # one cell alone
        ("Features", ["Pool;view", "pool;view;Sauna"], None),  # one cell does not bear it out
        ("Features", ["Pool;view", "pool;view", "Sauna"], None),
        ("Features", ["Pool;view", "pool,view", "pool;view"], None),
        ("Features", ["Garage, double;Pool", "Garage, double", "view;Pool"], ";"),
        ("Features", ["Garage, double", "Garage, double"], None),  # a label with a comma is one value
        ("Features", [["pool", "view"], "Pool;view", "Pool;solar"], ";"),
        ("Features", ["Pool;view", "Pool;solar;"], ";"),
        ("Photos", [f"{URL}1.jpg, {URL}2.jpg", f"{URL}1.jpg,{URL}3.jpg", f"{URL}4,5.jpg"], ","),
        ("Photos", [f"{URL}1.jpg;{URL}2.jpg", "none", f"{URL}1.jpg;{URL}3.jpg"], None),
        ("followers", ["u1;u2", "u3", "u1;u3"], ";"),
        ("followers", ["u1 u2", "u1 u3"], None),
        ("Title", ["a;b", "c;d"], None),  # which takes one text
        ("Status", ["active;sold", "sold;active"], None),
    ],
)
def test_separators(header: str, cells: list[Any], separator: str | None) -> None:
    result = survey(header, *cells)
    assert [*result.separators().values()] == ([separator] if separator else [])
    (column,) = result.table().columns
    assert column.reading.separator == separator


def test_two_separators_that_would_do_are_none() -> None:
    options = tuple([Option(key, key) for key in ("A", "A,B", "B;C", "C")])
    field = Field("tags", "Tags", "CHECKBOX", options=options)
    target = Target(ObjectDefinition("custom_objects.pet", "Pet", (field,)), OPERATIONS["update"])
    table, _ = match_headers(["Tags"], target, TableMapping())
    both, one = Survey(table), Survey(table)
    for line in (2, 3):
        both.feed(["A,B;C"], line)
        one.feed(["A,B;C"], line)
    one.feed(["C;A"], 4)
    assert ([*both.separators().values()], [*one.separators().values()]) == ([], [";"])


def test_a_declared_separator_is_not_looked_for() -> None:
    reading = Reading(separator="|")
    assert survey("Features", "Pool;view", "Pool;view", reading=reading).table().columns[0].reading == reading


def test_what_a_separator_answers_is_not_asked() -> None:
    assert survey("Features", "Pool;view", "Pool;view").questions() == []
    (question,) = survey("Features", "Pool;view", "Sauna", "Pool;view").questions()
    assert (question.rule, question.cells, question.row) == ("unsplit-list", 2, 2)


def test_a_question_is_asked_once_for_a_column() -> None:
    (fault,) = survey("Listed on", "2024-01-01", "1/2/2024", "3/4/2024", "soon").faults()
    assert fault.column == 0
    assert fault.reason == (
        'column 1 ("Listed on"): "Listed on" has a date with the year last, and the table does not declare the order '
        'of day and month, in 2 cells, the first in row 3; set date-order = "dmy" or "mdy" for this column'
    )


def test_a_cell_that_shows_the_order_is_a_hint() -> None:
    (question,) = survey("Listed on", "1/2/2024", "31/12/2024").questions()
    assert question.hint == (
        'set date-order = "dmy" for this column, if the whole column has that order: row 3 can only be "dmy"'
    )
    (question,) = survey("Listed on", "31/12/2024", "12/31/2024").questions()
    assert question.hint == (
        'correct the column, which has two orders of day and month: row 2 can only be "dmy" and row 3 can only be "mdy"'
    )


def test_declared_columns_ask_nothing() -> None:
    assert survey("Listed on", "1/2/2024", "31/12/2024", reading=Reading(date_order="dmy")).questions() == []
    reading = Reading(decimal_mark=",", thousands_mark=".")
    assert survey("Asking price", "1.250,00", "1.250", reading=reading).questions() == []
    (question,) = survey("Asking price", "1.250,00").questions()
    assert question.hint == 'set decimal-mark = "," and thousands-mark = "." for this column'


@pytest.mark.parametrize(
    ("header", "cells", "hint"),
    [
        (
            "Asking price",
            ["1.250", "950,00", "1.250.000,00"],
            'set decimal-mark = "," and thousands-mark = "." for this column',
        ),
        ("Asking price", ["1,250", "12,5"], 'set decimal-mark = "," for this column'),
        ("Asking price", ["1,250", "1,250,000"], 'set thousands-mark = "," for this column'),
        ("Asking price", ["1,250.5", "1.250,5"], "write all numbers of the column with the same marks, and set these"),
        ("Features", ["Pool;view", "Pool,view"], "write the same separator in all cells of the column, and set it"),
    ],
)
def test_different_cells_of_a_column_ask_once(header: str, cells: list[str], hint: str) -> None:
    (question,) = survey(header, *cells).questions()
    assert (question.hint, question.cells, question.row) == (hint, len(cells), 2)


@pytest.mark.parametrize(
    ("cells", "hint"),
    [
        (["1.000,000", "0.125"], "write all numbers of the column with the same marks, and set these"),
        (["12345.678", "1,250"], 'set decimal-mark = "." and thousands-mark = "," for this column'),
        (["12345.678", "1,250,000"], 'set decimal-mark = "." and thousands-mark = "," for this column'),
    ],
)
def test_the_marks_suit_the_numbers_that_are_clear(cells: list[str], hint: str) -> None:
    (question,) = survey("Asking price", *cells).questions()
    assert (question.hint, question.cells) == (hint, 1)


def test_columns_with_data() -> None:
    table, _ = match_headers(["Title", "", "", "Status"], Target(LISTING, OPERATIONS["update"]), TableMapping())
    result = Survey(table)
    result.feed(["x", "", 0], 2)
    result.feed([None, None, float("nan"), ""], 3)
    assert result.filled == {2}


def test_the_separator_is_written_to_the_mapping_in_use() -> None:
    result = survey("Features", "Pool;view", "Pool;view")
    text = write_mapping(mapping_in_use(TableMapping(), result.table().columns))
    assert text == '[columns."Features"]\nfield = "features"\nseparator = ";"\n'


WORD = "[0-9A-Za-z]"
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
QUICK = st.from_regex(f"{DAY}|{WORD}{{1,12}}|[0-9]{{1,14}}|{WORD}{{4}}-{WORD}{{2}}-{WORD}{{2}}", fullmatch=True)


@given(QUICK)
@example("01022024")
@example("20240101")
@example("1E5")
def test_what_is_quickly_no_question_is_none_when_it_is_read(text: str) -> None:
    assert asks_nothing(text)
    for header in ("Features", "Photos", "Listed on", "Asking price", "followers"):
        assert _reads_without_question(header, text)


def _reads_without_question(header: str, text: str) -> bool:
    table, faults = match_headers([header], Target(LISTING, OPERATIONS["update"]), TableMapping())
    assert faults == []
    value = column_reader(table.columns[0], table.target)(text)
    return not isinstance(value, Noted) or not {each.rule for each in value.problems} & {*ASKED}


def test_a_text_that_comes_often_counts_as_often_as_is_needed() -> None:
    for times in (1, 2, 3, 100):
        result = survey("Features", *["Pool;view"] * times)
        assert [*result.separators().values()] == ([";"] if times > 1 else [])
    assert survey("Features", *["Pool;view"] * 5, "Sauna", *["Pool;view"] * 5).separators() == {}
