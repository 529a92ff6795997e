"""Python types of an account's records: TypedDicts for the bodies, and the keys of options as constants."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from recordlint.contract.operations import OPERATIONS, PROPERTIES, Operation
from recordlint.definitions.model import Field, ObjectDefinition
from recordlint.export.names import TypeNames, constant_names, fields_with_options, type_names
from recordlint.export.shapes import BodyShape, Shape, body_shape
from recordlint.wording.escape import escape

HEAD: Final = '''\
"""Types of the bodies of records. Written by recordlint: to write them anew, run the command again."""

from typing import Final, Generic, Literal, NotRequired, TypedDict, TypeVar

Item = TypeVar("Item")


class Delta(TypedDict, Generic[Item], total=False):
    """What to add to the values that are stored, and what to remove from them."""

    add: list[Item]
    remove: list[Item]


class Amount(TypedDict):
    """An amount in the location's own currency."""

    currency: Literal["default"]
    value: float


class File(TypedDict):
    """A file, by its absolute http or https URL."""

    url: str
    name: NotRequired[str]
'''


def python_types(definitions: Iterable[ObjectDefinition]) -> str:
    """A Python module with the types of all objects. It needs Python 3.11, and no other module."""
    listed = list(definitions)
    names = type_names(listed)
    parts = [HEAD]
    for definition in listed:
        parts += _object(definition, names)
    return "\n\n".join(parts)


def _object(definition: ObjectDefinition, names: TypeNames) -> Iterator[str]:
    """The classes of one object."""
    name, fields = names.classes[definition.key], fields_with_options(definition)
    aliases = {each.key: names.choices[definition.key, each.key] for each in fields}
    if fields:
        yield _constants(definition, name, {names.members[definition.key, each.key]: each for each in fields})
        yield "\n".join([_alias(aliases[each.key], each) for each in fields])
    for operation in OPERATIONS.values():
        yield from _bodies(definition, operation, f"{name}{operation.name.capitalize()}", aliases)


def _constants(definition: ObjectDefinition, name: str, fields: Mapping[str, Field]) -> str:
    lines = [f"class {name}:", f"    {_docstring(f'The keys of options of {definition.name}, {definition.key}.')}"]
    for member, field in fields.items():
        lines += ["", f"    class {member}:", f"        {_docstring(field.name)}", ""]
        for constant, option in zip(constant_names(field.options), field.options, strict=True):
            lines += [f"        {constant}: Final = {_text(option.key)}", f"        {_docstring(option.label)}"]
    return "\n".join(lines) + "\n"


def _alias(alias: str, field: Field) -> str:
    return f"{alias} = Literal[{', '.join([_text(each.key) for each in field.options])}]"


def _bodies(definition: ObjectDefinition, operation: Operation, name: str, aliases: Mapping[str, str]) -> Iterator[str]:
    """The types of an operation's bodies and of their properties."""
    shape = body_shape(definition, operation)
    yield from _properties(definition, shape, name, aliases)
    lines = [f"class {name}(TypedDict):", f"    {_docstring(f'{definition.name}: {operation.title}.')}", ""]
    for key, each in shape.members.items():
        lines.append(f"    {key}: {_member(_type(each, None), is_required=key in shape.required)}")
    lines.append(f"    {PROPERTIES}: {_member(f'{name}Properties', is_required=PROPERTIES in shape.required)}")
    yield "\n".join(lines) + "\n"


def _properties(definition: ObjectDefinition, shape: BodyShape, name: str, aliases: Mapping[str, str]) -> Iterator[str]:
    """The type of the properties. Those whose keys are no identifiers are in a base class."""
    fields = definition.by_property
    types = {
        key: _member(_type(each, aliases.get(fields[key].key)), is_required=key in shape.required_properties)
        for key, each in shape.properties.items()
    }
    odd = {key: each for key, each in types.items() if not _is_name(key)}
    if odd:
        base = f"_{name}Properties"
        lines = [f"{base} = TypedDict(", f"    {_text(base)},", "    {"]
        lines += [f"        {_text(key)}: {each},  # {_comment(_title(fields[key], key))}" for key, each in odd.items()]
        yield "\n".join([*lines, "    },", ")"]) + "\n"
    bases = f"_{name}Properties" if odd else "TypedDict"
    lines = [f"class {name}Properties({bases}):", f"    {_docstring(f'The properties of {definition.name}.')}", ""]
    for key, each in types.items():
        if key not in odd:
            lines += [f"    {key}: {each}", f"    {_docstring(_about(fields[key]))}"]
    yield "\n".join(lines) + "\n"


def _type(shape: Shape, alias: str | None) -> str:
    written = {
        "text": "str",
        "number": "float",
        "amount": "Amount",
        "file": "File",
        "anything": "object",
        "choice": alias or f"Literal[{', '.join(map(_text, shape.choices))}]",
        "delta": f"Delta[{_type(shape.item, alias)}]" if shape.item else "",
        "array": f"list[{_type(shape.item, alias)}]" if shape.item else "",
    }[shape.kind]
    return f"{written} | None" if shape.is_nullable else written


def _member(type_: str, *, is_required: bool) -> str:
    return type_ if is_required else f"NotRequired[{type_}]"


def _is_name(key: str) -> bool:
    return key.isascii() and key.isidentifier() and not keyword.iskeyword(key) and not key.startswith("__")


def _title(field: Field, key: str) -> str:
    label = next((each.label for each in field.options if key == f"{field.key}.{each.key}"), "")
    return f"{field.name}: {label}" if field.is_textbox_list else field.name


def _about(field: Field) -> str:
    return f"{field.name}. {field.description}" if field.description else field.name


def _text(text: str) -> str:
    """A string literal, in ASCII, with double quotes where there are none in the text."""
    literal = ascii(text)
    return f'"{literal[1:-1]}"' if literal[0] == "'" and '"' not in text else literal


def _docstring(text: str) -> str:
    """A docstring on one line, whatever is in the text."""
    line = " ".join(text.split())
    is_plain = line.isprintable() and not {'"', "\\"} & {*line}
    return f'"""{line}"""' if is_plain else _text(line)


def _comment(text: str) -> str:
    return escape(" ".join(text.split()))
