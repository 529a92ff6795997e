"""Opens definition files: JSON in UTF-8, or in the encodings that shells write."""

from __future__ import annotations

from recordlint.errors import DefinitionError, DefinitionFault
from recordlint.files.paths import reason
from recordlint.jsontext.parse import BOM, Unreadable, read_json


def read_document(path: str) -> object:
    """The JSON value of a definition file.

    Raises:
        DefinitionError: it cannot be read, or is not JSON.
    """
    try:
        with open(path, "rb", buffering=0) as file:
            data = file.read()
    except OSError as error:
        raise DefinitionError([DefinitionFault(path, "", f"cannot be read: {reason(error)}")]) from error
    return parse_document(path, data)


def parse_document(path: str, data: bytes) -> object:
    """The JSON value of a definition file that was read.

    Args:
        path: what errors call it.
        data: what is in it.

    Raises:
        DefinitionError: it is not JSON.
    """
    text = in_utf8(data)
    try:
        return read_json(text)
    except Unreadable as error:
        from recordlint.jsontext.diagnose import first_fault

        fault = first_fault(text)
        at = f", line {fault.place.line} column {fault.place.column}" if fault.place else ""
        raise DefinitionError([DefinitionFault(path, "", f"not JSON{at}: {fault.message}")]) from error


def in_utf8(data: bytes) -> bytes:
    """A text in UTF-8 without a byte order mark: PowerShell writes UTF-16 and byte order marks.

    What is not valid in its encoding stays as it is.
    """
    if data.startswith(BOM):
        return data.removeprefix(BOM)
    if b"\0" not in data[:4] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data
    from json import detect_encoding

    try:
        return data.decode(detect_encoding(data)).removeprefix("\ufeff").encode()
    except UnicodeError:
        return data
