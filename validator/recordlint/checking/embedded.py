"""The violations of a JSON text that stands in a document as a string, as violations of that document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from recordlint.checking.findings import Findings
from recordlint.jsontext.embedded import EmbeddedText
from recordlint.jsontext.positions import Span, spans, to_places
from recordlint.jsontext.repeated_keys import with_its_places
from recordlint.problems.pointers import Path, pointer
from recordlint.violations import Edit, Fix, Place, Violation
from recordlint.wording.phrases import as_json


class Embedded(NamedTuple):
    """Findings in a JSON text that stands in a document as a string."""

    path: Path
    """Where the string is in the document."""
    text: bytes
    findings: Findings


def lifted(violations: Sequence[Violation], text: bytes, path: Path, document: bytes, line: int) -> list[Violation]:
    """Violations with their pointers, places and fixes in the document.

    Args:
        violations: those of the text, with places in it.
        text: what the string says.
        path: where the string is in the document.
        document: JSON text that holds the string; a byte order mark may come first.
        line: the document's first line in its file.
    """
    outer = document.decode()
    (string,) = spans(outer, [(path, "value")], 1 if outer.startswith("\ufeff") else 0)
    stretches = [stretch for violation in violations for stretch in _stretches(violation)]
    wanted = EmbeddedText(outer, string, text).spans(stretches)
    places = iter(to_places(outer, wanted, line))
    above = pointer(path)
    return [_lifted(violation, above, places) for violation in violations]


def _stretches(violation: Violation) -> Iterator[Span]:
    """The bytes of a violation's places and edits. Each has a place, since it has a text."""
    for place in (violation.place, *[related.place for related in violation.related]):
        if place:
            yield place.start, place.end
    for edit in violation.fix.edits if violation.fix else ():
        yield edit.start, edit.end


def _lifted(violation: Violation, above: str, places: Iterator[Place]) -> Violation:
    place = next(places)
    related = [each._replace(pointer=f"{above}{each.pointer}", place=next(places)) for each in violation.related]
    fix = violation.fix and Fix(
        violation.fix.safe,
        violation.fix.description,
        tuple([_edit(each, next(places)) for each in violation.fix.edits]),
    )
    moved = violation._replace(pointer=f"{above}{violation.pointer}", place=place, related=tuple(related), fix=fix)
    return with_its_places(moved)


def _edit(edit: Edit, place: Place) -> Edit:
    """An edit with its text as a JSON string has it."""
    return Edit(place.start, place.end, as_json(edit.text)[1:-1])
