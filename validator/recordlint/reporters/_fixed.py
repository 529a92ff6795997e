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
    return f"{escape(readable(result.path))}:{result.line}: {what_was_fixed(result)}\n"


def what_was_fixed(result: Result) -> str:
    """How many violations were fixed, and of which rules."""
    rules = ", ".join(dict.fromkeys(result.fixed_rules))
    unnamed = result.fixed - len(result.fixed_rules)
    if rules and unnamed > 0:
        rules += f" and {unnamed:,} more"
    return f"fixed {result.fixed:,}{f' ({rules})' if rules else ''}"


def fixed_rules(before: Report, after: Report) -> tuple[str, ...]:
    """The rule of each violation that is gone, sorted.

    A text that could not be parsed shows more of its violations once it is fixed, so others may have been fixed too.
    Empty where not all violations of a report are listed, as it is not known then which are gone.
    """
    if before.omitted or after.omitted:
        return ()
    from collections import Counter

    gone = Counter([each.rule for each in before.violations]) - Counter([each.rule for each in after.violations])
    return tuple(sorted(gone.elements()))
