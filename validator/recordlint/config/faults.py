"""What is wrong with a configuration, and at which line: `spec/config.json` decides, a short table has the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from recordlint.config.sizes import to_bytes
from recordlint.contract.spec_files import read_spec
from recordlint.rules.severities import ALWAYS_ERRORS
from recordlint.violations import Path
from recordlint.wording.phrases import as_json, either, json_type

_TYPES: Final = {"array": "an array", "string": "a string", "object": "a table", "integer": "a whole number"}


def faults(data: Mapping[str, Any], text: str) -> list[tuple[int, str]]:
    """Each fault with its line, in their order.

    Args:
        data: the configuration's own table.
        text: the file's, to find lines in.
    """
    import jsonschema_rs

    schema = read_spec("config.json")
    found = [
        (_line(text, path), what)
        for error in jsonschema_rs.Draft202012Validator(schema).iter_errors(data)
        for path, what in _in_words(error, tuple(error.instance_path), data, schema)
    ]
    size = data.get("max-size")
    if isinstance(size, str):
        try:
            to_bytes(size)
        except ValueError as error:
            found.append((_line(text, ("max-size",)), f"max-size: {error}"))
    severity = data.get("severity")
    if isinstance(severity, dict):
        found += [
            (_line(text, ("severity", rule)), f"severity: {rule} is always an error: such a text cannot be judged")
            for rule in severity
            if rule in ALWAYS_ERRORS and severity[rule] != "error"
        ]
    return sorted(found)


def lines(data: Mapping[str, Any], text: str) -> dict[str, int]:
    """Where each key of the configuration stands."""
    return {key: _line(text, (key,)) for key in data}


def _in_words(error: Any, path: Path, data: Any, schema: Any) -> Iterable[tuple[Path, str]]:
    name = ".".join(str(step) for step in path if isinstance(step, str)) or "the configuration"
    keyword = error.kind.name
    value = _at(data, path)
    if keyword == "additionalProperties":
        known = _at(schema["properties"], ("files", "items", "properties")) if path else schema["properties"]
        for key in value:
            if key not in known:
                yield (*path, key), f"there is no key {as_json(key)}; {_meant(key, known)}"
    elif keyword == "propertyNames":
        known = schema["properties"]["severity"]["propertyNames"]["enum"]
        for key in value:
            if key not in known:
                yield (*path, key), f"there is no rule {as_json(key)}; {_meant(key, known)}"
    elif keyword == "enum":
        allowed = ("error", "warning", "off") if path[0] == "severity" else _at(_schema_of(schema, path), ("enum",))
        yield path, f"{name} takes {either(map(as_json, allowed))}"
    elif keyword == "type":
        types = _schema_of(schema, path).get("type", "table")
        listed = [types] if isinstance(types, str) else types
        yield path, f"{name} takes {either([_TYPES[each] for each in listed])}, not {json_type(value)}"
    elif keyword == "required":
        yield path, f'{name} needs a match, such as match = "payloads/*.json"'
    else:
        yield path, f"{name} may not be empty"


def _schema_of(schema: Any, path: Path) -> Any:
    for step in path:
        schema = schema["items"] if isinstance(step, int) else schema["properties"].get(step, {"type": "string"})
    return schema


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _meant(key: str, known: Iterable[str]) -> str:
    from recordlint.wording.suggestions import nearest

    near = nearest(key, known)
    return f"did you mean {either(near)}?" if near else f"there are {', '.join(known)}"


def _line(text: str, path: Path) -> int:
    """The line at which a key stands, or the nearest key above it."""
    listed = text.split("\n")
    at = 0
    for step, index in zip(path, (*path[1:], None), strict=True):
        if isinstance(step, int):
            continue
        named = rf"""(?:^|[\[{{,.])\s*["']?{re.escape(step)}["']?\s*[\].=]"""
        found = [n for n in range(at, len(listed)) if listed[n][:1] != "#" and re.search(named, listed[n])]
        if found:
            at = found[min(index, len(found) - 1) if isinstance(index, int) else 0]
    return at + 1
