"""The rows of a block: CSV text becomes cells, and the structure of each row is checked."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from itertools import islice
from typing import Final

from recordlint.files.lines import changed
from recordlint.problems.named_tuples import new
from recordlint.rows.streams import read_block
from recordlint.tables.records import Records, spans, split_records
from recordlint.tables.table_files import (
    Cell,
    Layout,
    TableBlock,
    TableRow,
    TextBlock,
    column_name,
    make_fault,
    without_empty_end,
)
from recordlint.wording.phrases import count_of, quoted

BATCH: Final = 500
"""How many rows of XLSX and Parquet files are passed on at a time."""
_CLOSE_IT: Final = "close the quoted cell, and write each quote inside it twice"


def block_rows(layout: Layout, block: TableBlock) -> Iterator[TableRow]:
    """The rows of a block that are not empty.

    Raises:
        InputError: the file has changed since the block was made.
    """
    if isinstance(block, TextBlock):
        yield from _text_rows(layout, read_block(block.block).decode("utf-8"), block.row, block.line)
    else:
        yield from block


def text_lines(text: str) -> list[str]:
    """The lines of a text with their endings: LF, CRLF or CR, and no other."""
    return StringIO(text, newline="").readlines()


def cells_of(records: Records, delimiter: str) -> list[list[str]]:
    """The cells of each record; none for a blank line and for broken quoting."""
    texts: Sequence[str] = records.texts
    if records.broken:
        texts = ["" if index in records.broken else text for index, text in enumerate(texts)]
    with _field_limit(max(map(len, texts), default=0)):
        return list(csv.reader(texts, delimiter=delimiter, strict=True))


def _text_rows(layout: Layout, text: str, number: int, line: int) -> Iterator[TableRow]:
    """The rows of whole records.

    Args:
        layout: of the table.
        text: the records.
        number: of the first row.
        line: of the first row.
    """
    lines = text_lines(text)
    delimiter, width = layout.delimiter, len(layout.header)
    named = len(without_empty_end(layout.header))
    records = split_records(lines, delimiter, layout.longest, is_end=True)
    broken, has_long_records = records.broken, len(records.texts) != len(lines)
    for index, (record, cells) in enumerate(zip(records.texts, cells_of(records, delimiter), strict=True)):
        if len(cells) == width:
            if any(cells):
                yield new(TableRow, (number, cells, (), line, record))
        elif index in broken:
            yield _broken_row(layout, record, number, line)
        elif any(cells):
            yield _ragged_row(layout, cells, record, number, line, named)
        number += 1
        line += len(text_lines(record)) if has_long_records and '"' in record else 1


def _broken_row(layout: Layout, record: str, number: int, line: int) -> TableRow:
    cells = spans(record, layout.delimiter)
    index = next(index for index, span in enumerate(cells) if span.broken)
    if cells[index].broken == "open":
        message = "the quote that opens the cell is not closed where a cell ends"
    else:
        message = "the cell goes on after its closing quote"
    fault = make_fault("broken-quoting", layout.header, number, index, message, _CLOSE_IT)
    values: list[Cell] = [record[span.start : span.end] for span in cells[:index]]
    return TableRow(number, values, (fault,), line, record)


def _ragged_row(layout: Layout, cells: Sequence[str], record: str, number: int, line: int, named: int) -> TableRow:
    """A row whose number of cells is not that of the header's.

    It is a fault if a cell beyond the header is not empty, or if one below a name is missing.

    Args:
        layout: of the table.
        cells: what the row has.
        record: its text.
        number: its number.
        line: its line.
        named: how many columns there are up to the last one with a name.
    """
    header = layout.header
    width, count = len(header), len(cells)
    while count > width and not cells[count - 1]:
        count -= 1
    kept: list[Cell] = [*cells[:count]]
    if named <= count <= width:
        return TableRow(number, [*kept, *[""] * (width - count)], (), line, record)
    comma = delimiter_name(layout.delimiter)
    if count < named:
        index, width = count, named
        hint = f"write {comma} for each missing cell, up to column {column_name(named - 1)}"
    else:
        index = next(index for index in range(width, count) if cells[index])
        if f'{layout.delimiter} "' in record:
            hint = f"write no space between {comma} and a quote"
        else:
            hint = f"put a cell that contains {comma} in quotes, or give each cell a header"
    message = f"the row has {count_of(count, 'cell')} under {count_of(width, 'header')}"
    return TableRow(number, kept, (make_fault("row-length", header, number, index, message, hint),), line, record)


def delimiter_name(delimiter: str) -> str:
    r"""A delimiter in a sentence.

    Example:
        >>> delimiter_name("\t")
        'a tab'
    """
    names = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a vertical bar"}
    return names.get(delimiter) or quoted(delimiter)


@contextmanager
def _field_limit(longest: int) -> Iterator[None]:
    """Cells may be this long meanwhile. The limit of the csv module is one for the whole process."""
    before = csv.field_size_limit(max(longest, csv.field_size_limit()))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def batches(rows: Iterator[TableRow]) -> Iterator[tuple[TableRow, ...]]:
    """Rows that have been read, some at a time."""
    while batch := tuple(islice(rows, BATCH)):
        yield batch


def verify_unchanged(path: str, status: os.stat_result | None) -> None:
    """Refuse a file that is not what it was.

    Args:
        path: the file.
        status: what it was when it was opened; None for a pipe, which is not looked at.

    Raises:
        InputError: the file has changed.
    """
    if status is None:
        return
    try:
        after = os.stat(path)
    except OSError as error:
        raise changed(path) from error
    if (after.st_size, after.st_mtime_ns) != (status.st_size, status.st_mtime_ns):
        raise changed(path)
