"""Looks for a token in what was shown or written, in ways that have nothing in common with recordlint's own."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable
from urllib.parse import quote, unquote

SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda token: token,
    "the first half": lambda token: token[: len(token) // 2],
    "the last half": lambda token: token[len(token) // 2 :],
    "percent-encoded": lambda token: quote(token, safe=""),
    "each percent-encoded": lambda token: "".join(f"%{ord(each):02X}" for each in token),
    "twice percent-encoded": lambda token: quote("".join(f"%{ord(each):02x}" for each in token), safe=""),
    "JSON escapes": lambda token: "".join(f"\\u{ord(each):04x}" for each in token),
    "JSON escapes in JSON": lambda token: "".join(f"\\\\u{ord(each):04X}" for each in token),
    "JavaScript escapes": lambda token: "".join(f"\\x{ord(each):02x}" for each in token),
    "HTML": lambda token: html.escape(token),
    "HTML, decimal": lambda token: "".join(f"&#{ord(each)};" for each in token),
    "HTML, hexadecimal": lambda token: "".join(f"&#x{ord(each):X};" for each in token),
    "quoted-printable": lambda token: "".join(f"={ord(each):02X}" for each in token),
    "base64": lambda token: base64.b64encode(token.encode()).decode(),
    "base64 of a header": lambda token: base64.b64encode(f"Bearer {token}".encode()).decode(),
    "base64 of a name and it": lambda token: base64.b64encode(f"ab:{token}\n".encode()).decode(),
    "base64 for URLs": lambda token: base64.urlsafe_b64encode(f"a{token}".encode()).decode().rstrip("="),
    "hexadecimal": lambda token: token.encode().hex(),
    "hexadecimal in capitals": lambda token: token.encode().hex().upper(),
    "hexadecimal behind a digit": lambda token: f"a{token.encode().hex()}",
    "in capitals": lambda token: token.upper(),
    "with spaces": lambda token: " ".join(token),
    "in lines": lambda token: "\n".join([token[at : at + 6] for at in range(0, len(token), 6)]),
    "with soft hyphens": lambda token: "\u00ad".join(token),
    "of full width": lambda token: "".join([chr(ord(each) + 0xFEE0) for each in token]),
    "octal": lambda token: "".join([f"\\{ord(each):03o}" for each in token]),
    "HTML without semicolons": lambda token: "".join([f"&#{ord(each)}" for each in token]),
    "UTF-16": lambda token: "\0".join([*token, ""]),
}
PIECE = 8
"""Characters of a token in a row that are a trace of it, but for what all tokens begin with."""


def traces(token: str, text: str) -> list[str]:
    """The pieces of a token that a text holds, however it is read."""
    readings = {text}
    for _ in range(4):
        readings |= {reading for each in readings for reading in _read(each)}
    pieces = {token[at : at + PIECE] for at in range(len(token) - PIECE + 1)} or {token}
    plain = [each.lower() for each in readings]
    return sorted(each for each in pieces if any(each.lower() in reading for reading in plain))


def _read(text: str) -> list[str]:
    escaped = re.sub(
        r"\\+(?:u00|x|u\{0*)([0-9a-fA-F]{2})\}?|=([0-9a-fA-F]{2})", lambda each: chr(int(each[1] or each[2], 16)), text
    )
    octal = re.sub(r"\\+([0-7]{3})", lambda each: chr(int(each[1], 8)), text)
    wide = "".join([chr(ord(each) - 0xFEE0) if "\uff01" <= each <= "\uff5e" else each for each in text])
    decoded = [
        octal,
        re.sub(r"\\u00[0-9a-f]{2}|[^!-~]", "", wide),
        unquote(text),
        html.unescape(text),
        escaped,
        text.replace("\0", ""),
        text.replace("\\u0000", ""),
    ]
    for run in re.findall(r"[A-Za-z0-9+/_-]{11,}", text):
        for start in range(4):
            part = run[start:].translate(str.maketrans("-_", "+/"))
            decoded.append(base64.b64decode(part[: len(part) // 4 * 4]).decode("latin-1"))
    for run in re.findall(r"[0-9a-fA-F]{16,}", text):
        decoded += [bytes.fromhex(each[: len(each) // 2 * 2]).decode("latin-1") for each in (run, run[1:])]
    return [each for each in decoded if each != text]
