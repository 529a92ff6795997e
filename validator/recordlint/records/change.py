"""What a body makes of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recordlint.contract.operations import OWNERS, PROPERTIES
from recordlint.definitions.model import ObjectDefinition
from recordlint.records.record import FOLLOWERS, Record
from recordlint.records.values import apply_delta, stored_values


def updated(record: Record, body: Mapping[str, Any], definition: ObjectDefinition) -> Record:
    """A record after an update.

    Args:
        record: as it is stored.
        body: of an update, without errors.
        definition: the object's.
    """
    properties = dict(record.properties)
    for key, value in (body.get(PROPERTIES) or {}).items():
        field = definition.by_property.get(key)
        if value is not None and field is not None and field.has_several_values:
            value = apply_delta(stored_values(record.properties, field), value) or None
        if value is None:
            properties.pop(key, None)
        else:
            properties[key] = value
    return record._replace(
        properties=properties,
        owners=_changed(record.owners, body, OWNERS),
        followers=_changed(record.followers, body, FOLLOWERS),
    )


def created(id: str, body: Mapping[str, Any]) -> Record:
    """A new record.

    Args:
        id: the record's.
        body: that makes it, without errors.
    """
    properties = {key: value for key, value in (body.get(PROPERTIES) or {}).items() if value not in (None, [])}
    owners, followers = [next((body[key] for key in keys if key in body), ()) for keys in (OWNERS, FOLLOWERS)]
    return Record(id, properties, tuple(dict.fromkeys(owners)), tuple(dict.fromkeys(followers)))


def _changed(users: tuple[str, ...], body: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    delta = next((body[key] for key in keys if key in body), None)
    return tuple(apply_delta(users, delta)) if delta else users
