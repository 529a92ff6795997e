"""Definitions in a folder: what of an answer is saved, under which name, and what differs from what is there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from recordlint.definitions.answers import answers
from recordlint.definitions.documents import read_document
from recordlint.definitions.fetching.pulling import Pulled
from recordlint.definitions.model import BUSINESS, PREFIX, ObjectDefinition
from recordlint.definitions.reading import defined_key, read_answer
from recordlint.errors import DefinitionError, DefinitionFault, OutputError
from recordlint.files.paths import json_files_in
from recordlint.wording.escape import escape

VOLATILE: Final = frozenset({"cache", "traceId", "dateUpdated"})
"""Keys of an answer, of its object and of its fields that change while the definition stays the same."""
LONGEST: Final = 100
"""Characters of a key that are a file's name as they are."""
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *[f"{each}{number}" for each in ("com", "lpt") for number in range(10)]}
)
"""Names that are no files on Windows, whatever their ending is."""


class Saved(NamedTuple):
    """An object that a file of the folder defines."""

    path: str
    answer: Any
    """Parsed JSON, without what is around it."""
    is_alone: bool
    """Whether the file holds nothing else. What is no definition counts too: it would be lost."""
    definition: ObjectDefinition | None
    """None if the file has faults."""


class Plan(NamedTuple):
    """What a pull makes of a folder."""

    files: Mapping[str, bytes]
    """What to write, by path."""
    new: Sequence[str]
    """The paths among them that are not there yet."""
    gone: Mapping[str, Saved]
    """What the folder has of objects that the service does not have, by their keys."""
    before: Sequence[ObjectDefinition]
    """What the folder defines of the objects that are compared."""


def normalized(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer without what changes from one to the next. The order of fields and options stays: people see it.

    Example:
        >>> normalized({"object": {"key": "business", "dateUpdated": "2024"}, "fields": [], "cache": True})
        {'object': {'key': 'business'}, 'fields': []}
    """
    kept = _without_volatile(answer)
    if isinstance(kept.get("object"), dict):
        kept["object"] = _without_volatile(kept["object"])
    if isinstance(kept.get("fields"), list):
        kept["fields"] = [_without_volatile(each) if isinstance(each, dict) else each for each in kept["fields"]]
    return kept


def as_file(answer: Mapping[str, Any]) -> bytes:
    """The contents of an answer's file: JSON with sorted keys, so that git shows changes only where there are some."""
    text = json.dumps(normalized(answer), ensure_ascii=False, indent=2, sort_keys=True)
    return f"{escape(text, keep=chr(10))}\n".encode()


def file_name(key: str) -> str:
    """The name of an object's file, which every file system takes, and which no other object's file has.

    Args:
        key: the object's whole key, so that it has no characters but a-z, 0-9, _ and the dot of the prefix.

    Example:
        >>> [file_name(each) for each in ("custom_objects.ticket", "business", "custom_objects.business")]
        ['ticket.json', 'business.json', 'custom_objects.business.json']
    """
    short = key.removeprefix(PREFIX)
    if len(short) > LONGEST:
        return f"{short[:LONGEST]}-{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"
    is_taken = short in _DEVICES or (short == BUSINESS and key != BUSINESS)
    return f"{key if is_taken else short}.json"


def read_folder(folder: str) -> dict[str, Saved]:
    """The objects that the files of a folder and below define, by their keys. Other files are left out.

    Raises:
        DefinitionError: two files define one object.
        InputError: a folder cannot be listed.
        OutputError: the path is a file's.
    """
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise OutputError(f"{folder}: is a file, and a folder is needed there")
    saved: dict[str, Saved] = {}
    for path in json_files_in(folder) if os.path.isdir(folder) else ():
        parts = _parts(path)
        for key, part in [(key, part) for part in parts if (key := defined_key(part))]:
            if key in saved:
                reason = f"{key} is defined twice, here and in {saved[key].path}; keep only one"
                raise DefinitionError([DefinitionFault(path, "", reason)])
            saved[key] = Saved(path, part, len(parts) == 1, _definition(part, path))
    return saved


def path_of(key: str, folder: str, saved: Mapping[str, Saved]) -> str:
    """The file of an object: the one that defines it already, or else the one that will."""
    return saved[key].path if key in saved else os.path.join(folder, file_name(key))


def plan(folder: str, saved: Mapping[str, Saved], pulled: Iterable[Pulled], *, is_all: bool) -> Plan:
    """What to write, so that a folder defines what the service has.

    A file that defines one of the objects is written again under its own name; else the name is `file_name`'s.

    Args:
        folder: its path.
        saved: what it defines.
        pulled: what the service has.
        is_all: whether the service has no other objects.

    Raises:
        OutputError: a file is in the way, or holds more than one object.
    """
    files: dict[str, bytes] = {}
    new: list[str] = []
    keys: list[str] = []
    for each in pulled:
        key = each.definition.key
        keys.append(key)
        there = saved.get(key)
        if there is None:
            path = path_of(key, folder, saved)
            if os.path.lexists(path):
                raise OutputError(f"{path}: is in the way, because it does not define {key}; move it, or delete it")
            new.append(path)
            files[path] = as_file(each.answer)
        elif as_file(there.answer) != as_file(each.answer):
            if not there.is_alone:
                raise OutputError(f"{there.path}: holds more than {key}; move the others to files of their own")
            files[there.path] = as_file(each.answer)
    gone = {key: there for key, there in saved.items() if is_all and key not in keys}
    before = [there.definition for key, there in saved.items() if there.definition and (is_all or key in keys)]
    return Plan(files, new, gone, before)


def _parts(path: str) -> list[object]:
    """The answers in a file; none if it cannot be read, which `check` reports."""
    try:
        return [part for _, part in answers(read_document(path))]
    except DefinitionError:
        return []


def _definition(part: object, path: str) -> ObjectDefinition | None:
    try:
        return read_answer(part, path)
    except DefinitionError:
        return None


def _without_volatile(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in value.items() if key not in VOLATILE}
