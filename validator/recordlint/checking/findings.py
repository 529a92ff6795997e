"""Findings: the problems of a body, or of a whole request, before they have places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from recordlint.definitions.target import Claim
from recordlint.violations import Problem, Violation


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


def with_severities(findings: Findings, severity: Mapping[str, str]) -> Findings:
    """The same with the severities that the user gives to rules."""
    if not severity or not findings.problems:
        return findings
    from recordlint.rules.severities import apply_severities

    return findings._replace(problems=apply_severities(findings.problems, severity))
