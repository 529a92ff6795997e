"""Findings: the problems of a body, or of a whole request, before they have places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from recordlint.definitions.target import Claim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from recordlint.checking.embedded import Embedded
    from recordlint.problems.pointers import Path
    from recordlint.problems.problem import Problem, Severity
    from recordlint.rules.kinds import Spot
    from recordlint.violations import Violation


class Findings(NamedTuple):
    """Problems of a value, and violations of its text."""

    claim: Claim
    """What the value is for, as far as that is known."""
    value: Any = None
    """What was judged; None where the text is not JSON."""
    problems: "Sequence[Problem]" = ()
    """By paths from `value`, in any order."""
    faults: "Sequence[Violation]" = ()
    """Violations of the text itself, which stand first; of very many, the first in the text."""
    embedded: "Embedded | None" = None
    """Findings in a string of `value` that holds JSON text."""
    other_faults: Mapping[tuple[str, str], int] = {}
    """How many more violations of the text there are, by rule and pointer without indexes. All are errors."""


def totals(findings: Findings) -> tuple[int, int]:
    """How many errors and how many warnings there are."""
    errors = [problem.severity for problem in findings.problems].count("error")
    warnings = len(findings.problems) - errors
    errors += len(findings.faults) + sum(findings.other_faults.values())
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


def unlisted(
    parts: "Iterable[tuple[Path, Findings]]", listed: "Iterable[Violation]"
) -> "Mapping[tuple[Spot, Severity], int]":
    """At which spots what is not listed is, and how many there are at each.

    Args:
        parts: all findings, each with the path to the value that was judged.
        listed: what of them is listed.
    """
    from recordlint.rules.kinds import spot_of

    numbers: dict[tuple[Spot, Severity], int] = {}
    for above, findings in parts:
        for spot, number in _spots(above, findings):
            numbers[spot] = numbers.get(spot, 0) + number
    for each in listed:
        spot = spot_of(each), each.severity
        numbers[spot] = numbers.get(spot, 0) - 1
    return {spot: number for spot, number in numbers.items() if number > 0}


def _spots(above: "Path", findings: Findings) -> "Iterator[tuple[tuple[Spot, Severity], int]]":
    """Spots, each with a number of findings there."""
    from collections import Counter

    from recordlint.problems.named_tuples import new
    from recordlint.problems.pointers import pointer
    from recordlint.rules.kinds import Spot, without_indexes

    for fault in findings.faults:
        yield (Spot(fault.rule, without_indexes(pointer(above) + fault.pointer)), fault.severity), 1
    for (rule, spot), number in findings.other_faults.items():
        yield (Spot(rule, without_indexes(pointer(above) + spot)), "error"), number
    # There may be very many, at few spots: only these are written as pointers.
    alike = Counter([(each.rule, each.severity, _keys(each.path)) for each in findings.problems])
    for (rule, severity, keys), number in alike.items():
        yield (new(Spot, (rule, without_indexes(pointer((*above, *keys))))), severity), number
    if findings.embedded:
        yield from _spots((*above, *findings.embedded.path), findings.embedded.findings)


def _keys(path: "Path") -> "Path":
    return tuple([step for step in path if type(step) is str])
