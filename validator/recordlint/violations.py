"""Violation, with its Place and Fix: a Problem that has a place in a text.

The values here are NamedTuples: frozen, and several times cheaper to define and to make than dataclasses,
which shows in the start-up time and over millions of rows.
"""

from typing import Final, NamedTuple

from recordlint.problems.problem import Severity

LISTED_AT_MOST: Final = 1_000
"""How many violations of one body are listed; the rest are counted."""


class Place(NamedTuple):
    """A stretch of a text. Lines and columns count from 1, columns are code points, ends are exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    """UTF-8 bytes from the start of the text."""
    end: int


class Edit(NamedTuple):
    """Bytes `start` to `end` (UTF-8, from the start of the text) become `text`."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """A change of the text that fixes a violation."""

    safe: bool
    """True where the result can only be what the user meant."""
    description: str
    edits: tuple[Edit, ...]


class Related(NamedTuple):
    """A second place that a violation speaks of."""

    pointer: str
    message: str
    place: Place | None


class TableCell(NamedTuple):
    """A cell of a table, or a whole row of it."""

    row: int
    """As a spreadsheet counts, from 1."""
    name: str
    """As a spreadsheet names it, such as `B17`; empty for the whole row."""
    column: str
    """What the header calls its column; empty for the whole row, or where there is no header."""


class Violation(NamedTuple):
    """One breach of the contract, or one suspicion."""

    rule: str
    """The rule's id, such as `option-label`."""
    severity: Severity
    pointer: str
    """RFC 6901, into the body, or into the whole request where that is what was given."""
    message: str
    """What is wrong, one sentence, without any value of the body."""
    hint: str
    """What to write instead, one sentence, which may hold a value of the body; empty where there is none."""
    place: Place | None
    """None for a parsed body, which has no text."""
    related: tuple[Related, ...]
    fix: Fix | None
    redacted_hint: str | None = None
    """The hint without any value of the body; None where `hint` has none either."""
    note: str = ""
    """What the service was seen to do with it, one sentence without any value; empty where nothing is known."""
    cell: TableCell | None = None
    """The cell of the table that the value came out of; None where it came out of none."""

    def at_line(self, line: int) -> "Violation":
        """The same where the text is line `line` of a longer one."""
        related = tuple([each._replace(place=_at_line(each.place, line)) for each in self.related])
        return self._replace(place=_at_line(self.place, line), related=related)


def _at_line(place: Place | None, line: int) -> Place | None:
    return place and place._replace(line=place.line + line - 1, end_line=place.end_line + line - 1)


class FixedText(NamedTuple):
    """A text after its fixes."""

    text: bytes
    applied: int
    """How many violations were fixed."""
