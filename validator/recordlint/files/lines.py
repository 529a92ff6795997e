"""The lines of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from recordlint.errors import InputError
from recordlint.files.gzip_files import is_packed, unpack, with_named_errors
from recordlint.files.paths import reason


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


def _lines(path: str, file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from with_named_errors(path, iter(unpack(file) if is_packed(path) else file))
