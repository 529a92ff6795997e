"""For people: place, rule, message, the source line with the value marked, and the hint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

from recordlint.printable import printable
from recordlint.reporters import Render, Result, Summary
from recordlint.reporters._paths import readable
from recordlint.violations import Place, Violation

WIDTH: Final = 80
BEFORE: Final = 24
"""How many columns of a long line are shown before the marked value."""

RED: Final = "31;1"
YELLOW: Final = "33;1"
BLUE: Final = "34;1"
BOLD: Final = "1"


def render(results: Iterable[Result], summary: Callable[[], Summary]) -> Iterator[str]:
    """The report without colour, closing line included."""
    return _render(results, summary, colour=False, quiet=False)


def styled(colour: bool, quiet: bool) -> Render:
    """The reporter for a terminal (`colour`), or for the violations' first lines alone (`quiet`)."""
    return partial(_render, colour=colour, quiet=quiet)


def _render(results: Iterable[Result], summary: Callable[[], Summary], *, colour: bool, quiet: bool) -> Iterator[str]:
    for path, report in results:
        lines = _lines(report.text)
        for violation in report.violations:
            yield _headline(path, violation, colour)
            if not quiet:
                yield from _details(violation, lines if report.text is not None else None, colour)
        if report.omitted:
            yield f"{printable(readable(path))}: and {report.omitted:,} more\n"
    if not quiet:
        yield _closing(summary())


def _headline(path: str, violation: Violation, colour: bool) -> str:
    place = f":{violation.place.line}:{violation.place.column}" if violation.place else ""
    tone = RED if violation.severity == "error" else YELLOW
    label = _paint(f"{violation.severity}[{violation.rule}]", tone, colour)
    where = _paint(f"{printable(readable(path))}{place}", BOLD, colour)
    return f"{where}: {label}: {printable(violation.message)}\n"


def _details(violation: Violation, lines: Callable[[int], str] | None, colour: bool) -> Iterator[str]:
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
            yield f"  {margin} = note: {printable(related.message)}, at {at}\n"
    if violation.hint:
        yield f"  {margin} = hint: {printable(violation.hint)}\n"


def _closing(summary: Summary) -> str:
    files = _count(summary.checked, "file")
    if not summary.checked:
        return "no file checked\n"
    if not summary.errors and not summary.warnings:
        mended = f" but {summary.fixable:,} that --fix mends" if summary.fixable else ""
        return f"{files} checked, no problems{mended}\n"
    faults = [_count(n, what) for n, what in ((summary.errors, "error"), (summary.warnings, "warning")) if n]
    mend = f"; --fix mends {summary.fixable:,}" if summary.fixable else ""
    return f"{' and '.join(faults)} in {files} checked, {summary.valid:,} valid{mend}\n"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _lines(text: bytes | None) -> Callable[[int], str]:
    """A function from a line's number to its text; a text that is no UTF-8 is shown as far as it can be."""
    split: list[str] = []

    def line(number: int) -> str:
        if not split:
            split.extend((text or b"").decode("utf-8", "replace").split("\n"))
        return split[number - 1].removesuffix("\r") if number <= len(split) else ""

    return line


def excerpt(line: str, place: Place, width: int) -> tuple[str, str]:
    """The line, cut to a window of `width` columns around the place where it is longer, and the marker under it."""
    start = min(place.column - 1, len(line))
    end = len(line) if place.end_line > place.line else min(place.end_column - 1, len(line))
    cells = [_cell(character) for character in line]
    first = 0
    if sum(map(_width, cells)) > width:
        room = BEFORE
        first = start
        while first and room >= _width(cells[first - 1]):
            first -= 1
            room -= _width(cells[first])
    lead = "…" if first else ""
    shown, last = lead, first
    while last < len(cells) and _width(shown) + _width(cells[last]) < width:
        shown += cells[last]
        last += 1
    if last < len(cells):
        shown += "…"
    before = _width(lead) + sum(_width(cell) for cell in cells[first:start])
    marked = sum(_width(cell) for cell in cells[start : min(end, last)])
    return shown, " " * before + "^" * max(1, marked)


def _cell(character: str) -> str:
    """A character as it is shown: one space for a tab, so that the marker stays below."""
    return " " if character == "\t" else printable(character)


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _paint(text: str, tone: str, colour: bool) -> str:
    return f"\x1b[{tone}m{text}\x1b[0m" if colour else text
