"""GitHub workflow commands: each violation as an annotation of the file in a pull request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from recordlint.printable import printable
from recordlint.reporters import Result, Summary, closing
from recordlint.reporters._paths import readable
from recordlint.violations import Place, Violation


def render(results: Iterable[Result], summary: Callable[[], Summary]) -> Iterator[str]:
    """A command a violation, and the closing line of the text report."""
    for path, report in results:
        for violation in report.violations:
            yield _command(path, violation)
        if report.omitted:
            yield f"{printable(readable(path))}: and {report.omitted:,} more\n"
    yield closing(summary())


def _command(path: str, violation: Violation) -> str:
    properties = {"file": readable(path), **_region(violation.place), "title": f"recordlint {violation.rule}"}
    listed = ",".join([f"{name}={_property(value)}" for name, value in properties.items()])
    hint = f"; {violation.hint}" if violation.hint else ""
    return f"::{violation.severity} {listed}::{_data(violation.message + hint)}\n"


def _region(place: Place | None) -> dict[str, str]:
    if place is None:
        return {}
    region = {"line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:
        # Columns are for one line alone.
        region |= {"col": str(place.column), "endColumn": str(place.end_column)}
    return region


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
