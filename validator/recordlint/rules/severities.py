"""The severities that a user gives to rules: error, warning or off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from recordlint.errors import UsageError
from recordlint.violations import Problem, Severity
from recordlint.wording.phrases import quoted

LEVELS: Final = ("error", "warning", "off")
ALWAYS_ERRORS: Final = frozenset({"invalid-json", "duplicate-key", "encoding", "too-large"})
"""A text that cannot be checked must not pass."""
REPLACED: Final[Mapping[str, str]] = {"phone-short": "phone-length"}
"""Rules that are gone, and the rule that took each in."""


def verify_severities(severity: Mapping[str, str]) -> None:
    """Refuse what cannot be asked for.

    Raises:
        UsageError: there is no such rule or severity, or the rule is always an error.
    """
    from recordlint.rules.catalogue import rule

    for id, level in severity.items():
        rule(id)
        if level not in LEVELS:
            raise UsageError(f"{id}: there is no severity {quoted(level)}; use error, warning or off")
        if id in ALWAYS_ERRORS and level != "error":
            raise UsageError(f"{id} is always an error, because a file with this problem cannot be checked")


def apply_severities(problems: Sequence[Problem], severity: Mapping[str, str]) -> list[Problem]:
    """The problems with the severities that were asked for, without the problems of rules that are off."""
    return [
        problem._replace(severity=cast(Severity, severity[problem.rule])) if problem.rule in severity else problem
        for problem in problems
        if severity.get(problem.rule) != "off"
    ]
