"""Parsed bodies: what JSON cannot hold, which only a library call can pass in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from recordlint.jsontext.parse import DEEPEST
from recordlint.violations import Path, Problem

LARGEST: Final = 1.7976931348623157e308


def unrepresentable(value: Any, path: Path = ()) -> Iterator[Problem]:
    """A problem for each part of a value that JSON has no way to write. Types are exact: no tuples, no enums."""
    if value is None or value is True or value is False:
        return
    type_ = type(value)
    if type_ is str:
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            yield _problem("half of a surrogate pair is missing", path)
    elif type_ is int or type_ is float:
        if not -LARGEST <= value <= LARGEST:
            yield _problem("a number is beyond the range of a double", path)
    elif type_ is dict or type_ is list:
        if len(path) >= DEEPEST:
            yield _problem(f"the nesting is deeper than {DEEPEST} levels", path)
        elif type_ is list:
            for index, item in enumerate(value):
                yield from unrepresentable(item, (*path, index))
        else:
            for key, item in value.items():
                if type(key) is not str:
                    yield _problem(f"a key is a string, not {_type_name(key)}", (*path, str(key)))
                    continue
                yield from unrepresentable(key, (*path, key))
                yield from unrepresentable(item, (*path, key))
    else:
        yield _problem(f"JSON has no {_type_name(value)}", path)


def _type_name(value: object) -> str:
    return type(value).__name__


def _problem(message: str, path: Path) -> Problem:
    return Problem("invalid-json", message, path=path)
