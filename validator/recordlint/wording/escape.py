"""Text that is safe to show: what could move a cursor, forge a line or turn the direction is escaped."""

from __future__ import annotations


def printable(text: str) -> str:
    r"""`text` with each character that is not printable as a `\u` escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join([c if c.isprintable() or c == "\u00ad" else _escaped(c) for c in text])


def _escaped(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\u{{{number:x}}}"
