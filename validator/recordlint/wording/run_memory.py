"""What is worked out once in a run: rows from one source hold the same wrong texts.

A long-lived process must keep no text of a payload, so nothing is remembered outside a run, and nothing after it.
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
"""Results of one function that a run keeps."""

RunMemory = dict[tuple[Any, ...], Any]
"""The results of a run's calls, by function and arguments."""

_current: Final[ContextVar[RunMemory | None]] = ContextVar("run_memory", default=None)


@contextmanager
def remembering(memory: RunMemory) -> Iterator[None]:
    """Within it, functions that are `remembered` look up and keep their results in this memory."""
    token = _current.set(memory)
    try:
        yield
    finally:
        _current.reset(token)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """A pure function of hashable arguments whose results a run remembers."""

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
