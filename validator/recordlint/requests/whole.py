"""A whole request in a file: an object with `method` and `url`, as clients, tools and tests write one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from recordlint.problems.pointers import Path

BODIES: Final = ("body", "data", "json")
"""The members that hold a body, the first that is an object or JSON text."""
QUERIES: Final = ("params", "qs", "query")
"""The members that hold parameters of the query, beside those in the URL."""


class WholeRequest(NamedTuple):
    """A request as a file has it."""

    method: str
    url: str
    headers: object
    queries: Mapping[str, object]
    """What the members of the query hold, by their names."""
    body_path: Path
    """Where the body is; empty if there is none."""
    body: Any
    """A string is the body's JSON text."""


def is_request(value: Any) -> bool:
    """Whether a file's value is a whole request: an object with a string `method` and a string `url`."""
    return isinstance(value, dict) and isinstance(value.get("method"), str) and isinstance(value.get("url"), str)


def read_whole(value: Mapping[str, Any]) -> WholeRequest:
    """The parts of a whole request."""
    names = [name for name in BODIES if isinstance(value.get(name), dict | str)]
    names += [name for name in BODIES[:2] if name in value]
    return WholeRequest(
        value["method"],
        value["url"],
        value.get("headers"),
        {name: value[name] for name in QUERIES if name in value},
        tuple(names[:1]),
        value[names[0]] if names else None,
    )
