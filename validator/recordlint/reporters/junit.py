"""JUnit XML: a test suite a file, in it a failed test case an error; a warning is a test case that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from recordlint.printable import printable
from recordlint.reporters import Result, Summary
from recordlint.reporters._paths import readable
from recordlint.violations import Violation


def render(results: Iterable[Result], summary: Callable[[], Summary]) -> Iterator[str]:
    """The document, a suite a file; a file without violations has one test case, which passes."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="recordlint">\n'
    for path, report in results:
        name = _attribute(readable(path))
        tests = len(report.violations) or 1
        failures = sum(violation.severity == "error" for violation in report.violations)
        yield f'  <testsuite name={name} tests="{tests}" failures="{failures}" errors="0" skipped="0">\n'
        if not report.violations:
            yield f'    <testcase name="recordlint" classname={name}/>\n'
        for violation in report.violations:
            yield from _case(name, violation)
        if report.omitted:
            yield f"    <system-out>and {report.omitted:,} more</system-out>\n"
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _case(name: str, violation: Violation) -> Iterator[str]:
    place = violation.place
    at = f"line {place.line} column {place.column}: " if place else ""
    rule = _attribute(f"{violation.rule} {violation.pointer}")
    text = escape(printable(f"{at}{violation.message}{'; ' if violation.hint else ''}{violation.hint}"))
    yield f"    <testcase name={rule} classname={name}>\n"
    if violation.severity == "error":
        message, kind = _attribute(violation.message), _attribute(violation.rule)
        yield f"      <failure message={message} type={kind}>{text}</failure>\n"
    else:
        yield f"      <system-out>warning: {text}</system-out>\n"
    yield "    </testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(printable(text))
