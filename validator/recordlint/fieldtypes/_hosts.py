"""The host of a URL or an e-mail address: whether the service can reach it, and how it is written in ASCII."""

from __future__ import annotations

import re
from typing import Final

_DOTS: Final = "[.\u3002\uff0e\uff61]"
"""What separates labels, in any script."""
_NUMBER: Final = r"[0-9]+|0[xX][0-9A-Fa-f]*"
LONGEST_LABEL: Final = 63
_OWN_LETTERS: Final = frozenset("\u1e9e\u0640\u07fa\u302e\u302f\u3031\u3032\u3033\u3034\u3035\u303b")
"""Letters that domain names refuse, and the capital of ß, which was mapped to two letters once."""


def punycode(host: str) -> str | None:
    """A host in ASCII, or None where that is not certain.

    By the rules of IDNA 2008, which keep ß and ς. Python's own codec "idna" has those of 2003: it makes
    `strasse.example` of `straße.example`, which is another host.

    Example:
        >>> punycode("bücher.example")
        'xn--bcher-kva.example'
    """
    labels = [_ascii_label(label) for label in re.split(_DOTS, host)]
    return None if None in labels else ".".join(filter(None, labels)) + ("." if host.endswith(".") else "")


def _ascii_label(label: str) -> str | None:
    if label.isascii():
        return label
    import unicodedata

    lower = "".join([c.lower() for c in unicodedata.normalize("NFKC", label)])
    plain = unicodedata.normalize("NFC", lower)
    if not _is_word(plain) or _OWN_LETTERS & set(label):
        return None
    written = plain if plain.isascii() else f"xn--{plain.encode('punycode').decode()}"
    return written if len(written) <= LONGEST_LABEL else None


def _is_word(label: str) -> bool:
    """Whether a label has nothing but letters with their marks, ASCII digits and inner hyphens."""
    import unicodedata

    if not label or label[0] == "-" or label[-1] == "-" or label[2:4] == "--":
        return False
    categories = [unicodedata.category(c) for c in label]
    directions = {unicodedata.bidirectional(c) for c in label}
    return (
        categories[0][0] != "M"
        and all(c in "-0123456789" or kind[0] in "LM" for c, kind in zip(label, categories, strict=True))
        and (directions <= {"L", "EN", "ES", "NSM", "ON"} or directions <= {"R", "NSM"} or directions <= {"AL", "NSM"})
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
    from ipaddress import ip_address
    from urllib.parse import unquote

    name = unquote(host).lower().removesuffix(".")
    if name.startswith("["):
        return ip_address(name[1:-1]).is_global if is_literal(name) else True
    last = name.rpartition(".")[2]
    if re.fullmatch(_NUMBER, last):
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
