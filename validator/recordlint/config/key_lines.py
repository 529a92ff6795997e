"""The lines at which the keys of a TOML document stand, which tomllib does not keep.

The text is known to be TOML, so this only has to tell where a key begins: headers, dotted and quoted keys, inline
tables and arrays; what looks like a key in a string or a comment is none.
"""

from __future__ import annotations

import re
import tomllib
from collections import deque
from typing import Final, NamedTuple

from recordlint.problems.pointers import Path

_TOKENS: Final = re.compile(
    r"""
    (?P<ignored> [ \t\r]+ | \#[^\n]* )
    | \"{3} (?: \\. | [^\\] )*? \"{3,5} | '{3} .*? '{3,5}
    | \" (?: \\. | [^\\"\n] )* \" | ' [^'\n]* '
    | [\[\]{},=.\n]
    | [^\s\[\]{},=.\#"']+
    """,
    re.VERBOSE | re.DOTALL,
)

Lines = dict[Path, int]


class _Token(NamedTuple):
    text: str
    line: int


def key_lines(text: str) -> Lines:
    """The line, from 1, of each key and of each array's item, by its path from the root.

    A table that is written in several places has the line of the first.

    Args:
        text: a TOML document that tomllib reads.
    """
    tokens = _tokens(text)
    lines: Lines = {}
    latest: dict[Path, int] = {}
    table: Path = ()
    while tokens:
        token = tokens.popleft()
        if token.text == "[":
            table = _header(tokens, lines, latest)
        elif token.text != "\n":
            tokens.appendleft(token)
            _pair(tokens, table, lines)
    return lines


def _tokens(text: str) -> deque[_Token]:
    tokens: deque[_Token] = deque()
    line = 1
    for match in _TOKENS.finditer(text):
        if not match["ignored"]:
            tokens.append(_Token(match[0], line))
        line += match[0].count("\n")
    return tokens


def _header(tokens: deque[_Token], lines: Lines, latest: dict[Path, int]) -> Path:
    """Read a table's header behind its first bracket; the table's path.

    Args:
        tokens: of the document, from here on.
        lines: gets what the header names.
        latest: the index of the last table in each array of tables.
    """
    is_array = tokens[0].text == "["
    if is_array:
        tokens.popleft()
    line = tokens[0].line
    key = _key(tokens, "]")
    if is_array:
        tokens.popleft()
    path: Path = ()
    for number, step in enumerate(key, 1):
        path = (*path, step)
        lines.setdefault(path, line)
        if is_array and number == len(key):
            latest[path] = latest.get(path, -1) + 1
        if path in latest:
            path = (*path, latest[path])
            lines.setdefault(path, line)
    return path


def _pair(tokens: deque[_Token], table: Path, lines: Lines) -> None:
    """Read a key and its value."""
    line = tokens[0].line
    path = table
    for step in _key(tokens, "="):
        path = (*path, step)
        lines.setdefault(path, line)
    _value(tokens, path, lines)


def _key(tokens: deque[_Token], end: str) -> list[str]:
    """Read a key's steps, and what ends it."""
    steps: list[str] = []
    while (text := tokens.popleft().text) != end:
        if text[0] in "\"'":
            steps += tomllib.loads(f"{text} = 0")
        elif text != ".":
            steps.append(text)
    return steps


def _value(tokens: deque[_Token], path: Path, lines: Lines) -> None:
    opening = tokens.popleft().text
    if opening not in ("[", "{"):
        while tokens and tokens[0].text not in (",", "]", "}", "\n"):
            tokens.popleft()
        return
    index = 0
    while (token := tokens.popleft()).text not in ("]", "}"):
        if token.text == ",":
            index += 1
        elif token.text != "\n":
            tokens.appendleft(token)
            if opening == "{":
                _pair(tokens, path, lines)
            else:
                lines[*path, index] = token.line
                _value(tokens, (*path, index), lines)
