"""Writes bodies as the rows of a table, as somebody in some country keeps them, with the mapping that says how."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from recordlint import Field, ObjectDefinition
from recordlint.fieldtypes._cells import Reading
from recordlint.tables.mapping import ColumnMapping, TableMapping

Key = tuple[str, str]
"""A property, `owners` or `followers`, and the half of its delta: empty for one value, or in a new record."""


class Style(NamedTuple):
    """How cells are written."""

    reading: Reading
    labels: bool
    """Whether options are written by label, where one has it alone."""
    names: str
    """How headers name fields: by key, full key, or display name."""
    typed: bool
    """Whether numbers, dates and lists are stored as such; else all cells are texts of CSV."""


def write_table(
    definition: ObjectDefinition, bodies: Sequence[Mapping[str, Any]], style: Style
) -> tuple[list[str], list[list[Any]], TableMapping]:
    """The headers, the rows, and the mapping."""
    flat = [dict(_flat(body)) for body in bodies]
    keys = [*dict.fromkeys(key for each in flat for key in each)]
    headers = [_header(definition, key, style) for key in keys]
    columns = {
        header: _mapped(definition, key) for key, header in zip(keys, headers, strict=True) if key[1] == "remove"
    }
    cells = [[_cell(definition, key[0], each.get(key), style) for key in keys] for each in flat]
    mapping = TableMapping(reading=style.reading, columns=columns, location="l")
    return headers, cells if style.typed else read_csv(write_csv(cells)), mapping


def _flat(body: Mapping[str, Any]) -> Iterable[tuple[Key, Any]]:
    for key, value in {
        **body.get("properties", {}),
        **{key: body[key] for key in ("followers",) if key in body},
    }.items():
        if isinstance(value, dict) and value.keys() <= {"add", "remove"}:
            yield from [((key, half), items) for half, items in value.items()]
        else:
            yield (key, ""), value


def _header(definition: ObjectDefinition, key: Key, style: Style) -> str:
    name, half = key
    field = definition.by_property.get(name)
    text = name
    if field is not None and style.names == "full":
        text = f"{definition.key}.{name}"
    elif field is not None and style.names == "display":
        label = field.labels[name.removeprefix(f"{field.key}.")] if field.is_textbox_list else ""
        text = f"{field.name}: {label}" if label else field.name
    return f"{text} (gone)" if half == "remove" else text


def _mapped(definition: ObjectDefinition, key: Key) -> ColumnMapping:
    if key[0] in definition.by_property:
        return ColumnMapping(key[0], None, {"part": "remove"})
    return ColumnMapping(None, "followers", {"part": "remove"})


def _cell(definition: ObjectDefinition, key: str, value: Any, style: Style) -> Any:
    if value is None:
        return None
    field = definition.by_property.get(key)
    if isinstance(value, list):
        items = [_one(field, each, style) for each in value]
        return items if style.typed else (style.reading.separator or "").join(items)
    return _one(field, value, style)


def _one(field: Field | None, value: Any, style: Style) -> Any:
    if isinstance(value, dict):
        value = value["url"] if "url" in value else value["value"]
    if isinstance(value, int | float):
        return value if style.typed else _number(value, style.reading)
    if field is not None and field.data_type == "DATE":
        day = date.fromisoformat(value)
        return datetime(day.year, day.month, day.day) if style.typed else _day(day, style.reading)
    if style.labels and field is not None and not field.is_textbox_list and value in field.option_keys:
        label = field.labels[value]
        return label if len(field.keys_by_label[label]) == 1 else value
    return value


def _number(number: float, reading: Reading) -> str:
    text = f"{number:,}" if reading.thousands_mark else repr(number)
    marks = {",": reading.thousands_mark or "", ".": reading.decimal_mark or "."}
    return "".join([marks.get(each, each) for each in text])


def _day(day: date, reading: Reading) -> str:
    year = f"{day.year:04}"
    if reading.date_order == "dmy":
        return f"{day.day:02}.{day.month:02}.{year}"
    return f"{day.month}/{day.day}/{year}" if reading.date_order == "mdy" else str(day)


def write_csv(cells: Iterable[Iterable[Any]]) -> str:
    """The text of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(cells)
    return text.getvalue()


def read_csv(text: str) -> list[list[Any]]:
    """The rows of a CSV file's text."""
    return [*csv.reader(io.StringIO(text, newline=""), strict=True)]
