"""Counts of violations that are alike: of one rule, at one field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from recordlint.problems.named_tuples import new
from recordlint.reporters import Result
from recordlint.rules.kinds import OTHERS, Kind, field_at, kind_of

if TYPE_CHECKING:
    from recordlint.problems.problem import Severity
    from recordlint.rules.kinds import Spot

AT_MOST: Final = 10_000
"""Kinds that are counted by themselves. A body may have any keys, so there may be any number of kinds."""


class First(NamedTuple):
    """Where the first violation of a kind is."""

    path: str
    line: int | None
    column: int | None
    entry: int | None
    """The request in a HAR file."""


class Group(NamedTuple):
    """How many violations are of a kind, and where the first of them is."""

    number: int
    fixable: int
    """Those that have a safe fix."""
    unsafely_fixable: int
    """Those that have a fix that is not safe."""
    first: First

    def plus(self, number: int, fixable: int, unsafely_fixable: int) -> Group:
        """The group with more violations, which come later."""
        numbers = self.number + number, self.fixable + fixable, self.unsafely_fixable + unsafely_fixable
        return new(Group, (*numbers, self.first))


class Groups:
    """The groups of a run so far, in the order in which they appear.

    Attributes:
        by_kind: the groups.
        at_most: how many are told apart; None for all. A part of a run has all, so that its size changes no count.
    """

    def __init__(self, at_most: int | None = None) -> None:
        self.by_kind: Final[dict[Kind, Group]] = {}
        self.at_most: Final = at_most

    def count(self, result: Result) -> None:
        """Count the violations of a result, those that are not listed included."""
        report = result.report
        for violation in report.violations:
            place, fix = violation.place, violation.fix
            is_safe = fix is not None and fix.safe
            numbers = 1, int(is_safe), int(fix is not None and not is_safe)
            known = self.by_kind.get(kind := kind_of(violation))
            if known is not None:
                self.by_kind[kind] = known.plus(*numbers)
                continue
            line, column = (place.line, place.column) if place else (result.line, None)
            self._add(kind, Group(*numbers, First(result.path, line, column, result.entry)))
        if report.omitted:
            self._count_unlisted(report.unlisted, First(result.path, result.line, None, result.entry))

    def _count_unlisted(self, unlisted: Mapping[tuple[Spot, Severity], int], first: First) -> None:
        """Count violations by their spots, of which there may be hundreds of thousands."""
        more: dict[Kind, int] = {}
        others: dict[str, int] = {}
        for ((rule, pointer), _), number in unlisted.items():
            kind = new(Kind, (rule, field_at(pointer)))
            if kind in self.by_kind:
                more[kind] = more.get(kind, 0) + number
            elif self._has_room():
                self.by_kind[kind] = Group(number, 0, 0, first)
            else:
                others[rule] = others.get(rule, 0) + number
        self.add([(kind, Group(number, 0, 0, first)) for kind, number in more.items()])
        self.add([(Kind(rule, OTHERS), Group(number, 0, 0, first)) for rule, number in others.items()])

    def add(self, more: Iterable[tuple[Kind, Group]]) -> None:
        """Add the groups of what comes later."""
        for kind, group in more:
            self._add(kind, group)

    def _add(self, kind: Kind, group: Group) -> None:
        if kind not in self.by_kind and not self._has_room():
            kind = Kind(kind.rule, OTHERS)
        known = self.by_kind.get(kind)
        self.by_kind[kind] = group if known is None else known.plus(*group[:3])

    def _has_room(self) -> bool:
        """Whether there may be more kinds."""
        return self.at_most is None or len(self.by_kind) < self.at_most

    def sorted(self) -> Sequence[tuple[Kind, Group]]:
        """The groups, the largest first; of one size, the one that appears first."""
        return sorted(self.by_kind.items(), key=lambda each: -each[1].number)
