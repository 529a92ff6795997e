"""A text that does not parse: what it is instead of JSON, or its syntax errors, all that can be seen in one reading."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from recordlint.jsontext.comments import comment, odd_space
from recordlint.jsontext.other_texts import OtherText, bracketed_text, other_text
from recordlint.jsontext.positions import Span
from recordlint.jsontext.reader import Reading, read
from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError
from recordlint.jsontext.tokens import ODD_SPACE, TOKEN, WHITE_SPACE
from recordlint.jsontext.words import WRITE_AN_OBJECT
from recordlint.violations import Path


class Examined(NamedTuple):
    """What is wrong with a text."""

    errors: list[JsonSyntaxError]
    """In the order of the text."""
    repeated: list[tuple[Path, Span, Span]]
    """Each key that appears again in its object: the member's path, and the first and the later key."""
    longest: Span
    """The number with the most characters."""
    is_read: bool = True
    """Whether JSON was read to its end."""
    is_other: bool = False
    """Whether it is a text of another kind, without JSON in it that could be read."""


def examine(text: str, start: int) -> Examined:
    """What is wrong with a text that begins at `start`, after a byte order mark."""
    end = len(text.rstrip())
    first = TOKEN.match(text, start)
    if end <= start or first is None:
        return _nothing("the text is empty", (start, start))
    if known := bracketed_text(text, start):
        return _within(text, start, known)
    if first.lastgroup == "open":
        return _document(text, start)
    begin, comments = _behind_comments(text, start)
    if begin >= end and all(each.changes for each in comments):
        is_empty = re.fullmatch(rf"[\s{ODD_SPACE}]*", text[start:]) is not None
        return _nothing("the text is empty" if is_empty else "the text has nothing but comments", comments[0].span)
    if begin >= end or text[begin] not in "{[":
        other = other_text(text, begin)
        if other:
            examined = _within(text, begin, other)
            return examined._replace(errors=sorted([*comments, *examined.errors], key=lambda error: error.span))
    return _document(text, start)


def _nothing(message: str, span: Span) -> Examined:
    """What is said of a text without JSON in it."""
    return Examined([JsonSyntaxError(message, WRITE_AN_OBJECT, span)], [], (span[0], span[0]), is_read=False)


def _behind_comments(text: str, start: int) -> tuple[int, list[JsonSyntaxError]]:
    """Where a text begins after its first comments, and their errors."""
    comments = []
    at = start
    while (token := TOKEN.match(text, at)) and token.lastgroup in ("comment", "space"):
        kind = token.lastgroup
        comments.append((comment if kind == "comment" else odd_space)(text, token.span(kind)))
        at = token.end()
    return at + len(text[at:]) - len(text[at:].lstrip()), comments


def _document(text: str, start: int) -> Examined:
    """The errors of a text that is one document."""
    reading = read(text, start)
    errors = reading.errors
    if reading.end is not None:
        errors = [*errors, *_behind(text, reading.end, is_fixed=all(error.changes for error in errors))]
    return Examined(errors, reading.repeated, reading.longest, is_read=reading.end is not None)


def _within(text: str, start: int, other: OtherText) -> Examined:
    """The errors of a text of another kind, which may have JSON in it."""
    error = JsonSyntaxError(other.message, other.hint, other.span)
    nothing = Examined([error], [], (start, start), is_read=False, is_other=True)
    if other.inside is None:
        return nothing
    if other.inside == start:
        return _members(text, start, error) or nothing
    end = len(text) if other.end is None else other.end
    if other.outside:
        if not text[other.inside : end].strip():
            return nothing
        inner = examine(text[:end], other.inside)
        if inner.is_other:
            return inner
        changes = tuple([Change(*span, "") for span in other.outside if span[0] < span[1]])
        return inner._replace(errors=[error._replace(changes=changes if inner.is_read else ()), *inner.errors])
    reading = read(text[:end], other.inside)
    if reading.end is None:
        return nothing
    return _stripped(text, start, other, error, reading)


def _stripped(text: str, start: int, other: OtherText, error: JsonSyntaxError, reading: Reading) -> Examined:
    """The errors, with the change that leaves only the JSON if what is after it is clear."""
    end = reading.end or 0
    behind = text[end:]
    is_clear = "{" not in behind if other.behind is None else other.behind.fullmatch(behind) is not None
    changes: tuple[Change, ...] = ()
    if is_clear:
        # The line break at the end of the file stays.
        last = len(text) - len(behind) + len(behind.rstrip(WHITE_SPACE))
        changes = (Change(start, other.inside or start, ""), *([Change(end, last, "")] if last > end else []))
    return Examined([error._replace(changes=changes), *reading.errors], reading.repeated, reading.longest)


def _members(text: str, start: int, error: JsonSyntaxError) -> Examined | None:
    reading = read(text, start, is_members=True)
    if reading.end is None:
        return None
    changes = Change(start, start, "{"), Change(reading.last, reading.last, "}")
    return Examined([error._replace(changes=changes), *reading.errors], reading.repeated, reading.longest)


_CLOSERS: Final = re.compile(r"[\]}\s]*\Z")
_FENCE: Final = re.compile(r"[ \t]*```[ \t]*\Z")
_SEPARATED: Final = re.compile(r"(?:,|;|\x1e|-{3,}[ \t]*\r?\n)\s*[{\[]")
"""Another document, with what is put between documents before it."""


def _behind(text: str, end: int, *, is_fixed: bool) -> list[JsonSyntaxError]:
    """The errors of what is after a document that ends at `end`.

    Text is deleted only where what is left is JSON: where that has an error that stays, it may be something else.
    """
    errors = []
    at = end
    while (token := TOKEN.match(text, at)) and token.lastgroup in ("comment", "space"):
        kind = token.lastgroup
        errors.append((comment if kind == "comment" else odd_space)(text, token.span(kind)))
        at = token.end()
    if token is None or token.lastgroup in (None, "end"):
        return errors
    first = token.start(token.lastgroup)
    last = len(text.rstrip(WHITE_SPACE))
    rest, span = text[first:last].rstrip(), token.span(token.lastgroup)
    removal: tuple[Change, ...] = (Change(len(text[:first].rstrip()) if at == end else first, last, ""),)
    message, hint = "there is something after the end of the document", "delete it"
    if token.lastgroup == "open" or _SEPARATED.match(rest):
        message, hint, removal = (
            "a second document starts here, but only one is allowed",
            _SECOND[_is_apart(text, end, first)],
            (),
        )
    elif set(rest) <= {";"}:
        message = "there is a semicolon after the end of the document"
    elif set(rest) <= {","}:
        message = "there is a comma after the end of the document"
    elif _CLOSERS.match(rest):
        message = f"there is no opening bracket for this {rest[0]}"
    else:
        if rest[0].isalpha():
            message = "there is text after the JSON"
        if not is_fixed or re.search(r"[{\[]", rest):
            removal = ()
    return [*errors, JsonSyntaxError(message, hint, span, removal, safe=rest == ",")]


_SECOND: Final = {
    True: "put it in a file of its own; if each line is a document, use --lines or name the file .ndjson",
    False: "put it in a file of its own, or on a line of its own in a file named .ndjson",
}


def _is_apart(text: str, end: int, start: int) -> bool:
    """Whether a line break is between two documents."""
    return "\n" in text[end:start]
