"""A violation for people: place, rule, message, the source line with the value marked, hint and note."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from recordlint.files.paths import readable
from recordlint.reporters import Result, label
from recordlint.reporters._colours import BLUE, BOLD, RED, YELLOW, paint
from recordlint.reporters._excerpt import excerpt, source_lines
from recordlint.reporters._notes import marked
from recordlint.reporters._wrap import wrapped
from recordlint.violations import Violation
from recordlint.wording.escape import escape


class Style(NamedTuple):
    """How violations are written."""

    width: int
    """Columns that source lines, hints and notes keep to. A first line is one line, however long: tools read it."""
    colour: bool = False
    quiet: bool = False
    """Whether there are only first lines."""


def violation_texts(result: Result, style: Style) -> Iterator[tuple[Violation, str]]:
    """Each violation of a result, and its text, with an empty line behind it unless it is one line."""
    report = result.report
    lines = source_lines(report.text, result.line or 1) if report.text is not None else None
    noted: set[tuple[str, str]] = set()
    hints: dict[tuple[str, str], str] = {}
    is_part = result.line is not None or result.entry is not None
    for violation in report.violations:
        text = _headline(result, violation, style)
        if not style.quiet:
            # What the service does is said once, where a rule is first broken in that way.
            note = "" if (violation.rule, violation.note) in noted else violation.note
            noted.add((violation.rule, note))
            text += "".join(_details(violation, note, lines, style, hints, is_part=is_part)) + "\n"
        yield violation, text


def _headline(result: Result, violation: Violation, style: Style) -> str:
    place = f":{violation.place.line}:{violation.place.column}" if violation.place else ""
    what = paint(f"{violation.severity}[{violation.rule}]", _tone(violation), style.colour)
    where = paint(f"{escape(readable(result.path))}{place}", BOLD, style.colour)
    return f"{where}: {what}: {label(result, violation)}{escape(violation.message)}\n"


def _details(
    violation: Violation,
    note: str,
    lines: Callable[[int], str] | None,
    style: Style,
    hints: dict[tuple[str, str], str],
    *,
    is_part: bool,
) -> Iterator[str]:
    margin, colour = "", style.colour
    if violation.place and lines:
        number = str(violation.place.line)
        margin = " " * len(number)
        shown = excerpt(lines(violation.place.line), violation.place, style.width - len(number) - 5)
        bar = paint("|", BLUE, colour)
        yield f"  {paint(number, BLUE, colour)} {bar} {''.join(shown)}\n"
        yield f"  {margin} {bar} {paint(shown.marker, _tone(violation), colour)}\n"
    for related in violation.related:
        if related.place:
            at = f"line {related.place.line} column {related.place.column}"
            yield _line(margin, "note", f"{related.message}, at {at}", style)
    if violation.hint:
        # Many violations of one kind have the same.
        said = margin, violation.hint
        yield hints.get(said) or hints.setdefault(said, _line(margin, "hint", violation.hint, style))
    if note:
        line = _line(margin, "note", note, style)
        # What other rows of the file have noted is not known here.
        yield marked(violation.rule, line) if is_part else line


def _line(margin: str, name: str, text: str, style: Style) -> str:
    return wrapped(f"  {margin} = {name}: ", escape(text), style.width) + "\n"


def _tone(violation: Violation) -> str:
    return RED if violation.severity == "error" else YELLOW
