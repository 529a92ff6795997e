"""Notes that are shown once a rule and file, though a file's rows are written one by one, and in several processes."""

from __future__ import annotations

from typing import Final

MARK: Final = "\0"
"""Stands around the rule before a note's line. Nothing else in a report has it, as all text is escaped."""


def marked(rule: str, line: str) -> str:
    """The line of a note, which `Notes` keeps where it is the first of its kind."""
    return f"{MARK}{rule}{MARK}{line}"


class Notes:
    """The notes of one file so far."""

    def __init__(self) -> None:
        self._said: Final[set[tuple[bytes, bytes]]] = set()

    def once(self, text: bytes) -> bytes:
        """A part of a report without marks, and without the notes that a part before had."""
        mark = MARK.encode()
        if mark not in text:
            return text
        first, *parts = text.split(mark)
        kept = [first]
        for rule, part in zip(parts[::2], parts[1::2], strict=True):
            line, newline, rest = part.partition(b"\n")
            note = (rule, line.lstrip())
            kept += [rest] if note in self._said else [line, newline, rest]
            self._said.add(note)
        return b"".join(kept)
