"""CSV files: plain or packed, in any encoding, opened as tables."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain
from typing import BinaryIO, NamedTuple

from recordlint.errors import InputError
from recordlint.files.gzip_files import is_packed, unpack, with_named_errors
from recordlint.files.paths import reason
from recordlint.rows.streams import Block, Pace, Stored
from recordlint.tables.block_rows import verify_unchanged
from recordlint.tables.contents import HEAD, kind_of, wrong_content
from recordlint.tables.csv_head import read_head
from recordlint.tables.csv_text import NO_END, Records, record_blocks
from recordlint.tables.dialects import to_delimiter
from recordlint.tables.encodings import UTF_8, decoded, encoding_of
from recordlint.tables.table_files import NO_ROWS, Layout, TableFile, TextBlock


class _Source(NamedTuple):
    """An open file, as its bytes."""

    pieces: Iterator[bytes]
    head: bytes
    """Its first bytes."""
    status: os.stat_result | None
    """Of a regular file; None for a pipe."""
    position: Callable[[], int]


@contextmanager
def open_csv(
    path: str,
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
    longest: int,
    pace: Pace | None = None,
) -> Iterator[TableFile]:
    """Open a CSV file. A name that ends in `.gz` is unpacked, and `-` is standard input.

    The first row that is not empty is the header. The delimiter is a comma, or a tab in a `.tsv` file, unless the
    header has only another one. The encoding is UTF-8, or what a byte order mark says.

    Args:
        path: the file.
        delimiter: what separates the cells; None to find it.
        encoding: a codec of Python; None to find it.
        longest: the most characters of a line, and of a row.
        pace: how large blocks are; None for the usual size.

    Raises:
        InputError: the file cannot be read, is empty, is not CSV text, or has several possible delimiters.
        UsageError: there is no such encoding, or no such delimiter.
    """
    asked = to_delimiter(delimiter) if delimiter is not None else None
    pace = pace or Pace()
    with ExitStack() as stack:
        source = _open(path, pace, stack)
        if kind_of(source.head) not in ("text", "unknown"):
            file = stack.enter_context(open(path, "rb")) if source.status and not is_packed(path) else None
            raise wrong_content(path, source.head, file)
        codec, mark = encoding_of(path, source.head[:HEAD], encoding)
        text = decoded(_without(source.pieces, mark), codec)
        head = read_head(path, text, asked or "", longest, codec)
        row, delimiter = head.row, head.delimiter
        header = tuple(map(str, row.cells))
        notes = list(head.notes)
        stored = None
        if source.status and source.status.st_size and codec == UTF_8 and not is_packed(path):
            start = mark + len(head.text.encode())
            status = source.status
            stored = Stored(path, status.st_dev, status.st_ino, start, status.st_size - start)
        records = record_blocks(path, chain([head.remaining], text), head.next, delimiter, longest, codec)
        yield TableFile(
            Layout(path, header, delimiter, longest),
            row,
            partial(_blocks, records, stored, notes),
            lambda: tuple(notes),
            source.status.st_size if source.status else None,
            source.position,
            partial(verify_unchanged, path, source.status),
        )


def _blocks(records: Iterator[Records], stored: Stored | None, notes: list[str]) -> Iterator[TextBlock]:
    """The blocks of a file. Those of a stored one stay there.

    Args:
        records: what the blocks hold.
        stored: the file behind its header; None where it cannot be read again.
        notes: gets what can only be said at the end.
    """
    at = stored.start if stored else 0
    last = ""
    for text, row, line in records:
        data = text.encode()
        block: Block = data
        if stored:
            block = stored._replace(start=at, length=len(data))
            at += len(data)
        last = text[-1]
        yield TextBlock(block, row, line)
    if not last:
        notes.append(NO_ROWS)
    elif last not in "\r\n":  # Not even a closing quote is certain to be one: it may be the first of two.
        notes.append(NO_END)


def _open(path: str, pace: Pace, stack: ExitStack) -> _Source:
    """Open a file, and look at its first bytes."""
    status = None
    file: BinaryIO
    if path == "-":
        if sys.stdin is None:
            raise InputError("-: cannot be read: standard input is closed")
        file = sys.stdin.buffer
    else:
        try:
            file = stack.enter_context(open(path, "rb"))  # noqa: SIM115 - the stack closes it
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {reason(error)}") from error
        except ValueError as error:
            raise InputError(f"{path}: cannot be read: no file can have this name") from error
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            status = None
    position = file.tell if status else lambda: 0
    read = unpack(file).read if is_packed(path) else file.read
    pieces = with_named_errors(path, _pieces(read, pace))
    head = next(pieces, b"")
    while len(head) < HEAD and (more := next(pieces, b"")):
        head += more
    if not head:
        raise InputError(f"{path}: is empty; its first row must have the names of the columns")
    return _Source(chain([head], pieces), head, status, position)


def _pieces(read: Callable[[int], bytes], pace: Pace) -> Iterator[bytes]:
    while data := read(pace.size):
        yield data


def _without(pieces: Iterator[bytes], mark: int) -> Iterator[bytes]:
    """The pieces without a byte order mark, which is all in the first one."""
    first = next(pieces)
    return chain([first[mark:]], pieces)
