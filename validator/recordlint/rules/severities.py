"""The severities that a user gives to rules, or to a rule at one field: error, warning or off."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast

from recordlint.errors import UsageError
from recordlint.rules.kinds import field_of
from recordlint.wording.phrases import quoted

if TYPE_CHECKING:
    from recordlint.problems.problem import Problem, Severity

LEVELS: Final = ("error", "warning", "off")
ALWAYS_ERRORS: Final = frozenset(
    {
        *("invalid-json", "duplicate-key", "encoding", "too-large"),
        *("broken-quoting", "formula-without-value", "row-length"),
    }
)
"""A text, or a row of a table, that cannot be checked must not pass."""
STAYS_ERROR: Final = "always an error, because a file with this problem cannot be checked"
REPLACED: Final[Mapping[str, str]] = {"phone-short": "phone-length"}
"""Rules that are gone, and the rule that took each in."""


def verify_severities(severity: Mapping[str, str]) -> None:
    """Refuse what cannot be asked for.

    Args:
        severity: by `RULE` or `RULE:FIELD`.

    Raises:
        UsageError: there is no such rule or severity, or the rule is always an error.
    """
    from recordlint.rules.catalogue import rule

    for key, level in severity.items():
        id, colon, field = key.partition(":")
        rule(id)
        if colon and not field:
            raise UsageError(f"{key}: write the key of a field behind the colon, or leave the colon out")
        if level not in LEVELS:
            raise UsageError(f"{key}: there is no severity {quoted(level)}; use error, warning or off")
        if id in ALWAYS_ERRORS and level != "error":
            raise UsageError(f"{id} is {STAYS_ERROR}")


def choose(severity: Mapping[str, str], select: Collection[str], ignore: Collection[str]) -> dict[str, str]:
    """The severities where only some rules are asked for, or some are not.

    Rules that are always errors stay.

    Args:
        severity: by `RULE` or `RULE:FIELD`.
        select: the rules that are asked for; empty for all. One that is off by `severity` gets its own severity.
        ignore: the rules that are not.

    Raises:
        UsageError: there is no such rule, or one to ignore is always an error.
    """
    from recordlint.rules.catalogue import rule, rule_ids

    for id in (*select, *ignore):
        rule(id)
    for id in ignore:
        if id in ALWAYS_ERRORS:
            raise UsageError(f"--ignore {id}: it is {STAYS_ERROR}")
    off = {id for id in rule_ids() if (select and id not in select) or id in ignore} - ALWAYS_ERRORS
    kept = {key: level for key, level in severity.items() if key.partition(":")[0] not in off}
    kept = {key: level for key, level in kept.items() if key not in select or level != "off"}
    return {**kept, **dict.fromkeys(sorted(off), "off")}


def apply_severities(problems: Sequence[Problem], severity: Mapping[str, str]) -> list[Problem]:
    """The problems with the severities that were asked for, without the problems of rules that are off."""
    levels = [(problem, _level(problem, severity)) for problem in problems]
    return [
        problem if level is None else problem._replace(severity=cast("Severity", level))
        for problem, level in levels
        if level != "off"
    ]


def _level(problem: Problem, severity: Mapping[str, str]) -> str | None:
    """The severity of a problem: that of its rule at its field, or else that of its rule."""
    level = severity.get(f"{problem.rule}:{field_of(problem.path)}")
    return severity.get(problem.rule) if level is None else level
