"""What is wrong with a configuration, and at which line: `spec/config.json` decides, and this module has the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from recordlint.config.globs import glob_fault
from recordlint.config.sizes import AT_LEAST, to_bytes
from recordlint.contract.phone_regions import to_region
from recordlint.contract.spec_files import read_spec
from recordlint.errors import UsageError
from recordlint.rules.severities import ALWAYS_ERRORS, LEVELS, REPLACED, STAYS_ERROR
from recordlint.violations import Path
from recordlint.wording.phrases import as_json, either, json_type

_LEVELS: Final = 4
"""How deep tables and arrays go: the configuration, `files`, an entry, and its severities."""
_TYPES: Final = {"array": "an array", "string": "a string", "object": "a table", "integer": "a whole number"}
_LIMITS: Final = {"minLength": " may not be empty", "minimum": f": {AT_LEAST}"}
_TOML_TYPES: Final = (
    (dict, "a table"),
    (float, "a decimal number"),
    (datetime, "a date and time"),
    (date, "a date"),
    (time, "a time"),
)


class Fault(NamedTuple):
    """A reason why a configuration cannot be used."""

    path: Path
    """The key, or the array's item, that is wrong, from the configuration's own table."""
    reason: str
    """One sentence: what is wrong, and what to write, if that is known."""


def find_faults(data: Any) -> list[Fault]:
    """All that is wrong with a configuration.

    Args:
        data: the configuration's own table, as tomllib reads it.
    """
    import jsonschema_rs

    schema = read_spec("config.json")
    errors = jsonschema_rs.Draft202012Validator(schema).iter_errors(_without_foreign_values(data))
    faults = [fault for error in errors for fault in _in_words(error, data)]
    if isinstance(data, dict):
        faults += _beyond_the_schema(data)
    return list(dict.fromkeys(faults))


def _without_foreign_values(value: Any, levels: int = _LEVELS) -> Any:
    """The value with null for what no key takes and JSON Schema cannot tell: dates, 5.0, what is nested too deeply."""
    if isinstance(value, dict) and levels:
        return {key: _without_foreign_values(each, levels - 1) for key, each in value.items()}
    if isinstance(value, list) and levels:
        return [_without_foreign_values(each, levels - 1) for each in value]
    return value if isinstance(value, str | int) else None


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
                yield Fault(path, f"{_name(path)}: {error}")
    for path, severity in _in_each(data, "severity"):
        for key, level in severity.items() if isinstance(severity, dict) else ():
            rule = key.partition(":")[0]
            if rule in ALWAYS_ERRORS and level in LEVELS and level != "error":
                yield Fault((*path, key), f"{_name(path)}: {rule} is {STAYS_ERROR}")
    for path, glob in _globs(data):
        wrong = glob_fault(glob) if isinstance(glob, str) and glob else None
        if wrong is not None:
            yield Fault(path, f"{_name(path)}: {wrong}")


def _in_each(data: Mapping[str, Any], key: str) -> Iterator[tuple[Path, Any]]:
    """What stands under a key, for all files and for those of each entry."""
    yield (key,), data.get(key)
    entries = data.get("files")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield ("files", index, key), entry.get(key)


def _globs(data: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    for key in ("files", "exclude"):
        entries = data.get(key)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if key == "exclude":
                yield (key, index), entry
            elif isinstance(entry, dict):
                yield (key, index, "match"), entry.get("match")


def _in_words(error: Any, data: Any) -> Iterable[Fault]:
    path = tuple(error.instance_path)
    name = _name(path)
    keyword = error.kind.name
    value = _at(data, path)
    schema = _at(read_spec("config.json"), error.schema_path[:-1])
    if keyword == "additionalProperties":
        known = schema["properties"]
        for key in value:
            if key not in known:
                meant = _suggestion(key, known) or f"the keys are {', '.join(known)}"
                yield Fault((*path, key), f"there is no key {as_json(key)}; {meant}")
    elif keyword == "propertyNames":
        known = schema["anyOf"][0]["enum"]
        for key in value:
            rule, colon, field = key.partition(":")
            if rule not in known:
                meant = _suggestion(rule, known) or "run recordlint rules to list them"
                if rule in REPLACED:
                    meant = f"{REPLACED[rule]} takes it in"
                yield Fault((*path, key), f"there is no rule {as_json(rule)}; {meant}")
            elif colon and not field:
                yield Fault((*path, key), f"{as_json(key)} needs the key of a field behind the colon")
    elif keyword == "enum":
        yield Fault(path, f"{name} takes {either(map(as_json, schema['enum']))}")
    elif keyword == "type":
        types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        verb = "must be" if path and isinstance(path[-1], int) else "takes"
        yield Fault(path, f"{name} {verb} {either([_TYPES[each] for each in types])}, not {_type(value)}")
    elif keyword == "required":
        yield Fault(path, f'{name} needs a match, such as match = "payloads/*.json"')
    else:
        yield Fault(path, f"{name}{_LIMITS[keyword]}")


def _name(path: Path) -> str:
    """What a sentence calls a key: `files.match`, or `an entry of exclude`."""
    name = ".".join([step for step in path if isinstance(step, str)]) or "the configuration"
    return f"an entry of {name}" if path and isinstance(path[-1], int) else name


def _type(value: object) -> str:
    return next((word for type_, word in _TOML_TYPES if isinstance(value, type_)), json_type(value))


def _at(value: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        value = value[step]
    return value


def _suggestion(key: str, known: Iterable[str]) -> str:
    """A question for the nearest key; empty where none is near."""
    from recordlint.wording.suggestions import nearest

    near = nearest(key, known)
    return f"did you mean {either(near)}?" if near else ""
