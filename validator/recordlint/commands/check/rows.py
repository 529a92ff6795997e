"""How check reads a file of rows: in this process or shared among several, with the same output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Protocol

from recordlint.commands.check.jobs import choose_jobs, count_cores
from recordlint.commands.check.plan import Plan
from recordlint.commands.check.progress import Progress
from recordlint.commands.check.tally import Tally
from recordlint.errors import InputError
from recordlint.reporters import Result
from recordlint.rows.blocks import ENOUGH, BlockChecker
from recordlint.rows.outcomes import Fixes, Outcome, Task
from recordlint.rows.pages import too_large
from recordlint.rows.streams import Block, Oversized, Pace, Rows, count_lines, lines, open_rows, read_block


class Sink(Protocol):
    """Takes the rows of a file, in order."""

    def add(self, outcome: Outcome, read: Callable[[], bytes], /) -> None:
        """Take the rows of an outcome, which `read` returns as they were."""

    def add_invalid(self, data: bytes, /) -> None:
        """Take a piece of a row that is too long to be read."""

    def end_file(self) -> None:
        """Take no more rows of this file. All of them are checked."""


def pieces(path: str, results: Results) -> Iterator[Sequence[bytes]]:
    """What each format writes about a file's rows, some rows at a time, in the order of the file.

    Raises:
        InputError: the file cannot be read, or not to its end. What comes before is counted and written.
        InternalError: a worker process died or failed.
    """
    with ExitStack() as stack:
        rows = stack.enter_context(open_rows(path, results.check.job.longest, results.pace))
        progress = stack.enter_context(Progress(rows.size))
        tally = results.tally
        for entries in _entries(rows, results, stack):
            if any(entries):
                progress.hide()
            yield entries
            position = rows.position() if rows.position else results.passed
            progress.show(position, tally.counts, tally.fixed + results.fixes.applied)
        rows.verify()
    # By now the file is closed: not every system replaces one that is open.
    if results.sink and not results.is_incomplete:
        results.sink.end_file()


def _entries(rows: Rows, results: Results, stack: ExitStack) -> Iterator[Sequence[bytes]]:
    """What each format writes, from the first row to the last."""
    check, asked = results.check, results.plan.jobs
    size, is_packed = rows.size, rows.position is not None
    cores = count_cores()

    def jobs() -> int:
        return choose_jobs(asked, cores=cores, size=size, is_packed=is_packed, checked=results.passed)

    source = _Source(rows.blocks)
    pool = None
    while not source.has_ended:
        count = jobs()
        tasks = source.tasks(count, jobs, results)
        if count > 1:
            if pool is None:
                from recordlint.rows.workers import workers

                pool = stack.enter_context(workers(check, count))
            checked = pool.map(tasks, rows.live)
        else:
            checked = _check_here(check, tasks)
        for task, outcome in checked:
            yield results.add(task, outcome)
        if isinstance(source.stopped_by, InputError):
            raise source.stopped_by
        if source.stopped_by:
            yield results.add_oversized(source.stopped_by)


def _check_here(check: BlockChecker, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
    for task in tasks:
        for outcome in check(task):
            yield task, outcome


class _Source:
    """The blocks of a file as tasks, up to what has to wait until all rows before it are checked.

    Attributes:
        stopped_by: a long line, or a fault of the file, that ended the last tasks.
        has_ended: whether the file has no more rows.
    """

    def __init__(self, blocks: Iterator[Block | Oversized]) -> None:
        self.blocks = blocks
        self.stopped_by: Oversized | InputError | None = None
        self.has_ended = False

    def tasks(self, count: int, jobs: Callable[[], int], results: Results) -> Iterator[Task]:
        """The tasks that come next.

        Args:
            count: how many processes check them.
            jobs: how many should, by now. The tasks end when that is another number.
            results: of the tasks so far.
        """
        self.stopped_by = None
        line = results.line
        try:
            for block in self.blocks:
                if isinstance(block, Oversized):
                    self.stopped_by = block
                    return
                yield Task(block, line, results.room())
                if jobs() != count:
                    return
                # A block is checked by now if it is checked here. Otherwise its lines are counted before it is.
                line = results.line if count == 1 else line + count_lines(block)
            self.has_ended = True
        except InputError as error:
            self.stopped_by = error


class Results:
    """Counts outcomes in the order of the file, and passes them on.

    Attributes:
        line: the line number of the next row.
        passed: bytes of the rows so far.
        fixes: what was fixed so far, and what could be.
        is_incomplete: whether a row could not be checked.
    """

    def __init__(self, check: BlockChecker, plan: Plan, tally: Tally, sink: Sink | None) -> None:
        self.check = check
        self.plan = plan
        self.tally = tally
        self.sink = sink
        self.pace = Pace()
        self.line = 1
        self.passed = 0
        self.fixes = Fixes()
        self.is_incomplete = False
        self.has_said_unchecked = False

    def room(self) -> int | None:
        """How many violations may still be listed."""
        return self.tally.room(self.plan.showing)

    def add(self, task: Task, outcome: Outcome) -> Sequence[bytes]:
        """What each format writes about an outcome."""
        room = self.room()
        if room is not None and outcome.counts.listed > room:
            # Rows before it have used up room that there was when the block was handed out. With fewer violations the
            # report is no longer, so it comes in one piece again.
            rows = lines(_bytes_of(task, outcome))
            (outcome,) = self.check.outcomes(rows, room, self.line, outcome.start)
        self.line += outcome.lines
        self.passed += outcome.length
        self.tally.add(outcome)
        self.fixes = self.fixes.plus(outcome.fixes)
        if outcome.unchecked or outcome.faults:
            self.is_incomplete = True
        if outcome.unchecked and not self.has_said_unchecked:
            self.has_said_unchecked = True
            self.tally.say_unreadable(outcome.unchecked)
        for fault in outcome.faults:
            self.tally.say_fault(fault)
        if self.sink:
            self.sink.add(outcome, partial(_bytes_of, task, outcome))
        fixed = sum([len(aside.fixed) for aside in outcome.aside if aside.fixed is not None])
        self.pace.adapt(outcome.length, fixed + sum(map(len, outcome.entries)), ENOUGH)
        return outcome.entries

    def add_oversized(self, row: Oversized) -> Sequence[bytes]:
        """What each format writes about a row that is too long to be read."""
        for piece in row.pieces:
            self.passed += len(piece)
            if self.sink:
                self.sink.add_invalid(piece)
        job = self.check.job
        report = too_large(job).at_line(self.line)
        result = Result(job.path, job.held.without_known(report) if job.held else report, line=self.line)
        self.line += 1
        return self.tally.show(result, self.plan.showing, job.formats)


def _bytes_of(task: Task, outcome: Outcome) -> bytes:
    """The rows of an outcome."""
    return read_block(task.block, outcome.start, outcome.length)
