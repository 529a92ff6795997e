"""What a body is for: an object and an operation, as they are named, and as they are defined."""

from __future__ import annotations

from typing import NamedTuple

from recordlint.contract.operations import Operation
from recordlint.definitions.model import ObjectDefinition


class Claim(NamedTuple):
    """What a body is said to be for: by an argument, a flag, an entry of the configuration, or a URL."""

    object: str | None = None
    """The object's key; None where it is not said."""
    operation: Operation | None = None
    """None where it is not said."""


class Target(NamedTuple):
    """What a body is judged by."""

    object: ObjectDefinition
    operation: Operation
