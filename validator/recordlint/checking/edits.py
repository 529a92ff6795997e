"""A fix of a value into the edits of the text that holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from recordlint.problems.pointers import Path
from recordlint.problems.problem import KEPT, Part, Problem, ValueFix

Span = tuple[int, int]
Located = tuple[Path, Part]
Change = tuple[int, int, str]
"""A stretch of the text, in code points, and what becomes of it."""

_SPACE: Final = " \t\n\r"


def located(problem: Problem) -> Iterator[Located]:
    """The parts of the body, beside the one that a problem is about, whose places are needed for its fix."""
    fix = problem.fix
    if fix is None:
        return
    at = _replaced(problem, fix)
    if at is not None:
        if not _is_own(problem, at):
            yield at, "value"
        if (fix.is_member or fix.drops) and at and isinstance(at[-1], str):
            yield at, "key"
    if fix.keep is not None:
        yield fix.keep, "value"
    if fix.into is not None:
        yield fix.into, "value"


def _replaced(problem: Problem, fix: ValueFix) -> Path | None:
    """The value that is replaced or dropped; None for the part that the problem is about."""
    if fix.at is not None:
        return fix.at
    return problem.path if fix.is_member or fix.drops else None


def _is_own(problem: Problem, at: Path) -> bool:
    """Whether the value at a path is the part that the problem is about, whose place is known."""
    return problem.part == "value" and problem.path == at


def changes(problem: Problem, text: str, own: Span, spans: Mapping[Located, Span]) -> Sequence[Change]:
    """The edits that apply the fix of a problem.

    Args:
        problem: what is wrong, perhaps with a fix.
        text: the JSON text.
        own: the place of the part that the problem is about.
        spans: the places of the parts that `located` names.
    """
    fix = problem.fix
    if fix is None:
        return ()
    at = _replaced(problem, fix)
    start, end = own if at is None or _is_own(problem, at) else spans[at, "value"]
    key = spans.get((at, "key")) if at is not None and (fix.is_member or fix.drops) else None
    if key:
        start = key[0]
    if fix.drops:
        dropped = [(*_with_comma(text, start, end), "")]
        return dropped if fix.into is None else [*dropped, _appended(text, spans[fix.into, "value"], text[start:end])]
    before, kept, after = fix.text.partition(KEPT)
    if not kept:
        return [(start, end, fix.text)]
    first, last = (start, end) if fix.keep is None else spans[fix.keep, "value"]
    return [(start, first, before), (last, end, after)]


def _with_comma(text: str, start: int, end: int) -> Span:
    """An item or member with the comma before it, or else with the one after it and the white space there."""
    before = _before_space(text, start)
    if text[before - 1] == ",":
        return before - 1, end
    after = _after_space(text, end)
    if text[after] != ",":
        return before, after
    return start, _after_space(text, after + 1)


def _appended(text: str, into: Span, member: str) -> Change:
    """A member as the last of an object, on a line of its own where the others have theirs."""
    opening, end = into
    last = _before_space(text, end - 1)
    if last == opening + 1:
        return last, last, member
    space = text[opening + 1 : _after_space(text, opening + 1)]
    between = space if "\n" in space else " "
    return last, last, f",{between}{member}"


def _before_space(text: str, at: int) -> int:
    """Where the white space that ends at a position begins. A copy of the text before it would take too long."""
    while at and text[at - 1] in _SPACE:
        at -= 1
    return at


def _after_space(text: str, at: int) -> int:
    """Where the white space that begins at a position ends."""
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at
