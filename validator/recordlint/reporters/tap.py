"""TAP, version 14: one test point per file, with its violations as YAML below it."""

from __future__ import annotations

from typing import Final

from recordlint.reporters import Result, Summary, in_cell, name
from recordlint.reporters._json_line import json_line
from recordlint.violations import Violation
from recordlint.wording.escape import escape

HEAD: Final = "TAP version 14\n"
SEPARATOR: Final = ""


def entry(result: Result) -> str:
    """A test point."""
    report = result.report
    lines = [f"{'ok' if report.valid else 'not ok'} - {_description(name(result))}"]
    about = [f"  fixed: {result.fixed}"] if result.fixed else []
    if report.violations:
        about += ["  violations:", *[f"    - {_entry(violation)}" for violation in report.violations]]
        about += [f"  omitted: {report.omitted}"] if report.omitted else []
    if about:
        lines += ["  ---", *about, "  ..."]
    return "\n".join(lines) + "\n"


def tail(summary: Summary) -> str:
    """The plan. It comes last, when the number of test points is known."""
    return f"1..{summary.checked}\n"


def _entry(violation: Violation) -> str:
    """A violation in YAML's flow style, as JSON is."""
    place = violation.place
    entry = {
        "severity": violation.severity,
        "rule": violation.rule,
        "pointer": violation.pointer,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "message": in_cell(violation) + violation.message,
        "hint": violation.hint,
        "note": violation.note,
    }
    return json_line(entry)


def _description(text: str) -> str:
    return escape(text).replace("\\", "\\\\").replace("#", "\\#")
