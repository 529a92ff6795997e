"""The lines of a file."""

from __future__ import annotations

from collections.abc import Iterator

from recordlint.errors import InputError
from recordlint.files.paths import reason


def read_lines(path: str) -> Iterator[bytes]:
    """The lines of a file, newlines included; a file whose name ends in `.gz` is unpacked.

    Raises:
        InputError: it cannot be read, or not to its end.
    """
    import zlib
    from gzip import GzipFile

    try:
        with open(path, "rb") as file:
            yield from GzipFile(fileobj=file) if path.lower().endswith(".gz") else file
    except (EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read to its end: the gzip file is cut short or damaged") from error
    except OSError as error:
        what = reason(error) if error.errno else "it is no gzip file, or a damaged one"
        raise InputError(f"{path}: cannot be read: {what}") from error
