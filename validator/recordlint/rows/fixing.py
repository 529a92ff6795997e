"""One row fixed, and the change shown as a diff."""

from __future__ import annotations

from typing import NamedTuple

from recordlint.checking.report import Report
from recordlint.checking.rows import RowChecker
from recordlint.files.unified_diff import shown_line
from recordlint.reporters._fixed import fixed_rules


class FixedRow(NamedTuple):
    """A row after its fixes."""

    text: bytes
    """The row, without its line ending."""
    report: Report
    """What is left."""
    applied: int = 0
    """How many violations were fixed."""
    rules: tuple[str, ...] = ()
    """The rule of each, as far as it is known."""


def fix_row(rows: RowChecker, report: Report, line: int, *, unsafe: bool, longest: int) -> FixedRow:
    """Fix a row.

    Args:
        rows: checks the row again.
        report: that of the row, with its text.
        line: the row's number.
        unsafe: apply also the fixes that are not safe.
        longest: the most bytes that a row may have. A row that its fixes make longer, or leave
            nothing of, stays as it is.
    """
    before = report.text or b""
    text, applied = rows.apply_fixes(report, unsafe=unsafe)
    # What is read as one row has to stay one: it is neither dropped nor parted.
    if not applied or len(text) > longest or b"\n" in text or not text.strip():
        return FixedRow(before, report)
    after = rows.report(text, line)
    return FixedRow(text, after, applied, fixed_rules(report, after))


def difference(name: str, line: int, before: bytes, after: bytes, *, ends: bool) -> str:
    """A unified diff of one row, safe to show.

    Args:
        name: the file's.
        line: the row's number in it.
        before: the row as it is, without its line ending.
        after: the row after its fixes.
        ends: whether a newline follows.
    """
    file, end = shown_line(name), "" if ends else "\n\\ No newline at end of file"
    old, new = (shown_line(row.decode("utf-8", "backslashreplace")) for row in (before, after))
    return f"--- {file}\n+++ {file}\n@@ -{line} +{line} @@\n-{old}{end}\n+{new}{end}\n"
