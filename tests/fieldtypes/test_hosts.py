"""Hosts in ASCII, as the package idna and browsers write them, and which of them a service can reach."""

from __future__ import annotations

import unicodedata

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import THOROUGH
from recordlint.fieldtypes._hosts import is_literal, is_reachable, punycode

HOSTS = {
    "bücher.example": "xn--bcher-kva.example",
    "BÜCHER.Example": "xn--bcher-kva.Example",
    "bu\u0308cher.example": "xn--bcher-kva.example",
    "straße.example": "xn--strae-oqa.example",
    "ελλάς.gr": "xn--hxarsa0b.gr",
    "ΟΔΟΣ.gr": "xn--pxavbq.gr",
    "例え。example": "xn--r8jz45g.example",
    "مثال.example": "xn--mgbh0fb.example",
    "דוגמה.example.": "xn--6dbbec0c.example.",
    "a.bücher..example": "a.xn--bcher-kva..example",
    "☂.example": None,
    "a\u200db\u00fc.example": None,
    "ẞ.example": None,
    "ｅü.example": None,
    "-ü.example": None,
    "אa.example": None,
    "ü" * 64: None,
    "plain.example": "plain.example",
}


@pytest.mark.parametrize("host", HOSTS, ids=ascii)
def test_punycode(host: str) -> None:
    assert punycode(host) == HOSTS[host]


LETTERS = st.characters(categories=("L", "M", "N", "Pd"), max_codepoint=0x2FFFF)


@THOROUGH
@given(st.text(LETTERS, min_size=1, max_size=6))
def test_what_is_written_is_what_idna_writes(label: str) -> None:
    written = punycode(label)
    if written is not None and not label.isascii():
        assert written == idna.encode(label, uts46=True).decode()


@pytest.mark.slow
def test_every_letter_is_what_idna_makes_of_it() -> None:
    written = 0
    for code in range(0x80, 0x32000):
        host = f"a{chr(code)}b"
        ours = punycode(host) if unicodedata.category(chr(code))[0] in "LMN" else None
        if ours is not None:
            written += 1
            assert ours == idna.encode(host, uts46=True).decode(), ascii(host)
    assert written > 100_000


REACHABLE = (
    *("example.com", "EXAMPLE.com.", "a.b", "8.8.8.8", "134744072.com", "0x08080808", "8.526344", "[2606:4700::1111]"),
    *("localhost.example.com", "ex%61mple.com", "_dmarc.example.com", "xn--bcher-kva.example"),
)
OUT_OF_REACH = (
    *("localhost", "LOCALHOST.", "a.localhost", "server", "server.", "127.0.0.1", "127.1", "0x7f.1", "2130706433"),
    *("10.1.2.3", "192.168.0.1", "172.16.5.4", "169.254.169.254", "100.64.0.1", "0.1.2.3", "192.0.2.1", "256.1.1.1"),
    *(
        "1.2.3.4.5",
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:10.0.0.1]",
        "[2001:db8::1]",
        "%6Cocalhost",
        "a%20b.example",
    ),
)


@pytest.mark.parametrize("host", [*REACHABLE, *OUT_OF_REACH])
def test_hosts_that_can_be_reached(host: str) -> None:
    assert is_reachable(host) == (host in REACHABLE)


@pytest.mark.parametrize("host", ["[::]", "[::1.2.3.4]", "[1:2:3:4:5:6:7:8]"])
def test_literals(host: str) -> None:
    assert is_literal(host)


@pytest.mark.parametrize("host", ["[1::2::3]", "[1:2]", "[v1.a]", "[::12345]", "[]", "[g::]"])
def test_what_is_no_literal(host: str) -> None:
    assert not is_literal(host)
