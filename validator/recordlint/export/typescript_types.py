"""TypeScript types of an account's records: interfaces for the bodies, and the keys of options as constants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from recordlint.contract.operations import OPERATIONS, OWNERS, PROPERTIES, Operation
from recordlint.definitions.model import Field, ObjectDefinition
from recordlint.export.names import TypeNames, constant_names, fields_with_options, type_names
from recordlint.export.shapes import BodyShape, Shape, body_shape
from recordlint.wording.escape import escape

HEAD: Final = """\
// Types of the bodies of records. Written by recordlint: to write them anew, run the command again.

/** What to add to the values that are stored, and what to remove from them. */
export interface Delta<Item> {
  add?: Item[];
  remove?: Item[];
}

/** An amount in the location's own currency. */
export interface Amount {
  currency: "default";
  value: number;
}

/** A file, by its absolute http or https URL. */
export interface FileReference {
  url: string;
  name?: string;
}
"""


def typescript_types(definitions: Iterable[ObjectDefinition]) -> str:
    """A TypeScript module with the types of all objects. It imports nothing."""
    listed = list(definitions)
    names = type_names(listed)
    parts = [HEAD]
    for definition in listed:
        parts += _object(definition, names)
    return "\n".join(parts)


def _object(definition: ObjectDefinition, names: TypeNames) -> Iterator[str]:
    """The declarations of one object."""
    name, fields = names.classes[definition.key], fields_with_options(definition)
    aliases = {each.key: names.choices[definition.key, each.key] for each in fields}
    if fields:
        yield _constants(definition, name, {names.members[definition.key, each.key]: each for each in fields})
        yield "".join([_alias(aliases[each.key], each) for each in fields])
    for operation in OPERATIONS.values():
        yield from _bodies(definition, operation, f"{name}{operation.name.capitalize()}", aliases)


def _constants(definition: ObjectDefinition, name: str, fields: Mapping[str, Field]) -> str:
    lines = [_doc(f"The keys of options of {definition.name}, {definition.key}."), f"export const {name} = {{"]
    for member, field in fields.items():
        lines += [_doc(field.name, 2), f"  {member}: {{"]
        for constant, option in zip(constant_names(field.options), field.options, strict=True):
            lines += [_doc(option.label, 4), f"    {constant}: {_text(option.key)},"]
        lines.append("  },")
    return "\n".join([*lines, "} as const;"]) + "\n"


def _alias(alias: str, field: Field) -> str:
    return f"export type {alias} = {' | '.join([_text(each.key) for each in field.options])};\n"


def _bodies(definition: ObjectDefinition, operation: Operation, name: str, aliases: Mapping[str, str]) -> Iterator[str]:
    """The types of an operation's bodies and of their properties."""
    shape = body_shape(definition, operation)
    yield _properties(definition, shape, name, aliases)
    users = [key for key in shape.members if key in OWNERS]
    lines = [f"interface {name}Members {{"]
    for key, each in shape.members.items():
        if key not in users:
            lines.append(f"  {_member(key, _type(each, None), is_required=key in shape.required)}")
    lines.append(f"  {_member(PROPERTIES, f'{name}Properties', is_required=PROPERTIES in shape.required)}")
    yield "\n".join([*lines, "}"]) + "\n"
    yield (
        "\n".join(
            [_doc(f"{definition.name}: {operation.title}."), f"export type {name} = {_with_one_owner(name, shape)};"]
        )
        + "\n"
    )


def _with_one_owner(name: str, shape: BodyShape) -> str:
    """The members of a body, with one of the two spellings of owner at most."""
    spellings = [(key, _type(each, None)) for key, each in shape.members.items() if key in OWNERS]
    if not spellings:
        return f"{name}Members"
    ways = [
        " ".join(["{", *[f"{key}?: {type_ if key == own else 'never'};" for key, type_ in spellings], "}"])
        for own, _ in spellings
    ]
    return f"{name}Members & ({' | '.join(ways)})"


def _properties(definition: ObjectDefinition, shape: BodyShape, name: str, aliases: Mapping[str, str]) -> str:
    fields = definition.by_property
    lines = [_doc(f"The properties of {definition.name}."), f"export interface {name}Properties {{"]
    for key, each in shape.properties.items():
        field = fields[key]
        lines.append(_doc(_about(field, key), 2))
        type_ = _type(each, aliases.get(field.key))
        lines.append(f"  {_member(key, type_, is_required=key in shape.required_properties)}")
    return "\n".join([*lines, "}"]) + "\n"


def _type(shape: Shape, alias: str | None) -> str:
    written = {
        "text": "string",
        "number": "number",
        "amount": "Amount",
        "file": "FileReference",
        "anything": "unknown",
        "choice": alias or " | ".join(map(_text, shape.choices)),
        "delta": f"Delta<{_type(shape.item, alias)}>" if shape.item else "",
        "array": f"Array<{_type(shape.item, alias)}>" if shape.item else "",
    }[shape.kind]
    return f"{written} | null" if shape.is_nullable else written


def _member(key: str, type_: str, *, is_required: bool) -> str:
    name = key if key.isascii() and key.isidentifier() else _text(key)
    return f"{name}{'' if is_required else '?'}: {type_};"


def _about(field: Field, key: str) -> str:
    label = next((each.label for each in field.options if key == f"{field.key}.{each.key}"), "")
    title = f"{field.name}: {label}" if field.is_textbox_list else field.name
    return f"{title}. {field.description}" if field.description else title


def _text(text: str) -> str:
    """A string literal, in ASCII."""
    import json

    return json.dumps(text)


def _doc(text: str, indent: int = 0) -> str:
    """A comment on one line, which nothing in the text can end."""
    line = escape(" ".join(text.split())).replace("*/", r"*\u002f")
    return f"{' ' * indent}/** {line} */"
