"""Names of single characters."""

from __future__ import annotations

from typing import Final

_NAMES: Final = {" ": "a space", "\t": "a tab (U+0009)", "\n": "a line break (U+000A)", "\r": "a line break (U+000D)"}


def character_name(character: str) -> str:
    r"""What a message calls a character: itself where it can be seen, and its name where not.

    Example:
        >>> character_name("ü"), character_name("\xa0")
        ('ü (U+00FC)', 'a no-break space (U+00A0)')
    """
    import unicodedata

    code = f"U+{ord(character):04X}"
    if character in _NAMES:
        return _NAMES[character]
    if character.isprintable() and not unicodedata.combining(character):
        return f"{character} ({code})"
    name = unicodedata.name(character, "").lower()
    if not name:
        return code
    return f"{'an' if name[0] in 'aeio' else 'a'} {name} ({code})"
