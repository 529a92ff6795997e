"""JUnit XML: one test suite per file, one failed test case per error; a warning is a test case that passes."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

from recordlint.reporters import Result, Summary, in_one_line, name
from recordlint.violations import Violation
from recordlint.wording.escape import escape

HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="recordlint">\n'
SEPARATOR: Final = ""


def entry(result: Result) -> str:
    """A suite; one without violations has one test case, which passes."""
    report = result.report
    suite = _attribute(name(result))
    cases = [_case(suite, violation) for violation in report.violations]
    failures = sum(violation.severity == "error" for violation in report.violations)
    if not cases and report.valid:
        cases.append(f'    <testcase name="recordlint" classname={suite}/>\n')
    elif not cases:
        failures = 1
        failure = f'<failure message="{report.omitted:,} not listed" type="unlisted"/>'
        cases.append(f'    <testcase name="recordlint" classname={suite}>{failure}</testcase>\n')
    elif report.omitted:
        cases.append(f"    <system-out>and {report.omitted:,} more</system-out>\n")
    head = f'  <testsuite name={suite} tests="{len(report.violations) or 1}" failures="{failures}"'
    fixed = f'    <properties><property name="fixed" value="{result.fixed}"/></properties>\n' if result.fixed else ""
    return f'{head} errors="0" skipped="0">\n{fixed}{"".join(cases)}  </testsuite>\n'


def tail(summary: Summary) -> str:
    """The end of the document."""
    return "</testsuites>\n"


def _case(suite: str, violation: Violation) -> str:
    place = violation.place
    at = f"line {place.line} column {place.column}: " if place else ""
    rule = _attribute(f"{violation.rule} {violation.pointer}")
    text = escape_xml(escape(f"{at}{in_one_line(violation)}"))
    if violation.severity == "error":
        message, kind = _attribute(violation.message), _attribute(violation.rule)
        outcome = f"<failure message={message} type={kind}>{text}</failure>"
    else:
        outcome = f"<system-out>warning: {text}</system-out>"
    return f"    <testcase name={rule} classname={suite}>\n      {outcome}\n    </testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(escape(text))
