"""A whole request in a file: its method and URL tell the object and the operation, and are judged too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple

from recordlint.contract.operations import METHODS
from recordlint.definitions.model import OBJECT_KEY, STANDARD_OBJECTS
from recordlint.definitions.target import Claim
from recordlint.violations import Problem
from recordlint.wording.phrases import as_json

RECORDS_PATH: Final = re.compile(r"/objects/(?P<object>[^/]*)/records(?:/(?P<record>[^/]*))?/?")
PROXIED_PATH: Final = re.compile(r"(?:/.*)?" + RECORDS_PATH.pattern)
RECORD_ID: Final = re.compile(r"[0-9a-fA-F]{24}")
FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")

Unknown = Literal["refuse", "pass"]
"""What becomes of a write to an object that has no definition."""


class Request(NamedTuple):
    """What a request is about, as far as its method and URL tell."""

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
    """What a request is about; its object is None where the URL names none that can be updated.

    Args:
        method: `PUT` or `POST`, in any case.
        url: absolute, or the path and query alone.
        headers: values by name, in any case; what is no mapping of strings is not looked at.
        proxied: whether a path may stand before `/objects`.
    """
    from urllib.parse import parse_qs, unquote, urlsplit

    try:
        parts = urlsplit(url)
        match = (PROXIED_PATH if proxied else RECORDS_PATH).fullmatch(parts.path)
        query = parse_qs(parts.query, keep_blank_values=True)
    except ValueError:
        match, query = None, {}
    if not match:
        return Request(Claim(), (_no_operation("url"),))
    operation = METHODS.get(method.upper())
    if operation is None:
        return Request(Claim(), (_no_operation("method"),))
    key, record = unquote(match["object"]), match["record"]
    if record and not operation.names_record:
        return Request(Claim(), (_no_operation("url"),))
    problems = [*_object_problems(key)]
    usable = not problems
    if operation.names_record:
        problems += _record_problems(unquote(record or ""))
    if operation.location == "query" and not any(query.get("locationId", ())):
        problems.append(
            Problem("missing-location", "an update needs locationId in its URL", "add ?locationId=…", ("url",))
        )
    problems += _content_problems(headers)
    return Request(Claim(key if usable else None, operation), tuple(problems))


def _content_problems(headers: object) -> Iterator[Problem]:
    """Problems of the header that says what the body is. One that is missing is often added by the client."""
    for name, value in headers.items() if isinstance(headers, Mapping) else ():
        if isinstance(name, str) and isinstance(value, str) and name.lower() == "content-type":
            kind = value.partition(";")[0].strip().lower()
            hint = "write Content-Type: application/json, and the body as JSON text"
            path = ("headers", name)
            if kind in FORMS:
                yield Problem("content-type", "the body is sent as a form, and the Records API takes JSON", hint, path)
            elif kind != "application/json" and not kind.endswith("+json"):
                message = "the Content-Type says that the body is not JSON, and the Records API takes JSON"
                yield Problem("content-type", message, hint, path, severity="warning")


def is_form(problems: Iterable[Problem]) -> bool:
    """Whether the body is sent as a form, and so is no JSON."""
    return any(each.rule == "content-type" and each.severity == "error" for each in problems)


def missing_body() -> Problem:
    """The problem of a request without a body."""
    return Problem("missing-body", "the request has no body", 'write "body": {"properties": {…}}', part="open")


def _no_operation(part: str) -> Problem:
    what = "method is neither PUT nor POST" if part == "method" else "method and path are no write to a record"
    return Problem(
        "request-operation",
        f"the request's {what}",
        "PUT /objects/{key}/records/{id} updates, POST /objects/{key}/records creates",
        (part,),
    )


def _object_problems(key: str) -> Iterator[Problem]:
    if key in STANDARD_OBJECTS:
        yield Problem(
            "standard-object",
            "the URL names a standard object, and the Records API page supports custom objects only",
            f"use the API of {key} itself",
            ("url",),
            redacted_hint="use that object's own API",
        )
    elif not OBJECT_KEY.match(key):
        yield Problem(
            "object-key",
            "the URL does not name a custom object by its key",
            f"write custom_objects. and a-z, 0-9 or _ after it in the stead of {as_json(key)}",
            ("url",),
            redacted_hint="write custom_objects. and a-z, 0-9 or _ after it",
        )


def _record_problems(record: str) -> Iterator[Problem]:
    if not record:
        yield Problem("record-id", "the URL of an update lacks the record's id", "write …/records/{id}", ("url",))
    elif not RECORD_ID.fullmatch(record):
        yield Problem(
            "record-id",
            "the record's id in the URL is not 24 hexadecimal digits",
            "check the id",
            ("url",),
            severity="warning",
        )
