"""What is left of a report without any value of a payload. Keys stay."""

from __future__ import annotations

from recordlint.violations import Violation


def redacted(violation: Violation) -> Violation:
    """The violation without a fix, and with the hint that holds no value. A message never holds one.

    Example:
        >>> redacted(violation).hint
        'run recordlint objects to list the keys of "Type of ticket"'
    """
    hint = violation.hint if violation.redacted_hint is None else violation.redacted_hint
    return violation._replace(hint=hint, fix=None)
