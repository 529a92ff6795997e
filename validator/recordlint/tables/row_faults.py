"""Which faults of a row count: those of its structure, and those of cells that are read."""

from __future__ import annotations

from typing import Final

from recordlint.tables.columns import Table
from recordlint.tables.table_files import Fault, TableRow

OF_CELLS: Final = frozenset({"formula-error", "formula-without-value", "ambiguous-date"})
"""Rules that are about one cell; the others of the row can be read."""


def row_faults(row: TableRow, table: Table) -> tuple[Fault, ...]:
    """The faults of a row but for those of cells in columns that are left out.

    Args:
        row: of the table.
        table: what its columns are for.
    """
    if not row.faults:
        return ()
    read = {*table.unnamed, *(column.position for column in table.columns)}
    return tuple([each for each in row.faults if each.rule not in OF_CELLS or _counts(each.column_index, read, table)])


def _counts(position: int, read: set[int], table: Table) -> bool:
    return position in read or position >= table.width
