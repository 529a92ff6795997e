"""Fixes of payload files: made, or shown as a diff."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from recordlint.checking.report import Report
from recordlint.commands import _options
from recordlint.files.paths import readable
from recordlint.reporters import to_bytes
from recordlint.violations import FixedText


class Diffs(NamedTuple):
    """Where changes are shown, in place of being made."""

    write: Callable[[bytes], object]
    """Takes a diff."""
    place: int | None
    """Which of the reports shares the stream with the diffs; None for none."""
    colour: bool


class Fixer:
    """Fixes files, or shows what it would change.

    Attributes:
        diffs: where changes are only shown; None where they are made.
        pending: how many violations it would fix, where it only shows the changes.
    """

    def __init__(self, *, unsafe: bool, diffs: Diffs | None, quiet: bool) -> None:
        self.unsafe = unsafe
        self.diffs = diffs
        self.quiet = quiet
        self.pending = 0

    def __call__(self, path: str, report: Report) -> FixedText:
        """Fix a file, unless changes are only shown. The text after the fixes.

        Raises:
            InputError: the file cannot be rewritten.
        """
        before = report.text or b""
        fixing = report.fixing(unsafe=self.unsafe)
        fixed = FixedText(fixing.text, fixing.applied)
        if not fixed.applied:
            return fixed
        if self.diffs:
            from recordlint.files.unified_diff import difference

            diff = difference(readable(path), before, fixed.text, fixing.kept)
            self.diffs.write(to_bytes(in_colour(diff, self.diffs.colour)))
            self.pending += fixed.applied
            return fixed
        from recordlint.files.rewrite import rewrite

        rewrite(path, before, fixed.text)
        self.say_fixed(path, fixed.applied)
        return fixed

    def say_fixed(self, path: str, applied: int) -> None:
        """Say how many violations of a file were fixed."""
        if not self.quiet:
            _options.say(f"{path}: fixed {applied:,}")


def in_colour(diff: str, colour: bool) -> str:
    """The diff of a file as its stream shows it."""
    if not colour or not diff:
        return diff
    from recordlint.reporters._colours import painted_diff

    return painted_diff(diff)
