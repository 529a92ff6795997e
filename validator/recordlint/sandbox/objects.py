"""Objects and fields as the service answers with them, from their definitions."""

from __future__ import annotations

import hashlib
from typing import Any

from recordlint.definitions.model import BUSINESS, OPTION_TYPES, RADIO, TEXTBOX_LIST, Field, ObjectDefinition


def object_id(definition: ObjectDefinition) -> str:
    """The id of an object, which is the same every time."""
    return _id(definition.key)


def object_answer(definition: ObjectDefinition, location: str, when: str) -> dict[str, Any]:
    """An object without its fields.

    Args:
        definition: the object's.
        location: the id of the location that asks.
        when: since when there is the object.
    """
    keys = [f"{definition.key}.{each.key}" for each in definition.required]
    return {
        "id": object_id(definition),
        "standard": definition.key == BUSINESS,
        "key": definition.key,
        "labels": {"singular": definition.name, "plural": definition.name},
        "description": definition.description,
        "locationId": location,
        "primaryDisplayProperty": keys[0] if keys else "",
        "requiredProperties": keys,
        "dateAdded": when,
        "dateUpdated": when,
        "type": "SYSTEM_DEFINED" if definition.key == BUSINESS else "USER_DEFINED",
    }


def field_answers(definition: ObjectDefinition, location: str, when: str) -> list[dict[str, Any]]:
    """The fields of an object.

    Args:
        definition: the object's.
        location: the id of the location that asks.
        when: since when there are the fields.
    """
    return [_field(definition, each, location, when) for each in definition.fields]


def _field(definition: ObjectDefinition, field: Field, location: str, when: str) -> dict[str, Any]:
    full_key = f"{definition.key}.{field.key}"
    answer: dict[str, Any] = {
        "id": field.id or _id(full_key),
        "locationId": location,
        "objectKey": definition.key,
        "parentId": _id(f"{definition.key} folder"),
        "fieldKey": full_key,
        "name": field.name,
        "dataType": field.data_type,
        "description": field.description,
        "placeholder": field.placeholder,
        "showInForms": True,
    }
    if field.data_type in OPTION_TYPES or field.data_type == TEXTBOX_LIST:
        answer["options"] = [{"key": each.key, "label": each.label} for each in field.options]
    if field.data_type == RADIO:
        answer["allowCustomOption"] = field.allow_custom_option
    if field.has_files:
        answer["acceptedFormats"] = ",".join(f".{each}" for each in field.accepted_formats) or "all"
        if field.max_files is not None:
            answer["maxFileLimit"] = field.max_files
    return {**answer, "dateAdded": when, "dateUpdated": when}


def _id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:24]
