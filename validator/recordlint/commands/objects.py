"""recordlint objects: the objects and fields of the definitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from recordlint.commands import _options
from recordlint.commands._exit_status import CLEAN
from recordlint.definitions.digest import named_digest
from recordlint.definitions.model import Field, ObjectDefinition, option_list
from recordlint.definitions.reading import load_objects
from recordlint.files.paths import readable
from recordlint.wording.escape import escape


@click.command(short_help="Show your objects and their fields.")
@_options.objects
@_options.object_key
@click.option("--format", "format_name", type=click.Choice(("json", "text")), default="text", show_default=True)
def command(objects: tuple[str, ...], object_key: str | None, format_name: str) -> int:
    """Show the objects in the definitions, their fields, and the keys that payloads use.

    With --object, every option of every field is listed.
    """
    definitions = load_objects(_options.definition_paths(objects))
    if object_key is not None:
        from recordlint.checking.validator import Validator

        definitions = (Validator(definitions).require(object_key),)
    if format_name == "json":
        import orjson

        document = {"version": 1, "objects": [_as_json(definition) for definition in definitions]}
        click.echo(escape(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode(), keep="\n"))
        return CLEAN
    for definition in definitions:
        for line in _as_text(definition, is_whole=object_key is not None):
            click.echo(escape(line))
    _options.say_doubts(definitions)
    return CLEAN


def _as_text(definition: ObjectDefinition, *, is_whole: bool) -> Iterator[str]:
    yield f"{definition.key}  {definition.name}  ({readable(definition.path)})"
    yield f"  digest: {named_digest(definition)}"
    if definition.required:
        yield f"  required on create: {', '.join(field.key for field in definition.required)}"
    key_width = max((len(key) for key in definition.by_property), default=0)
    type_width = max((len(field.data_type) for field in definition.fields), default=0)
    for field in definition.fields:
        for key, name in _names(field):
            yield f"  {key:{key_width}}  {field.data_type:{type_width}}  {name}".rstrip()
            for note in _notes(field, is_whole=is_whole):
                yield f"  {'':{key_width}}  {note}"


def _names(field: Field) -> Iterator[tuple[str, str]]:
    """The property keys of a field, each with the name that people see."""
    if field.is_textbox_list:
        for key, option in zip(field.properties, field.options, strict=True):
            yield key, f"{field.name}: {option.label}"
    else:
        yield field.key, field.name


def _notes(field: Field, *, is_whole: bool) -> Iterator[str]:
    if not field.known:
        yield "unknown type: its values are not checked"
    if field.options and not field.is_textbox_list:
        ending = ", or any text" if field.allow_custom_option else ""
        if is_whole:
            yield f"keys{ending}:"
            for option in field.options:
                yield f"  {option_list([option])}"
        else:
            yield f"keys: {option_list(field.options)}{ending}"
    if field.max_files is not None:
        yield f"at most {field.max_files} {'file' if field.max_files == 1 else 'files'}"
    if field.accepted_formats:
        yield f"accepts {', '.join(f'.{each}' for each in field.accepted_formats)}"


def _as_json(definition: ObjectDefinition) -> dict[str, Any]:
    return {
        "key": definition.key,
        "name": definition.name,
        "path": readable(definition.path),
        "digest": named_digest(definition),
        "required": [field.key for field in definition.required],
        "fields": [
            {
                "key": field.key,
                "name": field.name,
                "dataType": field.data_type,
                "properties": list(field.properties),
                "options": [option._asdict() for option in field.options],
                "allowCustomOption": field.allow_custom_option,
                "maxFiles": field.max_files,
                "acceptedFormats": list(field.accepted_formats),
                "known": field.known,
            }
            for field in definition.fields
        ],
        "warnings": list(definition.warnings),
    }
