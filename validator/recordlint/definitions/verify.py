"""What is wrong with definitions that a program makes itself: as strict as the reading of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from recordlint.definitions.model import (
    OPTION_TYPES,
    RADIO,
    TEXTBOX_LIST,
    Field,
    ObjectDefinition,
    Option,
    is_object_key,
)
from recordlint.definitions.standard_objects import NO_KEY, NOT_WRITTEN, standard_object
from recordlint.errors import DefinitionFault, WrongType
from recordlint.wording.phrases import quoted

T = TypeVar("T")


def verify_definition(definition: object) -> ObjectDefinition:
    """A definition of which each part has the right type.

    Raises:
        WrongType: it is not a definition, or a part of it has another type.
    """
    if not isinstance(definition, ObjectDefinition):
        name = type(definition).__name__
        raise WrongType(f"Validator takes ObjectDefinitions, not {name}; Validator.from_path reads their files")
    for attribute in ("key", "name", "path"):
        _verify(f"ObjectDefinition takes text as its {attribute}", is_right=_is_text(getattr(definition, attribute)))
    for attribute in ("fields", "required"):
        fields = getattr(definition, attribute)
        is_right = isinstance(fields, tuple | list) and all(isinstance(each, Field) for each in fields)
        _verify(f"ObjectDefinition takes a tuple of Fields as its {attribute}", is_right=is_right)
    _verify("ObjectDefinition takes a tuple of texts as its warnings", is_right=_are_texts(definition.warnings))
    for field in (*definition.fields, *definition.required):
        _verify_field(field)
    return definition


def _verify_field(field: Field) -> None:
    for attribute in ("key", "name", "data_type", "id"):
        _verify(f"Field takes text as its {attribute}", is_right=_is_text(getattr(field, attribute)))
    is_right = isinstance(field.options, tuple | list) and all(
        isinstance(each, Option) and _are_texts(each) for each in field.options
    )
    _verify("Field takes a tuple of Options as its options, each with a key and a label", is_right=is_right)
    _verify("Field takes True or False as allow_custom_option", is_right=isinstance(field.allow_custom_option, bool))
    limit = field.max_files
    is_right = limit is None or (isinstance(limit, int) and not isinstance(limit, bool) and limit >= 0)
    _verify("Field takes a number of files or None as its max_files", is_right=is_right)
    _verify("Field takes a tuple of texts as its accepted_formats", is_right=_are_texts(field.accepted_formats))


def _is_text(value: object) -> bool:
    """Whether a value is a string that UTF-8 can hold: one without half a surrogate pair."""
    return isinstance(value, str) and (
        value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)
    )


def _are_texts(value: object) -> bool:
    return isinstance(value, tuple | list) and all(map(_is_text, value))


def _verify(sentence: str, *, is_right: bool) -> None:
    if not is_right:
        raise WrongType(sentence)


def definition_faults(definition: ObjectDefinition) -> Iterator[DefinitionFault]:
    """Why a definition, of which each part has the right type, cannot be used."""
    if not is_object_key(definition.key):
        reason = NOT_WRITTEN if standard_object(definition.key) else NO_KEY
        yield DefinitionFault(definition.path, "", f"{quoted(definition.key)} is {reason}")
    for field in definition.fields:
        for reason in _field_faults(field):
            yield DefinitionFault(definition.path, field.key, reason)
    properties = [(key, field) for field in definition.fields for key in {field.key, *field.properties}]
    for key, field in _repeated(properties):
        yield DefinitionFault(definition.path, field.key, f"two fields have the key {quoted(key)}")
    keys = {field.key for field in definition.fields}
    for field in definition.required:
        if field.key not in keys:
            yield DefinitionFault(definition.path, field.key, "is required, and is not one of the fields")


def _field_faults(field: Field) -> Iterator[str]:
    if not field.key:
        yield "a field has no key"
    if not field.data_type:
        yield "has no dataType"
    if not all(option.key for option in field.options):
        yield "an option has no key"
    for key, _ in _repeated((option.key, option) for option in field.options):
        yield f"two options have the key {quoted(key)}"
    is_custom = field.data_type == RADIO and field.allow_custom_option
    if (field.data_type in OPTION_TYPES or field.data_type == TEXTBOX_LIST) and not field.options and not is_custom:
        yield f"is a {field.data_type} field with no options"


def _repeated(pairs: Iterable[tuple[str, T]]) -> Iterator[tuple[str, T]]:
    """The pairs whose key was there before."""
    seen: set[str] = set()
    for key, value in pairs:
        if key in seen:
            yield key, value
        seen.add(key)
