"""JSON Lines: one line per file with violations or fixes, as in the results of the JSON report, then the summary."""

from __future__ import annotations

from typing import Final

from recordlint.reporters import Result, Summary
from recordlint.reporters._json_line import json_line
from recordlint.reporters.json import as_data, totals

HEAD: Final = ""
SEPARATOR: Final = ""


def entry(result: Result) -> str:
    """A line for a result with violations or fixes."""
    return json_line(as_data(result)) + "\n" if result.report.violations or result.fixed else ""


def tail(summary: Summary) -> str:
    """The line with the summary."""
    return json_line({"summary": totals(summary)}) + "\n"
