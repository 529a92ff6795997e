"""An open array or object, and how members that are `undefined` are left out of it."""

from __future__ import annotations

from typing import Final, NamedTuple

from recordlint.jsontext.noted import Errors
from recordlint.jsontext.positions import Span
from recordlint.jsontext.syntax_errors import Change
from recordlint.problems.pointers import Step

_BITS: Final = 40
_LOWER: Final = (1 << _BITS) - 1


class _Undefined(NamedTuple):
    error: int
    """The number of its error."""
    start: int
    end: int
    is_noted: bool


class Frame:
    """An array or object that is being read.

    Attributes:
        bracket: `{` or `[`.
        start: where it is; before the text for members without an object around them.
        step: the key or index of the member that is being read.
        member: where that member starts.
        comma: the comma before it.
        inserted: the number of that comma's error, if it is missing and its changes write it.
        number: the last number that a comma followed.
    """

    __slots__ = ("_kept", "_names", "_undefined", "bracket", "comma", "inserted", "member", "number", "start", "step")

    def __init__(self, bracket: str, start: int) -> None:
        self.bracket = bracket
        self.start = start
        self.step: Step = -1
        self.member = start
        self.comma = start
        self.inserted: int | None = None
        self.number: Span = (start, start)
        self._names: dict[str, int] = {}
        """The keys so far, each with its start and its end as one number: there may be very many."""
        self._kept: int | None = None
        """The end of the last member that stays."""
        self._undefined: list[_Undefined] = []
        """Those since then."""

    @property
    def leaves_out(self) -> bool:
        """Whether the last member is left out."""
        return bool(self._undefined)

    def name(self, name: str, span: Span) -> Span | None:
        """Note a key, and where it is; where it was first, if it appears again."""
        place = self._names.setdefault(name, span[0] << _BITS | span[1])
        first = (place >> _BITS, place & _LOWER)
        return None if first == span else first

    def keep(self, errors: Errors, end: int) -> None:
        """Note that the member ends at `end` and stays. Those left out before it go up to its start."""
        if self._undefined:
            starts = [*[each.start for each in self._undefined[1:]], self.member]
            for each, start in zip(self._undefined, starts, strict=True):
                errors.change(each.error, Change(each.start, start, ""))
            self._undefined.clear()
        self._kept = end

    def leave_out(self, error: int, end: int, *, is_noted: bool) -> None:
        """Note that the member ends at `end` and is left out.

        Args:
            error: the number of the error that says so.
            end: where the member ends.
            is_noted: whether the error is noted. Of those that are only counted, the first shows where the last that
                is noted ends.
        """
        if is_noted or not self._undefined or self._undefined[-1].is_noted:
            self._undefined.append(_Undefined(error, self.member, end, is_noted))

    def close(self, errors: Errors, end: int | None) -> None:
        """Note that no member follows. Those left out last go with the comma before them.

        Args:
            errors: get the changes.
            end: where the closing bracket is, if nothing but white space is before it.
        """
        if self._undefined and self.inserted is not None:
            errors.change(self.inserted)  # It would be a trailing comma.
        at = self.start + 1 if self._kept is None else self._kept
        for each in self._undefined:
            last = self._kept is None and end is not None and each is self._undefined[-1]
            errors.change(each.error, Change(at, end if last and end is not None else each.end, ""))
            at = each.end
