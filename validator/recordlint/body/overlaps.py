"""Whether an otherwise clean body names one thing twice, which JSON Schema cannot say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recordlint.body.users import USERS
from recordlint.definitions.model import ObjectDefinition


def body_overlaps(definition: ObjectDefinition) -> Callable[[Any], bool]:
    """A function of a clean body: whether a delta names a value in both halves, or a file field one URL twice."""
    deltas = tuple([key for key, holds_files in definition.deltas.items() if not holds_files])
    files = tuple([key for key, holds_files in definition.deltas.items() if holds_files])

    # Called for each of millions of bodies, so it is fast rather than short.
    def overlaps(body: Any) -> bool:
        properties = body.get("properties") or {}
        if len(body) > 1 or not properties:
            for key in USERS:
                if key in body and delta_overlaps(body[key]):
                    return True
        for key in deltas:
            if key in properties and delta_overlaps(properties[key]):
                return True
        for key in files:  # noqa: SIM110 - a generator costs more
            if key in properties and properties[key] and names_file_twice(properties[key]):
                return True
        return False

    return overlaps


def delta_overlaps(value: Any) -> bool:
    """Whether a clean value, if it is a delta, names one in both halves."""
    return type(value) is dict and len(value) > 1 and not set(value["add"]).isdisjoint(value["remove"])


def names_file_twice(value: Any) -> bool:
    """Whether a clean delta or array of files names one URL twice."""
    parts = value.values() if type(value) is dict else (value,)
    urls = [item["url"] for part in parts for item in part]
    return len(urls) > 1 and len(set(urls)) < len(urls)
