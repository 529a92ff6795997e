"""Texts that a person would call the same."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″", '"'),
    }
)
_SPACE: Final = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` without regard to case, runs of white space, and typographic dashes and quotes."""
    return _SPACE.sub(" ", text.translate(_SIGNS)).strip().casefold()
