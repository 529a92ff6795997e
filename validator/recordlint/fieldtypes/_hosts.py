"""The host of a URL or an e-mail address: whether the service can reach it, and how it is written in ASCII."""

from __future__ import annotations

import re
from typing import Final

from recordlint.fieldtypes._patterns import whole, within

_DOTS: Final = "[.\u3002\uff0e\uff61]"
"""What separates labels, in any script."""
_NUMBER: Final = r"[0-9]+|0[xX][0-9A-Fa-f]*"
_NEVER_IN_A_NAME: Final = r"[\x00- #/<>?@\[\\\]^|%\x7f]"
"""What browsers refuse in a host, percent-encoded or not."""
LONGEST_LABEL: Final = 63
_REFUSED: Final = (
    "[\u034f\u04c0\u0640\u07fa\u1100-\u11ff\u17b4\u17b5\u180b-\u180f\u20d0-\u20ff\u302e\u302f\u3031-\u3035\u303b"
    "\ua960-\ua97f\ud7b0-\ud7ff\ufe00-\ufe0f\U0001d100-\U0001d2ff\U000e0100-\U000e01ef]"
)
"""Letters and marks that domain names refuse or ignore: fillers, old Hangul, variation selectors, musical signs."""
_KEPT: Final = "ßς"
"""Letters that IDNA 2008 keeps, although they are others in another case."""
_LETTERS: Final = ("Ll", "Lo", "Lm", "Mn", "Mc")
_DIRECTIONS: Final = ({"L", "EN", "ES", "NSM", "ON"}, {"R", "NSM"}, {"AL", "NSM"})
"""Of the characters of one label; numbers beside letters from right to left have rules of their own."""
_LAST_CAPITAL: Final = 0x0590
"""Latin, Greek, Cyrillic and Armenian have capitals with one small letter each; later ones were decided upon later."""


def punycode(host: str) -> str | None:
    """A host in ASCII, or None where that is not certain.

    By the rules of IDNA 2008, which keep ß and ς. Python's own codec "idna" has those of 2003: it makes
    `strasse.example` of `straße.example`, which is another host.

    Example:
        >>> punycode("bücher.example")
        'xn--bcher-kva.example'
    """
    labels = [_ascii_label(label) for label in re.split(_DOTS, host)]
    return ".".join([label for label in labels if label is not None]) if None not in labels else None


def _ascii_label(label: str) -> str | None:
    if label.isascii():
        return label
    import unicodedata

    composed = unicodedata.normalize("NFC", label)
    plain = "".join([c.lower() if ord(c) < _LAST_CAPITAL else c for c in composed])
    if re.search(_REFUSED, composed) or not all(map(_is_stable, plain)) or not _is_word(plain):
        return None
    written = plain if plain.isascii() else f"xn--{plain.encode('punycode').decode()}"
    return written if len(written) <= LONGEST_LABEL else None


def _is_stable(character: str) -> bool:
    """Whether a character is the one form of itself, as RFC 5892, section 2.2, has it, and may be in a name."""
    import unicodedata

    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    return folded == character or character in _KEPT


def _is_word(label: str) -> bool:
    """Whether a label has nothing but letters with their marks, ASCII digits and inner hyphens."""
    import unicodedata

    if label[0] == "-" or label[-1] == "-" or label[2:4] == "--":
        return False
    categories = [unicodedata.category(c) for c in label]
    directions = {unicodedata.bidirectional(c) for c in label}
    return (
        categories[0][0] != "M"
        and all(c in "-0123456789" or kind in _LETTERS for c, kind in zip(label, categories, strict=True))
        and any(directions <= each for each in _DIRECTIONS)
    )


def is_literal(host: str) -> bool:
    """Whether a host in brackets is an IPv6 address."""
    from ipaddress import AddressValueError, IPv6Address

    try:
        IPv6Address(host[1:-1])
    except AddressValueError:
        return False
    return True


def is_reachable(host: str) -> bool:
    """Whether a service elsewhere can reach a host, by its name or address alone."""
    if "%" in host:
        from urllib.parse import unquote

        host = unquote(host)
    name = host.lower().removesuffix(".")
    if name.startswith("["):
        from ipaddress import ip_address

        return ip_address(name[1:-1]).is_global if is_literal(name) else True
    last = name.rpartition(".")[2]
    if within(_NEVER_IN_A_NAME)(name):
        return False
    if whole(_NUMBER)(last):
        return _is_global_ipv4(name)
    return "." in name and last != "localhost"


def _is_global_ipv4(name: str) -> bool:
    """Whether numbers with dots are a global address, as browsers read them: 127.1 is 127.0.0.1."""
    from ipaddress import ip_address
    from socket import inet_aton

    try:
        return ip_address(inet_aton(name)).is_global
    except (OSError, ValueError):
        return False
