"""Places in the bodies of requests as places in the HAR file that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recordlint.checking.report import Report
from recordlint.har.entries import Entry
from recordlint.jsontext.embedded import EmbeddedText
from recordlint.jsontext.positions import Span, spans, to_places
from recordlint.jsontext.repeated_keys import with_its_places
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Part
from recordlint.violations import Place, Violation


def place_in_file(text: str, checked: Sequence[tuple[Entry, Report]], data: bytes) -> tuple[tuple[int, Report], ...]:
    """The reports of entries by their number, with places in the file and without fixes.

    Args:
        text: the file's text, without a byte order mark.
        checked: each entry with its report, whose places are those in its body.
        data: the file's bytes.
    """
    wanted: list[tuple[Path, Part]] = []
    for entry, report in checked:
        wanted.append(((*entry.path, "postData", "text"), "value") if entry.is_plain else (entry.path, "open"))
        wanted += [_around(entry, each) for each in report.violations if each.place is None]
    outer = iter(spans(text, wanted))
    stretches: list[Span] = []
    for entry, report in checked:
        body = next(outer)
        is_within = entry.is_plain and bool(report.violations)
        embedded = EmbeddedText(text, body, entry.body or b"") if is_within else None
        within = iter(embedded.spans(_in_body(report)) if embedded else ())
        for violation in report.violations:
            if violation.place is None:
                stretches.append(next(outer))
            else:
                stretches += [next(within, body) if place else body for place in _places(violation)]
    places = iter(to_places(text, stretches))
    start = len(data) - len(text.encode())
    # Without the text: a source line of the file would show what stands beside the body, such as a cookie.
    return tuple(
        [
            (entry.number, report.with_violations([_moved(each, places, start) for each in report.violations], None))
            for entry, report in checked
        ]
    )


def _around(entry: Entry, violation: Violation) -> tuple[Path, Part]:
    """What a violation is about that is not in a body's text: the URL, a header, or the whole request."""
    if violation.pointer == "/url":
        return (*entry.path, "url"), "value"
    header = entry.headers_at.get(violation.pointer)
    return ((*entry.path, *header), "value") if header else (entry.path, "open")


def _in_body(report: Report) -> Iterator[Span]:
    """The bytes of the places in a body's text."""
    for violation in report.violations:
        for place in _places(violation):
            if violation.place and place:
                yield place.start, place.end


def _places(violation: Violation) -> list[Place | None]:
    return [violation.place, *[related.place for related in violation.related]]


def _moved(violation: Violation, places: Iterator[Place], start: int) -> Violation:
    """A violation with its places in the file, which has `start` bytes before its text, and without its fix."""
    place, *others = [_behind(next(places), start) for _ in _places(violation)]
    related = [each._replace(place=other) for each, other in zip(violation.related, others, strict=True)]
    return with_its_places(violation._replace(place=place, related=tuple(related), fix=None))


def _behind(place: Place, start: int) -> Place:
    return place._replace(start=place.start + start, end=place.end + start)
