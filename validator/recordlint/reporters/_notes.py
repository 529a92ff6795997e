"""Notes that are shown once a rule and file, though a file's rows are written one by one, and in several processes."""

from __future__ import annotations

from typing import Final

MARK: Final = "\0"
"""Stands before the rule of a note, and around the note. Nothing else in a report has it, as all text is escaped."""


def marked(rule: str, note: str) -> str:
    """The lines of a note, which `Notes` keeps where it is the first of its kind."""
    return f"{MARK}{rule}{MARK}{note}{MARK}"


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
        for rule, note, behind in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            # Lines break elsewhere below a line number of more digits.
            words = (rule, b" ".join(note.split()))
            kept += [behind] if words in self._said else [note, behind]
            self._said.add(words)
        return b"".join(kept)
