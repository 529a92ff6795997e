"""How check and convert have the rows of a table checked, by one process or by several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from recordlint.commands import _options

if TYPE_CHECKING:
    from recordlint.commands.check.progress import Progress
    from recordlint.commands.check.tally import Tally
    from recordlint.tables.pages import TableJob, TablePage, TableTask
    from recordlint.tables.preparing import Source


def pages(
    source: Source,
    job: TableJob,
    jobs: int | None,
    room: Callable[[], int | None],
    say: Callable[[Sequence[str]], None],
) -> Iterator[TablePage]:
    """The rows of a table, checked, some at a time, in their order.

    Args:
        source: the table.
        job: how its rows are checked.
        jobs: how many processes check them; None for as many as are of use.
        room: how many violations may still be listed.
        say: is told how the file was read, when it has been read.

    Raises:
        InputError: the file cannot be read to its end, or has another header by now.
        InternalError: a worker process died or failed.
    """
    from recordlint.files.lines import changed
    from recordlint.tables.pages import TableChecker, TableTask
    from recordlint.tables.preparing import opened

    check = TableChecker(job)
    with ExitStack() as stack:
        file = stack.enter_context(opened(source))
        if file.layout != job.layout:
            raise changed(source.name)
        tasks = (TableTask(block, room()) for block in file.blocks())
        for task, page in _checked(stack, check, tasks, _count(jobs, file.size, bool(file.layout.delimiter))):
            allowed = room()
            if allowed is not None and page.counts.listed > allowed:
                # Rows before it have used up room that there was when the block was handed out.
                (page,) = check(task._replace(room=allowed))
            yield page
        file.verify()
        say(file.notes())


def tallied(checked: Iterable[TablePage], tally: Tally, progress: Progress) -> Iterator[TablePage]:
    """The same pages, each counted before it is handed out; progress is out of the way of what is printed of it."""
    for page in checked:
        if any(page.entries):
            progress.hide()
        tally.counts = tally.counts.plus(page.counts)
        tally.groups.add(page.groups)
        for fault in page.faults:
            tally.say_fault(fault)
        yield page
        progress.show(0, tally.counts, 0)


def _count(jobs: int | None, size: int | None, is_text: bool) -> int:
    """How many processes: XLSX and Parquet files are read by one, which takes most of the time."""
    from recordlint.commands.check.jobs import choose_jobs, count_cores

    if not is_text and jobs is None:
        return 1
    return choose_jobs(jobs, cores=count_cores(), size=size, is_packed=size is None, checked=0)


def _checked(
    stack: ExitStack, check: Any, tasks: Iterator[TableTask], count: int
) -> Iterator[tuple[TableTask, TablePage]]:
    if count > 1:
        from recordlint.rows.workers import workers

        yield from stack.enter_context(workers(check, count)).map(tasks)
        return
    for task in tasks:
        for page in check(task):
            yield task, page


def say_notes(path: str, notes: Sequence[str], *, said: set[str]) -> None:
    """Say on standard error how a file was read, each sentence once."""
    for note in notes:
        if note not in said:
            said.add(note)
            _options.say(f"{path}: {note}")
