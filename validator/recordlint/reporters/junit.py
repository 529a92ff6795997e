"""JUnit XML: one test suite per file, one failed test case per error; a warning is a test case that passes."""

from __future__ import annotations

from collections import Counter
from typing import Final
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

from recordlint.reporters import Result, Summary, in_cell, in_one_line, name
from recordlint.rules.kinds import kind_of
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
    return f'{head} errors="0" skipped="0">\n{_properties(result)}{"".join(cases)}  </testsuite>\n'


def _properties(result: Result) -> str:
    """How many violations were fixed, and how many there are by rule and field."""
    counted = Counter(map(kind_of, result.report.violations))
    for (spot, _), number in result.report.unlisted.items():
        counted[kind_of(spot)] += number
    numbers = {"fixed": result.fixed} if result.fixed else {}
    numbers |= {f"{rule} {field}".strip(): number for (rule, field), number in counted.most_common()}
    listed = [f'      <property name={_attribute(name)} value="{number}"/>\n' for name, number in numbers.items()]
    return f"    <properties>\n{''.join(listed)}    </properties>\n" if listed else ""


def tail(summary: Summary) -> str:
    """The end of the document."""
    return "</testsuites>\n"


def _case(suite: str, violation: Violation) -> str:
    place = violation.place
    at = f"line {place.line} column {place.column}: " if place else ""
    rule = _attribute(f"{violation.rule} {violation.pointer}")
    text = escape_xml(escape(f"{at}{in_cell(violation)}{in_one_line(violation)}"))
    if violation.severity == "error":
        message, kind = _attribute(violation.message), _attribute(violation.rule)
        outcome = f"<failure message={message} type={kind}>{text}</failure>"
    else:
        outcome = f"<system-out>warning: {text}</system-out>"
    return f"    <testcase name={rule} classname={suite}>\n      {outcome}\n    </testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(escape(text))
