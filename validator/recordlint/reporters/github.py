"""GitHub workflow commands: each violation as an annotation of the file in a pull request."""

from __future__ import annotations

from typing import Final

from recordlint.files.paths import readable
from recordlint.reporters import Result, Summary, closing, label
from recordlint.violations import Place, Violation
from recordlint.wording.escape import escape

HEAD: Final = ""
SEPARATOR: Final = ""


def entry(result: Result) -> str:
    """A command a violation."""
    report = result.report
    commands = [_command(result, violation) for violation in report.violations]
    if report.violations and report.omitted:
        commands.append(f"{escape(readable(result.path))}: and {report.omitted:,} more\n")
    return "".join(commands)


def tail(summary: Summary) -> str:
    """The closing line of the text report."""
    return closing(summary)


def _command(result: Result, violation: Violation) -> str:
    properties = {"file": readable(result.path), **_region(violation.place), "title": f"recordlint {violation.rule}"}
    listed = ",".join([f"{name}={_property(value)}" for name, value in properties.items()])
    hint = f"; {violation.hint}" if violation.hint else ""
    return f"::{violation.severity} {listed}::{_data(label(result) + violation.message + hint)}\n"


def _region(place: Place | None) -> dict[str, str]:
    if place is None:
        return {}
    region = {"line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:
        # Columns are for one line alone.
        region |= {"col": str(place.column), "endColumn": str(place.end_column)}
    return region


def _data(text: str) -> str:
    return escape(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
