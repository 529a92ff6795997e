"""Tokens of JSON, and of what people write where JSON is expected."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

WHITE_SPACE: Final = " \t\n\r"
CLOSING: Final = {"{": "}", "[": "]"}

ESCAPE: Final = (
    r'\\(?:["\\/bfnrt]|u(?:(?![dD][89a-fA-F])[0-9a-fA-F]{4}|[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}))'
)
NUMBER: Final = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
ODD_SPACE: Final = (
    r"\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    r"\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
)
PLACEHOLDER: Final = (
    r"\{\{\{[^{}\"\n]*\}\}\}|\{\{[^{}\"\n]*\}\}|\$\{[^{}\"\n]*\}"
    r"|\{%[^\"\n]*?%\}|<%[^\"\n]*?%>|<[A-Za-z_][\w .-]*>|\[object[ ]\w+\]"
)
"""What a template leaves where it was not filled in."""

GAP: Final = rf"(?:[ \t\n\r{ODD_SPACE}]|(?://|\#)[^\n\r]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+"
"""What may be between two tokens, comments included."""

TOKEN: Final = re.compile(
    rf"""[ \t\n\r]*+(?:
    (?P<string>"(?:[^"\\\x00-\x1f]++|{ESCAPE})*+")
    |(?P<number>{NUMBER}(?![\w.+$-]))
    |(?P<literal>(?:true|false|null)(?![\w.+$-]))
    |(?P<placeholder>{PLACEHOLDER})
    |(?P<open>[{{\[])
    |(?P<close>[}}\]])
    |(?P<comma>,)
    |(?P<colon>:)
    |(?P<comment>//[^\n\r]*+|/\*.*?(?:\*/|\Z)|\#[^\n\r]*+)
    |(?P<faulty>")
    |(?P<quote>[uUbBrRfF]?'|[`“”„‘’‚«»＂])
    |(?P<space>[{ODD_SPACE}]++)
    |(?P<word>(?:[\w.+-]|\$(?!\{{))++)
    |(?P<end>\Z)
    |(?P<other>=>?|.)
    )""",
    re.DOTALL | re.VERBOSE,
)
"""The next token, after white space."""

_CONTROLS: Final = {
    "\x0b": "a vertical tab",
    "\x0c": "a form feed",
    "\x85": "a next line",
    "\ufeff": "a byte order mark",
}


def character_name(character: str) -> str:
    """What a character is called, with its code point: `a no-break space (U+00A0)`."""
    name = _CONTROLS.get(character)
    if name is None:
        name = unicodedata.name(character, "character").lower()
        name = f"{'an' if name[0] in 'aeio' else 'a'} {name}"
    return f"{name} (U+{ord(character):04X})"


def plain_space(characters: str) -> str:
    """What is written instead of odd white space: a space for each character that has a width."""
    return "".join([" " for each in characters if unicodedata.category(each) != "Cf"])


def narrow(character: str) -> str:
    """The JSON punctuation that a wide character stands for: `:` for `：`. Empty if there is none."""
    normalized = unicodedata.normalize("NFKC", character)
    return normalized if character != normalized and normalized in tuple("{}[]:,") else ""
