"""Which requests write a record, on any spelling of a path.

Servers and proxies read one path in different ways: some decode it once and some twice, some merge slashes, resolve
dots, drop matrix parameters or ignore case. A request writes a record if any of these readings does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from recordlint.contract.operations import METHODS, OPERATIONS, Operation

RECORD_ID: Final = re.compile(r"[0-9a-fA-F]{24}")
LAYERS: Final = 5
"""How often a path may be percent-encoded; one that still changes after so many decodings cannot be read."""

_BEFORE_PATH: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?://[^/\\]*)?", re.IGNORECASE)
"""The scheme and the authority of a URL, with one of them or neither."""
DOTS: Final = (".", "..")
_SEPARATOR: Final = re.compile(r"[/\\]")
_PARAMETER: Final = re.compile(r"\{\w+\}")
_BLANK: Final = "".join(map(chr, range(0x21))) + "\x7f\x85\xa0"


class Route(NamedTuple):
    """The records path that a URL names."""

    operation: Operation
    """The operation whose path it is."""
    object: str
    """The object's key, decoded; empty where the path has none."""
    record: str | None
    """The record's id, decoded; None or empty where the path has none."""
    query: str
    """What stands behind the path, encoded."""
    has_prefix: bool
    """Whether something stands before the path that the vendor documents, such as a proxy's own path."""
    is_plain: bool
    """Whether the path is spelled as it is documented, so that every server reads it in the same way."""


def writes_record(method: str, url: str) -> bool:
    """Whether a request writes a record, as any server might read it; True too where its URL cannot be read.

    A path of another operation counts if it names a record: `POST …/records/{id}` is a mistake, and
    `POST …/records/search` writes nothing.
    """
    operation = find_method(method)
    if operation is None:
        return False
    try:
        route = find_route(url, operation)
    except ValueError:
        return True
    return route is not None and (route.operation is operation or RECORD_ID.fullmatch(route.record or "") is not None)


def find_method(method: str) -> Operation | None:
    """The operation with this HTTP method, in any case."""
    return METHODS.get(method.strip().upper())


def find_route(url: str, wanted: Operation | None = None) -> Route | None:
    """The records path that a URL names, on any spelling; None where it names none.

    Args:
        url: absolute, or the path and query alone.
        wanted: the operation that is looked for first, where a URL could name the paths of several.

    Raises:
        ValueError: the URL cannot be read.
    """
    from urllib.parse import urlsplit

    urlsplit(url)
    text = re.sub(r"[\t\r\n]", "", url).strip(_BLANK)
    before, _, query = text.partition("#")[0].partition("?")
    start = _BEFORE_PATH.match(before)
    authority = start.group() if start else ""
    is_usual = authority == "" or authority.partition("://")[2] != ""
    path = before.removeprefix(authority)
    # Where no scheme stands before two slashes, or where a slash is encoded, the host may be part of the path.
    paths = [path, before] if authority.startswith("//") or "%" in authority else [path]
    readings = list(dict.fromkeys(reading for each in paths for reading in _readings(each)))
    others = [each for each in OPERATIONS.values() if each is not wanted]
    for operation in [wanted, *others] if wanted else others:
        for reading in readings:
            match = _any_spelling(operation).fullmatch(reading)
            if match:
                parts = match.groupdict()
                record = parts.get("recordId")
                return Route(
                    operation,
                    _decoded_separators(parts["customObjectKey"] or ""),
                    record and _decoded_separators(record),
                    query,
                    parts["prefix"].strip("/") != "",
                    is_usual and text == url and _is_plain(operation, path),
                )
    return None


def _is_plain(operation: Operation, path: str) -> bool:
    from urllib.parse import unquote

    if not _documented_spelling(operation).fullmatch(path):
        return False
    segments = [unquote(segment) for segment in path.split("/")]
    return all(
        segment == _canonical(segment) and segment not in DOTS and not _SEPARATOR.search(segment)
        for segment in segments
    )


@cache
def _documented_spelling(operation: Operation) -> re.Pattern[str]:
    """An operation's path, encoded; a plain path may stand before it, and a slash behind it."""
    steps = ["/[^/]+" if _PARAMETER.fullmatch(each) else f"/{re.escape(each)}" for each in _steps(operation)]
    if operation.names_record:
        steps[-1] = f"(?:{steps[-1]})?"
    return re.compile(f"(?:/[^/]+)*{''.join(steps)}/?")


@cache
def _any_spelling(operation: Operation) -> re.Pattern[str]:
    """An operation's path in canonical segments, of which the empty ones may be missing or stand for a parameter."""
    steps = [
        rf"(?:/+(?P<{each[1:-1]}>[^/]+)|/)" if _PARAMETER.fullmatch(each) else f"/+{re.escape(each)}"
        for each in _steps(operation)
    ]
    if operation.names_record:
        steps[-1] = f"(?:{steps[-1]})?"
    return re.compile(f"(?P<prefix>.*){''.join(steps)}/*", re.IGNORECASE | re.DOTALL)


def _steps(operation: Operation) -> list[str]:
    return operation.path.split("/")[1:]


def _readings(path: str) -> Iterator[str]:
    """A path in canonical segments, once for each way to read it.

    It is read as it is and decoded, and `..` takes away the segment before it, an empty one or not, or nothing.

    Raises:
        ValueError: it is percent-encoded too often.
    """
    texts = list(_decodings(path))
    if len(texts) > LAYERS + 1:
        raise ValueError("the path is percent-encoded too often")
    for text in texts:
        segments = _SEPARATOR.split(text)
        merged = [segment for segment in segments if _canonical(segment)]
        for depth in range(len(texts)):
            for given in (segments, merged):
                resolved = _resolved(given, depth)
                if len(resolved) < len(given):
                    yield _joined(resolved)
        yield _joined(segments)


def _decodings(text: str) -> Iterator[str]:
    """A text, and what it becomes with each decoding, until nothing is encoded in it or there are too many."""
    from urllib.parse import unquote

    yield text
    for _ in range(LAYERS + 1):
        decoded = unquote(text) if "%" in text else text
        if decoded == text:
            return
        yield decoded
        text = decoded


def _resolved(segments: Iterable[str], depth: int) -> Sequence[str]:
    """The segments that are left where each `..` takes the one before it away, encoded up to `depth` times."""
    left: list[str] = []
    for segment in segments:
        texts = list(_decodings(segment))[: depth + 1] if "%" in segment else [segment]
        dots = [text for text in map(_bare, texts) if text in DOTS]
        if not dots:
            left.append(segment)
        elif dots[0] == "..":
            del left[-1:]
    return left


def _joined(segments: Iterable[str]) -> str:
    """Segments as one path. Empty ones and dots, which a server may drop, become one empty segment in a row."""
    steps = [_canonical(segment).replace("/", "%2F").replace("\\", "%5C") for segment in segments]
    return re.sub("/{3,}", "//", "".join([f"/{'' if step in DOTS else step}" for step in steps]))


def _canonical(segment: str) -> str:
    """A segment decoded to the end, without matrix parameters and white space around it."""
    if "%" in segment:
        *_, segment = _decodings(segment)
    return _bare(segment)


def _bare(segment: str) -> str:
    return segment.partition(";")[0].strip(_BLANK)


def _decoded_separators(step: str) -> str:
    return step.replace("%2F", "/").replace("%5C", "\\")
