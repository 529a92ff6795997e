"""Why a text cannot be judged: its encoding, a syntax error, or a name that appears twice in one object."""

from __future__ import annotations

from recordlint.errors import InternalError
from recordlint.jsontext.parse import BOM, Unreadable, read_json
from recordlint.jsontext.positions import Span, duplicates, to_places
from recordlint.jsontext.syntax_errors import JsonSyntaxError, find_long_number, find_syntax_error
from recordlint.violations import Edit, Fix, Path, Place, Related, Violation, pointer
from recordlint.wording.phrases import as_json


def diagnose(data: bytes) -> list[Violation]:
    """The violations of a text that cannot be read as JSON, at least one.

    A byte order mark comes first; the text after it is diagnosed too, where it does not parse either.

    Raises:
        InternalError: the parsers disagree about it for no reason that is known.
    """
    if data.startswith(BOM):
        try:
            read_json(data[len(BOM) :])
        except Unreadable:
            # A file whose text is no JSON is not fixed at all.
            return [_byte_order_mark()._replace(fix=None), *_after_mark(data)]
        return [_byte_order_mark()]
    return _after_mark(data)


def _after_mark(data: bytes) -> list[Violation]:
    encoding = _other_encoding(data)
    if encoding:
        message = f"the file is {encoding}, but JSON is UTF-8"
        return [_violation("encoding", message, "save it as UTF-8", _first(data))]
    try:
        text = data.decode()
    except UnicodeDecodeError as fault:
        return [_not_utf8(data, fault.start)]
    start = 1 if text.startswith("\ufeff") else 0
    error = find_syntax_error(text, start)
    if error:
        return [_of_syntax_error(text, error)]
    repeated = duplicates(text, start)
    if repeated:
        return _of_duplicates(text, repeated)
    number = find_long_number(text, start)
    if number:
        return [_of_syntax_error(text, number)]
    raise InternalError("two JSON parsers disagree about a text")


def _violation(
    rule: str,
    message: str,
    hint: str,
    place: Place,
    fix: Fix | None = None,
    related: tuple[Related, ...] = (),
) -> Violation:
    return Violation(rule, "error", "", message, hint, place, related, fix)


def _byte_order_mark() -> Violation:
    fix = Fix(True, "remove the byte order mark", (Edit(0, len(BOM), ""),))
    place = Place(1, 1, 1, 2, 0, len(BOM))
    return _violation(
        "encoding",
        "there is a byte order mark before the text",
        "save it as UTF-8 without a byte order mark",
        place,
        fix,
    )


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


def _first(data: bytes) -> Place:
    return Place(1, 1, 1, 2, 0, min(1, len(data)))


def _not_utf8(data: bytes, at: int) -> Violation:
    before = data[:at].decode()
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    place = Place(line, column, line, column + 1, at, at + 1)
    hint = "save the file as UTF-8"
    violation = _violation("encoding", "this byte is not UTF-8", f"{hint}; the byte is 0x{data[at]:02x}", place)
    return violation._replace(redacted_hint=hint)


def _of_syntax_error(text: str, error: JsonSyntaxError) -> Violation:
    related: tuple[Related, ...] = ()
    if error.related:
        place, other = to_places(text, [error.span, error.related[0]])
        related = (Related("", error.related[1], other),)
    else:
        (place,) = to_places(text, [error.span])
    violation = _violation("invalid-json", error.message, error.hint, place, related=related)
    return violation._replace(redacted_hint=error.redacted_hint)


def _of_duplicates(text: str, repeated: list[tuple[Path, Span, Span]]) -> list[Violation]:
    places = to_places(text, [span for _, first, later in repeated for span in (first, later)])
    pairs = zip(places[::2], places[1::2], strict=True)
    violations = [_duplicate(path, first, later) for (path, _, _), (first, later) in zip(repeated, pairs, strict=True)]
    return sorted(violations, key=lambda violation: violation.place.start if violation.place else 0)


def _duplicate(path: Path, first: Place, later: Place) -> Violation:
    message = (
        f"{as_json(path[-1])} appears twice in one object: at line {first.line} column {first.column} "
        f"and at line {later.line} column {later.column}"
    )
    at = pointer(path)
    related = (Related(at, "the first is here", first),)
    return Violation("duplicate-key", "error", at, message, "keep one of the two", later, related, None)
