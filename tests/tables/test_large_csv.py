"""CSV files with much in one row: many columns, long cells, cells of many lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from recordlint.errors import InputError
from recordlint.tables.cell_places import cell_place, cell_places
from recordlint.tables.sources import open_table
from recordlint.tables.table_files import LINES, TableRow, column_name


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.csv"


def rows(path: Path, **options: int) -> list[TableRow]:
    with open_table(str(path), **options) as table:
        return list(table.rows())


def test_twenty_thousand_columns(path: Path) -> None:
    names = [f'"column {number}, or ""{number}"""' for number in range(20_000)]
    path.write_text(f"{','.join(names)}\n{','.join(names)}\n{','.join(names[:-1])}\n")
    whole, short = rows(path)
    assert whole.cells[19_999] == 'column 19999, or "19999"'
    assert whole.faults == ()
    assert [fault.cell for fault in short.faults] == ["ACOF3"]
    assert column_name(19_999) == "ACOF"
    assert cell_place(cell_places(short, ","), 19_999).line == 3


def test_a_long_cell(path: Path) -> None:
    path.write_text(f'Name,Notes\na,{"x" * 3_000_000}\nb,"{"y" * 3_000_000}"\nc,d\n')
    assert [len(row.cells[1] or "") for row in rows(path)] == [3_000_000, 3_000_000, 1]


def test_a_cell_longer_than_is_allowed(path: Path) -> None:
    path.write_text(f"Name,Notes\na,{'x' * 3_000_000}\n")
    with pytest.raises(
        InputError, match=r"a\.csv:2: the line is longer than --max-size allows \(1,000,000 characters\)$"
    ):
        rows(path, longest=1_000_000)
    path.write_text(f"Name,{'x' * 3_000_000}\n")
    with pytest.raises(
        InputError, match=r"a\.csv:1: the line is longer than --max-size allows \(1,000,000 characters\)$"
    ):
        rows(path, longest=1_000_000)


@pytest.mark.parametrize(("lines", "is_whole"), [(LINES, True), (LINES + 1, False)])
def test_a_quoted_cell_of_many_lines(path: Path, lines: int, is_whole: bool) -> None:
    text = "\n".join(["x" * 200] * lines)
    path.write_text(f'Name\n"{text}"\nlast\n')
    first, *others = rows(path)
    assert [fault.rule for fault in first.faults] == [] if is_whole else ["broken-quoting"]
    assert len(others) == (1 if is_whole else lines)
    assert (others[-1].cells, others[-1].line) == (["last"], lines + 2)


def test_many_quotes_that_are_never_closed(path: Path) -> None:
    """Each line opens a cell, by itself as well as within a cell: none is looked at a thousand times."""
    path.write_text("a,b\n" + 'x","y\n' * 50_000)
    read = rows(path)
    assert len(read) == 50_000
    assert {fault.rule for row in read for fault in row.faults} == {"broken-quoting"}
