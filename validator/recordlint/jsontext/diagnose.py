"""Why a text cannot be judged: its encoding, its syntax errors, or a key that appears twice in one object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from recordlint.errors import InternalError
from recordlint.jsontext.documents import examine
from recordlint.jsontext.noted import Limit, Repeated
from recordlint.jsontext.parse import BOM, Unreadable, read_json
from recordlint.jsontext.positions import Span, to_places
from recordlint.jsontext.repeated_keys import repeated_key
from recordlint.jsontext.syntax_errors import JsonSyntaxError
from recordlint.violations import Edit, Fix, Place, Related, Violation


class Diagnosis(NamedTuple):
    """What is wrong with a text that cannot be read as JSON."""

    faults: list[Violation]
    """All violations, or the first in the text; at least one."""
    others: Counter[tuple[str, str]]
    """How many more there are of each rule at each spot. All of them are errors."""


def diagnose(data: bytes) -> list[Violation]:
    """The violations of a text that cannot be read as JSON, at least one, each with its fix if one is clear.

    The fixes of one text can be made together. A text in which a key appears twice has none.

    Raises:
        InternalError: the parsers disagree about it for no reason that is known.
    """
    return diagnosis(data, None).faults


def first_fault(data: bytes) -> Violation:
    """The first violation of a text that cannot be read as JSON.

    Raises:
        InternalError: as `diagnose`.
    """
    return diagnosis(data, Limit(1, str)).faults[0]


def diagnosis(data: bytes, limit: Limit | None) -> Diagnosis:
    """What is wrong with a text that cannot be read as JSON: all of it, or the first in the text and how much more.

    Args:
        data: the text.
        limit: how many violations are listed; None for all.

    Raises:
        InternalError: as `diagnose`.
    """
    marks = _marks(data)
    if not marks or not data[marks * len(BOM) :].strip():  # Without a text, marks are nothing either.
        return _first(_after_mark(data, limit), limit)
    mark = _byte_order_marks(marks)
    try:
        read_json(data[marks * len(BOM) :])
    except Unreadable:
        faults, others = _after_mark(data, limit)
        # A text with repeated keys lists one of them or counts it, and none of its errors has a fix.
        rules = {*[fault.rule for fault in faults], *[rule for rule, _ in others]}
        if "duplicate-key" in rules:
            mark = mark._replace(fix=None)
        return _first(Diagnosis([mark, *faults], others), limit)
    return Diagnosis([mark], Counter())


def _first(diagnosis: Diagnosis, limit: Limit | None) -> Diagnosis:
    """The same with as many violations listed as the limit says."""
    faults, others = diagnosis
    if limit is None or len(faults) <= limit.at_most:
        return diagnosis
    cut = Counter([(fault.rule, limit.spot(fault.pointer)) for fault in faults[limit.at_most :]])
    return Diagnosis(faults[: limit.at_most], others + cut)


def _marks(data: bytes) -> int:
    """How many byte order marks a text begins with: each tool that adds one may find one there."""
    count = 0
    while data.startswith(BOM, count * len(BOM)):
        count += 1
    return count


def _after_mark(data: bytes, limit: Limit | None) -> Diagnosis:
    encoding = _other_encoding(data)
    if encoding:
        message = f"the file is {encoding}, but JSON is UTF-8"
        return Diagnosis([_violation("encoding", message, _SAVE_AS_UTF8, _beginning(data))], Counter())
    try:
        text = data.decode()
    except UnicodeDecodeError as fault:
        return Diagnosis([_not_utf8(data, fault.start)], Counter())
    examined = examine(text, _marks(data), limit)
    errors, repeated = examined.errors, examined.repeated
    others = Counter({("duplicate-key", spot): number for spot, number in repeated.others.items()})
    if examined.others:
        others["invalid-json", ""] = examined.others
    if repeated.listed:
        # Which of the two counts is not known, so nothing of the text is changed.
        errors = [error._replace(changes=()) for error in errors]
        faults = [*_of_syntax_errors(text, errors), *_of_duplicates(text, repeated.listed)]
        return Diagnosis(sorted(faults, key=lambda fault: fault.place.start if fault.place else 0), others)
    if not errors:
        errors = _too_many_digits(examined.longest)
    return Diagnosis(_of_syntax_errors(text, errors), others)


_LONGEST: Final = 1_000
"""Characters of a number that every parser takes."""


def _too_many_digits(longest: Span) -> list[JsonSyntaxError]:
    """The error of the longest number in a text that parses, which jiter may refuse for its digits alone.

    Raises:
        InternalError: it is not that long.
    """
    if longest[1] - longest[0] < _LONGEST:
        raise InternalError("two JSON parsers disagree about a text")
    return [JsonSyntaxError("a number has too many digits", "write it with an exponent and fewer digits", longest)]


_SAVE_AS_UTF8: Final = "save it as UTF-8 without a byte order mark (in PowerShell 7: Out-File -Encoding utf8NoBOM)"


def _violation(
    rule: str,
    message: str,
    hint: str,
    place: Place,
    fix: Fix | None = None,
    related: tuple[Related, ...] = (),
) -> Violation:
    return Violation(rule, "error", "", message, hint, place, related, fix)


def _byte_order_marks(count: int) -> Violation:
    end = count * len(BOM)
    fix = Fix(True, "remove the byte order mark", (Edit(0, end, ""),))
    place = Place(1, 1, 1, 1 + count, 0, end)
    return _violation("encoding", "there is a byte order mark before the text", _SAVE_AS_UTF8, place, fix)


def _other_encoding(data: bytes) -> str:
    """UTF-16 and UTF-32 by their marks, or by the zero bytes that ASCII has in them."""
    head = data[:4]
    if head in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff") or head[:3] == b"\x00\x00\x00" or head[1:] == b"\x00\x00\x00":
        return "UTF-32"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    if len(head) >= 2 and len(data) % 2 == 0 and (head[0] == 0) != (head[1] == 0):
        return "UTF-16"
    return ""


def _beginning(data: bytes) -> Place:
    return Place(1, 1, 1, 2, 0, min(1, len(data)))


def _not_utf8(data: bytes, at: int) -> Violation:
    before = data[:at].decode()
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    place = Place(line, column, line, column + 1, at, at + 1)
    hint = "save the file as UTF-8"
    violation = _violation("encoding", "this byte is not UTF-8", f"{hint}; the byte is 0x{data[at]:02x}", place)
    return violation._replace(redacted_hint=hint)


def _of_syntax_errors(text: str, errors: list[JsonSyntaxError]) -> list[Violation]:
    wanted: list[Span] = []
    for error in errors:
        wanted.append(error.span)
        if error.related:
            wanted.append(error.related[0])
        wanted += [(change.start, change.end) for change in error.changes]
    places = iter(to_places(text, wanted))
    return [_of_syntax_error(error, places) for error in errors]


def _of_syntax_error(error: JsonSyntaxError, places: Iterator[Place]) -> Violation:
    """The violation; `places` has the error's place, its related place and those of its changes next."""
    message, hint, _, changes, safe, related, redacted_hint = error
    place = next(places)
    others = (Related("", related[1], next(places)),) if related else ()
    fix = None
    if changes:
        edits = [Edit(at.start, at.end, change.text) for change in changes for at in (next(places),)]
        fix = Fix(safe, hint if redacted_hint is None else redacted_hint, tuple(edits))
    return _violation("invalid-json", message, hint, place, fix, others)._replace(redacted_hint=redacted_hint)


def _of_duplicates(text: str, repeated: list[Repeated]) -> list[Violation]:
    places = to_places(text, [span for _, first, later in repeated for span in (first, later)])
    pairs = zip(places[::2], places[1::2], strict=True)
    violations = [
        repeated_key(path, first, later) for (path, _, _), (first, later) in zip(repeated, pairs, strict=True)
    ]
    return sorted(violations, key=lambda violation: violation.place.start if violation.place else 0)
