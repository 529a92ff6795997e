"""What check does with a file of rows: in this process or shared among several, with the same output."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from recordlint.commands import _options
from recordlint.commands._progress import Progress
from recordlint.errors import InputError
from recordlint.reporters import Format, Result
from recordlint.rows import Job, Judging, Outcome, Task, too_large
from recordlint.streams import Block, Oversized, Rows, Stored, open_rows

if TYPE_CHECKING:
    from recordlint.commands._run import Claim, Run

Share = Callable[[Iterable[Block]], Iterator[tuple[Block, Outcome]]]
"""Blocks into what is found in them, in order."""

MANY: Final = 8 << 20
"""Bytes after which all cores are used, where no number of processes was asked for."""


def pieces(run: Run, path: str, named: str, claim: Claim, formats: Sequence[Format]) -> Iterator[Sequence[str]]:
    """What is written of a file's rows, in each format, a block at a time and in the order of the file.

    Raises:
        InputError: the file cannot be read, or not to its end; what came before is counted and shown.
        InternalError: a worker process died or failed.
    """
    plan = run.plan
    with ExitStack() as stack:
        rows = stack.enter_context(open_rows(path, plan.max_size))
        job = Job(
            run.validator,
            named,
            claim.object,
            claim.operation,
            plan.max_size,
            tuple(formats),
            plan.showing.redact,
            run.split is not None,
        )
        progress = stack.enter_context(Progress(rows.size))
        for entries in _File(run, job, rows, stack).pieces(rows.blocks):
            if any(entries):
                progress.hide()
            yield entries
            progress.show(rows.position(), run.counts)
        if run.split:
            run.split.end_file()


class _File:
    """The rows of one file, on their way."""

    def __init__(self, run: Run, job: Job, rows: Rows, stack: ExitStack) -> None:
        self.run = run
        self.job = job
        self.stored = rows.stored
        self.stack = stack
        self.judging = Judging(job)
        self.told = False
        self.stopped_by: Oversized | InputError | None = None
        self.ended = False

    def pieces(self, blocks: Iterator[Block | Oversized]) -> Iterator[Sequence[str]]:
        jobs = self.run.plan.jobs
        share = self.among(jobs) if jobs and jobs > 1 else self.alone
        limit = None if jobs else MANY
        while not self.ended:
            for block, outcome in share(self.until(blocks, limit)):
                yield self.taken(block, outcome)
            if isinstance(self.stopped_by, InputError):
                raise self.stopped_by
            if self.stopped_by:
                yield self.skipped(self.stopped_by)
            elif not self.ended:
                from recordlint.workers import cores

                limit = None
                share = self.among(cores()) if cores() > 1 else self.alone

    def until(self, blocks: Iterator[Block | Oversized], limit: int | None) -> Iterator[Block]:
        """Blocks up to what needs to be looked at before others: a long line, a fault, or so many bytes."""
        self.stopped_by = None
        try:
            for block in blocks:
                if isinstance(block, Oversized):
                    self.stopped_by = block
                    return
                yield block
                if limit is not None and block.start + len(block.data) > limit:
                    return
            self.ended = True
        except InputError as error:
            self.stopped_by = error

    def alone(self, blocks: Iterable[Block]) -> Iterator[tuple[Block, Outcome]]:
        for block in blocks:
            yield block, self.judging(self.task(block, block.data))

    def among(self, count: int) -> Share:
        from recordlint.workers import workers

        pool = self.stack.enter_context(workers(self.judging, count))

        def share(blocks: Iterable[Block]) -> Iterator[tuple[Block, Outcome]]:
            waiting: deque[Block] = deque()

            def tasks() -> Iterator[Task]:
                for block in blocks:
                    waiting.append(block)
                    yield self.task(block, self.stored(block) if self.stored else block.data)

            for outcome in pool.map(tasks()):
                yield waiting.popleft(), outcome

        return share

    def task(self, block: Block, data: bytes | Stored) -> Task:
        return Task(block.line, data, self.room())

    def room(self) -> int | None:
        """How many violations may still be listed."""
        at_most = self.run.plan.showing.at_most
        return None if at_most is None else at_most - self.run.counts.listed

    def taken(self, block: Block, outcome: Outcome) -> Sequence[str]:
        """What is written of a block, which is counted."""
        run, room = self.run, self.room()
        if room is not None and outcome.counts.listed > room:
            # What came before has used up some of the room that there was when the block was handed out.
            outcome = self.judging(self.task(block, block.data))
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
            run.split.add(block.data, outcome)
        return outcome.entries

    def skipped(self, line: Oversized) -> Sequence[str]:
        """What is written of a row that is too long to be read."""
        for piece in line.pieces:
            if self.run.split:
                self.run.split.add_invalid(piece)
        report = too_large(self.job).at_line(line.line)
        return self.run.shown(Result(self.job.path, report, line=line.line), self.job.formats)
