"""Results that a run computes only once, since rows from one source have the same wrong texts.

A long-lived process must not keep texts of payloads, so nothing is remembered outside a run or after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

AT_MOST: Final = 2_048
"""How many results of one function a run keeps."""

RunMemory = dict[tuple[Any, ...], Any]
"""The results of a run's calls, by function and arguments."""

_current: Final[ContextVar[RunMemory | None]] = ContextVar("run_memory", default=None)


@contextmanager
def remembering(memory: RunMemory) -> Iterator[None]:
    """A context in which `remembered` functions keep their results in this memory, and look them up there."""
    token = _current.set(memory)
    try:
        yield
    finally:
        _current.reset(token)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Make a run remember the results of a pure function with hashable arguments."""

    @wraps(function)
    def lookup(*arguments: P.args, **options: P.kwargs) -> R:
        memory = _current.get()
        if memory is None or options:
            return function(*arguments, **options)
        results = memory.setdefault((function,), {})
        try:
            result: R = results[arguments]
        except KeyError:
            result = function(*arguments, **options)
            if len(results) < AT_MOST:
                results[arguments] = result
        return result

    return lookup
