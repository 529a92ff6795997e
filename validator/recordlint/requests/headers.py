"""The headers of a request that say how it is read: `Content-Type` and `Version`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from recordlint.contract.placeholders import is_placeholder
from recordlint.contract.spec_files import read_spec
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem
from recordlint.requests.placeholders import placeholder
from recordlint.wording.phrases import as_json, either

FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


def header_problems(headers: object) -> Iterator[Problem]:
    """The problems of a request's headers: a mapping of values by name, in any case; anything else has none.

    A missing header is no problem: clients and proxies add both.
    """
    for name, value in headers.items() if isinstance(headers, Mapping) else ():
        if isinstance(name, str):
            path: Path = ("headers", name)
            if name.lower() == "content-type" and isinstance(value, str):
                yield from _content_type_problems(value, path)
            elif name.lower() == "version":
                yield from _version_problems(value, path)


def is_form(problems: Iterable[Problem]) -> bool:
    """Whether the body is sent as a form, so that it is not JSON."""
    return any(each.rule == "content-type" and each.severity == "error" for each in problems)


def _content_type_problems(value: str, path: Path) -> Iterator[Problem]:
    media_type = value.partition(";")[0].strip().lower()
    hint = "send JSON text with Content-Type: application/json"
    if media_type in FORMS:
        yield Problem("content-type", "the body is sent as a form, but the Records API takes JSON", hint, path)
    elif media_type != "application/json" and not media_type.endswith("+json"):
        message = "the Content-Type says that the body is not JSON, but the Records API takes JSON"
        yield Problem("content-type", message, hint, path, severity="warning")


def _version_problems(value: object, path: Path) -> Iterator[Problem]:
    versions = read_spec("version.json")["examples"]
    if value is None or (isinstance(value, str) and value.strip(" \t") in versions):
        return
    hint = f"write {either(map(as_json, versions))}"
    if isinstance(value, str) and is_placeholder(value):
        yield placeholder("the Version header", path, hint)
    else:
        message = "the Version header is not a version that is known to work"
        yield Problem("version-header", message, hint, path, severity="warning")
