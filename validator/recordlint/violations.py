"""Violation, its Place and Fix, and the Problem that it is made of.

The values here are NamedTuples: frozen, and several times cheaper to define and to make than dataclasses,
which shows in the start-up time and over millions of rows.
"""

from collections.abc import Callable
from typing import Final, Literal, NamedTuple

Severity = Literal["error", "warning"]
Step = str | int
Path = tuple[Step, ...]
Part = Literal["value", "key", "open"]
"""What of a member a problem is about: its value, its key, or the bracket that opens its value."""

new: Final = tuple.__new__
"""`new(Place, (…))` is `Place(…)` in a third of the time, for the places where every wrong row passes."""

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


KEPT: Final = "\x00"
"""Stands for text of the payload, in a hint and in what a fix writes."""


class ValueFix(NamedTuple):
    """A fix before its place in the text is known: what to write for the part that the problem is about."""

    safe: bool
    description: str
    text: str = ""
    """JSON text for that part; `KEPT` within it stands for the text that is there now."""
    at: Path | None = None
    """The value that is replaced or dropped, where it is not that part."""
    is_member: bool = False
    """Whether the key of that value is replaced with it."""
    keep: Path | None = None
    """The value whose text `KEPT` stands for, where it is only a part of what is replaced."""
    drops: bool = False
    """Whether the item or member goes, with one of the commas around it, and nothing is written for it."""
    into: Path | None = None
    """The object that a member moves into, as its last; only where it is dropped."""

    def below(self, steps: Path) -> "ValueFix":
        """The same, seen from further up."""
        if self.at is None and self.keep is None and self.into is None:
            return self
        at, keep, into = [None if path is None else (*steps, *path) for path in (self.at, self.keep, self.into)]
        return self._replace(at=at, keep=keep, into=into)


class Mention(NamedTuple):
    """A second part of the body that a problem speaks of."""

    path: Path
    message: str = "the first is here"
    part: Part = "value"


class Problem(NamedTuple):
    """A violation before it has a place: what the rules' words yield."""

    rule: str
    message: str
    hint: str = ""
    """`KEPT` within it stands for the JSON text of the value."""
    path: Path = ()
    """From the value that was judged to the smallest wrong part of it."""
    part: Part = "value"
    severity: Severity = "error"
    related: tuple[Mention, ...] = ()
    """A related place, such as the first occurrence of a repeated value."""
    fix: ValueFix | None = None
    redacted_hint: str | None = None
    """The hint without any value of the body; None where `hint` has none either."""
    note: str = ""
    """What the service was seen to do with it."""
    words: "Callable[[], Problem] | None" = None
    """Makes the whole problem, by its path from an inner value; None where this is the whole problem.

    Of very many problems in one array, only the first are listed. The others have no message, hint, note or fix yet.
    """

    def with_words(self) -> "Problem":
        """The whole problem."""
        if self.words is None:
            return self
        whole = self.words()
        steps = self.path[: len(self.path) - len(whole.path)]
        return whole.below(*steps)._replace(severity=self.severity)

    def with_hint(self, hint: str, redacted_hint: str | None = None, fix: ValueFix | None = None) -> "Problem":
        """The same problem with another hint, and the fix that it speaks of."""
        # Faster than _replace, and most problems get their hint here.
        rule, message, _, path, part, severity, related, _, _, note, _ = self
        return Problem(rule, message, hint, path, part, severity, related, fix, redacted_hint, note)

    def below(self, *steps: Step) -> "Problem":
        """The same problem, seen from further up: `steps` lead to the value that was judged."""
        rule, message, hint, path, part, severity, related, fix, hidden, note, words = self
        if related:
            related = tuple([new(Mention, ((*steps, *each[0]), *each[1:])) for each in related])
        if fix is not None:
            fix = fix.below(steps)
        # Faster than _replace, and every problem passes here two or three times.
        return new(Problem, (rule, message, hint, (*steps, *path), part, severity, related, fix, hidden, note, words))


def pointer(path: Path) -> str:
    """The JSON Pointer (RFC 6901) of a path."""
    try:
        # Most paths end with a key, and most of these have no index in them, which raises.
        steps = "/".join(map(str, path) if path and type(path[-1]) is int else path)  # type: ignore[arg-type]
    except TypeError:
        steps = "/".join(map(str, path))
    if path and "~" not in steps and steps.count("/") == len(path) - 1:
        return f"/{steps}"
    return "".join([f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path])
