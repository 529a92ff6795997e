"""Regular expressions as texts, compiled when they are first needed: most runs need few of them.

The functions of `re` do that too, but look up a pattern in several steps, which takes as long as the match.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Match = Callable[[str], re.Match[str] | None]


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled."""
    return re.compile(pattern)


@cache
def whole(pattern: str) -> Match:
    """A function that matches whole texts with a pattern."""
    return compiled(pattern).fullmatch


@cache
def within(pattern: str) -> Match:
    """A function that searches texts for a pattern."""
    return compiled(pattern).search
