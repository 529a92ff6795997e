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
    return type(value) is dict and len(value) > 1 and not set(value[ADD]).isdisjoint(value[REMOVE])
