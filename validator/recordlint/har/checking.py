"""HAR files, as browsers and proxies export them: the requests in them that write records, each with its report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from recordlint.checking.report import Report
from recordlint.checking.validator import Validator
from recordlint.jsontext.parse import BOM, Unreadable, read_json
from recordlint.jsontext.positions import Span, spans, to_places
from recordlint.requests.routes import writes_record
from recordlint.violations import Part, Path, Place, Violation

_UNITS: Final = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)
"""What stands for one character, or for half of a surrogate pair, within a JSON string."""


class Entry(NamedTuple):
    """A request of a HAR file."""

    number: int
    """In `log.entries`, from 0."""
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None
    is_plain: bool
    """Whether the body stands in the file as it was sent, so that places in it can be told."""


class Har(NamedTuple):
    """What was found in a HAR file."""

    reports: tuple[tuple[int, Report], ...]
    """Of each request that writes a record, by its index in `log.entries`."""
    unreadable: tuple[str, ...]
    """Why an entry could not be judged."""


def is_har(value: Any) -> bool:
    """Whether a document is a HAR file: an object with `log`, and in it `entries`."""
    log = value.get("log") if isinstance(value, dict) else None
    return isinstance(log, dict) and isinstance(log.get("entries"), list)


def check_har(validator: Validator, data: bytes) -> Har | None:
    """Judge the requests of a HAR file that write records; None for what is no JSON, or another JSON document.

    The violations' pointers begin with `/url`, `/headers` or `/body`; their places are those in the file. They have
    no fixes: what was sent was sent.

    Args:
        validator: judges them.
        data: the file's bytes; a byte order mark is passed over.
    """
    text = data.removeprefix(BOM)
    try:
        value = read_json(text)
    except Unreadable:
        return None
    if not is_har(value):
        return None
    unreadable: list[str] = []
    found = [
        (entry, validator.check_request(entry.method, entry.url, entry.headers, entry.body))
        for entry in _entries(value["log"]["entries"], unreadable)
    ]
    return Har(_placed(text.decode(), found, data), tuple(unreadable))


def _entries(entries: Sequence[Any], unreadable: list[str]) -> Iterator[Entry]:
    """The entries that write records; what is wrong with others is added to `unreadable`."""
    for index, entry in enumerate(entries):
        request = entry.get("request") if isinstance(entry, dict) else None
        method, url = (request.get("method"), request.get("url")) if isinstance(request, dict) else (None, None)
        if not (isinstance(request, dict) and isinstance(method, str) and isinstance(url, str)):
            unreadable.append(f"entries[{index}] has no request with a method and a URL")
        elif writes_record(method, url):
            try:
                body, is_plain = _body(request.get("postData"))
            except ValueError:
                unreadable.append(f"the body of entries[{index}] is not valid base64")
            else:
                yield Entry(index, method, url, _headers(request), body, is_plain)


def _headers(request: Mapping[str, Any]) -> Mapping[str, str]:
    listed = request.get("headers")
    named = {
        each["name"]: each["value"]
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, dict) and isinstance(each.get("name"), str) and isinstance(each.get("value"), str)
    }
    data = request.get("postData")
    kind = data.get("mimeType") if isinstance(data, dict) else None
    if isinstance(kind, str) and kind and not any(name.lower() == "content-type" for name in named):
        named["Content-Type"] = kind
    return named


def _body(data: Any) -> tuple[bytes | None, bool]:
    """The bytes that were sent, and whether they stand in the file as they are."""
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(text, str):
        return None, False
    if data.get("encoding") != "base64":
        return text.encode(), True
    from base64 import b64decode

    return b64decode(text, validate=True), False


def _placed(text: str, found: Sequence[tuple[Entry, Report]], data: bytes) -> tuple[tuple[int, Report], ...]:
    """The reports with their places in the file, by index."""
    wanted: list[tuple[Path, Part]] = []
    for entry, _ in found:
        request = ("log", "entries", entry.number, "request")
        wanted.append(((*request, "url"), "value"))
        wanted.append(((*request, "postData", "text"), "value") if entry.is_plain else (request, "open"))
    outer = iter(spans(text, wanted))
    listed: list[Span] = []
    for entry, report in found:
        url, body = next(outer), next(outer)
        inner = _Inner(text, body, entry.body or b"") if entry.is_plain and report.violations else None
        for violation in report.violations:
            whole = url if violation.pointer == "/url" else body
            for place in _places(violation):
                listed.append(inner.span(place) if inner and place else whole)
    places = iter(to_places(text, listed))
    start = len(data) - len(text.encode())
    # Without the text: a source line of the file would show what stands beside the body, such as a cookie.
    return tuple(
        [
            (entry.number, report.with_violations([_moved(each, places, start) for each in report.violations], None))
            for entry, report in found
        ]
    )


def _places(violation: Violation) -> list[Place | None]:
    return [violation.place, *[related.place for related in violation.related]]


def _moved(violation: Violation, places: Iterator[Place], start: int) -> Violation:
    """A violation with its places in the file, which has `start` bytes before its text, and without its fix."""
    place, *others = [_behind(next(places), start) for _ in _places(violation)]
    related = [each._replace(place=other) for each, other in zip(violation.related, others, strict=True)]
    return violation._replace(place=place, related=tuple(related), fix=None)


def _behind(place: Place, start: int) -> Place:
    return place._replace(start=place.start + start, end=place.end + start)


class _Inner:
    """Places in a body as stretches of the file, where the body stands as a JSON string."""

    def __init__(self, text: str, string: Span, body: bytes) -> None:
        self.body = body
        self.starts = [string[0] + 1]
        """Where each UTF-16 code unit's escape, or each character, begins in the file."""
        for match in _UNITS.finditer(text, string[0] + 1, string[1] - 1):
            unit = match.group()
            if len(unit) == 1 and ord(unit) > 0xFFFF:
                self.starts.append(match.end())
            self.starts.append(match.end())

    def span(self, place: Place) -> Span:
        """Where bytes `place.start` to `place.end` of the body stand."""
        return self._start(place.start), self._start(place.end)

    def _start(self, byte: int) -> int:
        units = len(self.body[:byte].decode("utf-8", "replace").encode("utf-16-le")) // 2
        return self.starts[min(units, len(self.starts) - 1)]
