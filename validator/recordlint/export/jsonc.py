"""Where things stand in JSON with comments and trailing commas, as editors keep their settings."""

from __future__ import annotations

import json
import re
from typing import Final, NamedTuple

from recordlint.errors import InputError

_TOKEN: Final = re.compile(
    r"""(?P<space>(?:[ \t\r\n]|//[^\n]*|/\*[\s\S]*?\*/)+)
    |(?P<string>"(?:[^"\\\n]|\\.)*")
    |(?P<mark>[\[\]{},:])
    |(?P<word>[^\s\[\]{},:"/]+)""",
    re.VERBOSE,
)


class Node(NamedTuple):
    """A value."""

    start: int
    """In characters."""
    end: int
    members: tuple[Member, ...] = ()
    """Of an object or array."""


class Member(NamedTuple):
    """A member of an object, or an item of an array."""

    name: str | None
    """None in an array."""
    start: int
    value: Node
    comma: int | None
    """Where the comma behind it stands."""


def read(text: str, path: str) -> Node:
    """The value of a text.

    Args:
        text: JSON with comments; a byte order mark may stand before it.
        path: what an error calls the file.

    Raises:
        InputError: it is no such text; with line and column.
    """
    reader = _Reader(text, path)
    node = reader.value()
    if reader.kind:
        raise reader.fault()
    return node


class _Reader:
    """One token after the other."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.start = self.end = 1 if text.startswith("\ufeff") else 0
        self.kind: str | None = None
        self.token = ""
        self.step()

    def step(self) -> None:
        """To the next token; none at the end."""
        while True:
            self.start = self.end
            if self.start == len(self.text):
                self.kind, self.token = None, ""
                return
            match = _TOKEN.match(self.text, self.start)
            if not match:
                raise self.fault()
            self.end = match.end()
            if match.lastgroup != "space":
                self.kind, self.token = match.lastgroup, match.group()
                return

    def fault(self) -> InputError:
        line = self.text.count("\n", 0, self.start) + 1
        column = self.start - self.text.rfind("\n", 0, self.start)
        return InputError(f"{self.path}:{line}:{column}: not JSON with comments, so it is left as it is")

    def value(self) -> Node:
        start, end = self.start, self.end
        if self.token in ("{", "["):
            return self.members(start, "}" if self.token == "{" else "]")
        if self.kind == "word":
            try:
                json.loads(self.token)
            except ValueError:
                raise self.fault() from None
        elif self.kind != "string":
            raise self.fault()
        self.step()
        return Node(start, end)

    def members(self, start: int, close: str) -> Node:
        found: list[Member] = []
        self.step()
        while self.token != close:
            if found and found[-1].comma is None:
                raise self.fault()
            at, name = self.start, None
            if close == "}":
                name = self.name()
            value = self.value()
            comma = self.start if self.token == "," else None
            if comma is not None:
                self.step()
            found.append(Member(name, at, value, comma))
        end = self.end
        self.step()
        return Node(start, end, tuple(found))

    def name(self) -> str:
        if self.kind != "string":
            raise self.fault()
        try:
            name = str(json.loads(self.token))
        except ValueError:
            raise self.fault() from None
        self.step()
        if self.token != ":":
            raise self.fault()
        self.step()
        return name
