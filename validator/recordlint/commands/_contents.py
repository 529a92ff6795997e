"""What a folder holds, by the contents of its files: object definitions, and payloads with what they are for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from recordlint.commands.check.payload_files import below, has_known_ending
from recordlint.config.loading import MAX_SIZE
from recordlint.contract.operations import CREATE, LOCATION, PROPERTIES, UPDATE, USERS
from recordlint.definitions.answers import answers
from recordlint.definitions.documents import read_document
from recordlint.definitions.model import ObjectDefinition
from recordlint.definitions.reading import load_objects
from recordlint.errors import DefinitionError, InputError
from recordlint.files.paths import holds_rows, readable
from recordlint.har.entries import is_har
from recordlint.jsontext.parse import Unreadable, read_json
from recordlint.requests.whole import is_request

UNREADABLE: Final = object()
"""Stands for what a file holds that is not JSON."""
MEMBERS: Final = frozenset({PROPERTIES, LOCATION, *USERS})


class Payload(NamedTuple):
    """A file that holds payloads."""

    path: str
    is_whole: bool
    """Whether it holds whole requests, which name their object themselves."""
    objects: tuple[str, ...] = ()
    """The keys of the objects that its bodies can be for; several, or none, where it cannot be told which."""
    operation: str = UPDATE.name


class Contents(NamedTuple):
    """What a folder holds. Its paths begin at the folder."""

    definitions: tuple[ObjectDefinition, ...]
    definition_files: tuple[str, ...]
    faults: tuple[str, ...]
    """Why files are left out: definitions with faults, and names that no configuration can hold."""
    payloads: tuple[Payload, ...]
    others: frozenset[str]
    """Files with the endings of payloads that are neither."""
    unreadable: frozenset[str]
    """Those of them that are not JSON."""


def look_into(folder: str) -> Contents:
    """Look into the files of a folder and below.

    Raises:
        InputError: a folder cannot be listed.
    """
    candidates = sorted(_candidates(folder))
    values = {path: _value(os.path.join(folder, path)) for path in candidates if readable(path) == path}
    definitions: list[ObjectDefinition] = []
    files: list[str] = []
    faults = [f"{path}: its name is not UTF-8, as TOML is" for path in candidates if path not in values]
    for path, value in values.items():
        if any(isinstance(part, dict) and _has_fields(part) for _, part in answers(value)):
            try:
                definitions += load_objects([os.path.join(folder, path)])
                files.append(path)
            except DefinitionError as error:
                faults += [str(fault) for fault in error.faults]
    bodies = {path: value for path, value in values.items() if path not in files}
    payloads = [each for path, value in bodies.items() if (each := _payload(path, value, definitions))]
    others = bodies.keys() - {each.path for each in payloads}
    unreadable = frozenset([path for path in others if values[path] is UNREADABLE])
    return Contents(tuple(definitions), tuple(files), tuple(faults), tuple(payloads), frozenset(others), unreadable)


def _candidates(folder: str) -> Iterator[str]:
    for path in below(folder):
        if has_known_ending(path):
            yield os.path.relpath(path, folder)


def _has_fields(part: Mapping[str, Any]) -> bool:
    fields = part.get("fields")
    return isinstance(fields, list) and any(isinstance(each, dict) and "fieldKey" in each for each in fields)


def _value(path: str) -> Any:
    """What a file holds: its JSON value, or that of its first row; None where it is too large to be told."""
    try:
        if holds_rows(path):
            from recordlint.files.lines import read_lines

            return read_json(next((row for row in read_lines(path) if row.strip()), b""))
        return read_document(path) if os.path.getsize(path) <= MAX_SIZE else None
    except (OSError, InputError, DefinitionError, Unreadable):
        return UNREADABLE


def _payload(path: str, value: Any, definitions: Sequence[ObjectDefinition]) -> Payload | None:
    """What a file is for that is no definition; None where it is no payload."""
    if is_har(value) or is_request(value):
        return Payload(path, is_whole=True)
    properties = value.get(PROPERTIES) if isinstance(value, dict) else None
    if not isinstance(properties, dict) or not value.keys() <= MEMBERS:
        return None
    known = {each.key: len(properties.keys() & each.by_property.keys()) for each in definitions}
    most = max(known.values(), default=0)
    objects = tuple([key for key, number in known.items() if number == most and most])
    is_new = LOCATION in value or any(isinstance(value.get(key), list) for key in USERS)
    return Payload(path, is_whole=False, objects=objects, operation=(CREATE if is_new else UPDATE).name)
