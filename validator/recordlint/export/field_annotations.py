"""What documents say of a field, in words: its name, what it takes, its options, an example."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema
from recordlint.definitions.model import Field, ObjectDefinition
from recordlint.export.editor_words import option_labels, with_editor_words
from recordlint.export.names import constant_names, distinct_titles
from recordlint.fieldtypes import field_type
from recordlint.wording.markdown import as_markdown, code_span

NULL_REMOVES = "Null removes the value."


class Style(NamedTuple):
    """How a kind of document says what stands in the definitions."""

    text: Callable[[str], str]
    """Plain text of a definition, as the document's descriptions write it."""
    gap: str
    """Between the paragraphs of a description."""
    choices: Callable[[Field], Mapping[str, Mapping[str | None, str]]]
    """By keyword, what stands beside an enum for each of its values, or for those before null, which is the last."""
    words: Callable[[Schema, Field, str], Schema] = lambda schema, field, takes: schema
    """Adds what else the document says of a property, by what a value of its type is."""


def _no_choices(field: Field) -> Mapping[str, Mapping[str | None, str]]:
    return {}


def _generator_choices(field: Field) -> Mapping[str, Mapping[str | None, str]]:
    """What generators of code read."""
    names = constant_names(field.options)
    return {
        "x-enum-varnames": {each.key: name for each, name in zip(field.options, names, strict=True)},
        "x-enum-descriptions": {each.key: each.label for each in field.options},
    }


SCHEMA = Style(str, "\n", _no_choices)
"""A schema's descriptions are plain text."""
OPENAPI = Style(as_markdown, "\n\n", _generator_choices)
"""OpenAPI's descriptions are CommonMark."""
EDITOR = Style(str, "\n", option_labels, with_editor_words)
"""VS Code shows more than a schema has words for."""


def annotated(schema: Schema, field: Field, key: str, title: str, operation: Operation, style: Style) -> Schema:
    """The flat schema of a property with the field's name, what the account says of it, its options, and an example.

    Args:
        schema: as `flat` makes it; its description says what the type takes.
        field: the property's field.
        key: the property's key; for a textbox list, it tells the label.
        title: what the property is called.
        operation: what the body is for.
        style: how the document says it.
    """
    choices = style.choices(field) if field.options and not field.is_textbox_list else {}
    described = {
        "title": title,
        "description": style.gap.join(_paragraphs(schema, field, key, operation, style)),
        **{keyword: value for keyword, value in _with_choices(schema, choices).items() if keyword != "description"},
    }
    example = field_type(field.data_type).example(field, operation) if field.known else None
    if example is not None:
        described["examples"] = [example]
    return style.words(described, field, _takes(schema, field, key, style))


def _with_choices(schema: Any, choices: Mapping[str, Mapping[str | None, str]]) -> Any:
    """The schema with what is said of its choices, wherever in it they stand."""
    if not choices or not isinstance(schema, dict):
        return schema
    said: Schema = {}
    for keyword, value in schema.items():
        if keyword == "items":
            said[keyword] = _with_choices(value, choices)
        elif keyword == "properties":
            said[keyword] = {name: _with_choices(each, choices) for name, each in value.items()}
        else:
            said[keyword] = value
        if keyword == "enum":
            said |= {beside: [each[key] for key in value if key in each] for beside, each in choices.items()}
    return said


def property_titles(definition: ObjectDefinition) -> dict[str, str]:
    """What the properties of an object are called, by key: no two of them the same."""
    return distinct_titles({key: property_title(field, key) for key, field in definition.by_property.items()})


def property_title(field: Field, key: str) -> str:
    """The name of a property's field, with the label where each of its labels is a property."""
    if not field.is_textbox_list:
        return field.name
    return f"{field.name}: {_label(field, key)}"


def _label(field: Field, key: str) -> str:
    """The label of a textbox list that a property is for."""
    return field.labels[key.removeprefix(f"{field.key}.")]


def property_summary(field: Field, key: str) -> str:
    """The same, and what the account says of the field, for a comment in code."""
    return " – ".join(filter(None, [property_title(field, key), field.description]))


def _paragraphs(schema: Schema, field: Field, key: str, operation: Operation, style: Style) -> list[str]:
    """The paragraphs of a description."""
    takes = _takes(schema, field, key, style)
    listed = [style.text(field.description)] if field.description else []
    listed.append(f"{takes} {NULL_REMOVES}" if operation.null_clears else takes)
    if field.max_files == 0:
        listed.append("No files can be added.")
    elif field.max_files is not None:
        listed.append(f"At most {field.max_files} {'file' if field.max_files == 1 else 'files'}.")
    if field.accepted_formats:
        listed.append(f"Accepted: {', '.join(map(style.text, field.accepted_formats))}.")
    if field.placeholder:
        listed.append(f"Placeholder in the account's forms: {style.text(field.placeholder)}")
    if field.options and not field.is_textbox_list:
        lines = [f"- {code_span(option.key)}: {_on_one_line(style.text(option.label))}" for option in field.options]
        listed += ["Options:", "\n".join(lines)]
    return listed


def _takes(schema: Schema, field: Field, key: str, style: Style) -> str:
    """What a value of the field's type is; of a textbox list, that of one label."""
    if field.is_textbox_list:
        return f"The text for the label “{_on_one_line(style.text(_label(field, key)))}”."
    return str(
        schema.get("description") or f"A value of type {style.text(field.data_type)}, which recordlint does not check."
    )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
