"""What schemas and the OpenAPI document say of a field."""

from __future__ import annotations

from recordlint.contract.spec_files import Schema, read_spec
from recordlint.definitions.model import Field, Option
from recordlint.wording.phrases import as_json


def field_annotations(field: Field, key: str) -> Schema:
    """The title and the description of a property: its field's name, what its type takes, its options and limits.

    Args:
        field: the property's field.
        key: the property's key; for a textbox list, it tells the label.
    """
    if field.is_textbox_list:
        label = next(option.label for option in field.options if key == f"{field.key}.{option.key}")
        return {"title": f"{field.name}: {label}", "description": "Text under this label."}
    about = str(read_spec(f"field-types/{field.data_type.lower()}.json")["description"]) if field.known else ""
    lines = [about or f"Of the type {field.data_type}, which is not judged."]
    if field.options:
        lines.append("Options: " + ", ".join(map(_option, field.options)) + ".")
    if field.max_files is not None:
        lines.append(f"At most {field.max_files} files.")
    if field.accepted_formats:
        lines.append(f"Accepted: {', '.join(field.accepted_formats)}.")
    return {"title": field.name, "description": "\n".join(lines)}


def _option(option: Option) -> str:
    return f"{as_json(option.key)} = {option.label}"
