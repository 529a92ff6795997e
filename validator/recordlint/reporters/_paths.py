"""File names as text: a name need not be UTF-8."""

from __future__ import annotations

import os


def readable(path: str) -> str:
    """The path with each byte that is no UTF-8 replaced, so that every report can hold it."""
    return os.fsencode(path).decode("utf-8", "replace")
