"""Whole requests: the problems around the body, and in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recordlint.checking.body_checker import BodyChecker
from recordlint.checking.checkers import Checkers
from recordlint.checking.embedded import Embedded
from recordlint.checking.findings import Findings, with_severities
from recordlint.checking.texts import find_in_body
from recordlint.contract.operations import LOCATION
from recordlint.definitions.target import Claim
from recordlint.jsontext.parse import Unreadable, parse
from recordlint.jsontext.unrepresentable import unrepresentable
from recordlint.problems.problem import Problem
from recordlint.requests.headers import is_form
from recordlint.requests.locations import join
from recordlint.requests.object_keys import unknown_object_hint
from recordlint.requests.request import Request, missing_body, read_request
from recordlint.requests.whole import read_whole


def find_in_request_file(checkers: Checkers, value: Mapping[str, Any], asked: Claim) -> Findings:
    """The findings in a request of a file.

    Args:
        checkers: judge its body.
        value: an object with `method` and `url`.
        asked: the object that was asked for, if any, and the region of its phone numbers.
    """
    whole = read_whole(value)
    request = read_request(whole.method, whole.url, whole.headers, whole.queries, objects=checkers.objects)
    body = whole.body.encode() if isinstance(whole.body, str) else whole.body
    is_missing = not whole.body_path or body == b""
    around, inside = _find(checkers, request, body, asked, is_missing=is_missing)
    if isinstance(body, bytes):
        embedded = Embedded(whole.body_path, body, inside) if inside.problems or inside.faults else None
        return Findings(request.claim, value, around.problems, embedded=embedded)
    problems = [*around.problems, *[problem.below(*whole.body_path) for problem in inside.problems]]
    return Findings(request.claim, value, problems)


def find_in_request(checkers: Checkers, request: Request, body: Any) -> tuple[Findings, Findings]:
    """The problems around a request's body, and those in it.

    Args:
        checkers: judge its body.
        request: its method, URL and headers, read.
        body: bytes are its text; anything else is a parsed body. None or empty bytes for no body.
    """
    is_missing = body is None or (isinstance(body, bytes) and not body)
    around, inside = _find(checkers, request, body, Claim(), is_missing=is_missing)
    return with_severities(around, checkers.severity), with_severities(inside, checkers.severity)


def _find(
    checkers: Checkers, request: Request, body: Any, asked: Claim, *, is_missing: bool
) -> tuple[Findings, Findings]:
    """The findings around a request's body, and those in it, by paths from the body."""
    checker, around = _addressed(checkers, request, asked)
    inside = Findings(request.claim)
    is_text = isinstance(body, bytes)
    if is_missing and request.claim.operation:
        around.append(missing_body(request.claim.operation))
    elif checker and is_text:
        if is_form(with_severities(Findings(request.claim, problems=around), checkers.severity).problems):
            checker = None
        else:
            inside = find_in_body(checkers, body, checker.claim)
    elif checker:
        problems = list(unrepresentable(body))
        if not problems and not checker.is_clean(body):
            problems = checker.problems(body)
        inside = Findings(request.claim, body, problems)
    judged = checker is not None and not is_missing
    has_location = bool(around or inside.problems) and _has_location(body)
    outer, inner = join(request.claim.operation, around, inside.problems, has_location=has_location, judged=judged)
    return Findings(request.claim, problems=outer), inside._replace(problems=inner)


def _has_location(body: Any) -> bool:
    """Whether a body, or its text, has `locationId`."""
    if isinstance(body, bytes):
        try:
            body = parse(body)
        except Unreadable:
            return False
    # Exactly a dict: a parsed body may hold what refuses to be looked at.
    return type(body) is dict and LOCATION in body


def is_foreign(checkers: Checkers, request: Request) -> bool:
    """Whether a request is for an object that exists, as far as its key tells, and has no definition.

    Not where its URL could be read in another way, for then the object could be another too.
    """
    if any(problem.rule == "request-operation" for problem in request.problems):
        return False
    key = request.claim.object
    if key is None:
        return any(problem.rule == "standard-object" for problem in request.problems)
    return key not in checkers.objects


def _addressed(checkers: Checkers, request: Request, asked: Claim) -> tuple[BodyChecker | None, list[Problem]]:
    """What judges a request's body, and the problems of all but its body."""
    problems = list(request.problems)
    key = request.claim.object
    if key is None:
        return None, problems
    if key not in checkers.objects:
        hint = unknown_object_hint(key, checkers.objects)
        problems.append(Problem("unknown-object", f"there is no definition of {key}", hint, ("url",)))
    elif asked.object is not None and key != asked.object:
        message = f"the URL names {key}, but the check is for {asked.object}"
        problems.append(
            Problem("object-mismatch", message, "write the other key in the URL, or ask for the URL's object", ("url",))
        )
    else:
        return checkers.get(request.claim._replace(phone_region=asked.phone_region)), problems
    return None, problems
