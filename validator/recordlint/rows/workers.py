"""Work shared among processes, its results in the order of the tasks."""

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

Work = Callable[[Task], tuple[int, Callable[[int], Iterable[Done]]]]
"""What is done to a task: first how many units it holds, then, told how many were before it, its results one by one.

So the tasks can be counted while they are worked on, and not before.
"""


HELD: Final = 4
"""Results that are held at most until those before them have come, but for one more of each worker."""


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return min(os.cpu_count() or 1, 60)  # Windows waits for 63 things at a time.


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection


class _Raised(NamedTuple):
    """What the work raised."""

    error: RecordlintError


class _Finished(NamedTuple):
    """A task has no more results."""


class _Turn(Generic[Task, Done]):
    """A task that was handed out."""

    def __init__(self, worker: _Worker, task: Task) -> None:
        self.worker = worker
        self.task = task
        self.units: int | None = None
        self.is_told = False
        """Whether the worker knows how many units came before."""
        self.results: deque[Done] = deque()
        self.is_over = False
        self.error: RecordlintError | None = None

    def receive(self) -> None:
        """Take what its worker says next."""
        try:
            said = self.worker.pipe.recv()
        except (EOFError, OSError):
            self.worker.process.join(5)
            code = self.worker.process.exitcode
            said = _Raised(InternalError(f"a worker process ended by itself (exit code {code})"))
        if isinstance(said, _Raised):
            self.error = said.error
            self.is_over = True
        elif isinstance(said, _Finished):
            self.is_over = True
        elif self.units is None:
            self.units = said
        else:
            self.results.append(said)


class Workers(Generic[Task, Done]):
    """Processes that do one thing to tasks, each as soon as it is done with its last."""

    def __init__(self, work: Work[Task, Done], count: int) -> None:
        context = get_context()
        forks = context.get_start_method() == "fork"
        self._workers: Final[list[_Worker]] = []
        for _ in range(count):
            ours, theirs = context.Pipe()
            # A process alone holds its end of a pipe, so that each sees at once that the other is gone.
            inherited = [*[worker.pipe for worker in self._workers], ours] if forks else []
            process = context.Process(target=_serve, args=(theirs, work, inherited), daemon=True)
            with _undisturbed():
                process.start()
            theirs.close()
            self._workers.append(_Worker(process, ours))

    def map(self, tasks: Iterable[Task], before: int, live: int | None = None) -> Iterator[tuple[Task, Done]]:
        """The results of each task, with it, in order.

        Args:
            tasks: taken when there is a worker for the next.
            before: how many units there were before the first.
            live: what tasks are read from, where they may be long in coming: results do not wait for the next.

        Raises:
            RecordlintError: what the work raised; InternalError where it raised anything else, or a worker died. The
                results of all tasks before that one have come by then.
        """
        ahead = iter(tasks)
        idle = deque(self._workers)
        turns: deque[_Turn[Task, Done]] = deque()
        is_last = False
        while True:
            while idle and not is_last and _held(turns) < HELD and (not turns or _is_there(live)):
                for task in ahead:
                    worker = idle.popleft()
                    turns.append(_Turn(worker, task))
                    _sent(worker, task)
                    break
                else:
                    is_last = True
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
            # The others may wait with what they have, where that is much already.
            has_room = _held(turns) < HELD
            heard = {turn.worker.pipe: turn for turn in turns if not turn.is_over} if has_room else {}
            heard[first.worker.pipe] = first
            sources: list[Any] = [*heard]
            if live is not None and idle and has_room and not is_last and os.name == "posix":
                sources.append(live)
            for pipe in wait(sources):
                turn = heard.get(pipe) if isinstance(pipe, Connection) else None
                if turn and (turn is first or _held(turns) < HELD):
                    turn.receive()
                    if turn.is_over:
                        idle.append(turn.worker)
                        is_last = is_last or turn.error is not None
            for turn in turns:
                if not turn.is_told:
                    if turn.units is None:
                        break
                    _sent(turn.worker, before)
                    turn.is_told = True
                    before += turn.units

    def stop(self) -> None:
        """End all processes, whatever they are doing."""
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()


@contextmanager
def workers(work: Work[Task, Done], count: int) -> Iterator[Workers[Task, Done]]:
    """So many processes, which are gone when the block ends, however it ends.

    Args:
        work: done to each task; it, the tasks and the results can be pickled.
        count: how many processes.
    """
    made: Workers[Task, Done] = Workers(work, count)
    try:
        yield made
    finally:
        made.stop()


_SIGNALS: Final = frozenset((signal.SIGINT, signal.SIGTERM))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals wait in the meantime, where they can, and so they do in a process that is made by a fork."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_there(live: int | None) -> bool:
    """Whether the next task can be had at once, as far as that can be told."""
    return live is None or (os.name == "posix" and bool(wait([live], 0)))


def _held(turns: Iterable[_Turn[Any, Any]]) -> int:
    """How many results wait for their turn."""
    return sum([len(turn.results) for turn in turns])


def _sent(worker: _Worker, task: object) -> None:
    # A worker that is gone is found out when its result is asked for.
    with suppress(BrokenPipeError, ConnectionResetError):
        worker.pipe.send(task)


def _serve(pipe: Connection, work: Work[Any, Any], inherited: list[Connection]) -> None:
    """What a worker does until its pipe is closed, or its parent is gone."""
    for each in inherited:
        each.close()
    # Ctrl-C reaches the whole group; the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    with suppress(EOFError, OSError):
        while True:
            for message in _answers(pipe.recv(), work, pipe.recv):
                pipe.send(message)


def _answers(task: Any, work: Work[Any, Any], told: Callable[[], int]) -> Iterator[object]:
    """What a worker says to a task: how much it holds and, once told how much came before, its results."""
    try:
        units, results = work(task)
        yield units
        yield from results(told())
    except RecordlintError as error:
        yield _Raised(error)
    except Exception as error:
        yield _Raised(InternalError(describe(error)))
    else:
        yield _Finished()
