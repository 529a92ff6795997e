"""One row of a table after the other: its body, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import orjson

from recordlint.checking.checkers import Checkers
from recordlint.checking.report import Report
from recordlint.checking.rows import RowChecker
from recordlint.definitions.target import Claim
from recordlint.problems.named_tuples import new
from recordlint.problems.problem import Problem
from recordlint.rules.severities import apply_severities
from recordlint.tables.bodies import row_reader
from recordlint.tables.cell_places import cell_place, cell_places
from recordlint.tables.columns import Column, Table
from recordlint.tables.placing import Placed, place, places
from recordlint.tables.repeats import Repeats, repeat_problems
from recordlint.tables.row_faults import OF_CELLS, row_faults
from recordlint.tables.survey import ASKED
from recordlint.tables.table_files import Fault, Layout, TableRow, column_name
from recordlint.violations import LISTED_AT_MOST, Place, TableCell, Violation

Asked = frozenset[tuple[int, str]]
"""The columns, by position, and rules of what is said once for a whole column."""


class Checked(NamedTuple):
    """A row of a table, checked."""

    text: bytes
    """Its body, or whole request, as JSON text; empty if the structure of the row is broken."""
    report: Report | None
    """None if there is nothing to say."""
    is_valid: bool = True
    """Whether it has no error, not even one that is said for the whole column."""
    errors: Sequence[Violation] = ()
    """All errors of the row."""


class TableRowChecker:
    """Checks the rows of one table. It learns from the rows before, so each process needs its own."""

    def __init__(self, table: Table, checkers: Checkers, layout: Layout, asked: Asked, repeats: Repeats) -> None:
        """Prepare to check rows.

        Args:
            table: what the columns are for.
            checkers: judge the bodies.
            layout: of the file.
            asked: what is said once for a whole column.
            repeats: the values that may stand in one row alone, and stand in several.
        """
        target = table.target
        self._table: Final = table
        self._read: Final = row_reader(table)
        self._rows: Final = RowChecker(checkers, Claim(target.object.key, target.operation, target.phone_region))
        self._claim: Final = self._rows.claim
        self._severity: Final = checkers.severity
        self._layout: Final = layout
        self._columns: Final = places(table)
        self._asked: Final = asked
        self._repeats: Final = repeats

    def check(self, row: TableRow) -> Checked | None:
        """The body of a row, and what is wrong with it; None for a row without data."""
        if row.faults and (faults := row_faults(row, self._table)):
            return self._broken(row, faults)
        value, problems = self._read(row.cells)
        if value is None:
            return None
        text = to_json(value)
        if self._repeats:
            problems = [*problems, *repeat_problems(self._repeats, row, value, self._table)]
        if not problems and self._rows.is_clean(text):
            return new(Checked, (text, None, True, ()))
        read = self._with_severities(problems)
        placed = place(self._columns, read, self._rows.report(text).violations)
        if not placed:
            return Checked(text, None)
        where = _Where(row, self._layout)
        every = [where.put(*each) for each in placed]
        errors = [each for each in every if each.severity == "error"]
        return Checked(text, self._listed(row, placed, every), not errors, errors)

    def _broken(self, row: TableRow, faults: Sequence[Fault]) -> Checked:
        """A row without a body. No configuration makes that less than an error."""
        where = _Where(row, self._layout)
        found = [where.put_fault(fault) for fault in faults]
        others = self._of_other_cells(row, faults) if all(fault.rule in OF_CELLS for fault in faults) else []
        every = [where.put(*each) for each in others]
        errors = [each for each in [*found, *every] if each.severity == "error"]
        return Checked(b"", self._listed(row, others, every, found), is_valid=False, errors=errors)

    def _of_other_cells(self, row: TableRow, faults: Sequence[Fault]) -> Sequence[Placed]:
        """What is wrong with the cells that can be read. What the body lacks may be in the others."""
        value, problems = self._read(row.cells)
        if value is None:
            return []
        unread = {fault.column_index for fault in faults}
        placed = place(self._columns, self._with_severities(problems), self._rows.report(to_json(value)).violations)
        return [each for each in placed if each.column is not None and each.column.position not in unread]

    def _listed(
        self, row: TableRow, placed: Sequence[Placed], every: Sequence[Violation], found: Sequence[Violation] = ()
    ) -> Report | None:
        """The report of what is found, and of what is placed but for what is said once for a whole column."""
        listed = [each for each, (_, column) in zip(every, placed, strict=True) if not self._is_asked(each, column)]
        return self._report(row, [*found, *listed]) if found or listed else None

    def _with_severities(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        return apply_severities(problems, self._severity) if self._severity and problems else problems

    def _is_asked(self, violation: Violation, column: Column | None) -> bool:
        return column is not None and violation.rule in ASKED and (column.position, violation.rule) in self._asked

    def _report(self, row: TableRow, violations: Sequence[Violation]) -> Report:
        errors = [each.severity for each in violations].count("error")
        return Report(
            self._claim,
            violations[:LISTED_AT_MOST],
            errors=errors,
            warnings=len(violations) - errors,
            text=row.text.encode("utf-8", "replace") if row.text else None,
        )


def to_json(value: Mapping[str, Any]) -> bytes:
    """A body on one line.

    Example:
        >>> to_json({"properties": {"size": 1}})
        b'{"properties":{"size":1}}'
    """
    try:
        return orjson.dumps(value)
    except TypeError:
        # A whole number with more than 64 bits, or half of a character.
        return json.dumps(value, separators=(",", ":")).encode()


class _Where:
    """The places of a row's cells, worked out once."""

    def __init__(self, row: TableRow, layout: Layout) -> None:
        self._row: Final = row
        self._places: Final = cell_places(row, layout.delimiter) if row.line else []

    def put(self, violation: Violation, column: Column | None) -> Violation:
        """A violation at the cell of its column."""
        if column is None or column.position < 0:
            return violation._replace(
                place=self._whole(), cell=TableCell(self._row.number, "", ""), fix=None, related=()
            )
        name = f"{column_name(column.position)}{self._row.number}"
        cell = TableCell(self._row.number, name, column.header)
        return violation._replace(place=self._at(column.position), cell=cell, fix=None, related=())

    def put_fault(self, fault: Fault) -> Violation:
        """A fault of the structure, as a violation at its cell."""
        cell = TableCell(fault.row, fault.cell, fault.column)
        place = self._at(fault.column_index)
        return Violation(fault.rule, fault.severity, "", fault.message, fault.hint, place, (), None, cell=cell)

    def _at(self, index: int) -> Place | None:
        return cell_place(self._places, index) if self._places else None

    def _whole(self) -> Place | None:
        if not self._places:
            return None
        first, last = self._places[0], self._places[-1]
        return Place(first.line, first.column, last.end_line, last.end_column, first.start, last.end)


def positions(questions: Iterable[tuple[Column, str]]) -> Asked:
    """The columns and rules of questions."""
    return frozenset([(column.position, rule) for column, rule in questions])
