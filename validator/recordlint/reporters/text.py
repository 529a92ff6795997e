"""For people: place, rule, message, the source line with the value marked, and the hint."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from recordlint.files.paths import readable
from recordlint.reporters import Format, Result, Summary, closing, label
from recordlint.reporters._excerpt import excerpt, source_lines
from recordlint.reporters._notes import marked
from recordlint.violations import Violation
from recordlint.wording.escape import escape

WIDTH: Final = 80
MANY: Final = 50
"""With more violations than this, the report ends with their counts by itself."""
LINES: Final = 20
"""Kinds of violations that are left out, each of which has a line of its own."""
RED: Final = "31;1"
YELLOW: Final = "33;1"
BLUE: Final = "34;1"
BOLD: Final = "1"


HEAD: Final = ""
SEPARATOR: Final = ""


def entry(result: Result, *, colour: bool = False, quiet: bool = False, groups: bool = False) -> str:
    """What was fixed in a row, and a result's violations; with `groups`, each is marked with its kind."""
    report = result.report
    lines = source_lines(report.text, result.line or 1) if report.text is not None else None
    written = []
    if result.fixed and not quiet:
        from recordlint.reporters._fixed import fixed_line

        written.append(fixed_line(result))
    noted: set[tuple[str, str]] = set()
    is_part = result.line is not None or result.entry is not None
    for violation in report.violations:
        text = _headline(result, violation, colour)
        if not quiet:
            # What the service does is said once, where a rule is first broken in that way.
            note = "" if (violation.rule, violation.note) in noted else violation.note
            noted.add((violation.rule, note))
            text += "".join(_details(violation, note, lines, colour, is_part=is_part))
        written.append(_of_kind(violation, text) if groups else text)
    if report.violations and report.omitted:
        written.append(f"{escape(readable(result.path))}: and {report.omitted:,} more\n")
    return "".join(written)


def _of_kind(violation: Violation, text: str) -> str:
    from recordlint.reporters._alike import marked as of_kind

    return of_kind(violation, text)


def tail(summary: Summary, *, quiet: bool = False, counts: bool = False) -> str:
    """What was left out since it is like what is there, the counts of very many violations, and the closing line."""
    end = "" if quiet else closing(summary)
    if not summary.groups or not (counts or summary.held_back or summary.errors + summary.warnings > MANY):
        return end
    from recordlint.reporters._statistics import statistics

    listed = "".join(_left_out(summary.held_back))
    is_long = not quiet and summary.errors + summary.warnings > MANY
    parts = [*filter(None, [listed, statistics(summary) if counts or is_long else "", end])]
    # An empty line behind the violations, and one between what follows.
    return "\n".join(parts if quiet or len(parts) == 1 else ["", *parts])


def _left_out(held_back: Sequence[tuple[str, int]]) -> Iterator[str]:
    """A line for each kind of violations that are like those before, or for the first of very many."""
    for what, number in held_back[:LINES]:
        yield f"{what}: … and {number:,} more like this: --show-all lists them\n"
    if others := held_back[LINES:]:
        number = sum([each for _, each in others])
        yield f"… and {number:,} more of {len(others):,} other kinds: --show-all lists them\n"


def styled(*, colour: bool, quiet: bool, groups: bool, counts: bool) -> Format:
    """The text format as it is asked for.

    Args:
        colour: for a terminal.
        quiet: the first lines of violations alone.
        groups: mark each violation with its kind.
        counts: end with the table of counts, however few violations there are.
    """
    return Format(
        HEAD,
        partial(entry, colour=colour, quiet=quiet, groups=groups and not quiet),
        SEPARATOR,
        partial(tail, quiet=quiet, counts=counts),
    )


def _headline(result: Result, violation: Violation, colour: bool) -> str:
    place = f":{violation.place.line}:{violation.place.column}" if violation.place else ""
    tone = RED if violation.severity == "error" else YELLOW
    what = _paint(f"{violation.severity}[{violation.rule}]", tone, colour)
    where = _paint(f"{escape(readable(result.path))}{place}", BOLD, colour)
    return f"{where}: {what}: {label(result)}{escape(violation.message)}\n"


def _details(
    violation: Violation, note: str, lines: Callable[[int], str] | None, colour: bool, *, is_part: bool
) -> Iterator[str]:
    margin = ""
    if violation.place and lines:
        number = str(violation.place.line)
        margin = " " * len(number)
        shown = excerpt(lines(violation.place.line), violation.place, WIDTH - len(number) - 5)
        bar = _paint("|", BLUE, colour)
        yield f"  {_paint(number, BLUE, colour)} {bar} {''.join(shown)}\n"
        yield f"  {margin} {bar} {_paint(shown.marker, RED if violation.severity == 'error' else YELLOW, colour)}\n"
    for related in violation.related:
        if related.place:
            at = f"line {related.place.line} column {related.place.column}"
            yield f"  {margin} = note: {escape(related.message)}, at {at}\n"
    if violation.hint:
        yield f"  {margin} = hint: {escape(violation.hint)}\n"
    if note:
        line = f"  {margin} = note: {escape(note)}\n"
        # What other rows of the file have noted is not known here.
        yield marked(violation.rule, line) if is_part else line


def _paint(text: str, tone: str, colour: bool) -> str:
    return f"\x1b[{tone}m{text}\x1b[0m" if colour else text
