"""Packed files: which files are packed, how they are unpacked, and what is said of a damaged one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, TypeVar

from recordlint.errors import InputError
from recordlint.files.paths import reason

if TYPE_CHECKING:
    from gzip import GzipFile

Piece = TypeVar("Piece")

ENDING: Final = ".gz"


def is_packed(path: str) -> bool:
    """Whether the name of a file says that it is packed."""
    return path.lower().endswith(ENDING)


def unpack(file: BinaryIO) -> GzipFile:
    """The contents of a packed file, as a file."""
    from gzip import GzipFile

    return GzipFile(fileobj=file)


def with_named_errors(path: str, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The same pieces of a file, packed or not, with errors that name it.

    Raises:
        InputError: the file cannot be read to its end.
    """
    import zlib

    try:
        yield from pieces
    except (EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read to its end: the gzip file is cut short or damaged") from error
    except OSError as error:
        # The message of gzip has bytes of the file in it.
        what = reason(error) if error.errno else "it is not a gzip file, or it is damaged"
        raise InputError(f"{path}: cannot be read to its end: {what}") from error
