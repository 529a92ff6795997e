"""For people: place, rule, message, the source line with the value marked, and the hint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from recordlint.files.paths import readable
from recordlint.reporters import WIDTH, Format, Result, Summary, closing
from recordlint.wording.escape import escape

if TYPE_CHECKING:
    from recordlint.violations import Violation

NARROWEST: Final = 50
"""Columns that a report has on any terminal."""
MANY: Final = 50
"""With more violations than this, the report ends with their counts by itself."""
LINES: Final = 20
"""Kinds of violations that are left out, each of which has a line of its own."""
BLANK: Final = "\n"
"""Stands behind each violation, and between what follows them."""

HEAD: Final = ""
SEPARATOR: Final = ""


def entry(
    result: Result, *, width: int = WIDTH, colour: bool = False, quiet: bool = False, groups: bool = False
) -> str:
    """What was fixed in a row, and a result's violations; with `groups`, each is marked with its kind."""
    report = result.report
    if not report.violations and not result.fixed:
        return ""
    from recordlint.reporters._violation_text import Style, violation_texts

    written = []
    if result.fixed and not quiet:
        from recordlint.reporters._fixed import fixed_line, what_was_fixed

        line = fixed_line(result)
        written.append(_of_kind(what_was_fixed(result), line) if groups and line else line)
    for violation, text in violation_texts(result, Style(width, colour, quiet)):
        written.append(_of_kind(_what(violation), text) if groups else text)
    if report.violations and report.omitted:
        row = f":{result.line}" if result.line is not None else ""
        written.append(f"{escape(readable(result.path))}{row}: and {report.omitted:,} more\n{'' if quiet else BLANK}")
    return "".join(written)


def _of_kind(what: str, text: str) -> str:
    from recordlint.reporters._alike import marked

    return marked(what, text)


def _what(violation: Violation) -> str:
    from recordlint.reporters._alike import what_is_alike

    return what_is_alike(violation)


def tail(summary: Summary, *, width: int = WIDTH, quiet: bool = False, counts: bool = False) -> str:
    """What was left out since it is like what is there, the counts of very many violations, and the closing line."""
    end = "" if quiet else closing(summary)
    if not summary.held_back and not (summary.groups and (counts or summary.errors + summary.warnings > MANY)):
        return end
    from recordlint.reporters._statistics import statistics

    listed = "".join(_left_out(summary.held_back))
    is_long = not quiet and summary.errors + summary.warnings > MANY
    return BLANK.join(filter(None, [listed, statistics(summary, width) if counts or is_long else "", end]))


def _left_out(held_back: Sequence[tuple[str, int]]) -> Iterator[str]:
    """A line for each kind of violations that are like those before, or for the first of very many."""
    for what, number in held_back[:LINES]:
        yield f"{what}: … and {number:,} more like this: --show-all lists them\n"
    if others := held_back[LINES:]:
        number = sum([each for _, each in others])
        yield f"… and {number:,} more of {len(others):,} other kinds: --show-all lists them\n"


def styled(*, width: int, colour: bool, quiet: bool, groups: bool, counts: bool) -> Format:
    """The text format as it is asked for.

    Args:
        width: columns that lines are cut or broken to, but for first lines; 50 where it is less.
        colour: for a terminal.
        quiet: the first lines of violations alone.
        groups: mark each violation with its kind.
        counts: end with the table of counts, however few violations there are.
    """
    width = max(width, NARROWEST)
    return Format(
        HEAD,
        partial(entry, width=width, colour=colour, quiet=quiet, groups=groups and not quiet),
        SEPARATOR,
        partial(tail, width=width, quiet=quiet, counts=counts),
    )
