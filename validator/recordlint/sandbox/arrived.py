"""What came in, for tests to ask."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from recordlint.jsontext.parse import Unreadable, read_json
from recordlint.sandbox.answers import Answer

KEPT: Final = 1_000
"""How many requests are kept."""
BYTES: Final = 64 * 1024 * 1024
"""How many bytes of bodies are kept."""
_SECRET: Final = frozenset({"authorization", "cookie", "proxy-authorization"})


class Call(NamedTuple):
    """A request."""

    method: str
    url: str
    """The path and the query, as they were sent."""
    path: str
    """The path, decoded."""
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """By names in lower case."""
    body: bytes
    parameters: Mapping[str, str] = {}
    """The parts of the path that have names."""


class _Kept(NamedTuple):
    """A request and what became of it. The answer is not kept: a page of records can be larger than all requests."""

    call: Call
    status: int
    rules: Sequence[str]
    quirks: Sequence[str]


class Arrived:
    """The last requests and how they were answered."""

    def __init__(self) -> None:
        self._listed: deque[_Kept] = deque()
        self._bytes = 0
        self._omitted = 0

    def add(self, call: Call, answer: Answer) -> None:
        """Keep a request, and drop the oldest where there are too many."""
        self._listed.append(_Kept(call, answer.status, [each.rule for each in answer.violations], answer.quirks))
        self._bytes += len(call.body)
        while len(self._listed) > KEPT or (self._bytes > BYTES and len(self._listed) > 1):
            self._bytes -= len(self._listed.popleft().call.body)
            self._omitted += 1

    def clear(self) -> None:
        """Drop all."""
        self.__init__()  # type: ignore[misc] # as it began

    def listed(self) -> dict[str, Any]:
        """All that are kept, the oldest first, without what is secret."""
        return {"requests": [_request(each) for each in self._listed], "omitted": self._omitted}


def _request(kept: _Kept) -> dict[str, Any]:
    call = kept.call
    return {
        "method": call.method,
        "path": call.path,
        "query": dict(call.query),
        "headers": {name: value for name, value in call.headers.items() if name not in _SECRET},
        "body": _body(call.body),
        "status": kept.status,
        "rules": kept.rules,
        "quirks": list(kept.quirks),
    }


def _body(data: bytes) -> Any:
    """The body's value; its text where it is not JSON as `check` reads it, None where there is none.

    What another parser takes as well, as a number past a double's, could not be listed as JSON.
    """
    if not data:
        return None
    try:
        return read_json(data)
    except Unreadable:
        return data.decode("utf-8", "replace")
