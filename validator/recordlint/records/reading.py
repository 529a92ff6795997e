"""Reads files of records: answers to a read or a search, or one record per line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from recordlint.definitions.documents import read_document
from recordlint.errors import DefinitionError, InputError, UsageError
from recordlint.files.lines import read_lines
from recordlint.files.paths import holds_rows
from recordlint.jsontext.parse import BOM, Unreadable, read_json
from recordlint.records.record import RECORDS, Record


class Records:
    """The records of a file.

    Attributes:
        path: the file.
        by_id: those that have an id.
        nameless: the record without an id, which then is the only one.
    """

    def __init__(self, path: str, placed: Iterable[tuple[str, Record]]) -> None:
        """Take records, each with its place in the file.

        Raises:
            InputError: two have the same id, or one of several has none.
        """
        self.path: Final = path
        self.by_id: Final[dict[str, Record]] = {}
        places: dict[str, str] = {}
        nameless: list[tuple[str, Record]] = []
        for place, record in placed:
            if record.id is None:
                nameless.append((place, record))
            elif record.id in places:
                first = places[record.id]
                raise InputError(f"{place}: the record {record.id} is here twice; the first is at {first}")
            else:
                places[record.id] = place
                self.by_id[record.id] = record
        if nameless and (self.by_id or len(nameless) > 1):
            raise InputError(f"{nameless[0][0]}: this record has no id, and there are several")
        self.nameless = nameless[0][1] if nameless else None

    def __len__(self) -> int:
        return len(self.by_id) + (self.nameless is not None)

    def replace(self, record: Record) -> None:
        """Put a record in the place of the one with its id."""
        if record.id is None:
            self.nameless = record
        else:
            self.by_id[record.id] = record

    def find(self, id: str | None) -> Record:
        """The record with an id; the only one where no id is known.

        Raises:
            InputError: there is none.
        """
        if self.nameless is not None:
            return self.nameless
        if id is None:
            if len(self.by_id) != 1:
                raise InputError(f"{self.path} has several records: a whole request says by its URL which one is meant")
            return next(iter(self.by_id.values()))
        record = self.by_id.get(id)
        if record is None:
            raise InputError(f"{self.path} has no record with this id")
        return record


def read_records(path: str) -> Records:
    """The records of a file.

    Args:
        path: one record per line, where its name says so; or the answer to a read or a search, or a list of records.

    Raises:
        InputError: it cannot be read, holds no record, or one twice.
    """
    records = Records(path, _rows(path) if holds_rows(path) else _answer(path))
    if not records:
        raise InputError(f"{path}: there is no record in it")
    return records


def _rows(path: str) -> Iterator[tuple[str, Record]]:
    for number, line in enumerate(read_lines(path), 1):
        if line.strip():
            yield f"{path}:{number}", _record(f"{path}:{number}", parse_record(f"{path}:{number}", line))


def _answer(path: str) -> Iterator[tuple[str, Record]]:
    try:
        value = read_document(path)
    except DefinitionError as error:
        raise InputError(str(error)) from error
    listed = value.get(RECORDS) if isinstance(value, Mapping) else value
    if not isinstance(listed, list):
        yield path, _record(path, value)
        return
    where = RECORDS if isinstance(value, Mapping) else ""
    for index, each in enumerate(listed):
        place = f"{path}: {where}[{index}]"
        yield place, _record(place, each)


def parse_record(place: str, data: bytes) -> Any:
    """The JSON value of a text that holds a record or several.

    Args:
        place: what the text is called.
        data: the text; a byte order mark is skipped.

    Raises:
        InputError: it is not JSON.
    """
    data = data.removeprefix(BOM)
    try:
        return read_json(data)
    except Unreadable as error:
        from recordlint.jsontext.diagnose import first_fault

        fault = first_fault(data)
        at = f", line {fault.place.line} column {fault.place.column}" if fault.place else ""
        raise InputError(f"{place}: not JSON{at}: {fault.message}") from error


def _record(place: str, value: object) -> Record:
    try:
        return Record.from_dict(value)
    except UsageError as error:
        raise InputError(f"{place}: {error}") from error
