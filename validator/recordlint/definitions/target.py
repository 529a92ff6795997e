"""What a body is for: an object and an operation, by name and by definition."""

from __future__ import annotations

from typing import NamedTuple

from recordlint.contract.operations import Operation
from recordlint.definitions.model import ObjectDefinition


class Claim(NamedTuple):
    """What an argument, a flag, an entry of the configuration or a URL says that a body is for."""

    object: str | None = None
    """The object's key; None if nothing says it."""
    operation: Operation | None = None
    """None if nothing says it."""


class Target(NamedTuple):
    """What a body is checked against."""

    object: ObjectDefinition
    operation: Operation
