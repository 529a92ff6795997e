"""Values that may stand in one row of a table alone: record ids, and those of fields that are named as unique.

The first pass collects them as 8-byte hashes, so that a million rows take 8 MB.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Final, NamedTuple

from recordlint.contract.operations import PROPERTIES
from recordlint.fieldtypes._number_cells import plain
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem, Severity
from recordlint.tables.bodies import BODY, Row
from recordlint.tables.columns import Table
from recordlint.tables.table_files import TableRow

URL: Final = "url"
"""Stands for the record's id, which is in the URL of a whole request."""


class Repeated(NamedTuple):
    """The repeated values of one field, or of record ids."""

    rows: Mapping[int, int]
    """The first row of each value, by hash."""
    severity: Severity


Repeats = Mapping[str, Repeated]
"""By property key, or `url` for record ids."""


class Collector:
    """Takes in the values of rows, and tells which of them are repeated.

    Args:
        table: what the columns are for.
        unique: keys of properties, or `url` for record ids.
    """

    def __init__(self, table: Table, unique: Sequence[str]) -> None:
        self._table: Final = table
        self._unique: Final = unique
        names_records = any(column.holds == "record-id" for column in table.columns)
        # The URLs of new records are all the same.
        keys = dict.fromkeys([*([URL] if names_records else []), *unique])
        self._hashes: Final = {key: array("Q") for key in keys}
        self._rows: Final = {key: array("Q") for key in keys}

    def __bool__(self) -> bool:
        return bool(self._hashes)

    def feed(self, number: int, row: Row) -> None:
        """Take in a row."""
        if row.value is None:
            return
        for key, hashes in self._hashes.items():
            value = _value(row.value, key, self._table)
            if value is not None:
                hashes.append(_hash(value))
                self._rows[key].append(number)

    def repeats(self) -> Repeats:
        """The repeated values."""
        return {
            key: Repeated(rows, "error" if key in self._unique else "warning")
            for key in self._hashes
            if (rows := self._repeated(key))
        }

    def _repeated(self, key: str) -> dict[int, int]:
        hashes, rows = self._hashes[key], self._rows[key]
        order = sorted(range(len(hashes)), key=hashes.__getitem__)
        firsts: dict[int, int] = {}
        for before, after in pairwise(order):
            if hashes[before] == hashes[after]:
                firsts.setdefault(hashes[before], rows[before])
        return firsts


def repeat_problems(repeats: Repeats, row: TableRow, value: Mapping[str, Any], table: Table) -> Iterator[Problem]:
    """What a row repeats of the rows before it."""
    for key, repeated in repeats.items():
        there = _value(value, key, table)
        first = None if there is None else repeated.rows.get(_hash(there))
        if first is None or first == row.number:
            continue
        if key == URL:
            message = f"the record of this row is also that of row {first}"
            again = "" if repeated.severity == "error" else ", unless the second is to change the record again"
            hint = f"put both rows into one{again}"
        else:
            message = f"the value of this row is also that of row {first}, and each may stand in one row alone"
            hint = "take out one of the two rows, or correct it"
        yield Problem("repeated-value", message, hint, _path(key, table), severity=repeated.severity)


def _path(key: str, table: Table) -> Path:
    if key == URL:
        return (URL,)
    return (BODY, PROPERTIES, key) if table.makes_requests else (PROPERTIES, key)


def _value(value: Mapping[str, Any], key: str, table: Table) -> object:
    """What a row has for a key; None if it has nothing."""
    if key == URL:
        return value.get(URL) if _names_record(value, table) else None
    body = value.get(BODY) if table.makes_requests else value
    properties = body.get(PROPERTIES) if isinstance(body, dict) else None
    return properties.get(key) if isinstance(properties, dict) else None


def _names_record(value: Mapping[str, Any], table: Table) -> bool:
    """Whether a request has the id of a record. Those without one do not share a record."""
    path: str = value.get(URL, "").partition("?")[0]
    return path.count("/") == table.target.operation.path.count("/")


def _comparable(value: object) -> object:
    """The value with whole numbers as such: 1.0 is 1."""
    if type(value) is float:
        return plain(value)
    if type(value) is dict:
        return {key: _comparable(each) for key, each in value.items()}
    return value


def _hash(value: object) -> int:
    import orjson

    try:
        text = orjson.dumps(_comparable(value), option=orjson.OPT_SORT_KEYS)
    except TypeError:
        text = repr(value).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")
