"""Whether the service takes a write, by the rules of `check` and the record that is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from recordlint.checking.checkers import Checkers
from recordlint.checking.findings import Findings
from recordlint.checking.locate import make_request_report, request_violations
from recordlint.checking.requests import find_in_request
from recordlint.checking.texts import in_faulty_text
from recordlint.definitions.target import Claim
from recordlint.jsontext.parse import Unreadable, read_json
from recordlint.problems.problem import Problem
from recordlint.records.problems import record_problems
from recordlint.records.record import Record
from recordlint.requests.headers import header_problems, is_form
from recordlint.requests.request import Request, read_request
from recordlint.rules.refusals import is_refused
from recordlint.sandbox.quirks import Quirks, quirks_of
from recordlint.violations import LISTED_AT_MOST, Violation


class Judged(NamedTuple):
    """What becomes of a write."""

    body: Mapping[str, Any] | None
    """What is to be written; None where the service refuses it."""
    violations: Sequence[Violation] = ()
    """Why it is refused."""
    quirks: Sequence[str] = ()
    """What is lost although it is taken, a sentence each."""


def read(checkers: Checkers, method: str, url: str, content_type: str | None = None) -> Request:
    """What the method, the URL and the type of a write say.

    Args:
        checkers: have the definitions.
        method: of HTTP.
        url: the path and the query, as they are sent.
        content_type: the header's value; None where there is no such header.
    """
    headers = {} if content_type is None else {"content-type": content_type}
    return read_request(method, url, headers, objects=checkers.objects)


def judged(checkers: Checkers, request: Request, data: bytes, record: Record | None, *, has_quirks: bool) -> Judged:
    """What becomes of a write.

    Args:
        checkers: judge it.
        request: all of it but the body.
        data: the body.
        record: as it is stored; None for a new one.
        has_quirks: whether what the service takes and loses is taken and lost.
    """
    around, inside = find_in_request(checkers, request, data)
    body: Any = None
    if not inside.faults and request.claim.object in checkers.objects:
        try:
            body = read_json(data)
        except Unreadable:
            body = None  # a form, of which something is said around the body
    problems: Sequence[Problem] = inside.problems
    if record is not None and isinstance(body, dict):
        wrong = [each.path for each in problems if each.severity == "error"]
        if () not in wrong:
            definition = checkers.objects[str(request.claim.object)]
            problems = [*problems, *record_problems(record, body, definition, wrong)]
    quirks = quirks_of(problems, body) if has_quirks and record is not None else Quirks(body, problems, ())
    outer = _refused(around)
    inner = _refused(inside._replace(value=body, problems=quirks.problems))
    if outer.problems or inner.problems or inner.faults or not isinstance(quirks.body, dict):
        return Judged(None, make_request_report(outer, inner, data, lambda _: ()).violations)
    return Judged(quirks.body, (), quirks.lost)


def violations_around(problems: Sequence[Problem]) -> Sequence[Violation]:
    """The violations of problems with a request, of which the body is not looked at."""
    return request_violations(Findings(Claim(), problems=problems), Findings(Claim()), None)


def form_problems(content_type: str | None) -> Sequence[Problem]:
    """What is wrong with a body that is sent as a form; nothing of any other.

    Args:
        content_type: the header's value; None where there is no such header.
    """
    problems = list(header_problems({"content-type": content_type}))
    return problems if is_form(problems) else ()


def unreadable(data: bytes) -> Sequence[Violation]:
    """What is wrong with a text that is not JSON."""
    return request_violations(Findings(Claim()), in_faulty_text(Claim(), data), data, LISTED_AT_MOST)


def _refused(findings: Findings) -> Findings:
    """The findings for which the service refuses the request."""
    return findings._replace(problems=[each for each in findings.problems if is_refused(each.rule, each.severity)])
