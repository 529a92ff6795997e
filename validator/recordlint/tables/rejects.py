"""Rejected rows as the text of a CSV file, to be corrected and converted again: nothing of a row is lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import StringIO
from typing import Final

from recordlint.fieldtypes._cells import UNREAD, Reading, decimal_text, digits_of, is_blank, json_value
from recordlint.tables.cell_places import cell_places
from recordlint.tables.columns import ERRORS, Column, Table
from recordlint.tables.dialects import CANDIDATES
from recordlint.tables.table_files import Layout, TableRow
from recordlint.wording.escape import escape
from recordlint.wording.normalize import normalize, trim

_COMMA: Final = ","
JOINT: Final = ";"
"""Stands between the values of a list where no separator is declared."""
_PLAIN: Final = Reading()
_NUMBERS: Final = ("NUMERICAL", "MONETORY")
_PERHAPS_THOUSANDS: Final = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}").fullmatch


def rejects_header(head: TableRow, layout: Layout) -> str:
    """The header of the file: that of the table, behind the column of errors.

    Where a name has another delimiter in it, all are in quotes, so that the delimiter is clear.
    """
    names = [*layout.header]
    if not any(each in name for name in names for each in CANDIDATES):
        return _row(ERRORS, head, layout, names)
    behind = names[1:] if _is_errors(0, layout) else names
    return _written([ERRORS, *behind], layout.delimiter or _COMMA, in_quotes=True)


def rejected(row: TableRow, errors: Sequence[str], layout: Layout, table: Table) -> str:
    """A row behind what is wrong with it.

    A row of a CSV file stays as it is written, so that it can be corrected even where its quoting is broken. A value
    of another file is written so that its column reads the text as the same value.

    Args:
        row: of the table.
        errors: what is wrong, one sentence each.
        layout: of the table.
        table: what its columns are for.
    """
    texts: Sequence[str] = ()
    if not row.line:
        columns = {column.position: column for column in table.columns}
        unread = {fault.column_index for fault in row.faults}
        texts = [
            UNREAD if index in unread and is_blank(cell) else _text_of(cell, columns.get(index))
            for index, cell in enumerate(row.cells)
        ]
    return _row(escape("; ".join(errors)), row, layout, texts)


def _text_of(cell: object, column: Column | None) -> str:
    if column is None:
        return cell_text(cell)
    return cell_text(cell, column.field.data_type if column.field else "", column.reading)


def _row(first: str, row: TableRow, layout: Layout, texts: Sequence[str]) -> str:
    delimiter = layout.delimiter or _COMMA
    written = _written([first], delimiter).rstrip("\r\n")
    if not row.line:
        cells = [text for index, text in enumerate(texts) if not _is_errors(index, layout)]
        return f"{written}{delimiter}{_written(cells, delimiter)}"
    text = row.text.rstrip("\r\n")
    if _is_errors(0, layout):
        # The file was written by an earlier run.
        text = text.encode("utf-8", "surrogatepass")[cell_places(row, delimiter)[0].end :].decode(
            "utf-8", "surrogatepass"
        )
        return f"{written}{text}\n"
    return f"{written}{delimiter}{text}\n"


def _is_errors(index: int, layout: Layout) -> bool:
    return index == 0 and bool(layout.header) and normalize(trim(layout.header[0])) == normalize(ERRORS)


def _written(cells: Sequence[str], delimiter: str, *, in_quotes: bool = False) -> str:
    text = StringIO(newline="")
    # With both characters in the ending, csv puts a cell with either of them in quotes.
    writer = csv.writer(
        text, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL if in_quotes else csv.QUOTE_MINIMAL
    )
    writer.writerow(cells)
    return f"{text.getvalue().removesuffix(chr(13) + chr(10))}\n"


def cell_text(cell: object, data_type: str = "", reading: Reading = _PLAIN) -> str:
    """The text of a cell of a workbook or a Parquet file, which its column reads as the same value.

    Args:
        cell: the value.
        data_type: that of the column's field; empty where it has none.
        reading: how the column is read.

    Example:
        >>> cell_text(datetime(2024, 7, 1), "DATE"), cell_text(0.5), cell_text(None), cell_text(True)
        ('2024-07-01', '0.5', '', 'TRUE')
        >>> cell_text(1.234, "NUMERICAL", Reading(thousands_mark=".")), cell_text(1.234, "NUMERICAL")
        ('1,234', '1.2340')
    """
    if is_blank(cell):
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, list | tuple):
        return _list_text([cell_text(each, data_type, reading) for each in cell], reading.separator or JOINT)
    if isinstance(cell, str) and "\0" in cell:
        return UNREAD  # No CSV file has that character.
    if isinstance(cell, datetime) and data_type == "DATE" and cell.tzinfo is None and cell == _midnight(cell):
        return cell.date().isoformat()
    text = digits_of(cell) or decimal_text(cell) or str(json_value(cell))
    return _number_text(text, reading) if isinstance(cell, float | Decimal) and data_type in _NUMBERS else text


def _list_text(texts: Sequence[str], separator: str) -> str:
    """A cell of several values. Where it would not be read as these, no field takes it."""
    return UNREAD if any(not each or separator in each for each in texts) else separator.join(texts)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _number_text(text: str, reading: Reading) -> str:
    """A JSON number by the marks of its column. Without marks, three decimals could be thousands."""
    if reading.decimal_mark == "," or (reading.decimal_mark is None and reading.thousands_mark == "."):
        return text.replace(".", ",")
    return f"{text}0" if _PERHAPS_THOUSANDS(text) else text
