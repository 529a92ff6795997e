"""Reviewdog's diagnostic format, as one document: each violation with its range, and with what to write instead."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from typing import Any, Final

from recordlint.files.paths import readable
from recordlint.reporters import Result, Summary, in_one_line, label
from recordlint.reporters._json_line import json_line
from recordlint.violations import Violation
from recordlint.wording.escape import escape

HEAD: Final = '{"source":{"name":"recordlint"},\n "diagnostics":['
SEPARATOR: Final = ","


def entry(result: Result) -> str:
    """One line per violation. Columns are UTF-8 bytes, as the format has it."""
    listed = result.report.violations
    starts = _line_starts(result) if listed else None
    return SEPARATOR.join([f"\n  {json_line(_diagnostic(result, each, starts))}" for each in listed])


def tail(summary: Summary) -> str:
    """The end of the document."""
    return "]}\n"


def _line_starts(result: Result) -> Sequence[int] | None:
    """Where the lines of the report's text begin, in bytes; None where places do not count from there."""
    text = result.report.text
    if text is None or result.entry is not None:
        return None
    return [0, *[match.end() for match in re.finditer(b"\n", text)]]


def _diagnostic(result: Result, violation: Violation, starts: Sequence[int] | None) -> dict[str, Any]:
    first = result.line or 1
    location: dict[str, Any] = {"path": readable(result.path)}
    place, fix = violation.place, violation.fix
    if place and starts:
        location["range"] = _range(place.start, place.end, starts, first)
    elif place:
        location["range"] = {"start": {"line": place.line}, "end": {"line": place.end_line}}
    diagnostic: dict[str, Any] = {
        "message": escape(f"{label(result, violation)}{in_one_line(violation)}"),
        "location": location,
        "severity": violation.severity.upper(),
        "code": {"value": violation.rule},
    }
    # What a fix writes in several places is no suggestion.
    if fix and starts and len(fix.edits) == 1:
        ((start, end, text),) = fix.edits
        diagnostic["suggestions"] = [{"range": _range(start, end, starts, first), "text": text}]
    return diagnostic


def _range(start: int, end: int, starts: Sequence[int], first: int) -> dict[str, Any]:
    """The stretch between two bytes of a text, whose first line is line `first` of the file."""
    return {"start": _position(start, starts, first), "end": _position(end, starts, first)}


def _position(offset: int, starts: Sequence[int], first: int) -> dict[str, int]:
    line = bisect(starts, offset) - 1
    return {"line": line + first, "column": offset - starts[line] + 1}
