"""Counts over all results, and what of them is shown."""

from typing import Final, NamedTuple

from recordlint.problems.named_tuples import new
from recordlint.reporters import Result


class Counts(NamedTuple):
    """Counts over the results so far."""

    checked: int = 0
    valid: int = 0
    errors: int = 0
    warnings: int = 0
    listed: int = 0
    """Violations that the reports list."""

    def plus(self, more: "Counts") -> "Counts":
        """The sum of both."""
        return Counts(*map(sum, zip(self, more, strict=True)))


NOTHING: Final = Counts()


class Showing(NamedTuple):
    """How much reports show of the results."""

    redact: bool
    """Whether the values of payloads are left out."""
    at_most: int | None
    """The most violations that are listed in the whole run; None for all."""

    def shown(self, result: Result, before: Counts) -> tuple[Counts, Result]:
        """The counts with a result added, and the result as it is shown."""
        report = result.report
        listed = before.listed + len(report.violations)
        if self.redact:
            report = report.redacted()
        if self.at_most is not None and listed > self.at_most:
            room = max(0, self.at_most - before.listed)
            report = report.with_violations(report.violations[:room], report.text)
            listed = before.listed + room
        checked, valid, errors, warnings, _ = before
        totals = (checked + 1, valid + (not report.errors), errors + report.errors, warnings + report.warnings, listed)
        counts = new(Counts, totals)
        return counts, result if report is result.report else result._replace(report=report)
