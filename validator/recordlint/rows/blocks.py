"""The rows of a block checked: how many are valid, and what each report says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from recordlint.checking.checkers import Checkers
from recordlint.checking.report import Report
from recordlint.checking.rows import RowChecker
from recordlint.definitions.target import Claim
from recordlint.errors import InternalError, UsageError, describe
from recordlint.reporters import Format, Result, to_bytes
from recordlint.reporters._totals import NOTHING, Counts, Showing
from recordlint.rows.streams import Block, lines, read_block
from recordlint.violations import Place, Violation

BATCH: Final = 10_000
"""Rows that get the quick test before any of them gets the close look."""
ENOUGH: Final = 4 << 20
"""Bytes of a report that are held before they are passed on."""

_SPACE: Final = b" \t\r\n"


class Job(NamedTuple):
    """How the rows of a file are checked and shown."""

    checkers: Checkers
    path: str
    """The file's name in reports."""
    claim: Claim
    """What bare bodies are for."""
    longest: int
    """The most bytes that a row may have, without its line ending."""
    formats: tuple[Format, ...]
    redact: bool
    splits: bool
    """Whether outcomes say which rows are invalid or blank."""


class Task(NamedTuple):
    """A block to check."""

    block: Block
    line: int
    """The line number of its first row."""
    room: int | None
    """How many violations may be listed; None for all."""


class Aside(NamedTuple):
    """Neighbouring rows that are not valid ones: a range of bytes in their block."""

    start: int
    end: int
    invalid: bool
    """True for rows with errors, False for blank lines."""


class Outcome(NamedTuple):
    """The result of neighbouring rows. A block has one or more, in order."""

    lines: int
    start: int
    """Where the first row begins, in bytes of the block."""
    length: int
    """Bytes of all the rows."""
    counts: Counts
    entries: tuple[bytes, ...]
    """What each format writes, joined by its separator."""
    aside: tuple[Aside, ...]
    """Empty unless the job splits."""
    unchecked: str
    """Why a row could not be checked, for the first such row; empty if there is none."""
    faults: tuple[str, ...]
    """What went wrong in recordlint, each with its line."""


def too_large(job: Job) -> Report:
    """The report of a row that is too long to be read."""
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
    return Report(job.claim, [violation], errors=1)


class BlockChecker:
    """Checks blocks of one file. It can be sent to another process."""

    def __init__(self, job: Job) -> None:
        self.job: Final = job

    def __reduce__(self) -> tuple[type[BlockChecker], tuple[Job]]:
        return BlockChecker, (self.job,)

    @cached_property
    def _rows(self) -> RowChecker:
        return RowChecker(self.job.checkers, self.job.claim)

    @cached_property
    def _is_clean(self) -> Callable[[bytes], bool]:
        """Whether no report says anything about a row. It learns from the rows before."""
        if any(format.entry(Result("", Report(Claim()), line=1)) for format in self.job.formats):
            return _never  # Such a format lists clean rows too.
        return self._rows.is_clean

    def __call__(self, task: Task) -> Iterator[Outcome]:
        """Check a task's block.

        Raises:
            InputError: the file has changed since the block was made.
        """
        return self.outcomes(lines(read_block(task.block)), task.room, task.line)

    def outcomes(self, rows: Sequence[bytes], room: int | None, line: int, start: int = 0) -> Iterator[Outcome]:
        """Check rows. The first one is line `line` of the file and begins at byte `start` of its block."""
        page = _Page(self.job, self._rows, room, line, start)
        for first in range(0, len(rows), BATCH):
            # Two passes: each is faster when the other's code and data do not come between.
            batch = rows[first : first + BATCH]
            done = 0
            for index in _not_clean(self._is_clean, batch, self.job.longest):
                page.add_clean(batch[done:index])
                page.look_closely(batch[index])
                done = index + 1
                if page.size > ENOUGH:
                    yield page.outcome()
                    page = page.next()
            page.add_clean(batch[done:])
        if page.line > page.first_line:
            yield page.outcome()


def _not_clean(is_clean: Callable[[bytes], bool], rows: Sequence[bytes], longest: int) -> Sequence[int]:
    """The indexes of the rows that the quick test does not pass."""
    try:
        return [index for index, row in enumerate(rows) if len(row) > longest or not is_clean(row)]
    except Exception:
        return range(len(rows))  # The close look meets the same fault and reports it.


def _never(data: bytes) -> bool:
    return False


class _Page:
    """What the reports say of some rows, while it is written."""

    def __init__(self, job: Job, rows: RowChecker, room: int | None, line: int, start: int) -> None:
        self.job = job
        self.rows = rows
        self.room = room
        self.line = self.first_line = line
        self.at = self.start = start
        self.showing = Showing(job.redact, room)
        self.counts = NOTHING
        self.clean = 0
        self.entries: list[list[bytes]] = [[] for _ in job.formats]
        self.size = 0
        self.aside: list[Aside] = []
        self.unchecked = ""
        self.faults: list[str] = []

    def next(self) -> _Page:
        """An empty page for the rows that follow."""
        room = None if self.room is None else self.room - self.counts.listed
        return _Page(self.job, self.rows, room, self.line, self.at)

    def add_clean(self, rows: Sequence[bytes]) -> None:
        """Count rows that no report mentions."""
        self.clean += len(rows)
        self.line += len(rows)
        self.at += sum(map(len, rows))

    def look_closely(self, line: bytes) -> None:
        """Add a line that the quick test did not pass: a wrong row, one that is too long, or a blank line."""
        row = line.removesuffix(b"\n")
        is_blank = not row.strip(_SPACE)
        is_invalid = not is_blank and self._has_errors(row)
        if self.job.splits and (is_blank or is_invalid):
            self._set_aside(len(line), invalid=is_invalid)
        self.line += 1
        self.at += len(line)

    def _has_errors(self, row: bytes) -> bool:
        """Check a row and add its report."""
        job = self.job
        try:
            if len(row) > job.longest and len(row.removesuffix(b"\r")) > job.longest:
                report = too_large(job).at_line(self.line)
            else:
                report = self.rows.report(row, self.line)
        except Exception as error:
            self._fail(error)
            return False
        self._add(report)
        return not report.valid

    def _set_aside(self, length: int, *, invalid: bool) -> None:
        last = self.aside[-1] if self.aside else None
        if last and last.end == self.at and last.invalid == invalid:
            self.aside[-1] = last._replace(end=self.at + length)
        else:
            self.aside.append(Aside(self.at, self.at + length, invalid))

    def _fail(self, error: Exception) -> None:
        """Note a row that could not be checked. The others are checked all the same, and the exit status tells."""
        where = f"{self.job.path}:{self.line}"
        if isinstance(error, UsageError):
            self.unchecked = self.unchecked or f"{where}: {error} (--object KEY)"
        else:
            what = str(error) if isinstance(error, InternalError) else describe(error)
            self.faults.append(f"{where}: a fault of recordlint, not of your file: {what}. Please report it.")

    def _add(self, report: Report) -> None:
        result = Result(self.job.path, report, line=self.line)
        self.counts, shown = self.showing.shown(result, self.counts)
        for entries, format in zip(self.entries, self.job.formats, strict=True):
            entry = to_bytes(format.entry(shown))
            if entry:
                entries.append(entry)
                self.size += len(entry)

    def outcome(self) -> Outcome:
        """The result so far."""
        shown = zip(self.job.formats, self.entries, strict=True)
        return Outcome(
            self.line - self.first_line,
            self.start,
            self.at - self.start,
            self.counts.plus(Counts(checked=self.clean, valid=self.clean)),
            tuple([to_bytes(format.separator).join(entries) for format, entries in shown]),
            tuple(self.aside),
            self.unchecked,
            tuple(self.faults),
        )
