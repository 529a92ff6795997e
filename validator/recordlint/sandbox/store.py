"""The records of a sandbox, in SQLite: in memory, or in a file that outlives the process."""

from __future__ import annotations

import itertools
import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from recordlint.errors import InputError
from recordlint.records.record import Record

IN_MEMORY: Final = ":memory:"
APPLICATION: Final = 0x52EC11D7
"""Marks a database as one of a sandbox, so that no other is written to."""
LAYOUT: Final = 1
"""Of the tables. A file with another is not opened."""
WAIT: Final = 5.0
"""Seconds to wait for another process that writes to the same file."""

_TABLES: Final = """
CREATE TABLE records (
    id TEXT PRIMARY KEY,
    object TEXT NOT NULL,
    location TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    owners TEXT NOT NULL,
    followers TEXT NOT NULL,
    properties TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX newest ON records (object, created, id);
"""
_COLUMNS: Final = "id, object, location, created, updated, owners, followers, properties"


class Stored(NamedTuple):
    """A record with what only the service knows of it."""

    record: Record
    object: str
    location: str
    created: int
    """Milliseconds since 1970."""
    updated: int


class Store:
    """Records by id. Every change is on disk, or refused, when its call returns.

    It is not to be shared between threads. Several processes may have the same file open.
    """

    def __init__(self, path: str = IN_MEMORY) -> None:
        """Open a database, or make it.

        Args:
            path: of the file; `:memory:` for none.

        Raises:
            InputError: the file cannot be opened, or holds something else.
        """
        self.path: Final = path
        try:
            self._database: Final = sqlite3.connect(path, isolation_level=None, timeout=WAIT, check_same_thread=False)
        except sqlite3.Error as error:
            raise _unusable(path, error) from error
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._database.close()
            raise _unusable(path, error) from error
        except InputError:
            self._database.close()
            raise
        self._process: Final = secrets.token_hex(5)
        self._number: Final = itertools.count(secrets.randbelow(0x800000))

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def create(self, object: str, location: str, make: Callable[[str], Record]) -> Stored:
        """Store a new record.

        Args:
            object: the key of its object.
            location: the id of its location.
            make: makes the record with an id.

        Raises:
            sqlite3.Error: it cannot be written; nothing is changed.
        """
        now = _now()
        # As the service writes ids: the second, the process, and a number, so that they sort by age.
        id = f"{now // 1000:08x}{self._process}{next(self._number) & 0xFFFFFF:06x}"
        stored = Stored(make(id), object, location, now, now)
        with self._changes():
            self._database.execute(f"INSERT INTO records ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _row(stored))  # noqa: S608 - constants
        return stored

    def get(self, object: str, id: str) -> Stored | None:
        """The record of an object with an id; None if there is none."""
        row = self._database.execute(
            f"SELECT {_COLUMNS} FROM records WHERE id = ? AND object = ?",  # noqa: S608 - constants
            (id, object),
        ).fetchone()
        return None if row is None else _stored(row)

    def change(self, object: str, id: str, make: Callable[[Record], Record | None]) -> Stored | None:
        """Change a record; nobody else changes it between the reading and the writing.

        Args:
            object: the key of its object.
            id: the record's.
            make: what the record becomes; None to leave it.

        Returns:
            The record afterwards; None if there is none.

        Raises:
            sqlite3.Error: it cannot be written; nothing is changed.
        """
        with self._changes():
            stored = self.get(object, id)
            record = stored and make(stored.record)
            if stored is None or record is None:
                return stored
            stored = stored._replace(record=record, updated=max(_now(), stored.updated))
            row = _row(stored)
            self._database.execute(
                "UPDATE records SET updated = ?, owners = ?, followers = ?, properties = ? WHERE id = ?",
                (*row[4:], row[0]),
            )
        return stored

    def delete(self, object: str, id: str) -> bool:
        """Delete a record; whether there was one.

        Raises:
            sqlite3.Error: it cannot be written; nothing is changed.
        """
        with self._changes():
            done = self._database.execute("DELETE FROM records WHERE id = ? AND object = ?", (id, object))
        return done.rowcount > 0

    def newest(self, object: str, location: str | None = None, matches: Callable[[str], bool] | None = None) -> Newest:
        """The records of an object, the newest first.

        Args:
            object: its key.
            location: the id of their location; None for all.
            matches: says by the JSON text of the properties which are wanted; None for all.
        """
        return Newest(self._database, object, location, matches)

    def clear(self) -> None:
        """Delete all records.

        Raises:
            sqlite3.Error: it cannot be written; nothing is changed.
        """
        with self._changes():
            self._database.execute("DELETE FROM records")

    def _prepare(self) -> None:
        database = self._database
        self._is_made()
        database.execute("PRAGMA journal_mode = WAL")
        # A commit is in the hands of the operating system, so that it outlives the process.
        database.execute("PRAGMA synchronous = NORMAL")
        with self._changes():
            if self._is_made():
                return
            for statement in _TABLES.split(";"):
                database.execute(statement)
            database.execute(f"PRAGMA application_id = {APPLICATION}")
            database.execute(f"PRAGMA user_version = {LAYOUT}")

    def _is_made(self) -> bool:
        """Whether the tables are there.

        Raises:
            InputError: others are.
        """
        database = self._database
        marks = [database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if marks == [APPLICATION, LAYOUT]:
            return True
        if marks != [0, 0] or database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise InputError(f"{self.path}: this is another database, and not one of a sandbox")
        return False

    @contextmanager
    def _changes(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:
            # Where the disk is full, SQLite may have rolled back by itself.
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise


class Newest:
    """Records of an object, the newest first: how many there are, and parts of them."""

    def __init__(
        self, database: sqlite3.Connection, object: str, location: str | None, matches: Callable[[str], bool] | None
    ) -> None:
        self._database = database
        self._where = "object = ?"
        self._values: list[Any] = [object]
        if location is not None:
            self._where += " AND location = ?"
            self._values.append(location)
        if matches is not None:
            database.create_function("matches", 1, matches)
            self._where += " AND matches(properties)"

    def count(self) -> int:
        """How many there are."""
        row = self._database.execute(f"SELECT count(*) FROM records WHERE {self._where}", self._values).fetchone()  # noqa: S608 - constants
        return int(row[0])

    def part(self, number: int, skipped: int = 0, after: tuple[int, str] | None = None) -> list[Stored]:
        """Some of them.

        Args:
            number: how many at most; -1 for all.
            skipped: how many to leave out before them.
            after: when the record before them was made, and its id.
        """
        where, values = self._where, [*self._values]
        if after is not None:
            where += " AND (created, id) < (?, ?)"
            values += after
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM records WHERE {where} ORDER BY created DESC, id DESC LIMIT ? OFFSET ?",  # noqa: S608 - constants
            (*values, number, skipped),
        )
        return [_stored(row) for row in rows]


def _unusable(path: str, error: sqlite3.Error) -> InputError:
    return InputError(f"{path}: cannot be used as a database: {error}")


def _now() -> int:
    return time.time_ns() // 1_000_000


def _row(stored: Stored) -> tuple[Any, ...]:
    record = stored.record
    texts = [json.dumps(each) for each in (record.owners, record.followers, dict(record.properties))]
    return (record.id, stored.object, stored.location, stored.created, stored.updated, *texts)


def _stored(row: tuple[Any, ...]) -> Stored:
    id, object, location, created, updated, *texts = row
    owners, followers, properties = [json.loads(each) for each in texts]
    return Stored(Record(id, properties, tuple(owners), tuple(followers)), object, location, created, updated)
