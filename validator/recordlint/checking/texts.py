"""Texts into reports: a body's JSON text, and a document, which may be a whole request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from recordlint.checking.body_checker import BodyChecker
from recordlint.checking.checkers import Checkers
from recordlint.checking.findings import Findings, with_severities
from recordlint.checking.report import Report
from recordlint.definitions.target import Claim
from recordlint.jsontext.parse import BOM, Unreadable, parse, read_json, verify

if TYPE_CHECKING:
    from recordlint.violations import Violation

Find = Callable[[Checkers, bytes, Claim], Findings]
"""Finds the problems of a text: `find_in_body` or `find_in_document`."""


def check_text(
    checkers: Checkers, data: bytes, claim: Claim, find: Find, line: int = 1, findings: Findings | None = None
) -> Report:
    """The report of a text.

    Args:
        checkers: what it is judged by.
        data: the text.
        claim: what it is for.
        find: finds its problems, and those of its fixed text.
        line: its first line in its file.
        findings: what `find` would find, where that is known.
    """
    findings = with_severities(findings or find(checkers, data, claim), checkers.severity)
    if not findings.problems and not findings.faults and not findings.embedded:
        return Report(findings.claim, text=data)
    from recordlint.checking.locate import make_report

    return make_report(findings, data, partial(text_violations, checkers, claim, find), line)


def text_violations(checkers: Checkers, claim: Claim, find: Find, data: bytes) -> Sequence[Violation]:
    """All violations of a text, by the same rules: what a fix is judged by."""
    from recordlint.checking.locate import violations

    return violations(with_severities(find(checkers, data, claim), checkers.severity), data)


def remembering_last(find: Find) -> Find:
    """The same, which finds once what is asked about the same text, for the same claim, several times in a row."""
    last: tuple[bytes, Claim, Findings] | None = None

    def remembered(checkers: Checkers, data: bytes, claim: Claim) -> Findings:
        nonlocal last
        if last is None or last[1] != claim or last[0] != data:
            last = None  # Not two parsed bodies at a time.
            last = data, claim, find(checkers, data, claim)
        return last[2]

    return remembered


def find_in_body(checkers: Checkers, data: bytes, claim: Claim) -> Findings:
    """The findings in a body's text."""
    checker = checkers.get(claim)
    try:
        body = read_json(data)
    except Unreadable:
        return _unreadable(checker.claim, data, partial(_problems, checker))
    return _in_value(checker, body)


def find_in_parsed(checker: BodyChecker, body: Any, data: bytes) -> Findings | None:
    """The findings in a body that `parse` made of a text; None where there is something wrong with the text."""
    try:
        verify(data)
    except Unreadable:
        return None
    return _problems(checker, body)


def find_in_document(checkers: Checkers, data: bytes, claim: Claim) -> Findings:
    """The findings in a document: a body, or a whole request."""
    if claim.object is not None:
        checkers.get(claim)
    try:
        value = read_json(data)
    except Unreadable:
        return _unreadable_document(checkers, data, claim)
    return find_in_value(checkers, value, claim)


def find_in_value(checkers: Checkers, value: Any, claim: Claim, *, may_be_clean: bool = True) -> Findings:
    """The findings in what a document holds, after `read_json`."""
    if _is_request(value):
        from recordlint.checking.requests import find_in_request_file

        return find_in_request_file(checkers, value, claim)
    checker = checkers.get(claim)
    return _in_value(checker, value) if may_be_clean else _problems(checker, value)


def _unreadable_document(checkers: Checkers, data: bytes, claim: Claim) -> Findings:
    """The findings in a text that cannot be judged. What it holds may still say what it is for."""
    try:
        value = parse(data)
    except Unreadable:
        return _unreadable(claim, data, partial(_behind_byte_order_mark, checkers, claim))
    if _is_request(value):
        return _unreadable(Claim(), data, partial(Findings, Claim()))
    checker = checkers.get(claim)
    return _unreadable(checker.claim, data, partial(_problems, checker))


def _in_value(checker: BodyChecker, body: Any) -> Findings:
    """The findings in a body."""
    return Findings(checker.claim) if checker.is_clean(body) else _problems(checker, body)


def _problems(checker: BodyChecker, body: Any) -> Findings:
    return Findings(checker.claim, body, checker.problems(body))


def _behind_byte_order_mark(checkers: Checkers, claim: Claim, value: Any) -> Findings:
    if _is_request(value):
        from recordlint.checking.requests import find_in_request_file

        return find_in_request_file(checkers, value, claim)
    return _problems(checkers.get(claim), value)


def _unreadable(claim: Claim, data: bytes, find: Callable[[Any], Findings]) -> Findings:
    """What is wrong with a text that is not JSON. If a byte order mark is all that is wrong, the rest is judged too."""
    findings = in_faulty_text(claim, data)
    faults = findings.faults
    if [fault.rule for fault in faults] == ["encoding"] and data.startswith(BOM) and not data.startswith(BOM * 2):
        value = parse(data[len(BOM) :])
        return find(value)._replace(faults=faults)
    return findings


def in_faulty_text(claim: Claim, data: bytes) -> Findings:
    """The findings in a text that cannot be read as JSON."""
    from recordlint.jsontext.diagnose import diagnosis
    from recordlint.jsontext.noted import Limit
    from recordlint.rules.kinds import without_indexes
    from recordlint.violations import LISTED_AT_MOST

    faults, others = diagnosis(data, Limit(LISTED_AT_MOST, without_indexes))
    return Findings(claim, faults=faults, other_faults=others)


def _is_request(value: Any) -> bool:
    if type(value) is not dict or "method" not in value or "url" not in value:
        return False
    from recordlint.requests.whole import is_request

    return is_request(value)
