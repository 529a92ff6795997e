"""What a user says of a table: a `[[tables]]` entry of the configuration, or a file of its own for `--map`.

`spec/config.json` describes it, as `$defs/table`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from recordlint.config.key_lines import key_lines
from recordlint.config.loading import line_of
from recordlint.config.table_faults import find_table_faults
from recordlint.contract.phone_regions import to_region
from recordlint.errors import ConfigError, UsageError
from recordlint.fieldtypes._cells import Reading
from recordlint.tables.columns import Column, Holds
from recordlint.wording.normalize import normalize
from recordlint.wording.phrases import as_json

READINGS: Final[Mapping[str, str]] = {
    name.replace("_", "-"): name for name in Reading._fields if name not in ("digits_kept",)
}
"""The settings of a column, and what a `Reading` calls them."""
_PLAIN: Final = Reading()


class ColumnMapping(NamedTuple):
    """What is said of one column."""

    field: str | None = None
    """The property's key."""
    holds: Holds | None = None
    """What it holds if that is no property."""
    reading: Mapping[str, Any] = {}
    """What is other than for the table, as a `Reading` calls it."""

    @property
    def names_nothing(self) -> bool:
        """Whether only its header says what the column is for."""
        return self.field is None and self.holds is None


class TableMapping(NamedTuple):
    """What is said of a table."""

    match: str = ""
    """The pattern of the files that it is for; empty in a file of its own."""
    object: str | None = None
    operation: str | None = None
    location: str | None = None
    reading: Reading = _PLAIN
    columns: Mapping[str, ColumnMapping] = {}
    """By header."""
    ignore: tuple[str, ...] = ()
    """The headers of columns that are left out, or their numbers where they have none."""
    constants: Mapping[str, Any] = {}
    """Cells that all rows have, by field: texts, whole numbers, or lists of texts."""

    def column(self, header: str) -> ColumnMapping | None:
        """What is said of the column with a header: that in its own words, else but for case and white space."""
        said = self.columns.get(header)
        if said is None and self.columns:
            name = normalize(header)
            said = next((each for key, each in self.columns.items() if normalize(key) == name), None)
        return said

    def reading_for(self, header: str) -> Reading:
        """How the cells of a column are read. The order of its dates goes before the format of the table's."""
        said = self.column(header)
        if not said or not said.reading:
            return self.reading
        settings = {"date_format": None, **said.reading} if "date_order" in said.reading else said.reading
        return self.reading._replace(**settings)


def parse_mapping(path: str, text: str) -> TableMapping:
    """The mapping in a file of its own.

    Args:
        path: the file's, for the faults.
        text: what is in it.

    Raises:
        ConfigError: it is not TOML, or says what no table takes; each fault has its line.
    """
    try:
        data: Any = tomllib.loads(text)
    except ValueError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: not TOML that can be read: its values are nested too deeply") from error
    faults = find_table_faults(data)
    if faults:
        lines = key_lines(text)
        listed = sorted([(line_of(lines, fault.path), fault.reason) for fault in faults])
        raise ConfigError(*[f"{path}:{line}: {reason}" for line, reason in listed])
    return to_mapping(data)


def checked_mapping(data: Mapping[str, Any]) -> TableMapping:
    """The mapping of an entry that a program gives.

    Raises:
        UsageError: it says what no table takes.
    """
    faults = find_table_faults(data)
    if faults:
        raise UsageError("; ".join([fault.reason for fault in faults]))
    return to_mapping(data)


def to_mapping(data: Mapping[str, Any]) -> TableMapping:
    """The mapping of an entry without faults.

    Example:
        >>> to_mapping({"date-order": "dmy", "columns": {"Tag": {"field": "day"}}}).reading_for("Tag").date_order
        'dmy'
    """
    columns = {
        header: ColumnMapping(each.get("field"), each.get("holds"), _settings(each))
        for header, each in data.get("columns", {}).items()
    }
    return TableMapping(
        data.get("match", ""),
        data.get("object"),
        data.get("operation"),
        data.get("location"),
        _PLAIN._replace(**_settings(data)),
        columns,
        tuple(data.get("ignore-columns", ())),
        dict(data.get("constants", {})),
    )


def _settings(data: Mapping[str, Any]) -> dict[str, Any]:
    settings = {READINGS[key]: value for key, value in data.items() if key in READINGS}
    if "phone_region" in settings:
        settings["phone_region"] = to_region(settings["phone_region"])
    return {name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()}


def write_mapping(mapping: TableMapping) -> str:
    """The text of a file for `--map` that says the same. `parse_mapping` reads it back as an equal value.

    Example:
        >>> print(write_mapping(TableMapping(object="custom_objects.pet", ignore=("Notes",))), end="")
        object = "custom_objects.pet"
        ignore-columns = ["Notes"]
    """
    head = {"match": mapping.match or None, "object": mapping.object, "operation": mapping.operation}
    settings = {name: value for name, value in mapping.reading._asdict().items() if value != getattr(_PLAIN, name)}
    lines = [
        *_lines({**head, "location": mapping.location}),
        *_lines(_named(settings)),
        *_lines({"ignore-columns": list(mapping.ignore) or None}),
    ]
    for header, each in mapping.columns.items():
        lines += ["", f"[columns.{_text(header)}]"]
        lines += _lines({"field": each.field, "holds": each.holds, **_named(each.reading)})
    if mapping.constants:
        lines += ["", "[constants]", *_lines({_text(key): value for key, value in mapping.constants.items()})]
    return "".join([f"{line}\n" for line in lines]).lstrip("\n")


def _named(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {key: settings[name] for key, name in READINGS.items() if name in settings}


def _lines(values: Mapping[str, Any]) -> Iterable[str]:
    return [f"{key} = {_value(value)}" for key, value in values.items() if value is not None]


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return _text(value) if isinstance(value, str) else str(value)


def _text(text: str) -> str:
    """A basic string of TOML: JSON's, with one character more that is escaped."""
    return as_json(text).replace("\x7f", "\\u007f")


def mapping_in_use(mapping: TableMapping, columns: Iterable[Column]) -> TableMapping:
    """The mapping with all that was matched and worked out, so that another run needs to work out nothing.

    Args:
        mapping: what the user said.
        columns: those of the table, with the readings in use.
    """
    said: dict[str, ColumnMapping] = {}
    for column in columns:
        if column.position >= 0:
            other = {
                name: value
                for name, value in column.reading._asdict().items()
                if name in READINGS.values() and value != getattr(mapping.reading, name)
            }
            holds = None if column.holds == "property" else column.holds
            said[column.header] = ColumnMapping(column.key if holds is None else None, holds, other)
    return mapping._replace(columns=said)
