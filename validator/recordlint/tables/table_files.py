"""The values that the readers of tables give: rows of raw cells, what is wrong with a row, and the open table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from recordlint.problems.problem import Severity
from recordlint.rows.streams import Block

Cell = str | int | float | bool | date | datetime | time | timedelta | Decimal | list[object] | None
"""A raw value. CSV has only strings; an empty cell of another file is None."""

NO_ROWS: Final = "the table has a header and no rows"
LINES: Final = 1_000
"""The most lines that a quoted cell may have. A longer one is an opening quote that is never closed."""


class Fault(NamedTuple):
    """Something wrong with the structure of a row. Such a row is set aside."""

    rule: str
    """`row-length`, `broken-quoting`, `formula-error`, `formula-without-value` or `ambiguous-date`."""
    severity: Severity
    row: int
    """As `TableRow.number`."""
    column_index: int
    """From 0."""
    cell: str
    """The cell's name in a spreadsheet, such as `B17`."""
    column: str
    """The column's name in the header; empty where it has none."""
    message: str
    """What is wrong, one sentence, without any value of the table."""
    hint: str
    """What to do, one sentence, without any value of the table."""


class TableRow(NamedTuple):
    """A row of a table."""

    number: int
    """As a spreadsheet counts: the header is row 1, if it is first."""
    cells: Sequence[Cell]
    """One value for each column of the header, and more if an XLSX file has values beyond it.

    If there are faults, what could be read.
    """
    faults: tuple[Fault, ...] = ()
    line: int = 0
    """The line of a CSV file where the row begins; 0 for other files."""
    text: str = ""
    """The row's text in a CSV file, line ending included; empty for other files."""


class TextBlock(NamedTuple):
    """Whole rows of a CSV file, as UTF-8."""

    block: Block
    row: int
    """The number of the first row."""
    line: int
    """The line of the first row."""


TableBlock = TextBlock | tuple[TableRow, ...]
"""Neighbouring rows: text that is still to be read, or rows that have been read. It can be sent to another process."""


class Layout(NamedTuple):
    """What has to be known to read the rows of a block. It can be sent to another process."""

    path: str
    header: tuple[str, ...]
    """The names of the columns. A column without a name has an empty one."""
    delimiter: str = ""
    """What separates the cells of a CSV file; empty for other files."""
    longest: int = 0
    """The most characters that a row of a CSV file may have."""
    lists: frozenset[int] = frozenset()
    """The columns whose cells are lists, from 0."""


class TableFile(NamedTuple):
    """An open table."""

    layout: Layout
    head: TableRow
    """The row of the header."""
    blocks: Callable[[], Iterator[TableBlock]]
    """All rows below the header, in order. Call it once.

    Raises:
        InputError: the file cannot be read to its end.
    """
    notes: Callable[[], tuple[str, ...]]
    """Sentences for a person about how the file was read. There may be more of them when all rows have been read."""
    size: int | None = None
    """Bytes of the file, as it is stored; None where that is not known."""
    position: Callable[[], int] = lambda: 0
    """How many bytes of `size` have been read."""
    verify: Callable[[], None] = lambda: None
    """Call it when all rows are done: it raises InputError if the file has changed."""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.layout.header

    def rows(self) -> Iterator[TableRow]:
        """All rows below the header that are not empty. Call it once, or `blocks` instead.

        Raises:
            InputError: the file cannot be read to its end.
        """
        from recordlint.tables.block_rows import block_rows

        for block in self.blocks():
            yield from block_rows(self.layout, block)


def column_name(index: int) -> str:
    """The letters of a column in a spreadsheet.

    Args:
        index: from 0.

    Example:
        >>> column_name(1), column_name(26)
        ('B', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def make_fault(
    rule: str, header: tuple[str, ...], row: int, index: int, message: str, hint: str, severity: Severity = "error"
) -> Fault:
    """A fault at a cell, with the names of the cell and its column.

    Example:
        >>> make_fault("formula-error", ("name", "price"), 17, 1, "the cell is an error", "correct the formula").cell
        'B17'
    """
    name = header[index] if index < len(header) else ""
    return Fault(rule, severity, row, index, f"{column_name(index)}{row}", name, message, hint)


def without_empty_end(cells: Sequence[Cell], width: int = 0) -> list[Cell]:
    """The cells without empty ones at the end, but at least `width` of them if there are so many."""
    end = len(cells)
    while end > width and cells[end - 1] in ("", None):
        end -= 1
    return list(cells[:end])
