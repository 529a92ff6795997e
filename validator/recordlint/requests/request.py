"""A whole request in a file. Its method and URL name the object and the operation, and are checked too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple

from recordlint.contract.operations import METHODS, OPERATIONS, Operation
from recordlint.definitions.model import OBJECT_KEY, PREFIX, STANDARD_OBJECTS
from recordlint.definitions.target import Claim
from recordlint.requests.routes import RECORD_ID, find_method, find_route
from recordlint.violations import Problem
from recordlint.wording.phrases import as_json

FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")

Unknown = Literal["refuse", "pass"]
"""What happens to a write to an object that has no definition."""


class Request(NamedTuple):
    """What a request is for, as far as its method and URL say."""

    claim: Claim
    problems: tuple[Problem, ...]


def is_request(value: Any) -> bool:
    """Whether a file's value is a whole request: string `method` and `url`, and no key but `headers` and `body`."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("method"), str)
        and isinstance(value.get("url"), str)
        and all(key in ("method", "url", "headers", "body") for key in value)
    )


def read_request(method: str, url: str, headers: object = None, *, proxied: bool = False) -> Request:
    """What a request is for. Its object is None if the URL names none whose records can be written.

    Args:
        method: `PUT` or `POST`, in any case.
        url: absolute, or the path and query alone.
        headers: values by name, in any case; anything but a mapping of strings is ignored.
        proxied: whether another path may come before `/objects`.
    """
    operation = find_method(method)
    try:
        route = find_route(url, operation)
    except ValueError:
        return Request(Claim(), (_unreadable_url(),))
    if route is None or (route.has_prefix and not proxied):
        return Request(Claim(), (_no_operation("url"),))
    if operation is None:
        return Request(Claim(), (_no_operation("method"),))
    if route.operation is not operation:
        return Request(Claim(), (_no_operation("url"),))
    problems = [*_object_problems(route.object)]
    usable = not problems
    if not route.is_plain and route.object:
        problems.append(_odd_spelling(operation))
    if operation.names_record:
        problems += _record_problems(route.record or "")
    if operation.location == "query" and not _has_location(route.query):
        problems.append(
            Problem(
                "missing-location",
                "an update needs locationId in its URL",
                "add locationId=… to the URL's query",
                ("url",),
            )
        )
    problems += _content_problems(headers)
    return Request(Claim(route.object if usable else None, operation), tuple(problems))


def _has_location(query: str) -> bool:
    from urllib.parse import parse_qs

    return any(parse_qs(query).get("locationId", ()))


def _content_problems(headers: object) -> Iterator[Problem]:
    """The problems of the Content-Type header. A missing one is no problem: clients often add it."""
    for name, value in headers.items() if isinstance(headers, Mapping) else ():
        if isinstance(name, str) and isinstance(value, str) and name.lower() == "content-type":
            media_type = value.partition(";")[0].strip().lower()
            hint = "send JSON text with Content-Type: application/json"
            path = ("headers", name)
            if media_type in FORMS:
                yield Problem("content-type", "the body is sent as a form, but the Records API takes JSON", hint, path)
            elif media_type != "application/json" and not media_type.endswith("+json"):
                message = "the Content-Type says that the body is not JSON, but the Records API takes JSON"
                yield Problem("content-type", message, hint, path, severity="warning")


def is_form(problems: Iterable[Problem]) -> bool:
    """Whether the body is sent as a form, so that it is not JSON."""
    return any(each.rule == "content-type" and each.severity == "error" for each in problems)


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


def _object_problems(key: str) -> Iterator[Problem]:
    if key in STANDARD_OBJECTS:
        yield Problem(
            "standard-object",
            "the URL names a standard object, but the Records API supports only custom objects",
            f"use the API for {key} instead",
            ("url",),
            redacted_hint="use the API for that object instead",
        )
    elif not OBJECT_KEY.match(key):
        hint = f"write {PREFIX} and then only a-z, 0-9 and _"
        yield Problem(
            "object-key",
            "the URL does not name a custom object by its key",
            f"{hint}, instead of {as_json(key)}",
            ("url",),
            redacted_hint=hint,
        )


def _record_problems(record: str) -> Iterator[Problem]:
    if not record:
        yield Problem("record-id", "the URL of an update lacks the record's id", "add it: …/records/{id}", ("url",))
    elif not RECORD_ID.fullmatch(record):
        yield Problem(
            "record-id",
            "the record's id in the URL is not 24 hexadecimal digits",
            "check the id",
            ("url",),
            severity="warning",
        )
