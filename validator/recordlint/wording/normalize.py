"""Makes texts equal that a person would call the same."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_DASHES: Final = "‐‑‒–—―−"
_QUOTES: Final = (("‘’‚‛′", "'"), ("“”„‟″", '"'))
_INVISIBLE: Final = "\xad\u200b\u200e\u200f\u2060\ufeff"
_UNUSUAL: Final = f"[{_DASHES}{''.join(characters for characters, _ in _QUOTES)}{_INVISIBLE}]"
# Patterns are texts, since most runs need none of them.
_EMOJI: Final = (
    "[\u231a\u231b\u23cf\u23e9-\u23f3\u23f8-\u23fa\u25fb-\u25fe\u2600-\u2604\u2607-\u260f\u2611\u2613-\u266c"
    "\u2670-\u2672\u267b-\u267f\u2686-\u2714\u2719-\u2767\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f004\U0001f0cf"
    "\U0001f170-\U0001f171\U0001f17e-\U0001f17f\U0001f18e\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
    "\U000e0020-\U000e007f\u200d]+"
)
"""Pictures, flags, and what joins them. Arrows, squares, stars, keycaps, dice, crosses, plus, minus, sharps and flats
are signs: they count."""
_SPACE_BEFORE: Final = r" ([^\w\s])"
_SPACE_AFTER: Final = r" (?<=([^\w\s]) )"

_pattern: Final = cache(re.compile)


def canonical(text: str) -> str:
    """`text` in the one form of all that are canonically equal to it (NFC), without variation selectors."""
    if text.isascii():
        return text
    import unicodedata

    # The selectors choose between the plain and the coloured form of the character before them.
    return unicodedata.normalize("NFC", text.replace("\ufe0e", "").replace("\ufe0f", ""))


def _replaced(text: str, characters: str, by: str) -> str:
    """The same with other text in the place of some characters. Faster than `translate`, which looks up each."""
    for character in characters:
        text = text.replace(character, by)
    return text


def fold_key(key: str) -> str:
    """A key in one case, in its canonical form."""
    return canonical(canonical(key).casefold())


def trim(text: str) -> str:
    """`text` without white space around it, invisible characters included."""
    return text.strip().strip("\u200b\u200e\u200f\u2060\ufeff \t\r\n\xa0")


def normalize(text: str, *, quotes: bool = True) -> str:
    """`text` in one case and canonical form, with plain dashes, and no white space but one space between words.

    Quotes are plain, too, unless `quotes` is false.
    """
    plain = canonical(text)
    if not plain.isascii() and _pattern(_UNUSUAL).search(plain):
        plain = _replaced(plain, _DASHES, "-")
        for characters, quote in _QUOTES if quotes else ():
            plain = _replaced(plain, characters, quote)
        plain = _replaced(plain, _INVISIBLE, "")
    # One space each, so that the patterns take one step for each, however many there were.
    plain = " ".join(plain.split())
    if " " not in plain:
        return canonical(plain.casefold())
    plain = _pattern(_SPACE_BEFORE).sub(_without_space, plain)
    return canonical(_pattern(_SPACE_AFTER).sub(_without_space, plain).casefold())


def without_emoji(text: str, normalized: str, *, quotes: bool = True) -> str:
    """The same without emoji, unless there is nothing else in it. `normalized` is the text with them."""
    if normalized.isascii():
        return normalized
    plain = canonical(text)
    bare = _pattern(_EMOJI).sub(" ", plain)
    return normalized if bare == plain else normalize(bare, quotes=quotes) or normalized


def is_same_label(label: str, text: str) -> bool:
    """Whether a text can only be this label. Other quotes or other emoji are not certain enough."""
    one, other = normalize(text, quotes=False), normalize(label, quotes=False)
    if one == other:
        return True
    drawn, written = _emoji_of(label), _emoji_of(text)
    is_same = without_emoji(text, one, quotes=False) == without_emoji(label, other, quotes=False)
    return is_same and (not drawn or not written or drawn == written)


def _emoji_of(text: str) -> str:
    """The emoji of a text, as often as they are there, since three stars are not four."""
    return "" if text.isascii() else "".join(_pattern(_EMOJI).findall(text)).replace("\u200d", "")


def _without_space(match: re.Match[str]) -> str:
    """The match without its space, if its character is a sign."""
    return match[0].strip(" ") if _is_sign(match[1]) else match[0]


def _is_sign(character: str) -> bool:
    """Whether a character that is no letter is a sign, and not the mark of a letter as Hindi has them."""
    if character.isascii():
        return True
    import unicodedata

    return unicodedata.category(character)[0] in "PS"
