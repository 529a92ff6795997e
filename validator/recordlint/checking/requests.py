"""Whole requests: the problems around the body, and in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recordlint.checking.body_checker import BodyChecker
from recordlint.checking.checkers import Checkers
from recordlint.checking.findings import Findings, with_severities
from recordlint.checking.texts import find_in_body
from recordlint.definitions.target import Claim
from recordlint.jsontext.unrepresentable import unrepresentable
from recordlint.requests.request import Request, is_form, missing_body, read_request
from recordlint.violations import Problem


def find_in_request_file(checkers: Checkers, value: Mapping[str, Any], asked: Claim) -> tuple[Claim, list[Problem]]:
    """What a request in a file is for, and its problems.

    Args:
        checkers: judge its body.
        value: an object with `method` and `url`, and perhaps `headers` and `body`.
        asked: the object that was asked for, if any, and the region of its phone numbers.
    """
    request = read_request(value["method"], value["url"], value.get("headers"))
    checker, problems = _addressed(checkers, request, asked)
    if "body" not in value:
        problems.append(missing_body(request.claim.operation))
    elif checker and not checker.is_clean(value["body"]):
        problems += [problem.below("body") for problem in checker.problems(value["body"])]
    return request.claim, problems


def find_in_request(checkers: Checkers, request: Request, body: Any) -> tuple[Findings, Findings]:
    """The problems around a request's body, and those in it.

    Args:
        checkers: judge its body.
        request: its method, URL and headers, read.
        body: bytes are its text; anything else is a parsed body. None or empty bytes for no body.
    """
    checker, problems = _addressed(checkers, request, Claim())
    is_missing = body is None or (isinstance(body, bytes) and not body)
    if is_missing:
        problems.append(missing_body(request.claim.operation))
    around = with_severities(Findings(request.claim, problems=problems), checkers.severity)
    inside = Findings(request.claim)
    if checker and not is_missing and not is_form(around.problems):
        if isinstance(body, bytes):
            inside = find_in_body(checkers, body, checker.claim)
        else:
            inside = Findings(request.claim, body, list(unrepresentable(body)) or checker.problems(body))
    return around, with_severities(inside, checkers.severity)


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
        problems.append(Problem("unknown-object", f"there is no definition of {key}", checkers.nearest(key), ("url",)))
    elif asked.object is not None and key != asked.object:
        message = f"the URL names {key}, and the object asked for is {asked.object}"
        problems.append(
            Problem("object-mismatch", message, "write the other key in the URL, or ask for the URL's object", ("url",))
        )
    else:
        return checkers.get(request.claim._replace(phone_region=asked.phone_region)), problems
    return None, problems
