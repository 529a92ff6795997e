"""What is wrong with the settings of a TOML file, in words: a schema of `spec/` decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from recordlint.config.sizes import AT_LEAST
from recordlint.contract.spec_files import read_spec
from recordlint.problems.pointers import Path, Step
from recordlint.rules.severities import REPLACED
from recordlint.wording.phrases import as_json, either, json_type

_LEVELS: Final = 6
"""How deep tables and arrays go: the configuration, `tables`, an entry, its columns, one of them, and its words."""
_TYPES: Final = {"array": "an array", "string": "a string", "object": "a table", "integer": "a whole number"}
_LIMITS: Final = {"minLength": " may not be empty", "minimum": f": {AT_LEAST}"}
_MATCHES: Final[Mapping[Step, str]] = {"files": "payloads/*.json", "tables": "tables/*.csv"}
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


def schema_faults(data: Any, file: str, above: Path = ()) -> list[Fault]:
    """All that a schema refuses.

    Args:
        data: the settings, as tomllib reads them.
        file: the schema in `spec/`.
        above: where the settings stand in the configuration; messages begin the names of keys with it.
    """
    import jsonschema_rs

    errors = jsonschema_rs.Draft202012Validator(read_spec(file)).iter_errors(_without_foreign_values(data))
    return [fault for error in errors for fault in _in_words(error, data, read_spec(file), above)]


def _without_foreign_values(value: Any, levels: int = _LEVELS) -> Any:
    """The value with null for what no key takes and JSON Schema cannot tell: dates, 5.0, what is nested too deeply."""
    if isinstance(value, dict) and levels:
        return {key: _without_foreign_values(each, levels - 1) for key, each in value.items()}
    if isinstance(value, list) and levels:
        return [_without_foreign_values(each, levels - 1) for each in value]
    return value if isinstance(value, str | int) else None


def _in_words(error: Any, data: Any, root: Mapping[str, Any], above: Path) -> Iterable[Fault]:
    steps = tuple(error.instance_path)
    path = (*above, *steps)
    name = name_of(path)
    keyword = error.kind.name
    value = _at(data, steps)
    schema = _at(root, error.schema_path[:-1])
    if keyword in ("additionalProperties", "unevaluatedProperties"):
        known = [*schema["properties"], *_referred(schema, root)]
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
        yield Fault(path, f'{name} needs a match, such as match = "{_MATCHES[path[0]]}"')
    else:
        yield Fault(path, f"{name}{_LIMITS[keyword]}")


def _referred(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterable[str]:
    """The keys of the schema that a schema refers to."""
    reference = schema.get("$ref")
    return _at(root, reference.removeprefix("#/").split("/"))["properties"] if reference else ()


def name_of(path: Path) -> str:
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
