"""Parquet files opened as tables. Their values keep their types."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, BinaryIO, Final

from recordlint.errors import InputError, UsageError
from recordlint.files.paths import reason
from recordlint.tables.arrow import advice_for, holds_lists, rows_of
from recordlint.tables.block_rows import batches, verify_unchanged
from recordlint.tables.contents import HEAD, kind_of, wrong_content
from recordlint.tables.table_files import NO_ROWS, Layout, TableFile, TableRow
from recordlint.wording.phrases import quoted

_MARK: Final = b"PAR1"
_ENCRYPTED: Final = b"PARE"
BATCH: Final = 1_000
"""How many rows are read at a time."""
BUFFER: Final = 1 << 20
"""How many bytes of a column are read at a time."""


@contextmanager
def open_parquet(path: str) -> Iterator[TableFile]:
    """Open a Parquet file. The header counts as row 1, so the first row of values is row 2.

    `NaN` in a column of numbers is an empty cell: programs that compute with tables write it for missing values.
    A moment is cut to microseconds.

    Args:
        path: the file.

    Raises:
        InputError: the file cannot be read, is not Parquet, or has a column whose values no cell can have.
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise UsageError(f"{path}: needs pyarrow; run pip install 'recordlint[tables]'") from error
    try:
        file = open(path, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    with file:
        status = os.fstat(file.fileno())
        _verify_kind(path, file, status)
        try:
            parquet = ParquetFile(file, buffer_size=BUFFER, pre_buffer=False, page_checksum_verification=True)
            schema = parquet.schema_arrow
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise _damaged(path) from error
        header = tuple(schema.names)
        if not header:
            raise InputError(f"{path}: has no columns")
        for field in schema:
            verify_type(path, field.name, field.type)
        lists = frozenset([index for index, field in enumerate(schema) if holds_lists(field.type)])
        layout = Layout(path, header, lists=lists)
        notes = () if parquet.metadata.num_rows else (NO_ROWS,)
        yield TableFile(
            layout,
            TableRow(1, header),
            lambda: batches(_rows(path, parquet)),
            lambda: notes,
            status.st_size,
            file.tell,
            partial(verify_unchanged, path, status),
        )


def _damaged(path: str) -> InputError:
    return InputError(f"{path}: cannot be read to its end: the Parquet file is cut short or damaged")


def _verify_kind(path: str, file: BinaryIO, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{path}: cannot be read as a stream; save the Parquet file first")
    head = file.read(HEAD)
    if not head:
        raise InputError(f"{path}: is empty, and no Parquet file")
    if head.startswith(_ENCRYPTED):
        raise InputError(f"{path}: is encrypted; save it without encryption")
    if kind_of(head) != "parquet":
        raise wrong_content(path, head, file)
    file.seek(-4, os.SEEK_END)
    if file.read() != _MARK or status.st_size < 12:
        raise _damaged(path)
    file.seek(0)


def verify_type(path: str, name: str, type_: Any) -> None:
    """Refuse a column whose values no cell can have.

    Args:
        path: the file.
        name: the column's.
        type_: of pyarrow.

    Raises:
        InputError: it has structs, maps, bytes or durations, or lists of these or of lists.
    """
    advice = advice_for(type_)
    if advice:
        raise InputError(f"{path}: column {quoted(name)} has {advice}")


def _rows(path: str, parquet: Any) -> Iterator[TableRow]:
    import pyarrow

    number = 2
    try:
        for batch in parquet.iter_batches(batch_size=BATCH, use_threads=False):
            for cells in rows_of(batch):
                if any(cell is not None for cell in cells):
                    yield TableRow(number, cells)
                number += 1
        if number - 2 != parquet.metadata.num_rows:
            raise _damaged(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise _damaged(path) from error
    except (ValueError, OverflowError) as error:
        raise InputError(
            f"{path}: has bytes that are no text, or a date past the year 9999, from row {number} on"
        ) from error
