"""The encodings of CSV files: which one a file has, and what is said of bytes that it does not have."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Final, NamedTuple

from recordlint.errors import InputError, UsageError
from recordlint.wording.phrases import quoted

UTF_8: Final = "utf-8"
_MARKS: Final = (  # UTF-32's begins as UTF-16's does
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MARK: Final = 4
"""The most bytes of a byte order mark."""


class Encoding(NamedTuple):
    """How the bytes of a file become text."""

    name: str
    """Of a codec, as Python spells it."""
    mark: int
    """How many bytes of a byte order mark come first."""


class Undecodable(Exception):
    """Bytes that the encoding does not have.

    Attributes:
        before: the text before them that has not been given yet.
        is_end: whether the file ends within them.
    """

    def __init__(self, before: str, *, is_end: bool) -> None:
        super().__init__()
        self.before = before
        self.is_end = is_end


def to_codec(name: str) -> str:
    """The name of a text codec, as Python spells it.

    Raises:
        UsageError: there is no such codec, or it is not one of text.

    Example:
        >>> to_codec("Windows-1252")
        'cp1252'
    """
    try:
        codec = codecs.lookup(name)
        codec.incrementaldecoder("strict").decode(b"", False)
    except (LookupError, TypeError, ValueError):
        raise UsageError(
            f"there is no encoding {quoted(name)}; use one such as utf-8, utf-16 or windows-1252"
        ) from None
    if not isinstance(codecs.getincrementaldecoder(name)().decode(b"", False), str):
        raise UsageError(f"{quoted(name)} is not an encoding of text; use one such as utf-8, utf-16 or windows-1252")
    return codec.name


def encoding_of(path: str, head: bytes, name: str | None) -> Encoding:
    """The encoding of a file: what was asked for, what its byte order mark says, or else UTF-8.

    Args:
        path: the file.
        head: its first bytes.
        name: the codec that was asked for; None if none was.

    Raises:
        UsageError: there is no such encoding.
        InputError: the byte order mark says another encoding, or there is none in UTF-16.
    """
    asked = None if name is None else to_codec(name)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            if asked is not None and not codec.startswith(asked.removesuffix("-sig").replace("_", "-")):
                raise InputError(
                    f"{path}: begins with the byte order mark of {codec[:6].upper().rstrip('-')}, so it is not in "
                    f"{quoted(name)}; leave out --encoding"
                )
            return Encoding(codec, len(mark))
    if asked is None:
        for zeros, codec in ((head[1::2], "utf-16-le"), (head[::2], "utf-16-be")):
            if len(head) > 1 and len(zeros) == len(head) // 2 and not zeros.strip(b"\0"):
                raise InputError(f"{path}: seems to be in UTF-16 without a byte order mark; use --encoding {codec}")
    return Encoding(asked or UTF_8, 0)


def decoded(pieces: Iterator[bytes], encoding: str) -> Iterator[str]:
    """The text of some bytes, piece by piece.

    Raises:
        Undecodable: the encoding does not have these bytes.
    """
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for piece in pieces:
            yield decoder.decode(piece)
        yield decoder.decode(b"", True)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding, "replace")
        raise Undecodable(before, is_end=error.end >= len(error.object) and _is_cut(error)) from error
    except UnicodeError as error:  # Not every codec says where.
        raise Undecodable("", is_end=False) from error


def _is_cut(error: UnicodeDecodeError) -> bool:
    return error.reason in ("unexpected end of data", "truncated data")


def undecodable(path: str, encoding: str, error: Undecodable, line: int, column: int, *, is_ascii: bool) -> InputError:
    """The error for bytes that the encoding does not have.

    Args:
        path: the file.
        encoding: the name of its codec.
        error: what was raised.
        line: where they are.
        column: where they are.
        is_ascii: whether all text before them is ASCII, as far as it is known. If it is not, part of the file is UTF-8.
    """
    where = f"{path}:{line}:{column}"
    if error.is_end:
        windows = (
            "; if a program on Windows wrote it, use --encoding windows-1252" if is_ascii and encoding == UTF_8 else ""
        )
        return InputError(f"{where}: the file ends in the middle of a character, as if it were cut short{windows}")
    if encoding != UTF_8:
        return InputError(f"{where}: has bytes that are not {encoding}; name the right encoding with --encoding")
    cause = error.__cause__
    after = cause.object[cause.start : cause.start + 200] if isinstance(cause, UnicodeDecodeError) else b""
    if is_ascii and _fits_windows(after):
        hint = "if a program on Windows wrote the file, use --encoding windows-1252"
    elif is_ascii:
        hint = "name the encoding with --encoding, or save the file as UTF-8"
    else:
        hint = "part of the file is in UTF-8 and part is not; save all of it as UTF-8"
    return InputError(f"{where}: has bytes that are not UTF-8; {hint}")


def _fits_windows(data: bytes) -> bool:
    """Whether bytes could be text in Windows-1252, which has no character for five of them."""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True
