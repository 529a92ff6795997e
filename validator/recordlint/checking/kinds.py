"""Which violations are alike: those of one rule, at one field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from recordlint.contract.operations import PROPERTIES
from recordlint.violations import Violation

if TYPE_CHECKING:
    from recordlint.checking.findings import Findings

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


def unlisted(findings: Iterable[Findings], listed: Iterable[Violation]) -> Mapping[Kind, int]:
    """The kinds of what is not listed, each with its number.

    Args:
        findings: all that there is.
        listed: what of it is listed.
    """
    rest = Counter([kind for each in findings for kind in _kinds(each)])
    rest.subtract(map(kind_of, listed))
    return +rest


def _kinds(findings: Findings) -> Iterator[Kind]:
    yield from map(kind_of, findings.faults)
    for problem in findings.problems:
        yield Kind(problem.rule, field_of(problem.path))
    if findings.embedded:
        yield from _kinds(findings.embedded.findings)
