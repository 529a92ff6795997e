"""Refusals in long arrays, asked for piece by piece: nothing interrupts a call of an engine, not even a signal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from recordlint.problems.pointers import Path

PIECE: Final = 10_000
"""Items that an engine is asked about at once, which takes it a tenth of a second."""
_DEEPEST: Final = 3

Ask = Callable[[Any], list[tuple[Path, str]]]
"""The refused parts of a value, by path, and the keyword that refuses each."""


def refusals_in_pieces(ask: Ask, value: Any) -> list[tuple[Path, str]]:
    """What `ask` says of a value.

    An array that is refused as a whole counts only where none of its items is refused.
    """
    arrays = dict(_long_arrays(value, ()))
    if not arrays:
        return ask(value)
    short = value
    for path, array in arrays.items():
        short = _with(short, path, array[:1])
    refusals = [each for each in ask(short) if not any(each[0][: len(path)] == path for path in arrays)]
    for path, array in arrays.items():
        of_items = []
        for start in range(0, len(array), PIECE):
            asked = ask(_with(short, path, array[start : start + PIECE]))
            of_items += [(_later(each, len(path), start), keyword) for each, keyword in asked if _is_below(each, path)]
        refusals += of_items or [each for each in ask(_with(short, path, array)) if each[0][: len(path)] == path]
    return refusals


def _long_arrays(value: Any, path: Path) -> Iterator[tuple[Path, list[Any]]]:
    if isinstance(value, list):
        if len(value) > PIECE:
            yield path, value
    elif isinstance(value, dict) and len(path) < _DEEPEST:
        for key, part in value.items():
            yield from _long_arrays(part, (*path, key))


def _with(value: Any, path: Path, part: Any) -> Any:
    """A copy of a value with another part at a path of keys."""
    if not path:
        return part
    return {**value, path[0]: _with(value[path[0]], path[1:], part)}


def _is_below(path: Path, array: Path) -> bool:
    return len(path) > len(array) and path[: len(array)] == array


def _later(path: Path, at: int, start: int) -> Path:
    """The path of a part in the whole array, of which a piece begins at `start`; its index is the step `at`."""
    index = path[at]
    return (*path[:at], index + start if isinstance(index, int) else index, *path[at + 1 :])
