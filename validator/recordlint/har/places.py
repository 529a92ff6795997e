"""Places in the bodies of requests as places in the HAR file that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from recordlint.checking.report import Report
from recordlint.har.entries import Entry
from recordlint.jsontext.positions import Span, spans, to_places
from recordlint.violations import Part, Path, Place, Violation

_UNITS: Final = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)
"""What stands for one character, or for half of a surrogate pair, within a JSON string."""


def place_in_file(text: str, checked: Sequence[tuple[Entry, Report]], data: bytes) -> tuple[tuple[int, Report], ...]:
    """The reports of entries by their number, with places in the file and without fixes.

    Args:
        text: the file's text, without a byte order mark.
        checked: each entry with its report, whose places are those in its body.
        data: the file's bytes.
    """
    wanted: list[tuple[Path, Part]] = []
    for entry, _ in checked:
        request = ("log", "entries", entry.number, "request")
        wanted.append(((*request, "url"), "value"))
        wanted.append(((*request, "postData", "text"), "value") if entry.is_plain else (request, "open"))
    outer = iter(spans(text, wanted))
    stretches: list[Span] = []
    for entry, report in checked:
        url, body = next(outer), next(outer)
        inner = _Inner(text, body, entry.body or b"") if entry.is_plain and report.violations else None
        for violation in report.violations:
            whole = url if violation.pointer == "/url" else body
            for place in _places(violation):
                stretches.append(inner.span(place) if inner and place else whole)
    places = iter(to_places(text, stretches))
    start = len(data) - len(text.encode())
    # Without the text: a source line of the file would show what stands beside the body, such as a cookie.
    return tuple(
        [
            (entry.number, report.with_violations([_moved(each, places, start) for each in report.violations], None))
            for entry, report in checked
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
