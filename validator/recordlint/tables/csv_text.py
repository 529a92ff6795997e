"""The text of a CSV file in blocks of whole records, read once from its start to its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from recordlint.errors import InputError
from recordlint.tables.block_rows import text_lines
from recordlint.tables.encodings import Undecodable, undecodable
from recordlint.tables.records import split_records

NO_END: Final = "the last row has no line ending; if the file was cut short, this row is not whole"


class Records(NamedTuple):
    """Neighbouring records, with their line endings. Only the last of a file may have none."""

    text: str
    row: int
    """The number of the first one."""
    line: int
    """The line of the first one."""


class Start(NamedTuple):
    """Where the first record of a text is."""

    row: int
    line: int


def record_blocks(
    path: str, pieces: Iterator[str], start: Start, delimiter: str, longest: int, encoding: str
) -> Iterator[Records]:
    """The records of a text, as many at a time as end in each piece.

    Args:
        path: the file, for errors.
        pieces: the text. It is read on only when the next block is asked for.
        start: what the first record is.
        delimiter: what separates cells.
        longest: the most characters of a line, and of a record.
        encoding: that of the file, for errors.

    Raises:
        InputError: a line is too long, there is a NUL character, or the encoding does not have some bytes.
    """
    row, line = start
    pending = ""
    is_ascii = True
    is_end = False
    while not is_end:
        piece = next_piece(path, pieces, pending, line, encoding, is_ascii=is_ascii)
        is_end = piece is None
        pending += piece or ""
        is_ascii = is_ascii and pending.isascii()
        lines = text_lines(pending)
        unfinished = ""
        # Behind a carriage return at the end of a piece, its line feed may follow.
        if lines and not is_end and not lines[-1].endswith("\n"):
            unfinished = lines.pop()
        if len(unfinished) > longest or (lines and len(max(lines, key=len)) > longest):
            number = next((at for at, each in enumerate(lines) if len(each) > longest), len(lines)) + line
            raise too_long(path, number, longest)
        records = split_records(lines, delimiter, longest, is_end=is_end)
        if records.texts:
            yield Records("".join(records.texts), row, line)
        row += len(records.texts)
        line += records.used
        pending = "".join(lines[records.used :]) + unfinished


def too_long(path: str, line: int, longest: int) -> InputError:
    """The error for a line of more than `longest` characters."""
    return InputError(f"{path}:{line}: the line is longer than --max-size allows ({longest:,} characters)")


def next_piece(
    path: str, pieces: Iterator[str], pending: str, line: int, encoding: str, *, is_ascii: bool
) -> str | None:
    """The next piece of a text; None at its end.

    Args:
        path: the file, for errors.
        pieces: the text.
        pending: what is already read of it and begins line `line`.
        line: for errors.
        encoding: that of the file, for errors.
        is_ascii: whether all text so far is.

    Raises:
        InputError: the encoding does not have some bytes, or there is a NUL character.
    """
    try:
        piece = next(pieces, None)
    except Undecodable as error:
        before = pending + error.before
        raise undecodable(
            path, encoding, error, *_end_of(before, line), is_ascii=is_ascii and before.isascii()
        ) from error
    if piece is not None and "\0" in piece:
        number, column = _end_of(pending + piece[: piece.index("\0")], line)
        raise InputError(f"{path}:{number}:{column}: has a NUL character; the file is damaged, or not in {encoding}")
    return piece


def _end_of(text: str, line: int) -> tuple[int, int]:
    """The line and the column behind a text that begins line `line`."""
    lines = text_lines(text)
    if lines and not lines[-1].endswith(("\n", "\r")):
        return line + len(lines) - 1, len(lines[-1]) + 1
    return line + len(lines), 1
