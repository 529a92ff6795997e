"""What check does with a file of rows: in this process or shared among several, with the same output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from recordlint.commands import _options
from recordlint.commands.check.progress import Progress
from recordlint.errors import InputError
from recordlint.reporters import Format, Result
from recordlint.rows.blocks import ENOUGH, Job, Judging, Outcome, Task, too_large
from recordlint.rows.streams import BLOCK, LEAST, Block, Oversized, Pace, Rows, Stored, lines, open_rows, read_block

if TYPE_CHECKING:
    from recordlint.commands.check.run import Run
    from recordlint.definitions.target import Claim

Share = Callable[[Iterable[Task]], Iterator[tuple[Task, Outcome]]]
"""Tasks into what is found in them, in order."""

MANY: Final = 8 << 20
"""Bytes after which all cores are used, where no number of processes was asked for."""


def pieces(run: Run, path: str, named: str, claim: Claim, formats: Sequence[Format]) -> Iterator[Sequence[bytes]]:
    """What is written of a file's rows, in each format, a block at a time and in the order of the file.

    Raises:
        InputError: the file cannot be read, or not to its end; what came before is counted and shown.
        InternalError: a worker process died or failed.
    """
    plan = run.plan
    with ExitStack() as stack:
        pace = Pace()
        rows = stack.enter_context(open_rows(path, plan.max_size, pace))
        job = Job(
            run.validator,
            named,
            claim,
            plan.max_size,
            tuple(formats),
            plan.showing.redact,
            run.split is not None,
        )
        progress = stack.enter_context(Progress(rows.size))
        file = _File(run, job, rows, pace, stack)
        for entries in file.pieces():
            if any(entries):
                progress.hide()
            yield entries
            progress.show(rows.position() if rows.position else file.passed, run.counts)
        rows.verify()
        if run.split:
            run.split.end_file()


class _File:
    """The rows of one file, on their way."""

    def __init__(self, run: Run, job: Job, rows: Rows, pace: Pace, stack: ExitStack) -> None:
        self.run = run
        self.job = job
        self.pace = pace
        self.rows = rows
        self.stack = stack
        self.judging = Judging(job)
        self.line = 1
        """Of the next row."""
        self.passed = 0
        """Bytes of the rows before it."""
        self.told = False
        self.stopped_by: Oversized | InputError | None = None
        self.ended = False

    def pieces(self) -> Iterator[Sequence[bytes]]:
        blocks = self.rows.blocks
        jobs = self.run.plan.jobs
        if jobs is None and (self.rows.size or 0) > MANY:
            jobs = self.cores()
        elif jobs:
            jobs = min(jobs, self.blocks(LEAST) or jobs)
        share = self.among(jobs) if jobs and jobs > 1 else self.alone
        limit = None if jobs else MANY
        while not self.ended:
            for task, outcome in share(map(self.task, self.until(blocks, limit))):
                yield self.taken(task, outcome)
            if isinstance(self.stopped_by, InputError):
                raise self.stopped_by
            if self.stopped_by:
                yield self.skipped(self.stopped_by)
            elif not self.ended:
                limit = None
                share = self.among(self.cores()) if self.cores() > 1 else self.alone

    def until(self, blocks: Iterator[Block | Oversized], limit: int | None) -> Iterator[Block]:
        """Blocks up to what needs to be looked at before others: a long line, a fault, or so many bytes."""
        self.stopped_by = None
        passed = 0
        try:
            for block in blocks:
                if isinstance(block, Oversized):
                    self.stopped_by = block
                    return
                yield block
                passed += block.length if isinstance(block, Stored) else len(block)
                if limit is not None and passed > limit:
                    return
            self.ended = True
        except InputError as error:
            self.stopped_by = error

    def alone(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
        for task in tasks:
            _, results = self.judging(task)
            for outcome in results(self.line):
                yield task, outcome
            del results  # The rows make room for the next.

    def among(self, count: int) -> Share:
        from recordlint.rows.workers import workers

        pool = self.stack.enter_context(workers(self.judging, count))
        return lambda tasks: pool.map(tasks, self.line, self.rows.live)

    def cores(self) -> int:
        """As many as there are, and no more than have something to do."""
        from recordlint.rows.workers import cores

        return min(cores(), self.blocks(BLOCK) or cores())

    def blocks(self, size: int) -> int | None:
        """How many blocks of a size there are at most; None where that is not known, as of what is packed."""
        return None if self.rows.size is None or self.rows.position else self.rows.size // size + 1

    def task(self, block: Block) -> Task:
        return Task(block, self.room())

    def room(self) -> int | None:
        """How many violations may still be listed."""
        at_most = self.run.plan.showing.at_most
        return None if at_most is None else at_most - self.run.counts.listed

    def taken(self, task: Task, outcome: Outcome) -> Sequence[bytes]:
        """What is written of an outcome, which is counted."""
        run, room = self.run, self.room()
        if room is not None and outcome.counts.listed > room:
            # What came before has used up some of the room that there was when the block was handed out. With fewer
            # violations the report is no longer, so it comes in one piece again.
            rows = lines(self.data(task, outcome))
            (outcome,) = self.judging.outcomes(rows, room, self.line, outcome.start)
        self.line += outcome.lines
        self.passed += outcome.length
        run.counts = run.counts.plus(outcome.counts)
        if outcome.unjudged:
            run.unreadable = True
            if not self.told:
                self.told = True
                _options.say(outcome.unjudged)
        for fault in outcome.faults:
            run.faulty = True
            _options.say(fault)
        if run.split:
            run.split.add(self.data(task, outcome), outcome)
        self.pace.adapt(outcome.length, sum(map(len, outcome.entries)), ENOUGH)
        return outcome.entries

    def data(self, task: Task, outcome: Outcome) -> bytes:
        """The bytes of an outcome's rows."""
        return read_block(task.block, outcome.start, outcome.length)

    def skipped(self, line: Oversized) -> Sequence[bytes]:
        """What is written of a row that is too long to be read."""
        for piece in line.pieces:
            self.passed += len(piece)
            if self.run.split:
                self.run.split.add_invalid(piece)
        report = too_large(self.job).at_line(self.line)
        shown = self.run.shown(Result(self.job.path, report, line=self.line), self.job.formats)
        self.line += 1
        return shown
