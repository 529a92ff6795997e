"""A text that does not parse: what it is instead of JSON, or its syntax errors, all that can be seen in one reading."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from recordlint.jsontext.comments import comment, odd_space
from recordlint.jsontext.noted import Errors, Limit, RepeatedKeys
from recordlint.jsontext.other_texts import OtherText, bracketed_text, other_text
from recordlint.jsontext.positions import Span
from recordlint.jsontext.reader import Reading, read
from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError
from recordlint.jsontext.tokens import ODD_SPACE, TOKEN, WHITE_SPACE
from recordlint.jsontext.words import WRITE_AN_OBJECT


class Examined(NamedTuple):
    """What is wrong with a text."""

    errors: list[JsonSyntaxError]
    """All of them, or at least the first in the text; in its order."""
    repeated: RepeatedKeys
    longest: Span
    """The number with the most characters."""
    is_read: bool = True
    """Whether JSON was read to its end."""
    is_other: bool = False
    """Whether it is a text of another kind, without JSON in it that could be read."""
    others: int = 0
    """How many more errors there are."""


def examine(text: str, start: int, limit: Limit | None = None) -> Examined:
    """What is wrong with a text.

    Args:
        text: the text.
        start: where it begins, after a byte order mark.
        limit: how much of what is wrong is noted; None for all.
    """
    end = len(text.rstrip())
    first = TOKEN.match(text, start)
    if end <= start or first is None:
        return _nothing("the text is empty", (start, start))
    if known := bracketed_text(text, start):
        return _within(text, start, known, limit)
    if first.lastgroup == "open":
        return _document(text, start, limit)
    comments = Errors(limit.at_most if limit else None)
    behind = _behind_comments(text, start, comments)
    begin = behind + len(text[behind:]) - len(text[behind:].lstrip())
    if begin >= end and comments.are_fixed:
        is_empty = re.fullmatch(rf"[\s{ODD_SPACE}]*", text[start:]) is not None
        return _nothing(
            "the text is empty" if is_empty else "the text has nothing but comments", comments.listed()[0].span
        )
    if begin >= end or text[begin] not in "{[":
        other = other_text(text, begin)
        if other:
            return _with_more(_within(text, begin, other, limit), comments)
    return _document(text, start, limit)


def _with_more(examined: Examined, errors: Errors) -> Examined:
    """The same with more errors."""
    listed = errors.listed()
    others = examined.others + errors.count - len(listed)
    return examined._replace(errors=sorted([*listed, *examined.errors], key=lambda error: error.span), others=others)


def _nothing(message: str, span: Span) -> Examined:
    """What is said of a text without JSON in it."""
    error = JsonSyntaxError(message, WRITE_AN_OBJECT, span)
    return Examined([error], RepeatedKeys(None), (span[0], span[0]), is_read=False)


def _behind_comments(text: str, start: int, errors: Errors) -> int:
    """Where comments and odd white space end that may be at `start`; their errors are added to `errors`."""
    at = start
    while (token := TOKEN.match(text, at)) and token.lastgroup in ("comment", "space"):
        kind = token.lastgroup
        errors.add((comment if kind == "comment" else odd_space)(text, token.span(kind)))
        at = token.end()
    return at


def _document(text: str, start: int, limit: Limit | None) -> Examined:
    """The errors of a text that is one document."""
    reading = read(text, start, limit)
    if reading.end is not None:
        _add_behind(reading.errors, text, reading.end)
    return _examined(reading, is_read=reading.end is not None)


def _examined(reading: Reading, *, is_read: bool = True) -> Examined:
    errors = reading.errors.listed()
    others = reading.errors.count - len(errors)
    return Examined(errors, reading.repeated, reading.longest, is_read=is_read, others=others)


def _within(text: str, start: int, other: OtherText, limit: Limit | None) -> Examined:
    """The errors of a text of another kind, which may have JSON in it."""
    error = JsonSyntaxError(other.message, other.hint, other.span)
    nothing = Examined([error], RepeatedKeys(None), (start, start), is_read=False, is_other=True)
    if other.inside is None:
        return nothing
    if other.inside == start:
        return _members(text, start, error, limit) or nothing
    end = len(text) if other.end is None else other.end
    if other.outside:
        if not text[other.inside : end].strip():
            return nothing
        inner = examine(text[:end], other.inside, limit)
        if inner.is_other:
            return inner
        changes = tuple([Change(*span, "") for span in other.outside if span[0] < span[1]])
        return inner._replace(errors=[error._replace(changes=changes if inner.is_read else ()), *inner.errors])
    reading = read(text[:end], other.inside, limit)
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
    return _behind_error(error._replace(changes=changes), reading)


def _behind_error(error: JsonSyntaxError, reading: Reading) -> Examined:
    """What is wrong with a text that has an error around the JSON."""
    examined = _examined(reading)
    return examined._replace(errors=[error, *examined.errors])


def _members(text: str, start: int, error: JsonSyntaxError, limit: Limit | None) -> Examined | None:
    reading = read(text, start, limit, is_members=True)
    if reading.end is None:
        return None
    changes = Change(start, start, "{"), Change(reading.last, reading.last, "}")
    return _behind_error(error._replace(changes=changes), reading)


_CLOSERS: Final = re.compile(r"[\]}\s]*\Z")
_FENCE: Final = re.compile(r"[ \t]*```[ \t]*\Z")
_SEPARATED: Final = re.compile(r"(?:,|;|\x1e|-{3,}[ \t]*\r?\n)\s*[{\[]")
"""Another document, with what is put between documents before it."""


def _add_behind(errors: Errors, text: str, end: int) -> None:
    """Add the errors of what is after a document that ends at `end`.

    Text is deleted only where what is left is JSON: where that has an error that stays, it may be something else.
    """
    is_fixed = errors.are_fixed
    at = _behind_comments(text, end, errors)
    token = TOKEN.match(text, at)
    if token is None or token.lastgroup in (None, "end"):
        return
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
    errors.add(JsonSyntaxError(message, hint, span, removal, safe=rest == ","))


_SECOND: Final = {
    True: "put it in a file of its own; if each line is a document, use --lines or name the file .ndjson",
    False: "put it in a file of its own, or on a line of its own in a file named .ndjson",
}


def _is_apart(text: str, end: int, start: int) -> bool:
    """Whether a line break is between two documents."""
    return "\n" in text[end:start]
