"""The warnings that the service was seen to refuse: it answers them as it answers an error."""

from __future__ import annotations

from typing import Final

from recordlint.problems.problem import Severity

REFUSED_WARNINGS: Final = frozenset({"not-stored", "owner-spelling", "text-too-long"})
"""The rules of which a warning is refused too. Their pages say what the service answers."""


def is_refused(rule: str, severity: Severity) -> bool:
    """Whether the service refuses a request with such a violation.

    Example:
        >>> is_refused("no-op", "warning"), is_refused("not-stored", "warning")
        (False, True)
    """
    return severity == "error" or rule in REFUSED_WARNINGS
