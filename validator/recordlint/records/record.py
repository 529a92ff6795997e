"""Record: a stored record, as an answer of the service holds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from recordlint.contract.operations import OWNERS, PROPERTIES
from recordlint.errors import UsageError
from recordlint.jsontext.unrepresentable import unrepresentable
from recordlint.problems.pointers import Path, pointer
from recordlint.wording.phrases import json_type

ID: Final = "id"
RECORD: Final = "record"
"""The member of the answer to a read that holds the record."""
RECORDS: Final = "records"
"""The member of the answer to a search that holds the records."""
FOLLOWERS: Final = ("followers", "follower")
KEYS: Final = frozenset({ID, PROPERTIES, *OWNERS, *FOLLOWERS})
"""The members of which a record has at least one."""


class Record(NamedTuple):
    """A stored record. Immutable.

    Example:
        >>> record = Record.from_dict({"record": {"id": "r1", "owner": ["u1"], "properties": {"priority": "low"}}})
        >>> record.owners
        ('u1',)
        >>> record.to_dict()
        {'id': 'r1', 'owner': ['u1'], 'properties': {'priority': 'low'}}
    """

    id: str | None
    """None where it is not known."""
    properties: Mapping[str, Any]
    """By property key; a property without a value is absent, and several values are a list."""
    owners: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()
    answer: Mapping[str, Any] = {}
    """The members of the answer that it was read from, in their order."""

    @classmethod
    def from_dict(cls, value: object) -> Record:
        """The record of an answer: `{"record": {…}}`, a search with one record in it, or the record alone.

        Raises:
            UsageError: it is no record.
        """
        _, value = unwrapped(value)
        if not isinstance(value, dict):
            raise UsageError(f"a record is an object, as the service answers it, not {json_type(value)}")
        for problem in unrepresentable(value):
            raise UsageError(f"a record holds what JSON can hold: {pointer(problem.path)}: {problem.message}")
        if not value.keys() & KEYS:
            raise UsageError("this is no record: it has no id, no properties, no owner and no followers")
        id = value.get(ID)
        properties = value.get(PROPERTIES)
        if properties is not None and not isinstance(properties, dict):
            raise UsageError(f"the properties of a record are an object, not {json_type(properties)}")
        return cls(
            id if isinstance(id, str) and id else None,
            {key: each for key, each in (properties or {}).items() if each is not None},
            _users(value, OWNERS),
            _users(value, FOLLOWERS),
            value,
        )

    def to_dict(self) -> dict[str, Any]:
        """The record as an answer holds it, with all other members of the answer that it was read from."""
        members = dict(self.answer)
        if self.id is not None:
            members[ID] = self.id
        for keys, users in ((OWNERS, self.owners), (FOLLOWERS, self.followers)):
            key = next((each for each in keys if each in members), keys[0])
            if users or key in members:
                members[key] = list(users)
        members[PROPERTIES] = dict(self.properties)
        return members


def unwrapped(value: object) -> tuple[Path, object]:
    """A record without what an answer puts around it, and the path to it.

    Args:
        value: `{"record": …}`, the answer to a search with one record in it, or a record.
    """
    if isinstance(value, dict) and isinstance(value.get(RECORD), dict):
        return (RECORD,), value[RECORD]
    records = value.get(RECORDS) if isinstance(value, dict) else None
    if isinstance(records, list) and len(records) == 1:
        path, record = unwrapped(records[0])
        return (RECORDS, 0, *path), record
    return (), value


def _users(value: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    """The users that a record names under the first of some keys that it has.

    Raises:
        UsageError: they are no list of ids.
    """
    users: object = next((value[key] for key in keys if value.get(key) is not None), [])
    if isinstance(users, str):
        users = [users] if users else []
    if not isinstance(users, list | tuple) or not all(isinstance(each, str) for each in users):
        raise UsageError(f"the {keys[0]} of a record is a list of user ids")
    return tuple(dict.fromkeys(users))
