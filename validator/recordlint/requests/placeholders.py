"""Placeholders in URLs and headers that nothing was filled into."""

from __future__ import annotations

import re
from typing import Final

from recordlint.contract.placeholders import is_placeholder
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem, Severity

_IN_TEMPLATE: Final = re.compile(r":[A-Za-z_]\w*|\{\w+\}")
"""What routes and OpenAPI documents write for a part of a path."""


def is_placeholder_in_url(text: str) -> bool:
    """Whether a part of a URL is a placeholder: `:id` and `{id}` are too."""
    return is_placeholder(text) or _IN_TEMPLATE.fullmatch(text) is not None


def placeholder(
    what: str, path: Path, hint: str = "fill it in before you send the request", *, severity: Severity = "warning"
) -> Problem:
    """The problem of a placeholder; `what` names what it stands for."""
    return Problem("placeholder", f"{what} is a placeholder that was not filled in", hint, path, severity=severity)
