"""An open array or object, and how members that are `undefined` are left out of it."""

from __future__ import annotations

from typing import NamedTuple

from recordlint.jsontext.positions import Span
from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError
from recordlint.violations import Step


class _Undefined(NamedTuple):
    error: int
    """Its index among the errors."""
    start: int
    end: int


class Frame:
    """An array or object that is being read.

    Attributes:
        bracket: `{` or `[`.
        start: where it is; before the text for members without an object around them.
        names: the keys so far, with their places.
        step: the key or index of the member that is being read.
        member: where that member starts.
        comma: the comma before it.
        inserted: the error of that comma, if it is missing.
        number: the last number that a comma followed.
    """

    __slots__ = ("_kept", "_undefined", "bracket", "comma", "inserted", "member", "names", "number", "start", "step")

    def __init__(self, bracket: str, start: int) -> None:
        self.bracket = bracket
        self.start = start
        self.names: dict[str, Span] = {}
        self.step: Step = -1
        self.member = start
        self.comma = start
        self.inserted: int | None = None
        self.number: Span = (start, start)
        self._kept: int | None = None
        """The end of the last member that stays."""
        self._undefined: list[_Undefined] = []
        """Those since then."""

    @property
    def leaves_out(self) -> bool:
        """Whether the last member is left out."""
        return bool(self._undefined)

    def keep(self, errors: list[JsonSyntaxError], end: int) -> None:
        """Note that the member ends at `end` and stays. Those left out before it go up to its start."""
        if self._undefined:
            starts = [*[each.start for each in self._undefined[1:]], self.member]
            for each, start in zip(self._undefined, starts, strict=True):
                _remove(errors, each, each.start, start)
            self._undefined.clear()
        self._kept = end

    def leave_out(self, error: int, end: int) -> None:
        """Note that the member ends at `end` and is left out; `error` says so."""
        self._undefined.append(_Undefined(error, self.member, end))

    def close(self, errors: list[JsonSyntaxError], end: int | None) -> None:
        """Note that no member follows. Those left out last go with the comma before them.

        Args:
            errors: get the changes.
            end: where the closing bracket is, if nothing but white space is before it.
        """
        if self._undefined and self.inserted is not None:
            errors[self.inserted] = errors[self.inserted]._replace(changes=())  # It would be a trailing comma.
        at = self.start + 1 if self._kept is None else self._kept
        for each in self._undefined:
            last = self._kept is None and end is not None and each is self._undefined[-1]
            _remove(errors, each, at, end if last and end is not None else each.end)
            at = each.end


def _remove(errors: list[JsonSyntaxError], undefined: _Undefined, start: int, end: int) -> None:
    errors[undefined.error] = errors[undefined.error]._replace(changes=(Change(start, end, ""),))
