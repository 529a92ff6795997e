"""The start of a CSV file: its delimiter and its header."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from recordlint.errors import InputError
from recordlint.tables.block_rows import cells_of, text_lines
from recordlint.tables.csv_text import Start, next_piece, too_long
from recordlint.tables.dialects import find_delimiter, header_line, separator_line
from recordlint.tables.records import split_records
from recordlint.tables.table_files import TableRow

NO_HEADER: Final = "its first row must have the names of the columns"


class Head(NamedTuple):
    """What the start of a file says."""

    row: TableRow
    """The header, with a text for each of its cells, empty or not."""
    delimiter: str
    notes: tuple[str, ...]
    """Sentences for a person."""
    text: str
    """Everything up to the end of the header."""
    remaining: str
    """What has been read behind it."""
    next: Start
    """The record behind the header."""


def read_head(path: str, pieces: Iterator[str], delimiter: str, longest: int, encoding: str) -> Head:
    """Read a text up to the end of its header, at least.

    Args:
        path: the file. If its name has the ending `.tsv`, its usual delimiter is the tab.
        pieces: the text.
        delimiter: the one that was asked for; empty to find it.
        longest: the most characters of the header.
        encoding: that of the file, for errors.

    Raises:
        InputError: there is no header, it has broken quoting or several possible delimiters, or it cannot be decoded.
    """
    text, line, is_end = "", None, False
    while line is None and not is_end and len(text) <= longest:
        piece = next_piece(path, pieces, text, 1, encoding, is_ascii=text.isascii())
        is_end = piece is None
        text += piece or ""
        line = header_line(text[separator_line(text)[1] :])
    named, skipped = separator_line(text)
    note = ""
    if not (delimiter := delimiter or named):
        usual = "\t" if path.lower().removesuffix(".gz").endswith(".tsv") else ","
        delimiter, note = find_delimiter(path, line or text.strip().partition("\n")[0], usual)
    row, length = _header(path, text[skipped:], delimiter, longest, line=2 if skipped else 1)
    notes = [note] if note else []
    if row.number > 1:
        notes.append(f"the header is row {row.number}, the first that is not empty")
    end = skipped + length
    start = Start(row.number + 1, row.line + len(text_lines(row.text)))
    return Head(row, delimiter, tuple(notes), text[:end], text[end:], start)


def _header(path: str, text: str, delimiter: str, longest: int, line: int) -> tuple[TableRow, int]:
    """The first record that is not empty, and the number of characters up to its end."""
    records = split_records(text_lines(text), delimiter, longest, is_end=True)
    length = 0
    for index, (record, cells) in enumerate(zip(records.texts, cells_of(records, delimiter), strict=True)):
        length += len(record)
        if len(record) > longest:
            raise too_long(path, line, longest)
        if index in records.broken:
            raise InputError(
                f"{path}:{line}: the header has broken quoting; "
                "close each quoted cell, and write each quote inside it twice"
            )
        if any(cells):
            return TableRow(index + 1, cells, (), line, record), length
        line += len(text_lines(record))
    raise InputError(f"{path}: has only empty rows; {NO_HEADER}")
