"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile

from recordlint.errors import InputError

HEAD: Final = 512
"""How many first bytes are enough."""
_SIGNATURES: Final = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
)
_ADVICE: Final = {
    "html": "is an HTML page, not a table; open it in a spreadsheet program and save it as CSV or XLSX",
    "xml": "is an XML document, not a table; open it in a spreadsheet program and save it as CSV or XLSX",
    "json": "is JSON, not a table; check it as a body, or name it .ndjson if it has one body per line",
    "gzip": "is a gzip file; name it .csv.gz or .tsv.gz",
    "pdf": "is a PDF document, not a table; export the table as CSV or XLSX",
    "rtf": "is an RTF document, not a table; export the table as CSV or XLSX",
    "parquet": "is a Parquet file; name it .parquet",
    "xls": "is an Excel file of the old format (.xls); save it as .xlsx or CSV",
    "encrypted": "is protected by a password; save it without one",
    "xlsx": "is an XLSX file; name it .xlsx",
    "xlsb": "is a binary Excel file (.xlsb); save it as .xlsx or CSV",
    "ods": "is an OpenDocument spreadsheet (.ods); save it as .xlsx or CSV",
    "numbers": "is a Numbers file; export it as .xlsx or CSV",
    "zip": "is a zip file; unpack it, and convert each table in it",
    "text": "is a text file; name it .csv or .tsv",
    "damaged": "is an archive, such as an XLSX file, that is cut short or damaged",
    "unknown": "is neither text nor a table of a known kind",
}
_PIECE: Final = 1 << 20
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def kind_of(head: bytes) -> str:
    """What the first bytes show: a key of the advice, `zip` or `ole`; `text` or `unknown` for all else.

    Example:
        >>> kind_of(b"<!DOCTYPE html><table>")
        'html'
    """
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style")):
        return "html"
    if start.startswith(b"<?xml"):
        return "html" if b"<html" in start else "xml"
    if re.match(rb'[{\[]\s*(?:["{\[\]}]|\Z)', start):
        return "json"
    return "unknown" if _is_binary(head) else "text"


def _is_binary(head: bytes) -> bool:
    """Whether the bytes are not text in any usual encoding. UTF-16 has a byte order mark, or NUL bytes alone."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return bool(re.search(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", head))


def wrong_content(path: str, head: bytes, file: BinaryIO | None = None) -> InputError:
    """The error for a file whose content is not what its name says.

    Args:
        path: the file.
        head: its first bytes.
        file: open, to look further where the first bytes do not tell; None where it cannot be read twice.
    """
    kind = kind_of(head)
    if kind == "zip":
        kind = _archive_kind(file) if file else "damaged"
    elif kind == "ole":
        kind = "encrypted" if file and _contains(file, _ENCRYPTED) else "xls"
    return InputError(f"{path}: {_ADVICE[kind]}")


def _archive_kind(file: BinaryIO) -> str:
    try:
        names = set(ZipFile(file).namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return "damaged"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "[Content_Types].xml" in names:
        return "xlsx"
    if {"content.xml", "mimetype"} <= names:
        return "ods"
    if any(name.startswith("Index/") or name == "Index.zip" for name in names):
        return "numbers"
    return "zip"


def _contains(file: BinaryIO, text: bytes) -> bool:
    file.seek(0)
    read: Callable[[], bytes] = partial(file.read, _PIECE)
    pieces: Iterator[bytes] = iter(read, b"")
    before = b""
    for piece in pieces:
        if text in before + piece:
            return True
        before = piece[-len(text) :]
    return False
