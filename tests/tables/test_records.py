"""Records: the csv module reads the same ones where quoting is right, and no text is lost where it is not."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint.tables import records as records_module
from recordlint.tables.block_rows import cells_of, text_lines
from recordlint.tables.cell_places import cell_places
from recordlint.tables.records import spans, split_records
from recordlint.tables.table_files import LINES, TableRow

LONGEST = 1_000_000
ODD_TEXTS = st.text(st.sampled_from('ab"",,\n\r é'), max_size=40)
CELLS = st.text(st.sampled_from('ab";,\t\n é😀'), max_size=6)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6)


@given(
    TABLES,
    st.sampled_from(",;\t"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_csv_writes_is_read_back(table: list[list[str]], delimiter: str, quoting: int, end: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(table)
    records = split_records(text_lines(file.getvalue()), delimiter, LONGEST, is_end=True)
    assert not records.broken
    assert cells_of(records, delimiter) == table


@given(ODD_TEXTS)
def test_every_line_is_in_one_record(text: str) -> None:
    lines = text_lines(text)
    records = split_records(lines, ",", LONGEST, is_end=True)
    assert "".join(records.texts) == text
    assert records.used == len(lines)
    assert all(len(text_lines(records.texts[index])) == 1 for index in records.broken)


def lines_of_record(lines: list[str], start: int, most: int) -> int:
    """How many lines a record has, one character after the other; 0 if its quoting is broken."""
    state = "start"
    for at in range(start, min(start + most, len(lines))):
        for character in lines[at]:
            if state == "quoted":
                state = "quote" if character == '"' else "quoted"
            elif state == "quote":
                if character not in '",\n\r':
                    return 0
                state = {'"': "quoted", ",": "start"}.get(character, "end")
            elif character == '"' and state == "start":
                state = "quoted"
            else:
                state = "start" if character == "," else "text"
        if state != "quoted":
            return at - start + 1
    return 0


@given(ODD_TEXTS, st.integers(1, 5), st.booleans())
def test_records_are_those_of_rfc_4180(text: str, most: int, is_end: bool) -> None:
    lines = text_lines(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(records_module, "LINES", most)
        records = split_records(lines, ",", LONGEST, is_end=is_end)
    at = 0
    for index, record in enumerate(records.texts):
        size = lines_of_record(lines, at, most)
        assert (size == 0) == (index in records.broken)
        at += size or 1
        assert record == "".join(lines[at - (size or 1) : at])
    assert at == records.used
    assert at == len(lines) if is_end else len(lines) - at < most or lines_of_record(lines, at, most) == 0


@given(ODD_TEXTS)
def test_the_csv_module_takes_each_record_by_itself(text: str) -> None:
    """It says the same of the quoting of each, and sees one row in each that is not broken."""
    records = split_records(text_lines(text), ",", LONGEST, is_end=True)
    for index, record in enumerate(records.texts):
        if index not in records.broken:
            assert len(list(csv.reader([record], strict=True))) == 1


@given(ODD_TEXTS)
def test_a_broken_record_is_broken_for_the_csv_module_too(text: str) -> None:
    records = split_records(text_lines(text), ",", LONGEST, is_end=True)
    for index, record in enumerate(records.texts):
        if index in records.broken:
            behind = "".join(records.texts[index:])
            try:
                list(csv.reader([behind.partition(record)[1]], strict=True))
            except csv.Error:
                continue
            raise AssertionError(record)


@given(ODD_TEXTS)
def test_places_are_those_of_the_cells(text: str) -> None:
    records = split_records(text_lines(text), ",", LONGEST, is_end=True)
    line = 1
    for record in records.texts:
        cells = next(csv.reader([record]), []) if record.strip("\r\n") else [""]
        seen = cell_places(TableRow(1, [], (), line, record), ",")
        assert len(seen) == len(cells)
        for place, span in zip(seen, spans(record, ","), strict=True):
            lines = text_lines(record)
            start = sum(map(len, lines[: place.line - line])) + place.column - 1
            assert start == span.start or record[start : span.start].strip("\r\n") == ""
            assert record.encode()[place.start : place.end].decode() == record[span.start : span.end]
        line += len(text_lines(record))


def test_a_quoted_cell_may_have_a_thousand_lines() -> None:
    longest = ['"a\n', *["b\n"] * (LINES - 2), 'c"\n']
    assert split_records([*longest, "d\n"], ",", LONGEST, is_end=True).broken == frozenset()
    longer = ['"a\n', *["b\n"] * (LINES - 1), 'c"\n']
    assert 0 in split_records([*longer, "d\n"], ",", LONGEST, is_end=True).broken


def test_what_is_not_certain_yet_waits() -> None:
    lines = ["a,b\n", '"c\n', "d\n"]
    assert split_records(lines, ",", LONGEST, is_end=False).used == 1
    assert split_records(lines, ",", LONGEST, is_end=True).used == 3
    assert split_records([*lines, *["e\n"] * LINES], ",", LONGEST, is_end=False).broken == {1}


def test_twenty_thousand_columns_and_a_very_long_cell() -> None:
    wide = ",".join(['"a, ""b"""'] * 20_000) + "\n"
    long = '"' + "x" * 500_000 + '"\n'
    records = split_records([wide, long], ",", LONGEST, is_end=True)
    first, second = cells_of(records, ",")
    assert first == ['a, "b"'] * 20_000
    assert second == ["x" * 500_000]
    assert len(spans(wide, ",")) == 20_000
