"""TAP, version 14: a test point a file, with its violations as YAML below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from recordlint.printable import printable
from recordlint.reporters import Result, Summary
from recordlint.reporters._dumped import dumped
from recordlint.reporters._paths import readable
from recordlint.violations import Violation


def render(results: Iterable[Result], summary: Callable[[], Summary]) -> Iterator[str]:
    """The stream; the plan stands at its end, where the number of files is known."""
    yield "TAP version 14\n"
    count = 0
    for count, (path, report) in enumerate(results, 1):
        yield f"{'ok' if report.valid else 'not ok'} {count} - {_description(readable(path))}\n"
        if report.violations:
            yield "  ---\n  violations:\n"
            for violation in report.violations:
                yield f"    - {_entry(violation)}\n"
            if report.omitted:
                yield f"  omitted: {report.omitted}\n"
            yield "  ...\n"
    yield f"1..{count}\n"


def _entry(violation: Violation) -> str:
    """A violation in YAML's flow style, as JSON is."""
    place = violation.place
    entry = {
        "severity": violation.severity,
        "rule": violation.rule,
        "pointer": violation.pointer,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "message": violation.message,
        "hint": violation.hint,
    }
    return dumped(entry)


def _description(text: str) -> str:
    return printable(text).replace("\\", "\\\\").replace("#", "\\#")
