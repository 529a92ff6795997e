"""Results that a run computes only once, since rows from one source have the same wrong values.

A long-lived process must not keep values of payloads, so nothing is remembered outside a run or after it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

AT_MOST: Final = 8_192
"""How many results a run keeps."""
OF_A_KIND: Final = 1_024
"""How many of them are of one kind, so that a field whose values all differ leaves room for others."""

_NONE: Final = object()


class RunMemory:
    """The results of one run.

    Attributes:
        results: by kind, such as the words about one field, and within a kind by what was asked.
        room: how many more are kept.
    """

    __slots__ = ("results", "room")

    def __init__(self) -> None:
        self.results: Final[dict[Hashable, dict[Hashable, Any]]] = {}
        self.room = AT_MOST


_current: Final[ContextVar[RunMemory | None]] = ContextVar("run_memory", default=None)


class remembering:  # noqa: N801 - it is used as a function
    """A context in which results are kept in a memory, and looked up there."""

    __slots__ = ("_memory", "_token")

    def __init__(self, memory: RunMemory) -> None:
        self._memory = memory

    def __enter__(self) -> None:
        self._token = _current.set(self._memory)

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)


def remember(kind: Hashable, key: Hashable, function: Callable[P, R], *arguments: P.args, **options: P.kwargs) -> R:
    """The result of a pure function, which a run asks once.

    Args:
        kind: what kind of result it is.
        key: what it depends on, within its kind.
        function: called where the result is not known.
        *arguments: what it is called with.
        **options: the same.
    """
    memory = _current.get()
    if memory is None:
        return function(*arguments, **options)
    results = memory.results.get(kind)
    if results is None:
        results = memory.results[kind] = {}
    result: R | Any = results.get(key, _NONE)
    if result is _NONE:
        result = function(*arguments, **options)
        if memory.room and len(results) < OF_A_KIND:
            memory.room -= 1
            results[key] = result
    return result


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Make a run remember the results of a pure function with hashable arguments."""

    @wraps(function)
    def lookup(*arguments: P.args, **options: P.kwargs) -> R:
        return remember(function, (arguments, *options.items()), function, *arguments, **options)

    return lookup
