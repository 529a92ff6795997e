"""Reads definition files, which hold answers of the vendor's API, into ObjectDefinitions.

Three shapes are read: `GET /objects/{key}?fetchProperties=true` (`object` and `fields`),
`GET /custom-fields/object-key/{key}` (`fields` and `folders`), and a list of either; `documents` opens the file, and
takes off what tools put around an answer.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from recordlint.definitions.answers import answers, not_a_shape
from recordlint.definitions.documents import parse_document, read_document
from recordlint.definitions.model import (
    BUSINESS,
    FILE_UPLOAD,
    OPTION_TYPES,
    PREFIX,
    PUBLISHED_PREFIX,
    RADIO,
    TEXTBOX_LIST,
    Field,
    ObjectDefinition,
    Option,
    is_object_key,
    key_prefixes,
)
from recordlint.definitions.standard_objects import NO_KEY, NOT_WRITTEN, standard_object
from recordlint.errors import DefinitionError, DefinitionFault, InputError
from recordlint.files.paths import json_files
from recordlint.problems.named_tuples import new
from recordlint.wording.phrases import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class ReadDefinitions(tuple[ObjectDefinition, ...]):
    """Definitions that were read here, so that nothing is wrong with them."""

    __slots__ = ()


def load_objects(paths: Iterable[str]) -> tuple[ObjectDefinition, ...]:
    """The objects that the definition files (or folders of them) at `paths` define.

    Raises:
        DefinitionError: with every fault of every file; no part of the definitions is returned.
    """
    return _read(_files(paths))


def _files(paths: Iterable[str]) -> Iterator[tuple[str, Callable[[str], object]]]:
    """The files at some paths, each with what reads it."""
    for path in paths:
        try:
            files = json_files(path)
        except InputError as error:
            reason = str(error).removeprefix(f"{path}: ")
            yield path, partial(_refuse, reason)
        else:
            for file in files:
                yield file, read_document


def _refuse(reason: str, path: str) -> object:
    raise DefinitionError([DefinitionFault(path, "", reason)])


def parse_objects(files: Iterable[tuple[str, bytes]]) -> tuple[ObjectDefinition, ...]:
    """The objects that definition files define, given their names and what is in them.

    Raises:
        DefinitionError: with every fault of every file; no part of the definitions is returned.

    Example:
        >>> field = b'{"fieldKey": "custom_objects.pet.name", "objectKey": "custom_objects.pet", "dataType": "TEXT"}'
        >>> len(parse_objects([("pet.json", b'{"fields": [%s]}' % field)])[0].fields)
        1
    """
    return _read((file, partial(parse_document, data=data)) for file, data in files)


def _read(files: Iterable[tuple[str, Callable[[str], object]]]) -> ReadDefinitions:
    """The objects of files, each given with what reads it.

    Raises:
        DefinitionError: with every fault of every file.
    """
    definitions: list[ObjectDefinition] = []
    faults: list[DefinitionFault] = []
    for file, read in files:
        try:
            definitions += _definitions(file, read(file))
        except DefinitionError as error:
            faults += error.faults
    faults += _repeated_objects(definitions)
    if faults:
        raise DefinitionError(faults)
    return ReadDefinitions(definitions)


def read_answer(answer: object, path: str) -> ObjectDefinition:
    """The object that one answer of the API defines, without anything around it.

    Args:
        answer: parsed JSON.
        path: what faults name: a file, or a request.

    Raises:
        DefinitionError: with every fault.
    """
    reader = _Reader(path, "")
    definition = reader.definition(answer)
    if definition is None or reader.faults:
        raise DefinitionError(reader.faults)
    return definition


def defined_key(answer: object) -> str | None:
    """The key of the object that an answer defines, even with faults; None if it defines none."""
    if not isinstance(answer, dict) or not isinstance(answer.get("fields"), list):
        return None
    about = answer.get("object")
    return _Reader("", "").object_key(about if isinstance(about, dict) else {}, answer["fields"])


def whole_key(key: str) -> str:
    """The object's key as the service writes it: the published documents have the prefix `custom_object.`."""
    return PREFIX + key.removeprefix(PUBLISHED_PREFIX) if key.startswith(PUBLISHED_PREFIX) else key


def _repeated_objects(definitions: Iterable[ObjectDefinition]) -> Iterator[DefinitionFault]:
    first: dict[str, str] = {}
    for definition in definitions:
        if definition.key in first:
            reason = f"{definition.key} is defined twice, here and in {first[definition.key]}; keep only one"
            yield DefinitionFault(definition.path, "", reason)
        first.setdefault(definition.key, definition.path)


def _definitions(path: str, document: object) -> list[ObjectDefinition]:
    if document == []:
        raise DefinitionError([DefinitionFault(path, "", "is an empty list, which defines no object")])
    definitions: list[ObjectDefinition] = []
    faults: list[DefinitionFault] = []
    for place, answer in answers(document):
        reader = _Reader(path, place)
        definition = reader.definition(answer)
        if definition:
            definitions.append(definition)
        faults += reader.faults
    if faults:
        raise DefinitionError(faults)
    return definitions


class _Reader:
    """Reads one definition and collects its faults."""

    def __init__(self, path: str, entry: str) -> None:
        self.path = path
        self.entry = entry
        self.faults: list[DefinitionFault] = []

    def fault(self, field: str, reason: str) -> None:
        self.faults.append(DefinitionFault(self.path, f"{self.entry} {field}".strip(), reason))

    def definition(self, document: object) -> ObjectDefinition | None:
        if not isinstance(document, dict) or not isinstance(document.get("fields"), list):
            self.fault("", not_a_shape(document))
            return None
        about = document.get("object")
        if about is not None and not isinstance(about, dict):
            self.fault("object", "is not an object; save the API's answer unchanged")
            return None
        about = about or {}
        entries = document["fields"]
        key = self.object_key(about, entries)
        if key is None:
            return None
        warnings: list[str] = []
        fields = tuple(self.fields(key, entries, warnings))
        self.collisions(fields)
        required = self.required(key, about, fields, warnings)
        labels = about.get("labels")
        name = labels.get("singular") if isinstance(labels, dict) else None
        if not isinstance(name, str) or not name:
            name = key.removeprefix(PREFIX)
        if not fields:
            warnings.append("has no fields, so every property of a payload is unknown")
        return ObjectDefinition(
            key,
            name,
            fields,
            required=required,
            warnings=tuple(warnings),
            path=self.path,
            description=_text(about.get("description")),
        )

    def object_key(self, about: dict[str, Any], entries: list[Any]) -> str | None:
        """`object.key`, else the `objectKey` that the fields share."""
        stated: dict[str, str] = {}
        if "key" in about:
            if not isinstance(about["key"], str):
                self.fault("object.key", "is not a string")
                return None
            stated[whole_key(about["key"])] = "object.key"
        for index, entry in enumerate(entries):
            key = entry.get("objectKey") if isinstance(entry, dict) else None
            if isinstance(key, str) and key not in stated:
                stated.setdefault(whole_key(key), f"fields[{index}]")
        if not stated:
            self.fault("", "names no object: it has no object.key, and its fields have no objectKey")
            return None
        key, *others = stated
        if others:
            place = stated[others[0]]
            self.fault(
                place,
                f"belongs to {others[0]}, but the rest of the document to {key}; save each object in a file of its own",
            )
            return None
        if standard_object(key) or (about.get("standard") is True and key != BUSINESS):
            self.fault("", f"{quoted(key)} is {NOT_WRITTEN}")
            return None
        if not is_object_key(key):
            self.fault(stated[key], f"{quoted(key)} is {NO_KEY}")
            return None
        return key

    def fields(self, object_key: str, entries: list[Any], warnings: list[str]) -> Iterator[Field]:
        own, published = key_prefixes(object_key)
        for index, entry in enumerate(entries):
            if not isinstance(entry, dict):
                self.fault(f"fields[{index}]", "is not an object")
                continue
            full_key, data_type = entry.get("fieldKey"), entry.get("dataType")
            if not isinstance(full_key, str) or not full_key:
                self.fault(f"fields[{index}]", "has no fieldKey")
                continue
            prefix = own if full_key.startswith(own) else published
            if not full_key.startswith(prefix) or full_key == prefix:
                self.fault(full_key, f"does not begin with {own}, so it is not a field of this object")
                continue
            if not isinstance(data_type, str) or not data_type:
                self.fault(full_key, "has no dataType")
                continue
            field = self.field(full_key, full_key[len(prefix) :], data_type, entry)
            if field is None:
                continue
            if not field.known:
                warnings.append(f"{field.key} has the unknown type {data_type}, so its values are not checked")
            yield field

    def field(self, full_key: str, key: str, data_type: str, entry: dict[str, Any]) -> Field | None:
        name, id = entry.get("name"), entry.get("id")
        options: tuple[Option, ...] = ()
        custom = entry.get("allowCustomOption")
        if custom is not None and not isinstance(custom, bool):
            self.fault(full_key, "allowCustomOption must be true or false")
        allows_custom = custom is True and data_type == RADIO
        if data_type in OPTION_TYPES or data_type == TEXTBOX_LIST:
            listed = self.options(full_key, entry)
            if listed is None:
                return None
            options = listed
            if not options and not allows_custom:
                self.fault(full_key, f"is a {data_type} field with no options")
                return None
        has_files = data_type == FILE_UPLOAD
        # By position: keywords take twice as long, and there may be thousands of fields.
        return Field(
            key,
            name if isinstance(name, str) and name.strip() else key,
            data_type,
            options,
            allows_custom,
            self.max_files(full_key, entry) if has_files else None,
            self.accepted_formats(full_key, entry) if has_files else (),
            True,
            id if isinstance(id, str) else "",
            _text(about) if (about := entry.get("description")) else "",
            _text(shown) if (shown := entry.get("placeholder")) else "",
        )

    def options(self, full_key: str, entry: dict[str, Any]) -> tuple[Option, ...] | None:
        listed = entry.get("options") or entry.get("picklistOptions") or []
        if not isinstance(listed, list):
            self.fault(full_key, "options must be a list")
            return None
        options: dict[str, Option] = {}
        usable = True
        for index, option in enumerate(listed):
            key = option.get("key") if isinstance(option, dict) else None
            if not isinstance(key, str) or not key:
                self.fault(full_key, f"option {index} has no key; an option is an object with key and label")
                usable = False
            elif key in options:
                self.fault(full_key, f"two options have the key {quoted(key)}")
                usable = False
            else:
                label = option.get("label")
                options[key] = new(Option, (key, label if isinstance(label, str) and label else key))
        return tuple(options.values()) if usable else None

    def max_files(self, full_key: str, entry: dict[str, Any]) -> int | None:
        limit = entry.get("maxFileLimit")
        if limit is None:
            return None
        if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 0:
            self.fault(full_key, "maxFileLimit must be a number of files, 0 or more")
            return None
        return int(limit)

    def accepted_formats(self, full_key: str, entry: dict[str, Any]) -> tuple[str, ...]:
        formats = entry.get("acceptedFormats")
        if formats is None:
            return ()
        listed = formats.split(",") if isinstance(formats, str) else formats
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            self.fault(full_key, "acceptedFormats must be a string or a list of strings")
            return ()
        endings = tuple([ending for item in listed if (ending := item.strip().lower().lstrip("."))])
        return () if "all" in endings else endings

    def collisions(self, fields: tuple[Field, ...]) -> None:
        named = [field.key for field in fields]
        named += [key for field in fields if field.data_type == TEXTBOX_LIST for key in field.properties]
        keys: set[str] = set()
        if len({*named}) == len(named):
            return
        for field in fields:
            for key in {field.key, *field.properties}:
                if key in keys:
                    self.fault(field.key, f"two fields have the key {quoted(key)}")
                keys.add(key)

    def required(
        self, object_key: str, about: dict[str, Any], fields: tuple[Field, ...], warnings: list[str]
    ) -> tuple[Field, ...]:
        listed = about.get("requiredProperties")
        if listed is not None and (not isinstance(listed, list) or not all(isinstance(key, str) for key in listed)):
            self.fault("requiredProperties", "must be a list of field keys")
            return ()
        source = "requiredProperties"
        if not listed:
            primary = about.get("primaryDisplayProperty")
            source, listed = (
                "primaryDisplayProperty",
                [primary] if isinstance(primary, str) and primary else [],
            )
        by_key = {field.key: field for field in fields}
        required: dict[str, Field] = {}
        for full_key in listed:
            prefix = next((p for p in key_prefixes(object_key) if full_key.startswith(p)), "")
            field = by_key.get(full_key[len(prefix) :])
            if field:
                required[field.key] = field
            else:
                warnings.append(f"{source} names {full_key}, which is not a field of this object")
        return tuple(required.values())


def _text(value: object) -> str:
    """What is said for people; empty where it is no text."""
    return value.strip() if isinstance(value, str) else ""
