"""Texts that a person would call the same."""

from __future__ import annotations

from typing import Final

_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″", '"'),
    }
)


def fold(text: str) -> str:
    """`text` without regard to case, runs of white space, and typographic dashes and quotes."""
    return " ".join(text.translate(_SIGNS).split()).casefold()
