"""What is wrong with a text, noted while it is read: the first in it, and of the others how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final, NamedTuple

from recordlint.jsontext.positions import Span
from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError
from recordlint.problems.pointers import Path, pointer


class Limit(NamedTuple):
    """How much is noted of a text with very many mistakes."""

    at_most: int
    """How many errors are noted, and how many repeated keys; the rest are counted."""
    spot: Callable[[str], str]
    """The pointers that are counted as one."""


class Errors:
    """The syntax errors of a text: all of them, or the first in the text.

    What is only counted takes no memory, and no message, hint or change of it stays.

    Attributes:
        count: how many there are.
        are_fixed: whether each of them has changes.
    """

    def __init__(self, at_most: int | None) -> None:
        self.count = 0
        self.are_fixed = True
        self._at_most: Final = at_most
        self._noted: dict[int, JsonSyntaxError] = {}
        """By their numbers, up to twice as many as are asked for: they are not quite in the order of the text."""
        self._end: Span | None = None
        """Errors from here on are only counted."""

    def add(self, error: JsonSyntaxError, *, is_fixed: bool = False) -> int:
        """Note an error. Its number.

        Args:
            error: the error.
            is_fixed: it gets its changes later.
        """
        number = self.count
        self.count += 1
        if not error.changes and not is_fixed:
            self.are_fixed = False
        if self._end is None or error.span < self._end:
            self._noted[number] = error
            if self._at_most is not None and len(self._noted) > 2 * self._at_most:
                self._keep_first(self._at_most)
        return number

    def has(self, number: int) -> bool:
        """Whether an error is noted, not only counted."""
        return number in self._noted

    def change(self, number: int, *changes: Change) -> None:
        """Give an error other changes."""
        if not changes:
            self.are_fixed = False
        if number in self._noted:
            self._noted[number] = self._noted[number]._replace(changes=changes)

    def _keep_first(self, at_most: int) -> None:
        first = self._in_order()[:at_most]
        self._noted = dict(first)
        self._end = first[-1][1].span if first else (-1, -1)

    def _in_order(self) -> list[tuple[int, JsonSyntaxError]]:
        return sorted(self._noted.items(), key=lambda item: (item[1].span, item[0]))

    def listed(self) -> list[JsonSyntaxError]:
        """Those that are listed, in the order of the text."""
        return [error for _, error in self._in_order()[: self._at_most]]


class Repeated(NamedTuple):
    """A key that appears again in its object."""

    path: Path
    """The member's."""
    first: Span
    later: Span


class RepeatedKeys:
    """The repeated keys of a text: all of them, or the first in the text.

    Attributes:
        listed: in the order of the text.
        others: how many more there are at each spot.
    """

    def __init__(self, limit: Limit | None) -> None:
        self.listed: list[Repeated] = []
        self.others: Counter[str] = Counter()
        self._limit: Final = limit

    def add(self, repeated: Repeated) -> None:
        """Note a key that comes after those that are noted."""
        if self._limit is None or len(self.listed) < self._limit.at_most:
            self.listed.append(repeated)
        else:
            self.others[self._limit.spot(pointer(repeated.path))] += 1
