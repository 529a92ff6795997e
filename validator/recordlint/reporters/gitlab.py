"""GitLab's code quality report: a JSON array with one entry per violation."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from recordlint.files.paths import readable
from recordlint.reporters import Result, Summary, in_one_line, label, name
from recordlint.reporters._json_line import json_line
from recordlint.violations import Violation
from recordlint.wording.escape import escape

SEVERITIES: Final = {"error": "major", "warning": "minor"}

HEAD: Final = "["
SEPARATOR: Final = ","


def entry(result: Result) -> str:
    """One line per violation."""
    occurrences: Counter[tuple[str, str]] = Counter()
    lines = []
    for violation in result.report.violations:
        kind = (violation.rule, violation.pointer)
        occurrences[kind] += 1
        lines.append(f"\n{json_line(_entry(result, violation, occurrences[kind]))}")
    return SEPARATOR.join(lines)


def tail(summary: Summary) -> str:
    """The end of the array."""
    return "\n]\n"


def _entry(result: Result, violation: Violation, occurrence: int) -> dict[str, Any]:
    from hashlib import sha256

    # Without the line, so that an edit above a violation does not make a new one of it.
    identity = "\0".join([name(result), violation.rule, violation.pointer, str(occurrence)])
    place = violation.place
    return {
        "description": escape(f"{label(result, violation)}{in_one_line(violation)}"),
        "check_name": violation.rule,
        "fingerprint": sha256(identity.encode("utf-8", "replace")).hexdigest(),
        "severity": SEVERITIES[violation.severity],
        "location": {
            "path": readable(result.path),
            "lines": {"begin": place.line if place else 1, "end": place.end_line if place else 1},
        },
    }
