"""Files of rows, of any size, read in blocks of whole lines."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO, Final, NamedTuple

from recordlint.errors import InputError
from recordlint.files.gzip_files import is_packed, unpack, with_named_errors
from recordlint.files.lines import changed
from recordlint.files.paths import reason

BLOCK: Final = 2 << 20
"""The most bytes of a block: about three thousand rows of the usual size."""
LEAST: Final = 64 << 10
"""The fewest bytes of a block, but for the last."""
TAIL: Final = 64 << 10
"""Bytes at the end of a block in which its last newline is looked for first."""


class Stored(NamedTuple):
    """A block that stays in its file until the process that checks it reads it."""

    path: str
    device: int
    inode: int
    start: int
    """In bytes."""
    length: int


Block = bytes | Stored
"""Whole lines. Only the last line of a file may have no newline."""


class Oversized(NamedTuple):
    """A line that is too long to hold in memory."""

    pieces: Iterator[bytes]
    """Its bytes, newline included. Read them all before the next block."""


class Pace:
    """How large the next block is: the more the reports say of each row, the smaller, to bound memory.

    Attributes:
        size: in bytes. It starts small so that the first results come soon.
    """

    def __init__(self) -> None:
        self.size = LEAST

    def adapt(self, length: int, reported: int, room: int) -> None:
        """Choose the size by what some rows have led to.

        Args:
            length: bytes of those rows.
            reported: bytes that the reports say of them.
            room: bytes that the reports may say of a block.
        """
        self.size = max(LEAST, min(BLOCK, length * room // max(1, reported)))


class Rows(NamedTuple):
    """An open file of rows."""

    blocks: Iterator[Block | Oversized]
    """Raises InputError where the file cannot be read to its end."""
    size: int | None = None
    """Bytes of the file, as it is stored; None where that is not known."""
    position: Callable[[], int] | None = None
    """How many bytes of `size` have been read, for a packed file, where the blocks do not tell."""
    live: int | None = None
    """The descriptor of a source that may keep its reader waiting, such as a pipe."""
    verify: Callable[[], None] = lambda: None
    """Call it when all rows are checked: it raises InputError if the file has changed."""

    @property
    def plain_size(self) -> int | None:
        """Bytes of all rows; None where that is not known, as for a packed file."""
        return None if self.position else self.size


@contextmanager
def open_rows(path: str, longest: int, pace: Pace) -> Iterator[Rows]:
    """Open a file of rows. A name that ends in `.gz` is unpacked, and `-` is standard input.

    Args:
        path: the file.
        longest: the most bytes of a line that are held in memory.
        pace: read before each block.

    Raises:
        InputError: the file cannot be opened.
    """
    if path == "-":
        if sys.stdin is None:
            raise InputError("-: cannot be read: standard input is closed")
        yield _live(path, sys.stdin.fileno(), longest, pace)
        return
    try:
        file = open(path, "rb", buffering=0)  # noqa: SIM115 - closed below
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    with file:
        before = os.fstat(file.fileno())
        is_file = stat.S_ISREG(before.st_mode)
        contents: Iterator[Block | Oversized]
        position = None
        if is_packed(path):
            contents = blocks(unpack(file).read, longest, pace)
            if not is_file:
                yield Rows(with_named_errors(path, contents))
                return
            position = file.tell
        elif not is_file:
            yield _live(path, file.fileno(), longest, pace)
            return
        elif before.st_size:
            whole = Stored(path, before.st_dev, before.st_ino, 0, before.st_size)
            contents = stored_blocks(file, whole, longest, pace)
        else:
            contents = blocks(file.read, longest, pace)  # It is empty, or a file of the system, which has no size.
        verify = partial(_verify, path, file.fileno(), before)
        yield Rows(with_named_errors(path, contents), before.st_size, position, verify=verify)


def _live(path: str, handle: int, longest: int, pace: Pace) -> Rows:
    return Rows(with_named_errors(path, blocks(partial(_read_available, handle), longest, pace)), live=handle)


def _verify(path: str, handle: int, before: os.stat_result) -> None:
    after = os.fstat(handle)
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise changed(path)


def _read_available(handle: int, size: int) -> bytes:
    """What can be read now, up to `size` bytes: the writer may be waiting for the report."""
    import select

    data = os.read(handle, size)
    while data and len(data) < size and os.name == "posix" and select.select([handle], [], [], 0)[0]:
        more = os.read(handle, size - len(data))
        if not more:
            break
        data += more
    return data


def read_block(block: Block, start: int = 0, length: int | None = None) -> bytes:
    """The bytes of a block, or `length` of them from byte `start` of the block.

    Raises:
        InputError: the file cannot be read, or is another one or shorter by now.
    """
    if isinstance(block, bytes):
        return block if length is None else block[start : start + length]
    path, device, inode, first, size = block
    size = size - start if length is None else length
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            file.seek(first + start)
            data = file.read(size) if (status.st_dev, status.st_ino) == (device, inode) else b""
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    if len(data) != size:
        raise changed(path)
    return data


def lines(data: bytes) -> list[bytes]:
    """The lines of a block, newlines included."""
    return BytesIO(data).readlines()  # takes a quarter of the time of split


def count_lines(block: Block) -> int:
    """How many lines a block has. It is read for that, if it is still in its file.

    Raises:
        InputError: as for `read_block`.
    """
    data = read_block(block)
    return data.count(b"\n") + (not data.endswith(b"\n"))


def stored_blocks(file: BinaryIO, whole: Stored, longest: int, pace: Pace) -> Iterator[Block | Oversized]:
    """The blocks of a plain file. Only the end of each is read.

    Args:
        file: opened without a buffer.
        whole: all of the file.
        longest: a line with more bytes, without its line ending, comes as an `Oversized`.
        pace: read before each block.
    """
    start, size = 0, whole.length
    while start < size:
        end = most = min(start + pace.size, size)
        if end < size:
            end = _last_line_end(file, start, end) or _next_line_end(file, end, size)
        # A block that goes past `most` is a single line, with a line ending of two bytes at most.
        if end > most and end - start > longest + 2:
            yield Oversized(_pieces(file, start, end))
        else:
            yield whole._replace(start=start, length=end - start)
        start = end


def _last_line_end(file: BinaryIO, start: int, end: int) -> int:
    """The offset behind the last newline between two offsets; 0 if there is none."""
    while end > start:
        first = max(start, end - TAIL)
        file.seek(first)
        newline = file.read(end - first).rfind(b"\n")
        if newline >= 0:
            return first + newline + 1
        end = first
    return 0


def _next_line_end(file: BinaryIO, at: int, size: int) -> int:
    """The offset behind the first newline from `at` on; `size` if there is none."""
    file.seek(at)
    while at < size and (data := file.read(BLOCK)):
        newline = data.find(b"\n")
        if newline >= 0:
            return at + newline + 1
        at += len(data)
    return size


def _pieces(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    file.seek(start)
    while start < end and (data := file.read(min(BLOCK, end - start))):
        yield data
        start += len(data)


def blocks(read: Callable[[int], Any], longest: int, pace: Pace) -> Iterator[bytes | Oversized]:
    """The blocks of a source that can be read only once.

    Args:
        read: returns up to so many bytes, and none at the end.
        longest: a line with more bytes, without its line ending, comes as an `Oversized`.
        pace: read before each block.
    """
    pending = b""
    while True:
        cut = pending.rfind(b"\n") + 1
        if cut:
            yield pending[:cut]
            pending = pending[cut:]
        if len(pending) > longest + 1:  # the last byte may be a carriage return
            line = _Line(pending, read)
            yield Oversized(line.pieces())
            pending = line.behind
        elif data := read(pace.size):
            pending += data
        else:
            break
    if pending:
        yield pending


class _Line:
    """A long line, piece by piece."""

    def __init__(self, first: bytes, read: Callable[[int], Any]) -> None:
        self.first = first
        self.read = read
        self.behind = b""

    def pieces(self) -> Iterator[bytes]:
        piece = self.first
        while piece:
            cut = piece.find(b"\n") + 1
            if cut:
                piece, self.behind = piece[:cut], piece[cut:]
            yield piece
            piece = b"" if cut else self.read(BLOCK)
