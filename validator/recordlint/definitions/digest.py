"""A digest of definitions: the same for what means the same, wherever and however it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from recordlint.definitions.model import Field, ObjectDefinition

_READ: Final = (
    *("key", "name", "data_type", "options", "allow_custom_option", "max_files", "accepted_formats"),
    *("id", "description", "placeholder"),
)
"""What is read of a field."""


def digest(definitions: Iterable[ObjectDefinition]) -> str:
    """The SHA-256 of all that is read of some definitions, in hexadecimal digits. Their order does not count."""
    import hashlib
    import json

    read = sorted([_object(each) for each in definitions], key=lambda each: str(each["key"]))
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


def named_digest(definition: ObjectDefinition) -> str:
    """The digest of one definition, with the name of the hash: `sha256:…`."""
    return f"sha256:{digest([definition])}"


def _object(definition: ObjectDefinition) -> dict[str, object]:
    return {
        "key": definition.key,
        "name": definition.name,
        "description": definition.description,
        "fields": [_field(each) for each in definition.fields],
        "required": [each.key for each in definition.required],
    }


def _field(field: Field) -> dict[str, object]:
    return {name: getattr(field, name) for name in _READ}
