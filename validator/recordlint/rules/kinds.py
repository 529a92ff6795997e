"""Which violations are alike: those of one rule, at one field or at one spot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from recordlint.contract.operations import PROPERTIES

if TYPE_CHECKING:
    from recordlint.violations import Violation

BODY: Final = "body"
"""The member of a whole request that has the body."""
OTHERS: Final = "…"
"""The field of what is counted together, since there are too many fields. No key of a field is it."""
_NUMBER: Final = re.compile("/(0|[1-9][0-9]*)(?=/|$)")


class Kind(NamedTuple):
    """A rule, and the field at which it is broken."""

    rule: str
    field: str
    """The key of a property, or else of a member of the body or the request; empty for the whole."""


class Spot(NamedTuple):
    """A rule, and where in a body it is broken, in whichever item of an array."""

    rule: str
    pointer: str
    """RFC 6901, without the indexes of arrays."""


def kind_of(violation: Violation | Spot) -> Kind:
    """The kind of a violation.

    Example:
        >>> from recordlint import Violation
        >>> kind_of(Violation("too-many", "error", "/properties/files/add", "", "", None, (), None))
        Kind(rule='too-many', field='files')
    """
    return _kind(violation.rule, violation.pointer)


@lru_cache(maxsize=4096)
def _kind(rule: str, pointer: str) -> Kind:
    return Kind(rule, field_at(pointer))


def field_at(pointer: str) -> str:
    """The field that a JSON Pointer leads to or into."""
    field = field_of(pointer.split("/", 4)[1:4])
    return field.replace("~1", "/").replace("~0", "~") if "~" in field else field


def field_of(path: Sequence[str | int]) -> str:
    """The field that a path leads to or into; only its first three steps matter."""
    steps = path[1:] if len(path) > 1 and path[0] == BODY else path
    return str(steps[1] if len(steps) > 1 and steps[0] == PROPERTIES else steps[0] if steps else "")


def spot_of(violation: Violation) -> Spot:
    """The spot of a violation.

    Example:
        >>> from recordlint import Violation
        >>> spot_of(Violation("file-url", "error", "/properties/files/add/3/url", "", "", None, (), None)).pointer
        '/properties/files/add/url'
    """
    return Spot(violation.rule, without_indexes(violation.pointer))


def without_indexes(pointer: str) -> str:
    """A pointer without the indexes of arrays. The key of a field may be a number, and stays.

    Example:
        >>> without_indexes("/properties/2024/add/3")
        '/properties/2024/add'
    """
    if not _NUMBER.search(pointer):
        return pointer
    steps = pointer.split("/", 4)
    start = 2 if len(steps) > 2 and steps[1] == BODY else 1
    keys = start + (2 if steps[start] == PROPERTIES else 1)
    whole = pointer.split("/")
    return "/".join([*whole[:keys], *[step for step in whole[keys:] if not _NUMBER.fullmatch(f"/{step}")]])
