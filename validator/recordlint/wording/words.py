"""The words of a name or a value, as suggestions compare them."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final

# Patterns are texts, since most runs need none of them, and compiling them takes milliseconds.
_CASE: Final = r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
_LETTERS: Final = (
    r"[^\d\x00-@\[-`{-©«-´¶-¹»-¿×÷\u2000-\u2bff\u2e00-\u2e7f\u3000-\u303f\ufe00-\ufe0f\U0001f000-\U0001faff]+"
)
"""Not `\\w`, which leaves out the vowels of Hindi."""
_WORDS: Final = rf"\d+|{_LETTERS}"
_SIGNS: Final = "-+<>=~#±×÷¬‰∞♭♮♯$¢-¥\u20a0-\u20cf\u2248\u2260-\u226b\u2680-\u2685\u2715-\u2718\u2795-\u2797"
"""Signs of mathematics, music and money, dice and crosses, which may belong to the word beside them."""
_EDGES: Final = rf"\d+|{_LETTERS}|(?<=[^\W_])[{_SIGNS}*%°]+(?![^\W_])|(?<![^\W_])[{_SIGNS}]+(?=[^\W_])"
"""Words, and the signs that belong to one: `A+`, `-5`, `<18`. Other signs are white space."""
_SPACE_AT_AN_END: Final = rf"\s+(?=[{_SIGNS}*%°]+\s*$)|(?<=^[{_SIGNS}])\s+"
_ACCENTS: Final = "(?<=[a-z])[\u0300-\u036f]+"
_DASHES: Final = "[\u2010-\u2015\u2212]"
_ANY_SIGN: Final = f"[{_SIGNS}*%°]"

Words = tuple[str, ...]

_pattern: Final = cache(re.compile)


def readings(text: str, *, are_values: bool) -> list[Words]:
    """The words of a text in lower case and without accents, split at changes of case and, if that differs, not."""
    whole = words_of(text, are_values=are_values)
    both = [whole] if whole else []
    if not text.islower():
        split = _pattern(_CASE).sub(" ", text)
        if split != text and (words := words_of(split, are_values=are_values)):
            both.append(words)
    return both


def words_of(text: str, *, are_values: bool, accents: bool = False) -> Words:
    """The words of a text, and, in a value, the signs that belong to one."""
    plain = text.casefold()
    if not plain.isascii():
        import unicodedata

        plain = unicodedata.normalize("NFKD", plain).casefold()
        plain = unicodedata.normalize("NFC", plain if accents else _pattern(_ACCENTS).sub("", plain))
        plain = _pattern(_DASHES).sub("-", plain)
    if not are_values or not _pattern(_ANY_SIGN).search(plain):
        return tuple(_pattern(_WORDS).findall(plain))
    return tuple(_pattern(_EDGES).findall(_pattern(_SPACE_AT_AN_END).sub("", plain)))


def joined(words: Words) -> str:
    """The words without what separates them, except for numbers: `1_2` is not `12`."""
    text = "".join(words)
    if len(words) < 2 or text.isalpha():
        return text
    parts = [words[0]]
    for before, word in pairwise(words):
        parts += ["_", word] if is_number(before) and is_number(word) else [word]
    return "".join(parts)


def is_number(word: str) -> bool:
    """Whether a word is a number. All of it is digits, if one character is."""
    return word[0].isdecimal()
