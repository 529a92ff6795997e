"""The payloads that a change of definitions breaks: a run of check by the new ones, of what was right by the old."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from recordlint.checking.validator import Validator
from recordlint.commands.check.plan import make_plan
from recordlint.commands.check.run import Run
from recordlint.commands.drift.definitions import Definitions
from recordlint.contract.operations import find_operation
from recordlint.definitions.target import Claim
from recordlint.reporters._totals import Showing

if TYPE_CHECKING:
    from recordlint.commands.drift.command import Asked

LISTED: Final = 100
"""Violations in a report for a pull request: a comment has a length that it may not exceed."""


def regressions(payloads: Sequence[str], old: Definitions, new: Definitions, asked: Asked, *, is_short: bool) -> Run:
    """A run that reports what is wrong by the new definitions in payloads that were right by the old ones.

    Args:
        payloads: files and folders.
        old: the definitions before.
        new: those now.
        asked: what the flags say.
        is_short: whether only the first violations are listed.

    Raises:
        ConfigError: the configuration cannot be used, or names an object that neither version has.
        UnknownObject: `--object` names such an object.
    """
    plan = make_plan(
        payloads,
        objects=(*old.paths, *new.paths),
        asked=Claim(asked.object_key, find_operation(asked.operation) if asked.operation else None),
        max_size=asked.max_size,
        fail_on="error" if asked.fail_on == "breaking" else "warning",
        showing=Showing(asked.redact, LISTED if is_short else None),
        ignore_unmatched=asked.ignore_unmatched,
        stdin_name=None,
        lines=asked.lines,
        jobs=None,
        select=(),
        ignore=(),
    )
    known = {each.key: each for each in (*new.objects, *old.objects)}
    plan.require_objects(Validator(known.values()))
    severity = plan.config.severity
    run = Run(Validator(new.objects, severity=severity), plan, None)
    run.before = Validator(old.objects, severity=severity)
    return run
