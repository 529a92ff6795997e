"""What a request is for. Its method and URL name the object and the operation, and are checked too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from recordlint.contract.operations import METHODS, OPERATIONS, Operation
from recordlint.definitions.standard_objects import NOT_SERVED, standard_object
from recordlint.definitions.target import Claim
from recordlint.problems.problem import Problem
from recordlint.requests.headers import header_problems
from recordlint.requests.locations import location_problems, parameters
from recordlint.requests.object_keys import object_problems
from recordlint.requests.placeholders import is_placeholder_in_url, placeholder
from recordlint.requests.routes import RECORD_ID, find_method, find_route

Unknown = Literal["refuse", "pass"]
"""What happens to a write to an object that has no definition."""

_NOTHING: Final[Mapping[str, object]] = {}
_BASE: Final = re.compile(r"(?:\{\{[^{}/?#]*\}\}|\$\{[^{}/?#]*\})(?=/)")
"""What tools write for the scheme and the host: a placeholder that they fill in."""


class Request(NamedTuple):
    """What a request is for, as far as its method and URL say."""

    claim: Claim
    problems: tuple[Problem, ...]
    record: str | None = None
    """The id of the record that an update is for; None where the URL has none."""


def read_request(
    method: str,
    url: str,
    headers: object = None,
    queries: Mapping[str, object] = _NOTHING,
    *,
    objects: Collection[str] = (),
    proxied: bool = False,
) -> Request:
    """What a request is for. Its object is None if the URL names none whose records can be written.

    Args:
        method: `PUT` or `POST`, in any case.
        url: absolute, or the path and query alone; in a file, a placeholder may stand for the host.
        headers: values by name, in any case; anything but a mapping of strings is ignored.
        queries: what members of the request hold of its query, beside the URL, by their names.
        objects: the keys that have a definition, which hints name.
        proxied: whether another path may come before `/objects`.
    """
    operation = find_method(method)
    base = None if proxied else _BASE.match(url)
    try:
        route = find_route(url[base.end() :] if base else url, operation)
    except ValueError:
        return Request(Claim(), (_unreadable_url(),))
    if route is None or (route.has_prefix and not proxied):
        return Request(Claim(), (_no_operation("url"),))
    if operation is None:
        return Request(Claim(), (_no_operation("method"),))
    if route.operation is not operation:
        return Request(Claim(), (_no_operation("url"),))
    problems = [*object_problems(route.object, objects)]
    usable = not problems
    if not route.is_plain and route.object:
        problems.append(_odd_spelling(operation))
    if standard_object(route.object) in NOT_SERVED:
        # Another API takes such a request, with a URL and a body of its own.
        return Request(Claim(None, operation), tuple(problems))
    if operation.names_record:
        problems += _record_problems(route.record or "")
    problems += location_problems(operation, parameters(route.query, queries))
    problems += header_problems(headers)
    record = route.record if operation.names_record else None
    return Request(Claim(route.object if usable else None, operation), tuple(problems), record or None)


def missing_body(operation: Operation | None) -> Problem:
    """The problem of a request without a body."""
    location = '"locationId": "…", ' if operation and operation.location == "body" else ""
    hint = f'add "body": {{{location}"properties": {{…}}}}'
    return Problem("missing-body", "the request has no body", hint, part="open")


def _no_operation(part: str) -> Problem:
    what = "method and path do not write a record"
    if part == "method":
        what = f"method is neither {' nor '.join(METHODS)}"
    hint = f"use {', or '.join([f'{each.method} {each.path} to {each.name}' for each in OPERATIONS.values()])}"
    return Problem("request-operation", f"the request's {what}", hint, (part,))


def _unreadable_url() -> Problem:
    message = "the request's URL cannot be parsed, so it might write a record"
    return Problem("request-operation", message, "write https://, the host, the path and the query", ("url",))


def _odd_spelling(operation: Operation) -> Problem:
    return Problem(
        "request-operation",
        "the path in the URL has an unusual spelling, which servers read in different ways",
        f"write {operation.path}, without empty segments, dots, backslashes or needless escapes",
        ("url",),
    )


def _record_problems(record: str) -> Iterator[Problem]:
    if not record:
        yield Problem("record-id", "the URL of an update lacks the record's id", "add it: …/records/{id}", ("url",))
    elif is_placeholder_in_url(record):
        yield placeholder("the record's id in the URL", ("url",))
    elif not RECORD_ID.fullmatch(record):
        yield Problem(
            "record-id",
            "the record's id in the URL is not 24 hexadecimal digits",
            "check the id",
            ("url",),
            severity="warning",
        )
