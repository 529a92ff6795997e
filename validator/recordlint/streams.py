"""Rows out of files of any size: blocks of whole lines, each with its place in the file."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, NamedTuple

from recordlint.errors import InputError
from recordlint.files import reason

SUFFIXES: Final = (".ndjson", ".jsonl", ".gz")
BLOCK: Final = 2 << 20
"""Bytes that are read at a time: some three thousand rows of the usual size."""


class Block(NamedTuple):
    """Whole lines, one after the other."""

    line: int
    """Of the first, from 1."""
    start: int
    """In bytes from the start of the text."""
    data: bytes


class Oversized(NamedTuple):
    """A line that is not held in memory."""

    line: int
    pieces: Iterator[bytes]
    """Its bytes, newline included; to be taken before the next block is."""


class Rows(NamedTuple):
    """An open file of rows."""

    blocks: Iterator[Block | Oversized]
    """Raises InputError where the file cannot be read to its end, or is changed meanwhile."""
    size: int | None
    """In bytes; None where that is not known."""
    position: Callable[[], int]
    """How many bytes of `size` have been read."""
    stored: Callable[[Block], Stored] | None
    """Where a block stands, so that another process can read it; None where it stands in no plain file."""


def holds_rows(path: str) -> bool:
    """Whether a file holds a body a line, by its name."""
    return path.lower().endswith(SUFFIXES)


@contextmanager
def open_rows(path: str, longest: int) -> Iterator[Rows]:
    """Open a file of rows: `.gz` is unpacked, and `-` is standard input.

    Args:
        path: the file.
        longest: how many bytes of a line are held in memory.

    Raises:
        InputError: it cannot be opened.
    """
    if path == "-":
        yield Rows(_named(path, blocks(partial(_read_available, sys.stdin.fileno()), longest)), None, lambda: 0, None)
        return
    try:
        file = open(path, "rb", buffering=0)  # noqa: SIM115 - closed below
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    with file:
        before = os.fstat(file.fileno())
        read: Callable[[int], Any] = file.read
        if not stat.S_ISREG(before.st_mode):
            yield Rows(_named(path, blocks(partial(_read_available, file.fileno()), longest)), None, lambda: 0, None)
            return
        packed = path.lower().endswith(".gz")
        if packed:
            import gzip

            read = gzip.GzipFile(fileobj=file).read
        found = _named(path, _unchanged(blocks(read, longest), file.fileno(), before))
        yield Rows(found, before.st_size, file.tell, None if packed else partial(_stored, path, before))


def _stored(path: str, status: os.stat_result, block: Block) -> Stored:
    return Stored(path, status.st_dev, status.st_ino, block.start, len(block.data))


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


class Stored(NamedTuple):
    """A block that is left in its file, for another process to read."""

    path: str
    device: int
    inode: int
    start: int
    """In bytes."""
    length: int


def read_block(stored: Stored) -> bytes:
    """The bytes of a block.

    Raises:
        InputError: it is another file by now, or shorter.
    """
    path, device, inode, start, length = stored
    try:
        with open(path, "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            file.seek(start)
            data = file.read(length) if (status.st_dev, status.st_ino) == (device, inode) else b""
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    if len(data) != length:
        raise _changed(path)
    return data


def blocks(read: Callable[[int], Any], longest: int) -> Iterator[Block | Oversized]:
    """Lines in blocks, the last with or without its newline.

    Args:
        read: gives up to so many bytes, none at the end.
        longest: a line past this many bytes, its newline aside, comes as an `Oversized`.
    """
    line, start, rest = 1, 0, b""
    while data := read(BLOCK):
        data = rest + data
        cut = data.rfind(b"\n") + 1
        if cut:
            block = data[:cut] if cut < len(data) else data
            yield Block(line, start, block)
            line += block.count(b"\n")
            start += cut
        rest = data[cut:]
        if len(rest) > longest + 1:  # a carriage return may be the last
            tail = _Line(rest, read)
            yield Oversized(line, tail.pieces())
            line += 1
            start += tail.length
            rest = tail.behind
    if rest:
        yield Block(line, start, rest)


class _Line:
    """A long line, piece by piece."""

    def __init__(self, first: bytes, read: Callable[[int], Any]) -> None:
        self.first = first
        self.read = read
        self.length = 0
        self.behind = b""

    def pieces(self) -> Iterator[bytes]:
        piece = self.first
        while piece:
            cut = piece.find(b"\n") + 1
            if cut:
                piece, self.behind = piece[:cut], piece[cut:]
            self.length += len(piece)
            yield piece
            piece = b"" if cut else self.read(BLOCK)


def _unchanged(found: Iterator[Block | Oversized], handle: int, before: os.stat_result) -> Iterator[Block | Oversized]:
    """The same, if the file is at its end what it was at its start."""
    yield from found
    after = os.fstat(handle)
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise _Changed


class _Changed(Exception):
    """The file is not what it was."""


def _named(path: str, found: Iterator[Block | Oversized]) -> Iterator[Block | Oversized]:
    """The same, with faults that name the file."""
    import zlib

    try:
        yield from found
    except _Changed:
        raise _changed(path) from None
    except (EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read to its end: the gzip file is cut short or damaged") from error
    except OSError as error:
        # What gzip says has bytes of the file in it.
        what = reason(error) if error.errno else "it is no gzip file, or a damaged one"
        raise InputError(f"{path}: cannot be read to its end: {what}") from error


def _changed(path: str) -> InputError:
    return InputError(f"{path}: was changed while it was read; check it again")
