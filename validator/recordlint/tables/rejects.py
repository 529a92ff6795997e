"""Rejected rows as the text of a CSV file, to be corrected and converted again: nothing of a row is lost."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from io import StringIO
from typing import Final

from recordlint.tables.cell_places import cell_places
from recordlint.tables.columns import ERRORS
from recordlint.tables.table_files import Layout, TableRow
from recordlint.wording.escape import escape

_COMMA: Final = ","


def rejects_header(head: TableRow, layout: Layout) -> str:
    """The header of the file: that of the table, behind the column of errors."""
    return _row(ERRORS, head, layout)


def rejected(row: TableRow, errors: Sequence[str], layout: Layout) -> str:
    """A row behind what is wrong with it.

    A row of a CSV file stays as it is written, so that it can be corrected even where its quoting is broken.

    Args:
        row: of the table.
        errors: what is wrong, one sentence each.
        layout: of the table.
    """
    return _row(escape("; ".join(errors)), row, layout)


def _row(first: str, row: TableRow, layout: Layout) -> str:
    delimiter = layout.delimiter or _COMMA
    written = _written([first], delimiter).rstrip("\r\n")
    if not row.line:
        cells = [cell for index, cell in enumerate(map(cell_text, row.cells)) if not _is_errors(index, layout)]
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
    return index == 0 and bool(layout.header) and layout.header[0].strip() == ERRORS


def _written(cells: Sequence[str], delimiter: str) -> str:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return text.getvalue()


def cell_text(cell: object) -> str:
    """The text of a cell of a workbook or a Parquet file, which is read as the same value.

    Example:
        >>> cell_text(datetime(2024, 7, 1)), cell_text(0.5), cell_text(None), cell_text(True)
        ('2024-07-01', '0.5', '', 'true')
    """
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        is_day = cell.tzinfo is None and cell.time().isoformat() == "00:00:00"
        return cell.date().isoformat() if is_day else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, list | tuple):
        return ";".join(map(cell_text, cell))
    return str(cell)
