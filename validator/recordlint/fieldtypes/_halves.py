"""The halves of a delta, as schemas see them. What is wrong with one is said by `_deltas`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema

ADD: Final = "add"
REMOVE: Final = "remove"


def in_each_array(schema: Schema, operation: Operation, halves: Sequence[str] = (ADD, REMOVE)) -> Schema:
    """A schema of arrays, for the plain array or for these halves of a delta."""
    return schema if operation.multi_value == "array" else {"properties": dict.fromkeys(halves, schema)}


def delta_overlaps(value: Any) -> bool:
    """Whether a clean value, if it is a delta, names one in both halves."""
    if type(value) is not dict or len(value) < 2:
        return False
    # Called for each delta of millions of bodies, so it is fast rather than short. Most have an item or two.
    added, removed = value[ADD], value[REMOVE]
    if len(removed) == 1:
        return removed[0] in added
    return not set(added).isdisjoint(removed)
