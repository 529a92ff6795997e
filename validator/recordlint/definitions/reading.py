"""Definition files, as the vendor's API answers them, into ObjectDefinitions.

Three shapes are read: `GET /objects/{key}?fetchProperties=true` (`object` and `fields`),
`GET /custom-fields/object-key/{key}` (`fields` and `folders`), and a list of either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recordlint.contract.spec_files import is_field_type
from recordlint.definitions.model import (
    OBJECT_KEY,
    OPTION_TYPES,
    STANDARD_OBJECTS,
    TEXTBOX_LIST,
    Field,
    ObjectDefinition,
    Option,
    singular,
)
from recordlint.errors import DefinitionError, DefinitionFault, InputError
from recordlint.files.paths import json_files, reason
from recordlint.jsontext.parse import Unreadable, read_json
from recordlint.wording.phrases import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def load_objects(paths: Iterable[str]) -> tuple[ObjectDefinition, ...]:
    """The objects that the definition files (or folders of them) at `paths` define.

    Raises:
        DefinitionError: with every fault of every file; nothing is returned in part.
    """
    found: list[ObjectDefinition] = []
    faults: list[DefinitionFault] = []
    for path in paths:
        try:
            files = json_files(path)
        except InputError as error:
            faults.append(DefinitionFault(path, "", str(error).removeprefix(f"{path}: ")))
            continue
        for file in files:
            try:
                found += _read_file(file)
            except DefinitionError as error:
                faults += error.faults
    seen: dict[str, str] = {}
    for definition in found:
        if definition.key in seen:
            what = f"{definition.key} is defined twice, here and in {seen[definition.key]}; keep one"
            faults.append(DefinitionFault(definition.path, "", what))
        seen.setdefault(definition.key, definition.path)
    if faults:
        raise DefinitionError(faults)
    return tuple(found)


def _read_file(path: str) -> list[ObjectDefinition]:
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise DefinitionError([DefinitionFault(path, "", f"cannot be read: {reason(error)}")]) from error
    try:
        document = read_json(data)
    except Unreadable as error:
        from recordlint.jsontext.diagnose import diagnose

        fault = diagnose(data)[0]
        at = f", line {fault.place.line} column {fault.place.column}" if fault.place else ""
        raise DefinitionError([DefinitionFault(path, "", f"not JSON{at}: {fault.message}")]) from error
    if isinstance(document, list):
        if not document:
            raise DefinitionError([DefinitionFault(path, "", "an empty list, no object is defined in it")])
        parts: list[tuple[int | None, object]] = list(enumerate(document))
    else:
        parts = [(None, document)]
    found, faults = [], []
    for index, part in parts:
        reader = _Reader(path, "" if index is None else f"[{index}]")
        definition = reader.definition(part)
        if definition:
            found.append(definition)
        faults += reader.faults
    if faults:
        raise DefinitionError(faults)
    return found


class _Reader:
    """Reads one definition and gathers its faults."""

    def __init__(self, path: str, entry: str) -> None:
        self.path = path
        self.entry = entry
        self.faults: list[DefinitionFault] = []

    def fault(self, field: str, reason: str) -> None:
        self.faults.append(DefinitionFault(self.path, f"{self.entry} {field}".strip(), reason))

    def definition(self, document: object) -> ObjectDefinition | None:
        if not isinstance(document, dict) or not isinstance(document.get("fields"), list):
            self.fault("", _not_a_shape(document))
            return None
        about = document.get("object")
        if about is not None and not isinstance(about, dict):
            self.fault("object", "is not an object; save the API's answer as it is")
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
            name = key.partition(".")[2]
        if not fields:
            warnings.append("has no fields, so every property of a payload is unknown")
        return ObjectDefinition(key, name, fields, required=required, warnings=tuple(warnings), path=self.path)

    def object_key(self, about: dict[str, Any], entries: list[Any]) -> str | None:
        """`object.key`, else the `objectKey` that the fields share."""
        stated: dict[str, str] = {}
        if "key" in about:
            if not isinstance(about["key"], str):
                self.fault("object.key", "is not a string")
                return None
            stated[_plural(about["key"])] = "object.key"
        for index, entry in enumerate(entries):
            key = entry.get("objectKey") if isinstance(entry, dict) else None
            if isinstance(key, str):
                stated.setdefault(_plural(key), f"fields[{index}]")
        if not stated:
            self.fault("", "names no object: neither object.key nor an objectKey in its fields")
            return None
        key, *others = stated
        if others:
            place = stated[others[0]]
            self.fault(
                place,
                f"is of {others[0]}, the rest of {key}: two objects in one document; save each to its own file",
            )
            return None
        if key in STANDARD_OBJECTS or about.get("standard") is True:
            self.fault("", f"{key} is a standard object; the Records API takes custom objects only")
            return None
        if not OBJECT_KEY.match(key):
            self.fault(
                stated[key],
                f"{quoted(key)} is not the key of a custom object, custom_objects. and a-z, 0-9 or _ after it",
            )
            return None
        return key

    def fields(self, object_key: str, entries: list[Any], warnings: list[str]) -> Iterator[Field]:
        prefixes = (f"{object_key}.", f"{singular(object_key)}.")
        for index, entry in enumerate(entries):
            place = f"fields[{index}]"
            if not isinstance(entry, dict):
                self.fault(place, "is not an object")
                continue
            full_key, data_type = entry.get("fieldKey"), entry.get("dataType")
            if not isinstance(full_key, str) or not full_key:
                self.fault(place, "has no fieldKey")
                continue
            prefix = next((p for p in prefixes if full_key.startswith(p) and full_key != p), None)
            if prefix is None:
                self.fault(full_key, f"does not begin with {prefixes[0]}, so it is no field of this object")
                continue
            if not isinstance(data_type, str) or not data_type:
                self.fault(full_key, "has no dataType")
                continue
            field = self.field(full_key, full_key[len(prefix) :], data_type, entry)
            if field is None:
                continue
            if not field.known:
                warnings.append(f"{field.key} is of type {data_type}, which is unknown: its values are not judged")
            yield field

    def field(self, full_key: str, key: str, data_type: str, entry: dict[str, Any]) -> Field | None:
        name = entry.get("name")
        options: tuple[Option, ...] = ()
        custom = entry.get("allowCustomOption")
        if custom is not None and not isinstance(custom, bool):
            self.fault(full_key, "allowCustomOption is not true or false")
        if data_type in OPTION_TYPES or data_type == TEXTBOX_LIST:
            listed = self.options(full_key, entry)
            if listed is None:
                return None
            options = listed
            if not options and not (data_type == "RADIO" and custom is True):
                self.fault(full_key, f"is a {data_type} field with no options")
                return None
        return Field(
            key,
            name if isinstance(name, str) and name.strip() else key,
            data_type,
            options=options,
            allow_custom_option=custom is True and data_type == "RADIO",
            max_files=self.max_files(full_key, entry) if data_type == "FILE_UPLOAD" else None,
            accepted_formats=self.accepted_formats(full_key, entry) if data_type == "FILE_UPLOAD" else (),
            known=is_field_type(data_type),
        )

    def options(self, full_key: str, entry: dict[str, Any]) -> tuple[Option, ...] | None:
        listed = entry.get("options") or entry.get("picklistOptions") or []
        if not isinstance(listed, list):
            self.fault(full_key, "options is not a list")
            return None
        found: dict[str, Option] = {}
        right = True
        for index, option in enumerate(listed):
            key = option.get("key") if isinstance(option, dict) else None
            if not isinstance(key, str) or not key:
                self.fault(full_key, f"option {index} has no key; an option is an object with key and label")
                right = False
            elif key in found:
                self.fault(full_key, f"two options have the key {quoted(key)}")
                right = False
            else:
                label = option.get("label")
                found[key] = Option(key, label if isinstance(label, str) and label else key)
        return tuple(found.values()) if right else None

    def max_files(self, full_key: str, entry: dict[str, Any]) -> int | None:
        limit = entry.get("maxFileLimit")
        if limit is None:
            return None
        if isinstance(limit, bool) or not isinstance(limit, int | float) or limit < 0:
            self.fault(full_key, "maxFileLimit is not a number of files")
            return None
        return int(limit)

    def accepted_formats(self, full_key: str, entry: dict[str, Any]) -> tuple[str, ...]:
        formats = entry.get("acceptedFormats")
        if formats is None:
            return ()
        listed = formats.split(",") if isinstance(formats, str) else formats
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            self.fault(full_key, "acceptedFormats is neither a string nor a list of strings")
            return ()
        found = tuple([item.strip().lower().lstrip(".") for item in listed if item.strip()])
        return () if "all" in found else found

    def collisions(self, fields: tuple[Field, ...]) -> None:
        keys: set[str] = set()
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
            self.fault("requiredProperties", "is not a list of field keys")
            return ()
        source = "requiredProperties"
        if not listed:
            primary = about.get("primaryDisplayProperty")
            source, listed = (
                "primaryDisplayProperty",
                [primary] if isinstance(primary, str) and primary else [],
            )
        by_key = {field.key: field for field in fields}
        found: dict[str, Field] = {}
        for full_key in listed:
            prefix = next((p for p in (f"{object_key}.", f"{singular(object_key)}.") if full_key.startswith(p)), "")
            field = by_key.get(full_key[len(prefix) :])
            if field:
                found[field.key] = field
            else:
                warnings.append(f"{source} names {full_key}, which is no field of this object")
        return tuple(found.values())


def _not_a_shape(document: object) -> str:
    if isinstance(document, dict) and isinstance(document.get("object"), dict):
        return "has an object and no list of fields; ask for it with ?fetchProperties=true"
    if isinstance(document, dict) and isinstance(document.get("objects"), list):
        return "is the list of all objects, which has no fields; save GET /objects/{key}?fetchProperties=true for each"
    return (
        "is no object definition; save what GET /objects/{key}?fetchProperties=true "
        "or GET /custom-fields/object-key/{key} answers"
    )


def _plural(key: str) -> str:
    """The published documents' prefix `custom_object.` is the live service's `custom_objects.`."""
    return f"custom_objects.{key[14:]}" if key.startswith("custom_object.") else key
