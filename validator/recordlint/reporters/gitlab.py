"""GitLab's code quality report: a JSON array with an entry a violation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from recordlint.printable import printable
from recordlint.reporters import Result, Summary
from recordlint.reporters._dumped import dumped
from recordlint.reporters._paths import readable
from recordlint.violations import Violation

SEVERITIES: Final = {"error": "major", "warning": "minor"}


def render(results: Iterable[Result], summary: Callable[[], Summary]) -> Iterator[str]:
    """The array, an entry a line."""
    separator = "[\n"
    for path, report in results:
        times: Counter[tuple[str, str]] = Counter()
        for violation in report.violations:
            what = (violation.rule, violation.pointer)
            times[what] += 1
            yield separator + dumped(_entry(readable(path), violation, times[what]))
            separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _entry(path: str, violation: Violation, occurrence: int) -> dict[str, Any]:
    from hashlib import sha256

    # Without the line, so that a violation is the same one after an edit above it.
    identity = "\0".join([path, violation.rule, violation.pointer, str(occurrence)])
    place = violation.place
    hint = f"; {violation.hint}" if violation.hint else ""
    return {
        "description": printable(f"{violation.message}{hint}"),
        "check_name": violation.rule,
        "fingerprint": sha256(identity.encode("utf-8", "replace")).hexdigest(),
        "severity": SEVERITIES[violation.severity],
        "location": {
            "path": path,
            "lines": {"begin": place.line if place else 1, "end": place.end_line if place else 1},
        },
    }
