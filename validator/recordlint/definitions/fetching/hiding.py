"""Finds a secret in a text, however a program spelled it: servers repeat what they are sent, in words of their own."""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

PIECE: Final = 8
"""Characters of a secret in a row that are hidden; fewer may be a part of any word."""
ROUNDS: Final = 5
"""How often a text is read again, because an escape may be escaped."""

_ESCAPE: Final = re.compile(
    r"""%([0-9A-Fa-f]{2})  |  \\u([0-9A-Fa-f]{4})  |  \\u\{0*([0-9A-Fa-f]{1,5})\}  |  \\x([0-9A-Fa-f]{2})
    |  =([0-9A-Fa-f]{2})
    |  (&(?:(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});?|(?:amp|lt|gt|quot|apos);))  |  \\([0-7]{3})  |  \\(.)""",
    re.VERBOSE,
)
"""URLs, JSON and JavaScript, quoted-printable, HTML, octal, and a backslash before the character itself."""
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{11,}")
_HEXADECIMAL: Final = re.compile(r"[0-9A-Fa-f]{16,}")
_SPACES: Final = frozenset("bfnrt")
"""What stands behind a backslash for white space."""
_NOT_VISIBLE: Final = re.compile(r"[^!-~]+")
_FOR_URLS: Final = str.maketrans("-_", "+/")


class _Reading(NamedTuple):
    """A text without escapes."""

    text: str
    starts: Sequence[int]
    """Where each character begins in the text that was read first."""
    ends: Sequence[int]


def hidden(text: str, secret: str, shown: str) -> str:
    """A text with other words wherever it holds a piece of a secret.

    Args:
        text: of any kind. Characters with the code 0 are dropped from it.
        secret: visible ASCII characters.
        shown: what is written instead.
    """
    text = text.replace("\0", "")
    marks = bytearray(len(text))
    for reading in (each for read in _readings(text) for each in (read, _visible(read))):
        for start, end in _places(reading.text, secret):
            first, last = reading.starts[start], reading.ends[end - 1]
            marks[first:last] = b"\1" * (last - first)
    parts: list[str] = []
    at = 0
    for run in re.finditer(b"\1+", bytes(marks)):
        parts += text[at : run.start()], shown
        at = run.end()
    return "".join([*parts, text[at:]])


def holds(text: str, secret: str) -> bool:
    """Whether a text holds a secret or half of it, in any spelling. It is quick enough for megabytes.

    Args:
        text: of any kind.
        secret: visible ASCII characters, at least `PIECE` of them.
    """
    text = text.replace("\0", "")
    middle = len(secret) // 2
    # Halves of a short one are parts of words.
    halves = (secret[:middle], secret[middle:]) if middle >= PIECE else (secret,)
    plain = {each.lower() for half in halves for each in (half, half.encode().hex())}
    encoded = {each for half in halves for offset in range(3) for each in _in_base64(half, offset)}
    for _ in range(ROUNDS):
        lower = _NOT_VISIBLE.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()
        if any(each in lower for each in plain) or any(each in text for each in encoded):
            return True
        text, before = _ESCAPE.sub(_character, text), text
        if text == before:
            break
    return False


def _readings(text: str) -> Iterator[_Reading]:
    """A text as it is, and with its escapes read once, twice and so on."""
    reading = _Reading(text, range(len(text)), range(1, len(text) + 1))
    for _ in range(ROUNDS):
        yield reading
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for match in _ESCAPE.finditer(reading.text):
            starts += [*reading.starts[at : match.start()], reading.starts[match.start()]]
            ends += [*reading.ends[at : match.start()], reading.ends[match.end() - 1]]
            parts += reading.text[at : match.start()], _character(match)
            at = match.end()
        if not at:
            return
        text = "".join([*parts, reading.text[at:]])
        reading = _Reading(text, [*starts, *reading.starts[at:]], [*ends, *reading.ends[at:]])


def _visible(reading: _Reading) -> _Reading:
    """A text without white space and what else nobody sees, and with letters of full width as those of ASCII."""
    kept = [
        (character, start, end)
        for each, start, end in zip(*reading, strict=True)
        for character in (each if each.isascii() else unicodedata.normalize("NFKC", each))
        if "!" <= character <= "~"
    ]
    characters, starts, ends = zip(*kept, strict=True) if kept else ((), (), ())
    return _Reading("".join(characters), starts, ends)


def _character(match: re.Match[str]) -> str:
    """The character that an escape stands for."""
    *codes, entity, octal, character = match.groups()
    code = next((each for each in codes if each), None)
    if code:
        return chr(int(code, 16))
    if octal:
        return chr(int(octal, 8))
    if entity:
        return html.unescape(entity)[:1] or " "
    return " " if character in _SPACES else str(character)


def _places(text: str, secret: str) -> Iterator[tuple[int, int]]:
    """Where a text holds pieces of a secret, in any case, in base64 or in hexadecimal digits."""
    if len(secret) < PIECE:
        word = re.compile(rf"(?<![A-Za-z0-9]){re.escape(secret)}(?![A-Za-z0-9])")
        yield from [match.span() for match in word.finditer(text)]
        return
    pieces = {secret[at : at + PIECE].lower() for at in range(len(secret) - PIECE + 1)}
    for at in range(len(text) - PIECE + 1):
        if text[at : at + PIECE].lower() in pieces:
            yield at, at + PIECE
    for run in _BASE64.finditer(text):
        if any(piece in decoded.lower() for decoded in _from_base64(run.group()) for piece in pieces):
            yield run.span()
    for run in _HEXADECIMAL.finditer(text):
        if any(piece in decoded.lower() for decoded in _from_hexadecimal(run.group()) for piece in pieces):
            yield run.span()


def _from_base64(run: str) -> Iterator[str]:
    """What a part of base64 holds, from each character on with which a group can begin."""
    for start in range(4):
        part = run[start:].translate(_FOR_URLS)
        with_padding = part[: len(part) - (len(part) % 4 == 1)]
        try:
            yield base64.b64decode(with_padding + "=" * (-len(with_padding) % 4)).decode("latin-1")
        except binascii.Error:
            continue


def _from_hexadecimal(run: str) -> Iterator[str]:
    """What hexadecimal digits hold, from the first on and from the second."""
    for part in (run, run[1:]):
        yield bytes.fromhex(part[: len(part) // 2 * 2]).decode("latin-1")


def _in_base64(text: str, offset: int) -> Sequence[str]:
    """A text within base64, where `offset` bytes, modulo 3, are before it; also as base64 is written for URLs."""
    encoded = base64.b64encode(b"\0" * offset + text.encode()).decode()
    # Only these characters are made of the text alone.
    inner = encoded[-(-offset * 8 // 6) : (offset + len(text)) * 8 // 6]
    return inner, inner.replace("+", "-").replace("/", "_")
