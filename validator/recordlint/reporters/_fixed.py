"""What reports say of the violations that were fixed."""

from __future__ import annotations

from recordlint.checking.report import Report
from recordlint.files.paths import readable
from recordlint.reporters import Result
from recordlint.wording.escape import escape


def fixed_line(result: Result) -> str:
    """The line for people that says how many violations of a row were fixed. Files have theirs on standard error."""
    if result.line is None or not result.fixed:
        return ""
    rules = f" ({', '.join(result.fixed_rules)})" if result.fixed_rules else ""
    return f"{escape(readable(result.path))}:{result.line}: fixed {result.fixed:,}{rules}\n"


def fixed_rules(before: Report, after: Report, applied: int) -> tuple[str, ...]:
    """The rules of the violations that were fixed, sorted, each once.

    Empty where that is not known of all: a text that could not be parsed shows more of its violations once it is fixed,
    and not all of a long report are listed.
    """
    from collections import Counter

    gone = Counter([each.rule for each in before.violations]) - Counter([each.rule for each in after.violations])
    is_known = not before.omitted and not after.omitted and gone.total() >= applied
    return tuple(sorted(gone)) if is_known else ()
