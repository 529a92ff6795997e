"""Values as JSON text that is safe to show: what cannot be printed is escaped, and reads back the same."""

from __future__ import annotations

from typing import Any

import orjson


def dumped(value: Any) -> str:
    """The value in JSON, on one line."""
    text = orjson.dumps(value, default=str).decode()
    if text.isprintable():
        return text
    return "".join([character if character.isprintable() else _escaped(character) for character in text])


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join([f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)])
