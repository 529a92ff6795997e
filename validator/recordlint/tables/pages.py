"""The rows of a block of a table: their bodies, what the reports say of them, and the rows that are rejected."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

from recordlint.checking.checkers import Checkers
from recordlint.errors import InternalError, RecordlintError, describe
from recordlint.reporters import Format, Result, in_one_line, to_bytes
from recordlint.reporters._kinds import Group, Groups
from recordlint.reporters._totals import NOTHING, Counts, Showing
from recordlint.rules.kinds import Kind
from recordlint.tables.block_rows import block_rows
from recordlint.tables.columns import Table
from recordlint.tables.rejects import rejected
from recordlint.tables.repeats import Repeats
from recordlint.tables.row_checker import Asked, TableRowChecker
from recordlint.tables.table_files import Layout, TableBlock, TableRow
from recordlint.violations import Violation


class TableJob(NamedTuple):
    """How the rows of a table are checked and shown. It can be sent to another process."""

    path: str
    """The file's name in reports."""
    layout: Layout
    table: Table
    checkers: Checkers
    asked: Asked
    repeats: Repeats
    formats: tuple[Format, ...]
    redact: bool = False
    writes: bool = False
    """Whether bodies and rejected rows are wanted."""


class TableTask(NamedTuple):
    """A block to check."""

    block: TableBlock
    room: int | None = None
    """How many violations may be listed; None for all."""


class TablePage(NamedTuple):
    """The rows of a block, checked."""

    counts: Counts
    entries: tuple[bytes, ...]
    """What each format writes, joined by its separator."""
    groups: tuple[tuple[Kind, Group], ...]
    bodies: bytes
    """A body on each line."""
    rejects: str
    """The rejected rows, as the text of a CSV file."""
    rejected: int
    faults: tuple[str, ...]
    """What went wrong in recordlint, each with its row."""


class TableChecker:
    """Checks blocks of one table. It can be sent to another process."""

    def __init__(self, job: TableJob) -> None:
        self.job: Final = job

    def __reduce__(self) -> tuple[type[TableChecker], tuple[TableJob]]:
        return TableChecker, (self.job,)

    @cached_property
    def _rows(self) -> TableRowChecker:
        job = self.job
        return TableRowChecker(job.table, job.checkers, job.layout, job.asked, job.repeats)

    def __call__(self, task: TableTask) -> Iterator[TablePage]:
        """Check a task's block.

        Raises:
            InputError: the file has changed since the block was made.
        """
        job = self.job
        showing = Showing(job.redact, task.room)
        counts, groups = NOTHING, Groups()
        entries: list[list[bytes]] = [[] for _ in job.formats]
        bodies: list[bytes] = []
        rejects: list[str] = []
        faults: list[str] = []
        unmentioned = right = 0
        check, writes = self._rows.check, job.writes
        for row in block_rows(job.layout, task.block):
            try:
                checked = check(row)
            except Exception as error:
                faults.append(_fault(job.path, row, error))
                continue
            if checked is None:
                continue
            text, report, is_valid, errors = checked
            if is_valid and writes:
                bodies.append(text)
            elif writes:
                rejects.append(rejected(row, [_said(each) for each in errors], job.layout, job.table))
            if report is None:
                unmentioned += 1
                right += is_valid
                continue
            result = Result(job.path, report, line=row.line or None)
            groups.count(result)
            counts, shown = showing.shown(result, counts)
            if not is_valid and not report.errors:
                counts = counts._replace(valid=counts.valid - 1)
            for listed, format in zip(entries, job.formats, strict=True):
                if entry := to_bytes(format.entry(shown)):
                    listed.append(entry)
        yield TablePage(
            counts._replace(checked=counts.checked + unmentioned, valid=counts.valid + right),
            tuple([to_bytes(each.separator).join(listed) for each, listed in zip(job.formats, entries, strict=True)]),
            tuple(groups.by_kind.items()),
            b"".join([line + b"\n" for line in bodies]),
            "".join(rejects),
            len(rejects),
            tuple(faults),
        )


def _said(violation: Violation) -> str:
    name = violation.cell.column if violation.cell else ""
    return f"{name}: {in_one_line(violation)}" if name else in_one_line(violation)


def _fault(path: str, row: TableRow, error: Exception) -> str:
    if isinstance(error, RecordlintError) and not isinstance(error, InternalError):
        raise error
    what = str(error) if isinstance(error, InternalError) else describe(error)
    return f"{path} row {row.number}: a fault of recordlint, not of your file: {what}. Please report it."
