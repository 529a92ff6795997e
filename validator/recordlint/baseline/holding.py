"""What is held back of a file's violations: the spots that have no more of them than are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from recordlint.checking.report import Report
from recordlint.jsontext.repeated_keys import with_its_places
from recordlint.problems.problem import Severity
from recordlint.rules.kinds import Spot, spot_of
from recordlint.violations import LISTED_AT_MOST, Violation

Numbers = Mapping[tuple[Spot, Severity], int]


class Held(NamedTuple):
    """What a baseline makes of the violations of one file."""

    spots: frozenset[Spot]
    """Where all violations are known."""
    exceeded: Mapping[Spot, int]
    """Where some were known and there are more now: how many were."""

    def without_known(self, report: Report, line: int = 1) -> Report:
        """The report without the violations that are held back. It has no fixes.

        Args:
            report: that of the file, or of a row or request in it.
            line: the line of the file on which the report's text begins.
        """
        if not report.errors and not report.warnings:
            return report
        every, unlisted = report.violations, report.unlisted
        if report.omitted and any(spot not in self.spots for spot, _ in unlisted):
            # What is new may be among those that are not listed.
            more = report.all_violations()
            if more is not every:
                every, unlisted = tuple([_at_line(each, line) for each in more]), {}
        kept = [self._noted(each) for each in every if spot_of(each) not in self.spots]
        left = {(spot, severity): number for (spot, severity), number in unlisted.items() if spot not in self.spots}
        numbers = Counter([each.severity for each in kept])
        for (_, severity), number in left.items():
            numbers[severity] += number
        return Report(
            report.claim,
            kept[:LISTED_AT_MOST],
            errors=numbers["error"],
            warnings=numbers["warning"],
            text=report.text,
            is_redacted=report.is_redacted,
            unlisted=partial(_unlisted, kept[LISTED_AT_MOST:], left),
        )

    def _noted(self, violation: Violation) -> Violation:
        number = self.exceeded.get(spot_of(violation))
        if number is None:
            return violation
        known = f"{number:,} {'was' if number == 1 else 'were'} known"
        return violation._replace(note=f"{violation.note}; {known}" if violation.note else known)


class Gone(NamedTuple):
    """An entry of a baseline of which not all violations are left."""

    path: str
    spot: Spot
    known: int
    """How many it has."""
    left: int
    """How many there are now."""


def count_spots(reports: Iterable[Report]) -> Counter[Spot]:
    """How many violations of some reports are at each spot."""
    numbers: Counter[Spot] = Counter()
    for report in reports:
        numbers.update(map(spot_of, report.violations))
        for (spot, _), number in report.unlisted.items():
            numbers[spot] += number
    return numbers


def hold(numbers: Mapping[Spot, int], known: Mapping[Spot, int]) -> Held:
    """What is held back.

    Args:
        numbers: of a file's violations, by spot.
        known: those that are known.
    """
    spots = [spot for spot, number in numbers.items() if number <= known.get(spot, 0)]
    exceeded = {spot: known[spot] for spot, number in numbers.items() if 0 < known.get(spot, 0) < number}
    return Held(frozenset(spots), exceeded)


def _at_line(violation: Violation, line: int) -> Violation:
    return violation if line == 1 else with_its_places(violation.at_line(line))


def _unlisted(listed: Sequence[Violation], numbers: Numbers) -> Numbers:
    return Counter([(spot_of(each), each.severity) for each in listed]) + Counter(numbers)
