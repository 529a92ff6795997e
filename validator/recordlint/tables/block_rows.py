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
from recordlint.rows.streams import read_block
from recordlint.tables.records import Records, spans, split_records
from recordlint.tables.table import (
    Cell,
    Fault,
    Layout,
    Row,
    TableBlock,
    TextBlock,
    column_name,
    make_fault,
    without_empty_end,
)
from recordlint.violations import new
from recordlint.wording.phrases import count_of, quoted

BATCH: Final = 500
"""How many rows of XLSX and Parquet files are passed on at a time."""
_CLOSE_IT: Final = "close the quoted cell, and write each quote inside it twice"


def block_rows(layout: Layout, block: TableBlock) -> Iterator[Row]:
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


def _text_rows(layout: Layout, text: str, number: int, line: int) -> Iterator[Row]:
    """The rows of whole records.

    Args:
        layout: of the table.
        text: the records.
        number: of the first row.
        line: of the first row.
    """
    lines = text_lines(text)
    delimiter, width = layout.delimiter, len(layout.header)
    records = split_records(lines, delimiter, layout.longest, is_end=True)
    broken, has_long_records = records.broken, len(records.texts) != len(lines)
    for index, (record, cells) in enumerate(zip(records.texts, cells_of(records, delimiter), strict=True)):
        if len(cells) == width:
            if any(cells):
                yield new(Row, (number, cells, (), line, record))
        elif index in broken:
            yield _broken_row(layout, record, number, line)
        elif any(cells):
            kept, faults = fitted(layout, cells, number, record)
            yield Row(number, kept, faults, line, record)
        number += 1
        line += len(text_lines(record)) if has_long_records and '"' in record else 1


def _broken_row(layout: Layout, record: str, number: int, line: int) -> Row:
    cells = spans(record, layout.delimiter)
    index = next(index for index, span in enumerate(cells) if span.broken)
    if cells[index].broken == "open":
        message = "the quote that opens the cell is not closed where a cell ends"
    else:
        message = "the cell goes on after its closing quote"
    fault = make_fault("broken-quoting", layout.header, number, index, message, _CLOSE_IT)
    values: list[Cell] = [record[span.start : span.end] for span in cells[:index]]
    return Row(number, values, (fault,), line, record)


def fitted(layout: Layout, cells: Sequence[Cell], number: int, text: str = "") -> tuple[list[Cell], tuple[Fault, ...]]:
    """The cells of a row whose number is not that of the columns, and what is wrong with them.

    Empty cells behind the last column do not count. Too few cells are a fault in a CSV file only, since other files
    leave out empty cells.
    """
    header = layout.header
    width = len(header)
    kept = without_empty_end(cells, width)
    count = len(kept)
    if count > width:
        message = f"the row has {count_of(count, 'cell')} under {count_of(width, 'header')}"
        if layout.delimiter and f'{layout.delimiter} "' in text:
            hint = f"write no space between {delimiter_name(layout.delimiter)} and a quote"
        elif layout.delimiter:
            hint = f"put a cell that contains {delimiter_name(layout.delimiter)} in quotes, or give each cell a header"
        else:
            hint = "write a header above each cell, or empty the cells that have none"
        index = next(index for index in range(width, count) if kept[index] not in ("", None))
        return kept, (make_fault("ragged-row", header, number, index, message, hint),)
    if count < width and layout.delimiter:
        message = f"the row has {count_of(count, 'cell')} under {count_of(width, 'header')}"
        hint = f"write {delimiter_name(layout.delimiter)} for each missing cell, up to column {column_name(width - 1)}"
        return kept, (make_fault("ragged-row", header, number, count, message, hint),)
    return kept + [None] * (width - count), ()


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


def batches(rows: Iterator[Row]) -> Iterator[tuple[Row, ...]]:
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
