"""What a run has counted and what went wrong: the closing line and the exit status are made of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from recordlint.commands import _options
from recordlint.reporters import Format, Result, to_bytes
from recordlint.reporters._totals import NOTHING, Showing

if TYPE_CHECKING:
    from recordlint.reporters._kinds import Groups
    from recordlint.rows.outcomes import Outcome


class Tally:
    """Counts of all files of a run.

    Attributes:
        says: whether it says on standard error what goes wrong.
        counts: of everything that was checked so far.
        fixed: how many violations were fixed, in files that are rewritten by now, or whose rows are split.
        units: what was counted: `file`, `row`, `request`.
        complaints: how often something could not be read, or not be checked for a reason that the user can change.
        faulty: whether recordlint itself failed.
    """

    def __init__(self, *, says: bool = True) -> None:
        self.says = says
        self.counts = NOTHING
        self.fixed = 0
        self.units: set[str] = set()
        self.complaints = 0
        self.faulty = False

    @cached_property
    def groups(self) -> Groups:
        """The violations by their kinds."""
        from recordlint.reporters._kinds import AT_MOST, Groups

        return Groups(AT_MOST)

    @property
    def unreadable(self) -> bool:
        """Whether not all could be read and checked, for a reason that the user can change."""
        return self.complaints > 0

    def add(self, outcome: Outcome) -> None:
        """Count rows that were shown elsewhere."""
        self.counts = self.counts.plus(outcome.counts)
        if outcome.groups:
            self.groups.add(outcome.groups)

    def show(self, result: Result, showing: Showing, formats: Sequence[Format]) -> Sequence[bytes]:
        """Count a result. What each format writes about it."""
        if result.report.violations:
            self.groups.count(result)
        self.counts, shown = showing.shown(result, self.counts)
        return [to_bytes(format.entry(shown)) for format in formats]

    def room(self, showing: Showing) -> int | None:
        """How many more violations may be listed; None for all."""
        return None if showing.at_most is None else showing.at_most - self.counts.listed

    def say_unreadable(self, message: str) -> None:
        """Note and say what could not be read or checked."""
        self.complaints += 1
        if self.says:
            _options.say(message)

    def say_fault(self, message: str) -> None:
        """Note and say what went wrong in recordlint."""
        self.faulty = True
        if self.says:
            _options.say(message)

    def say_fault_of(self, path: str, what: str) -> None:
        """Note and say what went wrong in recordlint with a file."""
        self.say_fault(f"{path}: a fault of recordlint, not of your file: {what}. Please report it.")
