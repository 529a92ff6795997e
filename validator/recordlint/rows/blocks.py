"""The rows of a block checked: how many are valid, and what each report says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from recordlint.checking.report import Report
from recordlint.checking.rows import RowChecker
from recordlint.definitions.target import Claim
from recordlint.reporters import Result
from recordlint.rows.outcomes import Job, Outcome, Task
from recordlint.rows.pages import Page
from recordlint.rows.streams import lines, read_block

if TYPE_CHECKING:
    from recordlint.checking.regressions import Regressions

ENOUGH: Final = 4 << 20
"""Bytes of a report that are held before they are passed on."""


class BlockChecker:
    """Checks blocks of one file. It can be sent to another process."""

    def __init__(self, job: Job) -> None:
        self.job: Final = job

    def __reduce__(self) -> tuple[type[BlockChecker], tuple[Job]]:
        return BlockChecker, (self.job,)

    @cached_property
    def _rows(self) -> RowChecker | Regressions:
        job = self.job
        if job.before is not None:
            from recordlint.checking.regressions import Regressions

            return Regressions(job.before, job.checkers, job.claim, warnings=job.warns)
        return RowChecker(job.checkers, job.claim, job.records.find if job.records else None)

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
        page = Page(self.job, self._rows, room, line, start)
        is_clean, longest, done = self._is_clean, self.job.longest, 0
        for index, row in enumerate(rows):
            try:
                if len(row) <= longest and is_clean(row):
                    continue
            except Exception:  # noqa: S110 - the close look meets the same fault and reports it
                pass
            page.add_clean(rows[done:index])
            page.look_closely(row)
            done = index + 1
            if page.size > ENOUGH:
                yield page.outcome()
                page = page.next()
        page.add_clean(rows[done:])
        if page.line > page.first_line:
            yield page.outcome()


def _never(data: bytes) -> bool:
    return False
