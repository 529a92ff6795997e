"""Updates and the records that they go to: what is wrong with a body for its record, beside what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from functools import partial
from typing import Any, NamedTuple

from recordlint.checking.checkers import Checkers
from recordlint.checking.embedded import Embedded
from recordlint.checking.findings import Findings, totals, with_severities
from recordlint.checking.locate import make_report
from recordlint.checking.report import Report
from recordlint.checking.texts import check_text, find_in_body, find_in_document
from recordlint.contract.operations import CREATE
from recordlint.definitions.model import PREFIX, PUBLISHED_PREFIX, ObjectDefinition
from recordlint.definitions.target import Claim
from recordlint.errors import InputError, UsageError
from recordlint.jsontext.parse import Unreadable, read_json
from recordlint.jsontext.unrepresentable import unrepresentable
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem
from recordlint.records.change import updated
from recordlint.records.problems import record_problems
from recordlint.records.record import Record
from recordlint.requests.request import read_request
from recordlint.requests.whole import is_request, read_whole

Find = Callable[[Checkers, bytes, Claim], Findings]
FindRecord = Callable[[str | None], Record]
"""The record with an id, or the one that is meant where no id is known."""


def verify_object(record: Record, definition: ObjectDefinition) -> None:
    """Refuse a record of another object, as far as it can be told.

    Raises:
        UsageError: it says so, or no property of it is one of the definition.
    """
    key = record.answer.get("objectKey")
    if isinstance(key, str) and key.replace(PUBLISHED_PREFIX, PREFIX, 1) not in (definition.key, definition.short_key):
        raise UsageError(f"the record is of {key}, and not of {definition.key}")
    if record.properties and not any(each in definition.by_property for each in record.properties):
        raise UsageError(f"no property of the record is one of {definition.key}: is it a record of another object?")


def apply(checkers: Checkers, record: Record, body: object, claim: Claim) -> tuple[Record, Report]:
    """A record after an update, and the report of the body. A body with errors changes nothing.

    Args:
        checkers: judge the body.
        record: as it is stored.
        body: JSON text, or a parsed body.
        claim: what the body is for.

    Raises:
        UnknownObject: no definition has the claim's object.
        UsageError: several are defined and the claim names none, or the record is of another object.
    """
    checker = checkers.get(claim)
    definition = checker.target.object
    verify_object(record, definition)
    if isinstance(body, bytes):
        find, findings_of = _remembered(finding_with_records(find_in_body, lambda _: record, is_document=False))
        report = check_text(checkers, body, claim, find)
        value = read_json(body) if report.valid else None
        is_right = _has_no_error(findings_of[0])
    else:
        problems: Sequence[Problem] = list(unrepresentable(body))
        if not problems:
            problems = [] if checker.is_clean(body) else checker.problems(body)
            findings = Findings(checker.claim, body, problems)
            problems = [*problems, *_problems(record, body, definition, findings)]
        findings = Findings(checker.claim, body, problems)
        report, is_right = make_report(with_severities(findings, checkers.severity), None), _has_no_error(findings)
        # The record does not change with the body.
        value = deepcopy(body) if is_right else None
    if not report.valid or not is_right or not isinstance(value, Mapping):
        return record, report
    return updated(record, value, definition), report


class Applied(NamedTuple):
    """An update, and what it makes of its record."""

    before: Record | None
    """None where the document does not say which record is meant, since it cannot be read."""
    after: Record | None
    """The same as before where the update has an error."""
    report: Report


def apply_document(checkers: Checkers, find_record: FindRecord, data: bytes, claim: Claim) -> Applied:
    """What a document makes of its record: a bare body, or a whole request whose URL says which record is meant.

    Raises:
        InputError: there is no such record, it is of another object, or the document makes a new one.
        UsageError: the object is not known.
    """
    asked: list[Record] = []

    def find(id: str | None) -> Record:
        asked.append(find_record(id))
        return asked[-1]

    finding, findings_of = _remembered(finding_with_records(find_in_document, find))
    report = check_text(checkers, data, claim, finding)
    before = asked[0] if asked else None
    if report.operation == CREATE.name:
        raise InputError("this request makes a new record, and has none to be applied to")
    if not report.valid or before is None or not _has_no_error(findings_of[0]):
        return Applied(before, before, report)
    value = read_json(data)
    whole = read_whole(value) if is_request(value) else None
    body = value if whole is None else read_json(whole.body.encode()) if isinstance(whole.body, str) else whole.body
    definition = checkers.objects[str(report.object)]
    return Applied(before, updated(before, body, definition), report)


def _remembered(find: Find) -> tuple[Find, list[Findings]]:
    """The same, and a list of what it finds, with the severities that problems have by themselves."""
    listed: list[Findings] = []

    def remembering(checkers: Checkers, data: bytes, claim: Claim) -> Findings:
        listed.append(find(checkers, data, claim))
        return listed[-1]

    return remembering, listed


def _has_no_error(findings: Findings) -> bool:
    """Whether a body has the form of an update, whatever the configuration makes of the rules."""
    return totals(findings)[0] == 0


def finding_with_records(find: Find, find_record: FindRecord, *, is_document: bool = True) -> Find:
    """A way to find problems, with those that the record of an update shows.

    Args:
        find: finds those of the text.
        find_record: gives the records.
        is_document: whether the text may be a whole request.
    """
    return partial(_find, find, find_record, is_document)


def _find(
    find: Find, find_record: FindRecord, is_document: bool, checkers: Checkers, data: bytes, claim: Claim
) -> Findings:
    findings = find(checkers, data, claim)
    operation, key = findings.claim.operation, findings.claim.object
    if findings.faults or operation is None or not operation.names_record or key not in checkers.objects:
        return findings
    value = read_json(data)
    definition = checkers.objects[str(key)]
    try:
        if is_document and is_request(value):
            return _in_request(findings, value, definition, find_record)
        problems = _problems(find_record(None), value, definition, findings)
    except UsageError as error:
        raise InputError(str(error)) from error
    return findings._replace(value=value, problems=[*findings.problems, *problems])


def _in_request(
    findings: Findings, value: Mapping[str, Any], definition: ObjectDefinition, find_record: FindRecord
) -> Findings:
    whole = read_whole(value)
    record = find_record(read_request(whole.method, whole.url).record)
    if not isinstance(whole.body, str):
        above = whole.body_path
        inside = [_without(each, above) for each in findings.problems if above and each.path[: len(above)] == above]
        listed = _problems(record, whole.body, definition, findings._replace(problems=inside))
        problems = [each.below(*above) for each in listed]
        return findings._replace(value=value, problems=[*findings.problems, *problems])
    data = whole.body.encode("utf-8", "surrogatepass")
    try:
        body = read_json(data)
    except Unreadable:
        return findings
    inner = findings.embedded.findings if findings.embedded else Findings(findings.claim, body)
    if inner.faults:
        return findings
    problems = [*inner.problems, *_problems(record, body, definition, inner)]
    embedded = Embedded(whole.body_path, data, inner._replace(value=body, problems=problems)) if problems else None
    return findings._replace(value=value, embedded=embedded)


def _without(problem: Problem, above: Path) -> Problem:
    """The problem, seen from what `above` leads to."""
    return problem._replace(path=problem.path[len(above) :])


def _problems(record: Record, body: object, definition: ObjectDefinition, findings: Findings) -> list[Problem]:
    verify_object(record, definition)
    wrong = [each.path for each in findings.problems if each.severity == "error"]
    # Where the whole body is wrong, its parts mean nothing.
    return [] if () in wrong else [*record_problems(record, body, definition, wrong)]
