"""Which violations are alike: those of one rule, at one field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from recordlint.contract.operations import PROPERTIES
from recordlint.violations import Violation

BODY: Final = "body"
"""The member of a whole request that has the body."""
OTHERS: Final = "…"
"""The field of what is counted together, since there are too many fields. No key of a field is it."""


class Kind(NamedTuple):
    """A rule, and the field at which it is broken."""

    rule: str
    field: str
    """The key of a property, or else of a member of the body or the request; empty for the whole."""


def kind_of(violation: Violation) -> Kind:
    """The kind of a violation.

    Example:
        >>> from recordlint import Violation
        >>> kind_of(Violation("too-many", "error", "/properties/files/add", "", "", None, (), None))
        Kind(rule='too-many', field='files')
    """
    return _kind(violation.rule, violation.pointer)


@lru_cache(maxsize=4096)
def _kind(rule: str, pointer: str) -> Kind:
    return Kind(rule, field_of(pointer.split("/", 4)[1:4]).replace("~1", "/").replace("~0", "~"))


def field_of(path: Sequence[str | int]) -> str:
    """The field that a path leads to or into; only its first three steps matter."""
    steps = path[1:] if len(path) > 1 and path[0] == BODY else path
    return str(steps[1] if len(steps) > 1 and steps[0] == PROPERTIES else steps[0] if steps else "")
