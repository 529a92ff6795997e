"""What the options say of tables: which mapping is in use, and how a file is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from recordlint.config.loading import Config
from recordlint.errors import InputError, UsageError
from recordlint.tables.mapping import TableMapping, parse_mapping, to_mapping
from recordlint.tables.preparing import Source


class TableFlags(NamedTuple):
    """The values of the options that say how tables are read."""

    map_file: str | None = None
    separator: str | None = None
    decimal_mark: str | None = None
    thousands_mark: str | None = None
    date_order: str | None = None
    empty: str | None = None
    ignore_columns: tuple[str, ...] = ()
    location: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None

    def mapping(self, path: str, config: Config, phone_region: str | None = None) -> TableMapping:
        """What is said of a table: by the flags, then by `--map`, or else by the configuration.

        Args:
            path: the file.
            config: has the entries.
            phone_region: the flag of that name.

        Raises:
            ConfigError: the mapping cannot be read, or is wrong.
            InputError: there is no such file.
            UsageError: a flag does not go with the mapping.
        """
        entry: Mapping[str, Any] | None = config.table_for(path)
        mapping = TableMapping() if entry is None else to_mapping(entry)
        if self.map_file is not None:
            mapping = parse_mapping(self.map_file, _text_of(self.map_file))
        said: dict[str, Any] = {
            name: value
            for name in ("separator", "decimal_mark", "thousands_mark", "date_order", "empty")
            if (value := getattr(self, name)) is not None
        }
        if phone_region is not None:
            said["phone_region"] = phone_region
        if "date_order" in said:
            said["date_format"] = None
        # A flag is for the whole table: no column has the setting any more.
        columns = {
            header: each._replace(reading={key: value for key, value in each.reading.items() if key not in said})
            for header, each in mapping.columns.items()
        }
        mapping = mapping._replace(
            location=mapping.location if self.location is None else self.location,
            reading=mapping.reading._replace(**said),
            columns=columns,
            ignore=(*mapping.ignore, *self.ignore_columns),
        )
        if self.separator == "":
            raise UsageError("--separator is empty: write what stands between two values")
        for reading in (mapping.reading, *map(mapping.reading_for, columns)):
            if reading.decimal_mark is not None and reading.decimal_mark == reading.thousands_mark:
                raise UsageError(f"{reading.decimal_mark} cannot be both --decimal-mark and --thousands-mark")
        return mapping

    def source(self, path: str, name: str, longest: int) -> Source:
        """How the file is opened."""
        return Source(path, name, self.delimiter, self.encoding, self.sheet, longest)


def _text_of(path: str) -> str:
    from recordlint.files.paths import reason

    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    except UnicodeError as error:
        raise InputError(f"{path}: not UTF-8, which TOML is") from error
