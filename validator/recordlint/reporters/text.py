"""For people: place, rule, message, the source line with the value marked, and the hint."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import Final

from recordlint.files.paths import readable
from recordlint.reporters import Format, Result, Summary, closing, label
from recordlint.reporters._notes import marked
from recordlint.violations import Place, Violation
from recordlint.wording.escape import escape

WIDTH: Final = 80
MANY: Final = 50
"""With more violations than this, the report ends with their counts by itself."""
LINES: Final = 20
"""Kinds of violations that are left out, each of which has a line of its own."""
BEFORE: Final = 24
"""How many columns of a long line are shown before the marked value."""

MOST_SHOWN: Final = 3 * WIDTH
"""How many characters of a line may be shown: more than there are columns, since some take none."""

RED: Final = "31;1"
YELLOW: Final = "33;1"
BLUE: Final = "34;1"
BOLD: Final = "1"


HEAD: Final = ""
SEPARATOR: Final = ""


def entry(result: Result, *, colour: bool = False, quiet: bool = False, groups: bool = False) -> str:
    """What was fixed in a row, and a result's violations; with `groups`, each is marked with its kind."""
    report = result.report
    lines = _lines(report.text, result.line or 1) if report.text is not None else None
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
        shown, marker = excerpt(lines(violation.place.line), violation.place, WIDTH - len(number) - 5)
        bar = _paint("|", BLUE, colour)
        yield f"  {_paint(number, BLUE, colour)} {bar} {shown}\n"
        yield f"  {margin} {bar} {_paint(marker, RED if violation.severity == 'error' else YELLOW, colour)}\n"
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


def _lines(text: bytes, first: int) -> Callable[[int], str]:
    """A function from a line's number, from `first`, to its text; bytes that are no UTF-8 are replaced."""
    split: list[str] = []

    def line(number: int) -> str:
        if not split:
            split.extend(text.decode("utf-8", "replace").split("\n"))
        return split[number - first].removesuffix("\r") if number - first < len(split) else ""

    return line


def excerpt(line: str, place: Place, width: int) -> tuple[str, str]:
    """The line, cut to a window of `width` columns around the place where it is longer, and the marker under it.

    Only as much of the line is looked at as is shown: a minified body may be one line of megabytes.
    """
    start = min(place.column - 1, len(line))
    end = len(line) if place.end_line > place.line else min(place.end_column - 1, len(line))
    first = 0
    if len(line) > MOST_SHOWN or sum(_widths(_shown(line))) > width:
        before = list(accumulate(reversed(_widths(_shown(line[max(0, start - BEFORE) : start])))))
        first = start - bisect(before, BEFORE)
    lead = "…" if first else ""
    cells = _shown(line[first : first + MOST_SHOWN])
    reach = list(accumulate(_widths(cells), initial=len(lead)))
    last = bisect_left(reach, width) - 1 if first + len(cells) < len(line) or reach[-1] > width else len(cells)
    shown = lead + "".join(cells[:last]) + ("…" if first + last < len(line) else "")
    marked = reach[min(end - first, last)] - reach[min(start - first, last)]
    return shown, " " * reach[min(start - first, last)] + "^" * max(1, marked)


def _shown(text: str) -> Sequence[str]:
    """The text's characters as they are shown: one space for a tab, so that the marker stays below."""
    if text.isascii() and text.isprintable():
        return text
    return [" " if character == "\t" else escape(character) for character in text]


def _widths(cells: Sequence[str]) -> Sequence[int]:
    """How many columns of a terminal each of them takes."""
    if isinstance(cells, str):
        return [1] * len(cells)
    return [len(cell) if cell.isascii() else _columns(cell) for cell in cells]


def _columns(character: str) -> int:
    import unicodedata

    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _paint(text: str, tone: str, colour: bool) -> str:
    return f"\x1b[{tone}m{text}\x1b[0m" if colour else text
