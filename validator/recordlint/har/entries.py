"""The entries of a HAR file that write records, as browsers and proxies export them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from recordlint.problems.pointers import Path, pointer
from recordlint.requests.routes import writes_record


class Entry(NamedTuple):
    """A request of a HAR file."""

    number: int
    """In `log.entries`, from 0."""
    path: Path
    """Where the request is in the file."""
    method: str
    url: str
    headers: Mapping[str, str]
    headers_at: Mapping[str, Path]
    """Where each header's value is in the request, by the header's pointer."""
    body: bytes | None
    is_plain: bool
    """Whether the body stands in the file as it was sent, so that places in it are places in the file."""


def is_har(value: Any) -> bool:
    """Whether a document is a HAR file: an object with `log`, and in it `entries`."""
    log = value.get("log") if isinstance(value, dict) else None
    return isinstance(log, dict) and isinstance(log.get("entries"), list)


def read_entries(entries: Sequence[Any], unreadable: list[str]) -> Iterator[Entry]:
    """The entries that write records; what is wrong with entries that cannot be read is added to `unreadable`."""
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
                path = ("log", "entries", index, "request")
                headers, headers_at = _headers(request)
                yield Entry(index, path, method, url, headers, headers_at, body, is_plain)


def _headers(request: Mapping[str, Any]) -> tuple[Mapping[str, str], Mapping[str, Path]]:
    """The headers by name, and where each value is, by the header's pointer."""
    listed = request.get("headers")
    named: dict[str, str] = {}
    places: dict[str, Path] = {}
    for index, each in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(each, dict) and isinstance(each.get("name"), str) and isinstance(each.get("value"), str):
            named[each["name"]] = each["value"]
            places[pointer(("headers", each["name"]))] = ("headers", index, "value")
    data = request.get("postData")
    mime_type = data.get("mimeType") if isinstance(data, dict) else None
    if isinstance(mime_type, str) and mime_type and not any(name.lower() == "content-type" for name in named):
        named["Content-Type"] = mime_type
        places["/headers/Content-Type"] = ("postData", "mimeType")
    return named, places


def _body(data: Any) -> tuple[bytes | None, bool]:
    """The bytes that were sent, and whether they stand in the file as they are."""
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(text, str):
        return None, False
    if data.get("encoding") != "base64":
        return text.encode(), True
    from base64 import b64decode

    return b64decode(text, validate=True), False
