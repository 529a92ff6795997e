"""Makes texts equal that a person would call the same."""

from __future__ import annotations

from typing import Final

_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_SIGNS: Final = {**_DASHES, **dict.fromkeys(map(ord, "‘’‚‛′"), "'"), **dict.fromkeys(map(ord, "“”„‟″"), '"')}


def normalize(text: str, *, quotes: bool = True) -> str:
    """`text` in one case, with single spaces and plain dashes, and with plain quotes too unless `quotes` is false."""
    return " ".join(text.translate(_SIGNS if quotes else _DASHES).split()).casefold()
