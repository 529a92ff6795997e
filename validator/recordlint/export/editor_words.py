"""What VS Code's language service shows beside a schema: messages, snippets, and labels of options.

These keywords are VS Code's own. They stand only in the schemas that `recordlint vscode` writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from recordlint.contract.spec_files import Schema
from recordlint.definitions.model import Field
from recordlint.wording.phrases import as_json

ITEM: Final = "$1"
"""Where the cursor stands in a snippet."""
URL: Final = "https://$1"
AMOUNT: Final = "^${1:0}"
"""A number to write; the ^ leaves out the quotes."""


def option_labels(field: Field) -> Mapping[str, Mapping[str | None, str]]:
    """What stands beside the keys of options: their labels, which completion shows."""
    return {"enumDescriptions": {None: "Removes the value", **{each.key: each.label for each in field.options}}}


def with_editor_words(schema: Schema, field: Field, takes: str) -> Schema:
    """A property's schema with messages in place of patterns, snippets, and hovers within arrays.

    Args:
        schema: the property's, with its title, its description and an example.
        field: the property's field.
        takes: what a value of its type is.
    """
    example = f" For example: {as_json(schema['examples'][0])}" if schema.get("examples") else ""
    about = {"title": schema["title"], "description": schema["description"]}
    message = f"{field.name}: {takes}{example}"
    said: Schema = _with_messages(schema, message, message, about)
    if field.allow_custom_option and field.options:
        said["anyOf"] = [_options(field, is_nullable="null" in schema["type"]), {}]
    snippet = _snippet(schema)
    return said if snippet is None else {**said, "defaultSnippets": [{"label": schema["title"], "body": snippet}]}


def _options(field: Field, *, is_nullable: bool) -> Schema:
    """The options of a field that takes other texts too."""
    keys = [*[each.key for each in field.options], *([None] if is_nullable else [])]
    return {"enum": keys, **{beside: [each[key] for key in keys] for beside, each in option_labels(field).items()}}


def _with_messages(schema: Any, message: str, of_all: str, about: Schema) -> Any:
    """The same for all schemas within it.

    Args:
        schema: one of them.
        message: what it takes.
        of_all: what the whole property takes, which is said of items.
        about: the title and the description of the property.
    """
    if not isinstance(schema, dict):
        return schema
    said: Schema = {"errorMessage": message}
    if "pattern" in schema:
        said["patternErrorMessage"] = message
    for keyword, value in schema.items():
        if keyword == "properties":
            said[keyword] = {
                name: _with_messages(each, each.get("description", message), of_all, about)
                for name, each in value.items()
            }
        elif keyword == "items":
            item = _with_messages(value, of_all, of_all, about)
            snippet = _snippet(value)
            snippets = {} if snippet is None else {"defaultSnippets": [{"label": about["title"], "body": snippet}]}
            said[keyword] = {**about, **item, **snippets}
        else:
            said[keyword] = value
    return said


def _snippet(schema: Schema) -> Any:
    """A value to fill in; None where it is plain text or a number."""
    types = schema.get("type", ())
    members = schema.get("properties", {})
    if "array" in types:
        return [_filled(schema["items"])]
    if "add" in members:
        return {"add": [_filled(members["add"]["items"])], "remove": []}
    if "url" in members:
        return {"url": URL}
    return {"currency": "default", "value": AMOUNT} if "currency" in members else None


def _filled(schema: Schema) -> Any:
    snippet = _snippet(schema)
    return ITEM if snippet is None else snippet
