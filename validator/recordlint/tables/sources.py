"""Files with tables: which reader a file's name asks for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from recordlint.errors import InputError, UsageError
from recordlint.files.paths import PARQUET, TEXT_TABLES, WORKBOOKS
from recordlint.rows.streams import Pace
from recordlint.tables.contents import HEAD, wrong_content
from recordlint.tables.table_files import TableFile
from recordlint.wording.phrases import quoted

OTHERS: Final = (".xls", ".xlsb", ".xltx", ".ods", ".numbers", ".zip")
"""Names of other tables. What is said of such a file depends on its content: many a `.xls` file is text or HTML."""
LONGEST: Final = 10 << 20
"""The most characters of a row of a CSV file, unless another size is asked for."""


@contextmanager
def open_table(
    path: str,
    *,
    name: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    longest: int = LONGEST,
    pace: Pace | None = None,
) -> Iterator[TableFile]:
    """Open a file with a table. `-` is standard input, which has CSV text.

    Args:
        path: its name ends in `.csv`, `.tsv`, `.xlsx`, `.xlsm` or `.parquet`; `.gz` may follow the first two.
        name: what says which kind of table it is, where that is not its path.
        delimiter: what separates the cells of a CSV file: one character, or `tab`; None to find it in the header.
        encoding: that of a CSV file, as Python names it; None for UTF-8, or what a byte order mark says.
        sheet: the name of an XLSX file's sheet, or its number from 1; None for the first one.
        longest: the most characters of a row of a CSV file.
        pace: how large the blocks of a CSV file are; None for the usual size.

    Raises:
        InputError: the file cannot be read, or is not what its name says, or has no header.
        UsageError: an option does not suit the file, or has no such value, or what the file needs is not installed.

    Example:
        >>> with open_table("tickets.csv") as table:  # doctest: +SKIP
        ...     for row in table.rows():
        ...         print(row.number, row.cells, row.faults)
    """
    name = (name or path).lower()
    if name.endswith(WORKBOOKS):
        _refuse(path, delimiter=delimiter, encoding=encoding)
        from recordlint.tables.xlsx_files import open_xlsx

        with open_xlsx(path, sheet=sheet) as table:
            yield table
    elif name.endswith(PARQUET):
        _refuse(path, delimiter=delimiter, encoding=encoding, sheet=sheet)
        from recordlint.tables.parquet_files import open_parquet

        with open_parquet(path) as table:
            yield table
    elif name.endswith(TEXT_TABLES) or name == "-":
        _refuse(path, sheet=sheet)
        from recordlint.tables.csv_files import open_csv

        with open_csv(path, delimiter=delimiter, encoding=encoding, longest=longest, pace=pace) as table:
            yield table
    else:
        if name.endswith(OTHERS) and os.path.isfile(path):
            with open(path, "rb") as file:
                raise wrong_content(path, file.read(HEAD), file)
        raise InputError(f"{path}: is no table; its name must end in .csv, .tsv, .xlsx or .parquet")


def _refuse(path: str, **options: str | None) -> None:
    for name, value in options.items():
        if value is not None:
            kind = "an XLSX" if name == "sheet" else "a CSV"
            raise UsageError(f"--{name} {quoted(value)}: {path} is not {kind} file; leave the option out")
