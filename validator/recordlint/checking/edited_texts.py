"""A text with the edits of fixes, and which stretches of it they leave as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from recordlint.jsontext.syntax_errors import apart
from recordlint.violations import Edit, Violation


class Stretch(NamedTuple):
    """Bytes that are the same in two texts."""

    before: int
    """Where they begin in the first."""
    after: int
    """Where they begin in the second."""
    length: int


class EditedText(NamedTuple):
    """A text after edits."""

    text: bytes
    kept: Sequence[Stretch]
    """What is left of the text before them, in its order."""


def edits_of(violation: Violation) -> tuple[Edit, ...]:
    """The edits of a violation's fix."""
    return violation.fix.edits if violation.fix else ()


def edited(data: bytes, violations: Iterable[Violation]) -> EditedText:
    """The text with the edits of violations."""
    parts: list[bytes] = []
    kept: list[Stretch] = []
    at = size = 0
    for start, end, text in apart(edit for violation in violations for edit in edits_of(violation)):
        new = text.encode()
        parts += data[at:start], new
        if start > at:
            kept.append(Stretch(at, size, start - at))
        size += start - at + len(new)
        at = end
    kept.append(Stretch(at, size, len(data) - at))
    return EditedText(b"".join([*parts, data[at:]]), kept)


def kept_through(first: Sequence[Stretch], second: Sequence[Stretch]) -> list[Stretch]:
    """What is left of a text after two rounds of edits, by what each leaves of the text before it."""
    kept: list[Stretch] = []
    index = 0
    for before, middle, length in first:
        end = middle + length
        while index < len(second):
            start, after, rest = second[index]
            low, high = max(start, middle), min(start + rest, end)
            if high > low:
                kept.append(Stretch(before + low - middle, after + low - start, high - low))
            if start + rest > end:
                break
            index += 1
    return kept


def without_conflicts(data: bytes, violations: Sequence[Violation]) -> list[Violation]:
    """Those whose edits touch no edit of one before them. Items that are dropped side by side may touch each other."""
    chosen: list[Violation] = []
    reserved = bytearray(len(data) + 1)
    side_by_side = _dropped_side_by_side(violations)
    for violation in violations:
        edits = edits_of(violation)
        if edits[0].start in side_by_side:
            chosen.append(violation)
        elif all(reserved.find(1, edit.start, edit.end + 1) < 0 for edit in edits):
            chosen.append(violation)
            for start, end, _ in edits:
                reserved[start : end + 1] = b"\1" * (end + 1 - start)
    return chosen


def _dropped_side_by_side(violations: Iterable[Violation]) -> set[int]:
    """Where items begin that are dropped whole, and whose edits touch nothing but one another."""
    starts: set[int] = set()
    run: list[int] = []
    end_of_run = -1
    is_apart = True
    edits = [(*edit, len(edits_of(violation)) == 1) for violation in violations for edit in edits_of(violation)]
    for start, end, text, is_alone in sorted(edits):
        if start > end_of_run:
            starts.update(run if is_apart else ())
            run, is_apart = [], True
        is_apart = is_apart and is_alone and not text and (start == end_of_run or not run)
        run.append(start)
        end_of_run = max(end, end_of_run)
    starts.update(run if is_apart else ())
    return starts
