"""What is wrong with a configuration: `spec/config.json` decides, with more than a schema can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from recordlint.config.fault_words import Fault, name_of, schema_faults
from recordlint.config.globs import glob_fault
from recordlint.config.sizes import to_bytes
from recordlint.contract.phone_regions import to_region
from recordlint.errors import UsageError
from recordlint.problems.pointers import Path
from recordlint.rules.severities import ALWAYS_ERRORS, LEVELS, STAYS_ERROR


def find_faults(data: Any) -> list[Fault]:
    """All that is wrong with a configuration.

    Args:
        data: the configuration's own table, as tomllib reads it.
    """
    faults = schema_faults(data, "config.json")
    if isinstance(data, dict):
        faults += [*_beyond_the_schema(data), *_of_tables(data)]
    return list(dict.fromkeys(faults))


def _of_tables(data: Mapping[str, Any]) -> Iterator[Fault]:
    entries = data.get("tables")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            from recordlint.config.table_faults import find_table_faults

            mapping = {key: value for key, value in entry.items() if key != "match"}
            yield from find_table_faults(mapping, ("tables", index))


def _beyond_the_schema(data: Mapping[str, Any]) -> Iterator[Fault]:
    """What JSON Schema cannot say: sizes, regions, rules that stay errors, patterns."""
    size = data.get("max-size")
    if isinstance(size, str):
        try:
            to_bytes(size)
        except ValueError as error:
            yield Fault(("max-size",), f"max-size: {error}")
    for path, region in _in_each(data, "phone-region"):
        if isinstance(region, str) and region:
            try:
                to_region(region)
            except UsageError as error:
                yield Fault(path, f"{name_of(path)}: {error}")
    for path, severity in _in_each(data, "severity"):
        for key, level in severity.items() if isinstance(severity, dict) else ():
            rule = key.partition(":")[0]
            if rule in ALWAYS_ERRORS and level in LEVELS and level != "error":
                yield Fault((*path, key), f"{name_of(path)}: {rule} is {STAYS_ERROR}")
    for path, glob in _globs(data):
        wrong = glob_fault(glob) if isinstance(glob, str) and glob else None
        if wrong is not None:
            yield Fault(path, f"{name_of(path)}: {wrong}")


def _in_each(data: Mapping[str, Any], key: str) -> Iterator[tuple[Path, Any]]:
    """What stands under a key, for all files and for those of each entry."""
    yield (key,), data.get(key)
    entries = data.get("files")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield ("files", index, key), entry.get(key)


def _globs(data: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    for key in ("files", "tables", "exclude"):
        entries = data.get(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if key == "exclude":
                yield (key, index), entry
            elif isinstance(entry, dict):
                yield (key, index, "match"), entry.get("match")
