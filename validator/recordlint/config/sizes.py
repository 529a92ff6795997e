"""Sizes in bytes, as people write them."""

from __future__ import annotations

from typing import Final

from recordlint.wording.phrases import quoted

AT_LEAST: Final = "a size must be at least 1 byte"


def to_bytes(size: str | int) -> int:
    """A size in bytes from `10MiB`, `500K` or `1000`; K, M and G count in 1,024s.

    Raises:
        ValueError: it is no size, or 0.
    """
    if isinstance(size, int):
        return size
    text = size.strip().upper().removesuffix("B").removesuffix("I")
    factor = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}.get(text[-1:], 1)
    digits = text[:-1] if factor > 1 else text
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{quoted(size)} is not a size such as 10MiB, 500K or 1000000")
    if not int(digits):
        raise ValueError(AT_LEAST)
    return int(digits) * factor
