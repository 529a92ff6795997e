"""Cells with several values: option keys, files by their URLs, the ids of users."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.fieldtypes._cells import CellReader, Noted, Reading, Remembering
from recordlint.fieldtypes._items import Identity, text_identity
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem
from recordlint.wording.phrases import as_json, either

SEPARATORS: Final = ("\n", ";", "|", ",")
"""What commonly stands between the values of a cell."""

IsValue = Callable[[str], bool]
"""Whether a part of a text is one value of its column."""


def list_cells(
    what: str,
    operation: Operation,
    reading: Reading,
    item: CellReader,
    is_value: IsValue,
    identity: Identity = text_identity,
    *,
    splits_values_only: bool = False,
) -> CellReader:
    """A reader of all values of a cell: a plain array, or the part of a delta that the column is for.

    Args:
        what: the field's name as messages say it.
        operation: decides between delta and array.
        reading: says what stands between values.
        item: reads one of them.
        is_value: whether a text is one value, so that a text of several is no single one.
        identity: what makes two values the same: the later is dropped, as `--fix` drops it.
        splits_values_only: whether a text is left whole where one of its parts is no value.
    """
    part = None if operation.multi_value == "array" else reading.part

    def one(cell: str) -> object:
        value = item(cell)
        if type(value) is Noted:
            return _together(part, (value,), identity, None)
        return [value] if part is None else {part: [value]}

    def read(cell: object) -> object:
        problem: Problem | None = None
        cells: Sequence[object] = [cell]
        if isinstance(cell, list | tuple):
            cells = cell
        elif isinstance(cell, str):
            if is_value(cell):
                return one(cell)
            if reading.separator:
                parts = split(cell, reading.separator)
                cells = parts if parts and (not splits_values_only or all(map(is_value, parts))) else cells
            else:
                separators = separators_of(cell, is_value)
                problem = _unsplit(what, separators) if separators else None
        return _together(part, [item(each) for each in cells], identity, problem)

    return Remembering(read)


def _together(part: str | None, values: Iterable[object], identity: Identity, problem: Problem | None) -> object:
    items: list[object] = []
    problems: list[Problem] = [] if problem is None else [problem]
    names: set[str] = set()
    for value in values:
        noted = value if isinstance(value, Noted) else None
        value = noted.value if noted else value
        name = identity(value)
        if name is not None and name in names:
            continue
        if name is not None:
            names.add(name)
        if noted:
            path: Path = (len(items),) if part is None else (part, len(items))
            problems += [each.below(*path) for each in noted.problems]
        items.append(value)
    together = items if part is None else {part: items}
    return Noted(together, tuple(problems)) if problems else together


def split(text: str, separator: str) -> list[str]:
    """The values of a text, without white space around them. Nothing stands between two separators, or at the end.

    Example:
        >>> split("web; ios;", ";")
        ['web', 'ios']
    """
    # A cell with several lines may have them end as Windows ends them; what is stripped has that too.
    return [part for each in text.split(separator) if (part := each.strip())]


def separators_of(text: str, is_value: IsValue) -> tuple[str, ...]:
    """The separators that split a text into several values, and nothing else."""
    separators = []
    for separator in SEPARATORS:
        if separator in text:
            parts = split(text, separator)
            if len(parts) > 1 and all(map(is_value, parts)):
                separators.append(separator)
    return tuple(separators)


@cache
def _unsplit(what: str, separators: tuple[str, ...]) -> Problem:
    """One value for all such cells of a column."""
    return Problem(
        "unsplit-list",
        f"{what} has several values in one cell, and the table does not declare what separates them",
        _separator_hint(separators),
    )


def _separator_hint(separators: Sequence[str]) -> str:
    return f"set separator = {either(map(as_json, separators))} for this column"


def separator_hint(texts: Sequence[str], is_value: IsValue) -> str:
    """The hint for cells of one column that different separators split: those that split all of them."""
    each = [separators_of(text, is_value) for text in texts]
    shared = [separator for separator in SEPARATORS if all(separator in separators for separators in each)]
    return _separator_hint(shared) if shared else "write the same separator in all cells of the column, and set it"
