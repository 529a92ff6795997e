"""A block of rows judged: what was found, and what each report says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import Final, NamedTuple

from recordlint.checking.report import Report
from recordlint.checking.rows import RowChecker
from recordlint.checking.validator import Validator, row_checker
from recordlint.definitions.target import Claim
from recordlint.errors import InternalError, UsageError, describe
from recordlint.reporters import Format, Result, to_bytes
from recordlint.reporters._totals import NOTHING, Counts, Showing
from recordlint.rows.streams import Block, lines, read_block
from recordlint.violations import Place, Violation

BATCH: Final = 10_000
"""Rows that are looked at before any of them is looked at closely."""
ENOUGH: Final = 4 << 20
"""Bytes of a report that are held before they are handed on."""

_SPACE: Final = b" \t\r\n"


class Job(NamedTuple):
    """How the rows of a file are judged and shown."""

    validator: Validator
    path: str
    """As it is named in reports."""
    claim: Claim
    """What bare bodies are for."""
    longest: int
    """Bytes of a row, its line ending aside."""
    formats: tuple[Format, ...]
    redact: bool
    splits: bool
    """Whether rows are to be told apart."""


class Task(NamedTuple):
    """A block to be judged."""

    block: Block
    room: int | None
    """How many violations may be listed; None for all."""


class Aside(NamedTuple):
    """Rows that do not go with the valid ones: bytes from and up to, in their block."""

    start: int
    end: int
    invalid: bool
    """Whether they have errors; else they are blank."""


class Outcome(NamedTuple):
    """What was found in some rows of a block, which come in order until the block is done."""

    lines: int
    start: int
    """Of the first row, in bytes of the block."""
    length: int
    """Of all of them, in bytes."""
    counts: Counts
    entries: tuple[bytes, ...]
    """In each format, joined by its separator."""
    aside: tuple[Aside, ...]
    """Where rows are to be told apart."""
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
    return Report(job.claim, [violation], errors=1)


class Judging:
    """Judges blocks of one file; it can be sent to another process."""

    def __init__(self, job: Job) -> None:
        self.job: Final = job

    def __reduce__(self) -> tuple[type[Judging], tuple[Job]]:
        return Judging, (self.job,)

    @cached_property
    def _rows(self) -> RowChecker:
        return row_checker(self.job.validator, self.job.claim)

    @cached_property
    def _is_clean(self) -> Callable[[bytes], bool]:
        """Whether there is nothing to say of a row. It learns from those before."""
        if any(format.entry(Result("", Report(Claim()), line=1)) for format in self.job.formats):
            return _never  # Such a format lists clean rows too.
        return self._rows.is_clean

    def __call__(self, task: Task) -> tuple[int, Callable[[int], Iterator[Outcome]]]:
        """How many lines a task's block has, and a function from the number of the first to what is found in them.

        Raises:
            InputError: the file is not what it was.
        """
        rows = lines(read_block(task.block))
        return len(rows), partial(self.outcomes, rows, task.room)

    def outcomes(self, rows: Sequence[bytes], room: int | None, line: int, start: int = 0) -> Iterator[Outcome]:
        """What is found in rows, of which the first is line `line`, at the byte `start` of its block."""
        page = _Page(self.job, self._rows, room, line, start)
        for first in range(0, len(rows), BATCH):
            # Two passes, since each of them is faster when the other's code and data do not come between.
            batch = rows[first : first + BATCH]
            taken = 0
            for index in _not_clean(self._is_clean, batch, self.job.longest):
                page.add_clean(batch[taken:index])
                page.look_closely(batch[index])
                taken = index + 1
                if page.size > ENOUGH:
                    yield page.outcome()
                    page = page.next()
            page.add_clean(batch[taken:])
        if page.line > page.first_line:
            yield page.outcome()


def _not_clean(is_clean: Callable[[bytes], bool], rows: Sequence[bytes], longest: int) -> Sequence[int]:
    """Which rows are not clean at first sight."""
    try:
        return [index for index, row in enumerate(rows) if len(row) > longest or not is_clean(row)]
    except Exception:
        return range(len(rows))  # The close look comes upon it too, and tells.


def _never(data: bytes) -> bool:
    return False


class _Page:
    """What is written of some rows, as it comes."""

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
        self.unjudged = ""
        self.faults: list[str] = []

    def next(self) -> _Page:
        """An empty one for the rows behind."""
        room = None if self.room is None else self.room - self.counts.listed
        return _Page(self.job, self.rows, room, self.line, self.at)

    def add_clean(self, rows: Sequence[bytes]) -> None:
        """Rows of which there is nothing to say."""
        self.clean += len(rows)
        self.line += len(rows)
        self.at += sum(map(len, rows))

    def look_closely(self, line: bytes) -> None:
        """A row that is too long, or not clean at first sight, or a blank line."""
        row = line.removesuffix(b"\n")
        invalid = self._judge(row) if row.strip(_SPACE) else None
        if self.job.splits and invalid is not False:
            self._set_aside(len(line), invalid is not None)
        self.line += 1
        self.at += len(line)

    def _judge(self, row: bytes) -> bool:
        """Whether a row has errors; what there is to say of it is written."""
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

    def _set_aside(self, length: int, invalid: bool) -> None:
        last = self.aside[-1] if self.aside else None
        if last and last.end == self.at and last.invalid == invalid:
            self.aside[-1] = last._replace(end=self.at + length)
        else:
            self.aside.append(Aside(self.at, self.at + length, invalid))

    def _fail(self, error: Exception) -> None:
        """A row that was not judged. The others are judged all the same; the exit status tells."""
        where = f"{self.job.path}:{self.line}"
        if isinstance(error, UsageError):
            self.unjudged = self.unjudged or f"{where}: {error} (--object KEY)"
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
        """What was found so far."""
        shown = zip(self.job.formats, self.entries, strict=True)
        return Outcome(
            self.line - self.first_line,
            self.start,
            self.at - self.start,
            self.counts.plus(Counts(checked=self.clean, valid=self.clean)),
            tuple([to_bytes(format.separator).join(entries) for format, entries in shown]),
            tuple(self.aside),
            self.unjudged,
            tuple(self.faults),
        )
