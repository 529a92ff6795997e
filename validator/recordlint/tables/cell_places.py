"""The places of a row's cells in a CSV file, worked out only when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from recordlint.tables.records import spans
from recordlint.tables.table_files import TableRow
from recordlint.violations import Place

_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def cell_places(row: TableRow, delimiter: str) -> list[Place]:
    """The place of each cell of a row, quotes included.

    Args:
        row: of a CSV file.
        delimiter: what separates its cells.

    Returns:
        Lines of the file, columns of the line in code points, from 1; bytes of the row's text as UTF-8, from 0. One for
        each cell that the text has, so there can be more or fewer than columns.

    Example:
        >>> row = TableRow(2, [], (), 2, 'a,"b"')
        >>> [(place.line, place.column, place.end_column) for place in cell_places(row, ",")]
        [(2, 1, 2), (2, 3, 6)]
    """
    text, line, line_start, at, size = row.text, row.line, 0, 0, 0

    def go_to(end: int) -> tuple[int, int, int]:
        nonlocal line, line_start, at, size
        for match in _LINE_END.finditer(text, at, end):
            line += 1
            line_start = match.end()
        size += len(text[at:end].encode("utf-8", "surrogatepass"))
        at = end
        return line, end - line_start + 1, size

    result = []
    for span in spans(text, delimiter):
        first_line, column, start = go_to(span.start)
        last_line, end_column, end = go_to(span.end)
        result.append(Place(first_line, column, last_line, end_column, start, end))
    return result


def cell_place(places: Sequence[Place], column_index: int) -> Place:
    """The place of one cell, such as that of a fault. A cell that is missing is at the end of the row.

    Args:
        places: those of all cells of a row.
        column_index: the column, from 0.
    """
    if column_index < len(places):
        return places[column_index]
    last = places[-1]
    return Place(last.end_line, last.end_column, last.end_line, last.end_column, last.end, last.end)
