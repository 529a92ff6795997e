"""Rows out of files of any size: blocks of whole lines."""

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
from recordlint.files.paths import reason

BLOCK: Final = 2 << 20
"""Bytes of a block at most: some three thousand rows of the usual size."""
LEAST: Final = 64 << 10
"""Bytes of a block at least."""
TAIL: Final = 64 << 10
"""Bytes in which the last newline of a block is looked for first."""


class Stored(NamedTuple):
    """A block that is left in its file, for whoever judges it to read."""

    path: str
    device: int
    inode: int
    start: int
    """In bytes."""
    length: int


Block = bytes | Stored
"""Whole lines, one after the other; the last of a file may have no newline."""


class Oversized(NamedTuple):
    """A line that is not held in memory."""

    pieces: Iterator[bytes]
    """Its bytes, newline included; to be taken before the next block is."""


class Pace:
    """How large the next block is: smaller where there is more to say of each row than a process should hold.

    Attributes:
        size: in bytes; little at first, so that the first results come soon.
    """

    def __init__(self) -> None:
        self.size = LEAST

    def adapt(self, length: int, said: int, room: int) -> None:
        """Take so much that what is said of it has room, by what was said of a stretch.

        Args:
            length: of the stretch, in bytes.
            said: of it, in bytes.
            room: for what will be said, in bytes.
        """
        self.size = max(LEAST, min(BLOCK, length * room // max(1, said)))


class Rows(NamedTuple):
    """An open file of rows."""

    blocks: Iterator[Block | Oversized]
    """Raises InputError where the file cannot be read to its end."""
    size: int | None = None
    """In bytes, packed where the file is; None where that is not known."""
    position: Callable[[], int] | None = None
    """How many bytes of `size` have been read, where blocks tell nothing of that."""
    live: int | None = None
    """The descriptor of a source that may keep its reader waiting."""
    verify: Callable[[], None] = lambda: None
    """To be asked once all is judged: raises InputError where the file is not what it was."""


@contextmanager
def open_rows(path: str, longest: int, pace: Pace) -> Iterator[Rows]:
    """Open a file of rows: `.gz` is unpacked, and `-` is standard input.

    Args:
        path: the file.
        longest: how many bytes of a line are held in memory.
        pace: asked before each block.

    Raises:
        InputError: it cannot be opened.
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
        found: Iterator[Block | Oversized]
        position = None
        if path.lower().endswith(".gz"):
            import gzip

            found = blocks(gzip.GzipFile(fileobj=file).read, longest, pace)
            if not is_file:
                yield Rows(_named(path, found))
                return
            position = file.tell
        elif not is_file:
            yield _live(path, file.fileno(), longest, pace)
            return
        elif before.st_size:
            whole = Stored(path, before.st_dev, before.st_ino, 0, before.st_size)
            found = stored_blocks(file, whole, longest, pace)
        else:
            found = blocks(file.read, longest, pace)  # Empty, or a file of the system that has no size.
        verify = partial(_verify, path, file.fileno(), before)
        yield Rows(_named(path, found), before.st_size, position, verify=verify)


def _live(path: str, handle: int, longest: int, pace: Pace) -> Rows:
    return Rows(_named(path, blocks(partial(_read_available, handle), longest, pace)), live=handle)


def _verify(path: str, handle: int, before: os.stat_result) -> None:
    after = os.fstat(handle)
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise _changed(path)


def _read_available(handle: int, size: int) -> bytes:
    """What there is by now, up to `size` bytes: whoever writes may wait for the report."""
    import select

    data = os.read(handle, size)
    while data and len(data) < size and os.name == "posix" and select.select([handle], [], [], 0)[0]:
        more = os.read(handle, size - len(data))
        if not more:
            break
        data += more
    return data


def read_block(block: Block, start: int = 0, length: int | None = None) -> bytes:
    """The bytes of a block, or `length` of them from its byte `start` on.

    Raises:
        InputError: the file is another one by now, or shorter.
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
        raise _changed(path)
    return data


def lines(data: bytes) -> list[bytes]:
    """The lines of a block, newlines included."""
    return BytesIO(data).readlines()  # which takes a quarter of the time of split


def stored_blocks(file: BinaryIO, whole: Stored, longest: int, pace: Pace) -> Iterator[Block | Oversized]:
    """The blocks of a plain file. Little of them is read: only where they end.

    Args:
        file: to be read without a buffer.
        whole: all of it.
        longest: a line past this many bytes, its line ending aside, comes as an `Oversized`.
        pace: asked before each block.
    """
    start, size = 0, whole.length
    while start < size:
        end = most = min(start + pace.size, size)
        if end < size:
            end = _last_line_end(file, start, end) or _next_line_end(file, end, size)
        # Past `most` there is a single line, whose ending is two bytes at most.
        if end > most and end - start > longest + 2:
            yield Oversized(_pieces(file, start, end))
        else:
            yield whole._replace(start=start, length=end - start)
        start = end


def _last_line_end(file: BinaryIO, start: int, end: int) -> int:
    """Behind the last newline between two offsets; 0 where there is none."""
    while end > start:
        first = max(start, end - TAIL)
        file.seek(first)
        found = file.read(end - first).rfind(b"\n")
        if found >= 0:
            return first + found + 1
        end = first
    return 0


def _next_line_end(file: BinaryIO, at: int, size: int) -> int:
    """Behind the first newline from an offset on; `size` where there is none."""
    file.seek(at)
    while at < size and (data := file.read(BLOCK)):
        found = data.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(data)
    return size


def _pieces(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    file.seek(start)
    while start < end and (data := file.read(min(BLOCK, end - start))):
        yield data
        start += len(data)


def blocks(read: Callable[[int], Any], longest: int, pace: Pace) -> Iterator[bytes | Oversized]:
    """The blocks of what can be read once.

    Args:
        read: gives up to so many bytes, none at the end.
        longest: a line past this many bytes, its line ending aside, comes as an `Oversized`.
        pace: asked before each block.
    """
    rest = b""
    while True:
        cut = rest.rfind(b"\n") + 1
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
        if len(rest) > longest + 1:  # a carriage return may be the last
            tail = _Line(rest, read)
            yield Oversized(tail.pieces())
            rest = tail.behind
        elif data := read(pace.size):
            rest += data
        else:
            break
    if rest:
        yield rest


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


def _named(path: str, found: Iterator[Block | Oversized]) -> Iterator[Block | Oversized]:
    """The same, with faults that name the file."""
    import zlib

    try:
        yield from found
    except (EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read to its end: the gzip file is cut short or damaged") from error
    except OSError as error:
        # What gzip says has bytes of the file in it.
        what = reason(error) if error.errno else "it is no gzip file, or a damaged one"
        raise InputError(f"{path}: cannot be read to its end: {what}") from error


def _changed(path: str) -> InputError:
    return InputError(f"{path}: was changed while it was read; check it again")
