"""The lines of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from recordlint.errors import InputError
from recordlint.files.gzip_files import is_packed, unpack, with_named_errors
from recordlint.files.paths import reason

if TYPE_CHECKING:
    from gzip import GzipFile

PIECE: Final = 1 << 20
"""Bytes that are read at a time."""


def read_lines(path: str) -> Iterator[bytes]:
    """The lines of a file, newlines included. A file whose name ends in `.gz` is unpacked.

    Raises:
        InputError: the file cannot be opened. While lines are read: it cannot be read to its end.
    """
    try:
        file = open(path, "rb")  # noqa: SIM115 - closed when its lines end
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    except ValueError as error:
        raise InputError(f"{path}: cannot be read: no file can have this name") from error
    return _lines(path, file)


def first_bytes(path: str, length: int) -> Iterator[bytes]:
    """The first `length` bytes of a file, in pieces. A file whose name ends in `.gz` is unpacked.

    Raises:
        InputError: the file cannot be read, or has fewer bytes by now.
    """
    try:
        file = open(path, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    with file:
        yield from with_named_errors(path, _pieces(path, unpack(file) if is_packed(path) else file, length))


def _pieces(path: str, file: BinaryIO | GzipFile, length: int) -> Iterator[bytes]:
    while length:
        piece = file.read(min(length, PIECE))
        if not piece:
            raise changed(path)
        yield piece
        length -= len(piece)


def changed(path: str) -> InputError:
    """What is raised where a file is not what it was when it was opened."""
    return InputError(f"{path}: was changed while it was read; check it again")


def _lines(path: str, file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from with_named_errors(path, iter(unpack(file) if is_packed(path) else file))
