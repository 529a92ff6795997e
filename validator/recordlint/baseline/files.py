"""Baselines as files: JSON, one entry a line, sorted, so that a change of one is a small diff."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from recordlint.errors import InputError
from recordlint.files.paths import reason
from recordlint.rules.kinds import Spot
from recordlint.wording.escape import escape

Known = Mapping[str, Mapping[Spot, int]]
"""How many violations are known, by file and spot. A file's path is from the baseline's folder, with slashes."""

VERSION: Final = 1


def read_baseline(path: str) -> dict[str, dict[Spot, int]]:
    """The violations that are known.

    Raises:
        InputError: the file cannot be read, or is no baseline.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; --write-baseline {path} writes it") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {reason(error)}") from error
    known: dict[str, dict[Spot, int]] = {}
    for entry in _parsed(path, data)["violations"]:
        spots = known.setdefault(entry["path"], {})
        spot = Spot(entry["rule"], entry["pointer"])
        # A merge may leave an entry twice.
        spots[spot] = max(spots.get(spot, 0), int(entry["count"]))
    return known


def to_text(known: Known) -> str:
    """The text of a baseline."""
    entries = ",".join([f"\n    {escape(json.dumps(entry, ensure_ascii=False))}" for entry in _entries(known)])
    end = "\n  " if entries else ""
    return f'{{\n  "version": {VERSION},\n  "violations": [{entries}{end}]\n}}\n'


def name_of(path: str, baseline: str) -> str:
    """What a baseline calls a file: its path from the baseline's folder, with slashes.

    Args:
        path: the file, from the working directory; `-` for standard input, which keeps that name.
        baseline: the baseline, from there too.
    """
    if path == "-":
        return path
    folder = os.path.dirname(os.path.realpath(baseline))
    file = os.path.join(os.path.realpath(os.path.dirname(path) or os.curdir), os.path.basename(path))
    try:
        name = os.path.relpath(file, folder)
    except ValueError:  # another drive
        name = file
    # The name of a file need not be UTF-8, and JSON is.
    return name.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode()


def _parsed(path: str, data: bytes) -> Any:
    import jsonschema_rs

    from recordlint.contract.spec_files import read_spec

    again = f"remove it, and write a new one with --write-baseline {path}"
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"{path}{line}: not JSON: {again}") from error
    if isinstance(value, dict) and isinstance(value.get("version"), int) and value["version"] > VERSION:
        raise InputError(f"{path}: a newer recordlint wrote this baseline: install that version, or {again}")
    schema = jsonschema_rs.Draft202012Validator(read_spec("baseline.json"))
    try:
        faults = list(schema.iter_errors(value))
    except ValueError as error:  # a lone surrogate, or arrays in arrays beyond its limit
        raise InputError(f"{path}: no baseline: {again}") from error
    for fault in faults:
        where = "".join([f"/{step}" for step in fault.instance_path])
        raise InputError(f"{path}: no baseline{f': see {where} in it' if where else ''}: {again}")
    return value


def _entries(known: Known) -> Iterator[dict[str, str | int]]:
    for path in sorted(known):
        for (rule, pointer), count in _sorted(known[path].items()):
            yield {"path": path, "rule": rule, "pointer": pointer, "count": count}


def _sorted(spots: Iterable[tuple[Spot, int]]) -> list[tuple[Spot, int]]:
    return sorted(spots, key=lambda each: each[0])
