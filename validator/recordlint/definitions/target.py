"""What a body is for: an object and an operation, by name and by definition."""

from typing import NamedTuple

from recordlint.contract.operations import Operation, find_operation
from recordlint.definitions.model import ObjectDefinition
from recordlint.errors import WrongType


class Claim(NamedTuple):
    """What an argument, a flag, an entry of the configuration or a URL says that a body is for."""

    object: str | None = None
    """The object's key; None if nothing says it."""
    operation: Operation | None = None
    """None if nothing says it."""
    phone_region: str | None = None
    """The region that phone numbers without a country code belong to, such as `US`; None if nothing says it."""


class Target(NamedTuple):
    """What a body is checked against."""

    object: ObjectDefinition
    operation: Operation
    phone_region: str | None = None
    """The region that phone numbers without a country code belong to; None if they belong to none."""


def to_claim(object: str | None, operation: str) -> Claim:
    """What bodies are said to be for, by the arguments of a call.

    Raises:
        UsageError: there is no such operation.
        WrongType: one of them is not a string.
    """
    if object is not None and not isinstance(object, str):
        raise WrongType(f"object takes an object's key, such as custom_objects.ticket, not {type(object).__name__}")
    return Claim(object, find_operation(operation))
