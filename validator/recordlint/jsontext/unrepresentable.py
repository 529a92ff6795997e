"""Parsed bodies: what JSON cannot hold, which only a library call can pass in."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from math import isnan
from typing import Any

from recordlint.jsontext.parse import DEEPEST, LARGEST
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem


def unrepresentable(value: Any) -> Iterator[Problem]:
    """A problem for each part of a value that JSON has no way to write. Types are exact: no tuples, no enums.

    The walk ends where the nesting is too deep: a value that holds itself has no end.
    """
    yield from _problems(value, ())


def _problems(value: Any, path: Path) -> Generator[Problem, None, bool]:
    """The problems of a value at a path; gives True where the nesting is too deep."""
    if value is None or value is True or value is False:
        return False
    type_ = type(value)
    if type_ is str:
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            yield _problem("half of a surrogate pair is missing", path)
    elif type_ is int or type_ is float:
        if type_ is float and isnan(value):
            yield _problem("JSON has no NaN", path)
        elif not -LARGEST <= value <= LARGEST:
            yield _problem("a number is beyond the range of a double", path)
    elif type_ is dict or type_ is list:
        if len(path) >= DEEPEST:
            yield _problem(f"the nesting is deeper than {DEEPEST} levels", path)
            return True
        for step, item in value.items() if type_ is dict else enumerate(value):
            if type_ is dict and type(step) is not str:
                yield _problem(f"a key must be a string, not {_type_name(step)}", (*path, _as_step(step)))
                continue
            if type_ is dict:
                yield from _problems(step, (*path, step))
            if (yield from _problems(item, (*path, step))):
                return True
    else:
        yield _problem(f"JSON has no {_type_name(value)}", path)
    return False


def _as_step(key: object) -> str:
    """A key that is not a string as a step of a pointer; what it says of itself may fail in any way."""
    try:
        return str(key)
    except Exception:
        return _type_name(key)


def _type_name(value: object) -> str:
    return type(value).__name__


def _problem(message: str, path: Path) -> Problem:
    return Problem("invalid-json", message, path=path)
