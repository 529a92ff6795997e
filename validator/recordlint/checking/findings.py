"""Findings: the problems of a body, or of a whole request, before they have places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from recordlint.definitions.target import Claim
from recordlint.violations import Problem, Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from recordlint.checking.embedded import Embedded
    from recordlint.rules.kinds import Kind


class Findings(NamedTuple):
    """Problems of a value, and violations of its text."""

    claim: Claim
    """What the value is for, as far as that is known."""
    value: Any = None
    """What was judged; None where the text is not JSON."""
    problems: Sequence[Problem] = ()
    """By paths from `value`, in any order."""
    faults: Sequence[Violation] = ()
    """Violations of the text itself, which stand first."""
    embedded: "Embedded | None" = None
    """Findings in a string of `value` that holds JSON text."""


def totals(findings: Findings) -> tuple[int, int]:
    """How many errors and how many warnings there are."""
    errors = [problem.severity for problem in findings.problems].count("error") + len(findings.faults)
    warnings = len(findings.problems) + len(findings.faults) - errors
    if findings.embedded:
        inner = totals(findings.embedded.findings)
        return errors + inner[0], warnings + inner[1]
    return errors, warnings


def with_severities(findings: Findings, severity: Mapping[str, str]) -> Findings:
    """The same with the severities that the user gives to rules."""
    embedded = findings.embedded
    if not severity or not (findings.problems or embedded):
        return findings
    from recordlint.rules.severities import apply_severities

    if embedded:
        embedded = embedded._replace(findings=with_severities(embedded.findings, severity))
    return findings._replace(problems=apply_severities(findings.problems, severity), embedded=embedded)


def unlisted(findings: Iterable[Findings], listed: Iterable[Violation]) -> "Mapping[Kind, int]":
    """The kinds of what is not listed, each with its number.

    Args:
        findings: all that there is.
        listed: what of it is listed.
    """
    from collections import Counter

    from recordlint.rules.kinds import kind_of

    numbers = Counter([kind for each in findings for kind in _kinds(each)])
    numbers.subtract(map(kind_of, listed))
    return +numbers


def _kinds(findings: Findings) -> "Iterator[Kind]":
    from recordlint.rules.kinds import Kind, field_of, kind_of

    yield from map(kind_of, findings.faults)
    for problem in findings.problems:
        yield Kind(problem.rule, field_of(problem.path))
    if findings.embedded:
        yield from _kinds(findings.embedded.findings)
