"""A whole request in a file: its method and URL tell the object and the operation, and are judged too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from recordlint.objects import OBJECT_KEY, STANDARD_OBJECTS
from recordlint.violations import Operation, Problem
from recordlint.words import as_json

RECORDS_PATH: Final = re.compile(r"/objects/(?P<object>[^/]*)/records(?:/(?P<record>[^/]*))?/?")
RECORD_ID: Final = re.compile(r"[0-9a-fA-F]{24}")
METHODS: Final[dict[str, Operation]] = {"PUT": "update", "POST": "create"}


class Request(NamedTuple):
    """What a request is about, as far as its method and URL tell."""

    object: str | None
    operation: Operation | None
    problems: tuple[Problem, ...]


def is_request(value: Any) -> bool:
    """Whether a file's value is a whole request: string `method` and `url`, and no key but `headers` and `body`."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("method"), str)
        and isinstance(value.get("url"), str)
        and all(key in ("method", "url", "headers", "body") for key in value)
    )


def read_request(method: str, url: str) -> Request:
    """What a request is about; its object is None where the URL names none that can be updated.

    Args:
        method: `PUT` or `POST`, in any case.
        url: absolute, or the path and query alone.
    """
    from urllib.parse import parse_qs, unquote, urlsplit

    try:
        parts = urlsplit(url)
        match = RECORDS_PATH.fullmatch(parts.path)
        query = parse_qs(parts.query, keep_blank_values=True)
    except ValueError:
        match, query = None, {}
    if not match:
        return Request(None, None, (_no_operation("url"),))
    operation = METHODS.get(method.upper())
    if operation is None:
        return Request(None, None, (_no_operation("method"),))
    key, record = unquote(match["object"]), match["record"]
    if operation == "create" and record:
        return Request(None, None, (_no_operation("url"),))
    problems = [*_object_problems(key)]
    usable = not problems
    if operation == "update":
        problems += _record_problems(unquote(record or ""))
        if not any(query.get("locationId", ())):
            problems.append(
                Problem("missing-location", "an update needs locationId in its URL", "add ?locationId=…", ("url",))
            )
    return Request(key if usable else None, operation, tuple(problems))


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
            blind_hint="use that object's own API",
        )
    elif not OBJECT_KEY.match(key):
        yield Problem(
            "object-key",
            "the URL does not name a custom object by its key",
            f"write custom_objects. and a-z, 0-9 or _ after it in the stead of {as_json(key)}",
            ("url",),
            blind_hint="write custom_objects. and a-z, 0-9 or _ after it",
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
