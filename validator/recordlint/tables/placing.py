"""Which column of a table a violation is about, and all that is wrong with a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from recordlint.contract.operations import PROPERTIES
from recordlint.problems.pointers import pointer
from recordlint.problems.problem import Problem
from recordlint.tables.bodies import BODY
from recordlint.tables.columns import Column, Table
from recordlint.violations import Violation

URL: Final = "/url"


class Placed(NamedTuple):
    """A violation in a row, and the column that it is about."""

    violation: Violation
    column: Column | None
    """None where it is about the whole row."""


Places = Mapping[str, Column]
"""Columns by the JSON Pointers of what they fill."""


def places(table: Table) -> Places:
    """The columns by the JSON Pointers of what their cells become.

    Example:
        `/properties/services` is the first column of that field, and `/properties/services/remove` that of its
        removed values.
    """
    above: tuple[str, ...] = (BODY,) if table.makes_requests else ()
    columns: dict[str, Column] = {}
    for column in [*table.columns, *table.constants]:
        if column.holds == "record-id":
            columns[URL] = column
            continue
        path = (*above, PROPERTIES, column.key) if column.holds == "property" else (*above, column.key)
        columns.setdefault(pointer(path), column)
        if column.several and table.target.operation.multi_value == "delta":
            columns[pointer((*path, column.reading.part))] = column
    return columns


def column_at(columns: Places, at: str) -> Column | None:
    """The column that filled a value, by the pointer of the value or of anything in it.

    Args:
        columns: from `places`.
        at: a JSON Pointer into the row's body or request.
    """
    while at:
        column = columns.get(at)
        if column is not None:
            return column
        at = at.rpartition("/")[0]
    return None


def place(columns: Places, problems: Iterable[Problem], violations: Iterable[Violation]) -> Sequence[Placed]:
    """All that is wrong with a row. What an error of the reading is about is not said again.

    Args:
        columns: from `places`.
        problems: those of the row, with their severities.
        violations: of the row's body or request, from `Validator`.
    """
    read = [_violation(each) for each in problems]
    said = [each.pointer for each in read if each.severity == "error"]
    others = [each for each in violations if not any(_is_within(each.pointer, above) for above in said)]
    return [Placed(each, column_at(columns, each.pointer)) for each in [*read, *others]]


def _is_within(at: str, above: str) -> bool:
    return at == above or at.startswith(f"{above}/")


def _violation(problem: Problem) -> Violation:
    return Violation(
        problem.rule,
        problem.severity,
        pointer(problem.path),
        problem.message,
        problem.hint,
        None,
        (),
        None,
        problem.redacted_hint,
        problem.note,
    )
