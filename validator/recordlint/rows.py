"""A block of rows judged: what was found, and what each report says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from recordlint.checker import Validator
from recordlint.counts import NOTHING, Counts, Showing
from recordlint.errors import InternalError, UsageError, describe
from recordlint.report import Report
from recordlint.reporters import Format, Result
from recordlint.streams import Stored, read_block
from recordlint.violations import Operation, Place, Violation

_SPACE: Final = b" \t\r"

Stretch = tuple[int, ...]
"""Bytes of a block, from and up to; empty where they were not asked for."""


class Job(NamedTuple):
    """How the rows of a file are judged and shown."""

    validator: Validator
    path: str
    """As it is named in reports."""
    object: str | None
    operation: Operation
    longest: int
    """Bytes of a row, its line ending aside."""
    formats: tuple[Format, ...]
    redact: bool
    wants_stretches: bool


class Task(NamedTuple):
    """A block to be judged."""

    line: int
    data: bytes | Stored
    room: int | None
    """How many violations may be listed; None for all."""


class Outcome(NamedTuple):
    """What was found in a block."""

    counts: Counts
    entries: tuple[str, ...]
    """In each format, joined by its separator."""
    invalid: tuple[Stretch, ...]
    """Rows with errors, where they were asked for."""
    blank: tuple[Stretch, ...]
    """The same of rows of spaces."""
    unjudged: str
    """Why a row could not be judged, of the first that could not; empty for none."""
    faults: tuple[str, ...]
    """What went wrong in recordlint, each with its line."""


def too_large(job: Job) -> Report:
    """The report of a row that is not read, since it is too long."""
    violation = Violation(
        "too-large",
        "error",
        "",
        f"the row has more than {job.longest:,} bytes",
        "raise the limit with --max-size",
        Place(1, 1, 1, 2, 0, 1),
        (),
        None,
    )
    return Report(job.object, job.operation, [violation], errors=1)


class Judging:
    """Judges blocks of one file; it can be sent to another process."""

    def __init__(self, job: Job) -> None:
        self.job: Final = job

    def __call__(self, task: Task) -> Outcome:
        """What is found in a task's block.

        Raises:
            InputError: the file is not what it was.
        """
        data = task.data if isinstance(task.data, bytes) else read_block(task.data)
        return self._judge(task.line, data, Showing(self.job.redact, task.room))

    def _judge(self, line: int, data: bytes, showing: Showing) -> Outcome:
        job = self.job
        is_clean = job.validator.glance(object=job.object, operation=job.operation)
        if any(format.entry(Result("", Report(None, None), line=1)) for format in job.formats):
            is_clean = _never  # Such a format lists clean rows too.
        rows = data.split(b"\n")
        if not rows[-1]:
            rows.pop()
        # Two passes, since each of them is faster when the other's code and data do not come between.
        rest = _not_clean(is_clean, rows, job.longest)
        starts = (0, *accumulate(len(row) + 1 for row in rows)) if job.wants_stretches else ()
        page = _Page(job, showing)
        for index in rest:
            row, stretch = rows[index], starts[index : index + 2]
            if row.strip(_SPACE):
                page.look_closely(row, line + index, stretch)
            elif stretch:
                page.blank.append(stretch)
        return page.outcome(len(rows) - len(rest))


def _not_clean(is_clean: Callable[[bytes], bool], rows: list[bytes], longest: int) -> Sequence[int]:
    """Which rows are not clean at first sight."""
    try:
        return [index for index, row in enumerate(rows) if len(row) > longest or not is_clean(row)]
    except Exception:
        return range(len(rows))  # The close look comes upon it too, and tells.


def _never(data: bytes) -> bool:
    return False


class _Page:
    """What is written of a block, as it comes."""

    def __init__(self, job: Job, showing: Showing) -> None:
        self.job = job
        self.showing = showing
        self.counts = NOTHING
        self.entries: list[list[str]] = [[] for _ in job.formats]
        self.invalid: list[Stretch] = []
        self.blank: list[Stretch] = []
        self.unjudged = ""
        self.faults: list[str] = []

    def look_closely(self, row: bytes, number: int, stretch: Stretch) -> None:
        """A row that is too long, or not clean at first sight."""
        job = self.job
        try:
            if len(row) > job.longest and len(row.removesuffix(b"\r")) > job.longest:
                report = too_large(job).at_line(number)
            else:
                report = job.validator.check_row(row, number, object=job.object, operation=job.operation)
        except Exception as error:
            self.fail(error, number)
        else:
            if report.errors and stretch:
                self.invalid.append(stretch)
            self.add(report, number)

    def fail(self, error: Exception, number: int) -> None:
        """A row that was not judged. The others are judged all the same; the exit status tells."""
        where = f"{self.job.path}:{number}"
        if isinstance(error, UsageError):
            self.unjudged = self.unjudged or f"{where}: {error} (--object KEY)"
        else:
            what = str(error) if isinstance(error, InternalError) else describe(error)
            self.faults.append(f"{where}: a fault of recordlint, not of your file: {what}. Please report it.")

    def add(self, report: Report, number: int) -> None:
        result = Result(self.job.path, report, line=number)
        self.counts, shown = self.showing.shown(result, self.counts)
        for entries, format in zip(self.entries, self.job.formats, strict=True):
            entry = format.entry(shown)
            if entry:
                entries.append(entry)

    def outcome(self, clean: int) -> Outcome:
        shown = zip(self.job.formats, self.entries, strict=True)
        return Outcome(
            self.counts.plus(Counts(checked=clean, valid=clean)),
            tuple([format.separator.join(entries) for format, entries in shown]),
            tuple(self.invalid),
            tuple(self.blank),
            self.unjudged,
            tuple(self.faults),
        )
