"""The values that pass between the processes that check rows: the job, its tasks, and their outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from recordlint.baseline.holding import Held
from recordlint.checking.checkers import Checkers
from recordlint.definitions.target import Claim
from recordlint.records.reading import Records
from recordlint.reporters import Format
from recordlint.reporters._kinds import Group
from recordlint.reporters._totals import Counts
from recordlint.rows.streams import Block
from recordlint.rules.kinds import Kind

Side = Literal["valid", "invalid", "blank"]


class Fixing(NamedTuple):
    """How rows are fixed."""

    unsafe: bool
    """Whether fixes are applied that may not be what was meant."""
    shows: bool
    """Whether the changes are shown as a diff."""


class Job(NamedTuple):
    """How the rows of a file are checked and shown."""

    checkers: Checkers
    path: str
    """The file's name in reports."""
    claim: Claim
    """What bare bodies are for."""
    longest: int
    """The most bytes that a row may have, without its line ending."""
    formats: tuple[Format, ...]
    redact: bool
    splits: bool
    """Whether outcomes say which rows are invalid or blank."""
    fixing: Fixing | None = None
    """None where rows are only checked."""
    held: Held | None = None
    """What a baseline holds back of the file's violations; None where there is none."""
    records: Records | None = None
    """The records that updates go to; None where they are not known."""
    before: Checkers | None = None
    """What judged the rows before: only what it did not find is reported. None where nothing did."""
    warns: bool = True
    """Whether, of what was not found before, warnings are reported too."""


class Task(NamedTuple):
    """A block to check."""

    block: Block
    line: int
    """The line number of its first row."""
    room: int | None
    """How many violations may be listed; None for all."""


class Aside(NamedTuple):
    """Neighbouring rows that are not as other rows are: invalid, blank or fixed. A range of bytes in their block."""

    start: int
    end: int
    side: Side
    fixed: bytes | None
    """What the fixes made of it, line endings included; None for rows that stay as they are."""


class Fixes(NamedTuple):
    """Numbers of violations."""

    applied: int = 0
    """Those that were fixed."""
    fixable: int = 0
    """Those that are left, and have a safe fix."""
    unsafely_fixable: int = 0
    """Those that are left, and have a fix that is not safe."""

    def plus(self, more: Fixes) -> Fixes:
        """The sum of both."""
        return Fixes(*map(sum, zip(self, more, strict=True)))


class Outcome(NamedTuple):
    """The result of neighbouring rows. A block has one or more, in order."""

    lines: int
    start: int
    """Where the first row begins, in bytes of the block."""
    length: int
    """Bytes of all the rows."""
    counts: Counts
    fixes: Fixes
    entries: tuple[bytes, ...]
    """What each format writes, joined by its separator."""
    aside: tuple[Aside, ...]
    """Invalid and blank rows, if the job splits, and fixed ones."""
    unchecked: str
    """Why a row could not be checked, for the first such row; empty if there is none."""
    faults: tuple[str, ...]
    """What went wrong in recordlint, each with its line."""
    groups: tuple[tuple[Kind, Group], ...]
    """The violations by their kinds, in the order in which these appear."""

    def rows(self, data: bytes) -> Iterator[tuple[Side, bytes]]:
        """All the rows after their fixes, some at a time, each time those of one side.

        Args:
            data: the rows as they were.
        """
        at = 0
        for start, end, side, fixed in self.aside:
            if start - self.start > at:
                yield "valid", data[at : start - self.start]
            at = end - self.start
            yield side, data[start - self.start : at] if fixed is None else fixed
        yield "valid", data[at:] if at else data
