r"""Text that is safe to show: what could move a cursor, forge a line or turn the direction becomes a `\u` escape.

The escapes are those of JSON, so that JSON text means the same after it, and can be pasted.
"""

from __future__ import annotations

from typing import Final

_LONG: Final = 10_000
"""Characters that are looked at one by one."""


def escape(text: str, keep: str = "") -> str:
    r"""`text` with each character that is not printable as `\u` escapes of its UTF-16 code units.

    Args:
        text: of any kind.
        keep: characters that stay, such as a newline.

    Example:
        >>> escape("a\x1b[2J")
        'a\\u001b[2J'
    """
    if text.isprintable() or (keep and text.translate(dict.fromkeys(map(ord, keep))).isprintable()):
        return text
    if len(text) > _LONG:
        import re

        # Of a document, only what is not ASCII is looked at.
        return re.sub(f"[^ -~{re.escape(keep)}]+", lambda match: _characters(match.group(), keep), text)
    return _characters(text, keep)


def _characters(text: str, keep: str) -> str:
    return "".join([c if c.isprintable() or c in keep else _escaped(c) for c in text])


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join([f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)])
