"""Tasks shared among processes, with the results in the order of the tasks."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final, Generic, NamedTuple, TypeVar

from recordlint.errors import InternalError, RecordlintError, describe

Task = TypeVar("Task")
Done = TypeVar("Done")

Work = Callable[[Task], Iterable[Done]]
"""What is done to a task: it gives results one by one."""

HELD: Final = 4
"""Results that wait for those before them, at most; each worker may have one more under way."""


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection


class _Raised(NamedTuple):
    """A worker's message: the work raised this."""

    error: RecordlintError


class _Finished(NamedTuple):
    """A worker's message: the task has no more results."""


class _Turn(Generic[Task, Done]):
    """A task that a worker has."""

    def __init__(self, worker: _Worker, task: Task) -> None:
        self.worker = worker
        self.task = task
        self.results: deque[Done] = deque()
        self.is_over = False
        self.error: RecordlintError | None = None
        # A dead worker shows when its result is read.
        with suppress(BrokenPipeError, ConnectionResetError):
            worker.pipe.send(task)

    def receive(self) -> None:
        """Take the worker's next message."""
        try:
            message = self.worker.pipe.recv()
        except (EOFError, OSError):
            self.worker.process.join(5)
            code = self.worker.process.exitcode
            message = _Raised(InternalError(f"a worker process ended by itself (exit code {code})"))
        if isinstance(message, _Raised):
            self.error = message.error
            self.is_over = True
        elif isinstance(message, _Finished):
            self.is_over = True
        else:
            self.results.append(message)


class Workers(Generic[Task, Done]):
    """Processes that do the same work. Each gets its next task as soon as it is done with the last."""

    def __init__(self, work: Work[Task, Done], count: int) -> None:
        context = get_context()
        forks = context.get_start_method() == "fork"
        self._workers: Final[list[_Worker]] = []
        for _ in range(count):
            ours, theirs = context.Pipe()
            # No other process may hold an end of this pipe, so that each side sees at once when the other is gone.
            inherited = [*[worker.pipe for worker in self._workers], ours] if forks else []
            process = context.Process(target=_serve, args=(theirs, work, inherited), daemon=True)
            with _signals_blocked():
                process.start()
            theirs.close()
            self._workers.append(_Worker(process, ours))

    def map(self, tasks: Iterable[Task], live: int | None = None) -> Iterator[tuple[Task, Done]]:
        """Each task with its results, in the order of the tasks.

        Args:
            tasks: read when a worker is free. A task that cannot be read ends the map at once.
            live: the descriptor that tasks are read from, where the next may be long in coming: results do not wait
                for it.

        Raises:
            RecordlintError: the work raised it. InternalError if it raised anything else, or if a worker died. By then
                all results before it have come.
        """
        remaining = iter(tasks)
        idle = deque(self._workers)
        turns: deque[_Turn[Task, Done]] = deque()
        is_last = False
        while True:
            while idle and not is_last and _held(turns) < HELD and (not turns or _is_ready(live)):
                is_last = True
                for task in remaining:
                    turns.append(_Turn(idle.popleft(), task))
                    is_last = False
                    break
            if not turns:
                return
            first = turns[0]
            while first.results:
                yield first.task, first.results.popleft()
            if first.is_over:
                if first.error:
                    raise first.error
                turns.popleft()
                continue
            awaits_task = bool(idle) and not is_last
            for turn in _with_messages(turns, live if awaits_task else None):
                turn.receive()
                if turn.is_over:
                    idle.append(turn.worker)
                    is_last = is_last or turn.error is not None

    def stop(self) -> None:
        """End all processes, whatever they are doing."""
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()


@contextmanager
def workers(work: Work[Task, Done], count: int) -> Iterator[Workers[Task, Done]]:
    """Processes that end with the `with` block, however it ends.

    Args:
        work: done to each task. It, the tasks and the results can be pickled.
        count: how many processes.
    """
    pool: Workers[Task, Done] = Workers(work, count)
    try:
        yield pool
    finally:
        pool.stop()


def _held(turns: Iterable[_Turn[Any, Any]]) -> int:
    """How many results wait for their turn."""
    return sum([len(turn.results) for turn in turns])


def _is_ready(live: int | None) -> bool:
    """Whether the next task can be read without waiting, as far as the system tells."""
    return live is None or (os.name == "posix" and bool(wait([live], 0)))


def _with_messages(turns: deque[_Turn[Task, Done]], live: int | None) -> Iterator[_Turn[Task, Done]]:
    """The turns whose workers have sent something; none if `live` has something to read before that.

    The first turn is always among those that are waited for. The others wait while enough results are held.
    """
    has_room = _held(turns) < HELD
    by_pipe = {turn.worker.pipe: turn for turn in turns if turn is turns[0] or (has_room and not turn.is_over)}
    sources: list[Any] = [*by_pipe]
    if live is not None and has_room and os.name == "posix":
        sources.append(live)
    for source in wait(sources):
        turn = by_pipe.get(source) if isinstance(source, Connection) else None
        if turn and (turn is turns[0] or _held(turns) < HELD):
            yield turn


_SIGNALS: Final = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Signals wait meanwhile, where the system can block them; a process that is forked starts with them blocked."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, work: Work[Any, Any], inherited: list[Connection]) -> None:
    """What a worker does until its pipe is closed or its parent is gone."""
    for each in inherited:
        each.close()
    # Ctrl-C reaches the whole group, and the parent decides what happens to this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "SIGHUP"):  # reaches the whole group, too
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    with suppress(EOFError, OSError):
        while True:
            for message in _messages(pipe.recv(), work):
                pipe.send(message)


def _messages(task: Any, work: Work[Any, Any]) -> Iterator[object]:
    """What a worker answers to a task."""
    try:
        yield from work(task)
    except RecordlintError as error:
        yield _Raised(error)
    except Exception as error:
        yield _Raised(InternalError(describe(error)))
    else:
        yield _Finished()
