"""Problem, what is wrong with a part of a body before it has a place in a text; a Violation is made of it."""

from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from recordlint.problems.named_tuples import new
from recordlint.problems.pointers import Path, Step

Severity = Literal["error", "warning"]
Part = Literal["value", "key", "open"]
"""What of a member a problem is about: its value, its key, or the bracket that opens its value."""

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
    words: "Callable[[Path], Problem] | None" = None
    """Makes the whole problem, given this one's path; its own is from an inner value. None where this is the whole.

    Of very many problems in one array, only the first are listed. The others have no message, hint, note or fix yet.
    """

    def with_words(self) -> "Problem":
        """The whole problem."""
        if self.words is None:
            return self
        whole = self.words(self.path)
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
