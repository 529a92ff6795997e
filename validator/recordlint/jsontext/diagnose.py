"""Why a text cannot be judged: its encoding, a slip in its syntax, or a name that stands twice in one object."""

from __future__ import annotations

from recordlint.jsontext.parse import BOM, Unreadable, parse, read_json
from recordlint.jsontext.positions import Span, duplicates, to_places
from recordlint.jsontext.syntax_errors import JsonSyntaxError, find_syntax_error
from recordlint.violations import Edit, Fix, Place, Related, Violation, pointer
from recordlint.wording.phrases import as_json


def diagnose(data: bytes) -> list[Violation]:
    """The violations of a text that cannot be read as JSON, at least one.

    A byte order mark comes first; what stands behind it is diagnosed too, where it does not parse either.
    """
    if data.startswith(BOM):
        try:
            read_json(data[len(BOM) :])
        except Unreadable:
            # What is no JSON behind it is left alone as a whole.
            return [_byte_order_mark()._replace(fix=None), *_behind_mark(data)]
        return [_byte_order_mark()]
    return _behind_mark(data)


def _behind_mark(data: bytes) -> list[Violation]:
    encoding = _other_encoding(data)
    if encoding:
        return [_violation("encoding", f"the file is {encoding}, and JSON is UTF-8", "save it as UTF-8", _first(data))]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return [_not_utf8(data, error.start)]
    start = 1 if text.startswith("\ufeff") else 0
    slip = find_syntax_error(text, start)
    if slip:
        return [_of_syntax_error(text, slip)]
    repeated = duplicates(text, start)
    if repeated:
        return _of_duplicates(text, repeated)
    try:
        parse(data[len(BOM) if start else 0 :])
    except Unreadable as error:
        return [_violation("invalid-json", f"not JSON: {error}", "", _first(data))]
    raise AssertionError("a text that parses was to be diagnosed")


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
    fix = Fix(True, "drop the byte order mark", (Edit(0, len(BOM), ""),))
    place = Place(1, 1, 1, 2, 0, len(BOM))
    return _violation(
        "encoding", "a byte order mark stands before the text", "save it as UTF-8 without BOM", place, fix
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
    found = _violation("encoding", "this byte is not UTF-8", f"{hint}; the byte is 0x{data[at]:02x}", place)
    return found._replace(redacted_hint=hint)


def _of_syntax_error(text: str, slip: JsonSyntaxError) -> Violation:
    related: tuple[Related, ...] = ()
    if slip.related:
        place, other = to_places(text, [slip.span, slip.related[0]])
        related = (Related("", slip.related[1], other),)
    else:
        (place,) = to_places(text, [slip.span])
    found = _violation("invalid-json", slip.message, slip.hint, place, None, related)
    return found._replace(redacted_hint=slip.redacted_hint)


def _of_duplicates(text: str, repeated: list[tuple[tuple[str | int, ...], Span, Span]]) -> list[Violation]:
    places = to_places(text, [span for _, first, later in repeated for span in (first, later)])
    found = []
    for index, (path, _, _) in enumerate(repeated):
        first, later = places[2 * index], places[2 * index + 1]
        at = pointer(path)
        message = (
            f"{as_json(path[-1])} stands twice in one object: at line {first.line} column {first.column} "
            f"and at line {later.line} column {later.column}"
        )
        related = (Related(at, "the first is here", first),)
        found.append(Violation("duplicate-key", "error", at, message, "keep one of the two", later, related, None))
    return sorted(found, key=lambda violation: violation.place.start if violation.place else 0)
