"""What is done with a token where a value, a key or a colon is expected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from json.decoder import JSONDecoder
from typing import Final

from recordlint.jsontext.loose_values import loose_value
from recordlint.jsontext.missing_quotes import closing, opening
from recordlint.jsontext.state import State, Stop, Token
from recordlint.jsontext.strings import faulty_string, other_quotes, stray_closer
from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError, changed
from recordlint.jsontext.tokens import GAP, PLACEHOLDER
from recordlint.jsontext.words import (
    UNDEFINED,
    WRITE_AN_OBJECT,
    bare_key,
    far_number,
    long_word,
    split_number,
    value_word,
)

_decode: Final = JSONDecoder().raw_decode
_COLON: Final = re.compile(rf"{GAP}[:=：]")
_SECOND_QUOTE: Final = {True: re.compile(rf'"(?={GAP}:)'), False: re.compile(rf'"(?={GAP}[,}}\]])')}
"""A quote that is too many, after a key or a value."""
_WORD: Final = re.compile(r"\w")
_NO_VALUE: Final = re.compile(rf"{GAP}[,}}]")
_CONTAINER: Final = re.compile(r"[ \t\r\n]*[{\[]")
_CALL: Final = re.compile(r"(?:[ \t]+[\w.$]+)?\(")
_OPERATOR: Final = re.compile(r"\[|[ \t]+(?:[+*?-]|\|\||&&|\?\?|[=!]==?)[ \t]+(?=[\w\"'(\[])")
"""What makes an expression of a word: an index, or an operator with an operand."""
_PREFIXED: Final = re.compile(rf"""[uUbBrRfF$]{{1,2}}"([^"\r\n]*)"(?={GAP}[,:}}\]])""")
"""A string with a prefix of Python's or C#'s, and the text in it."""
_PHRASE: Final = re.compile(r"""[ \t]+[^\W\d_][^"'{}\[\],:;=#/\r\n]*(?<![ \t])""")
"""More words on the same line."""
_KEY_PHRASE: Final = re.compile(rf"[\w$-]+(?:[ \t][\w$-]+){{1,9}}(?={GAP}:)")
"""Words on one line as a key."""
_MEMBER_ENDS: Final = re.compile(r"""[ \t\r\n]*(?:[}\]]|,[ \t\r\n]*["'}\]])""")
_MORE: Final = re.compile(rf"(?:[ \t]*(?:{PLACEHOLDER}|[\w.+@-]))++")
"""More placeholders and words on the same line."""

# Values.


def value(state: State, token: Token) -> None:
    """A string, number or literal as a value."""
    if token.kind != "string" and _is_loose(state, token):
        return
    if token.kind == "number":
        if token.end - token.start > state.longest[1] - state.longest[0]:
            state.longest = token.span
        if error := far_number(state.text, token.span):
            state.errors.add(error)
    elif token.kind == "string" and state.text[token.start + 1] in "[{" and _is_quoted_container(state, token):
        return
    state.begin_value(token.start)
    state.end_value(token)


def _has_prefix(state: State, token: Token) -> bool:
    """Whether a word is the prefix of a string of Python's or C#'s; if so, read on after it."""
    match = _PREFIXED.match(state.text, token.start) if state.frames else None
    if not match:
        return False
    message = "JSON has no prefix before a string"
    if "\\" in match[1]:
        # What stands in a raw string is not what JSON reads there.
        state.stop(message, "write the text itself, without the prefix", token.span)
    if "{" in match[1]:
        state.report(message, "write the text itself, without the prefix", token.span)
    else:
        state.report(message, "delete the prefix", token.span, Change(*token.span, ""))
    state.at = token.end
    return True


def _is_loose(state: State, token: Token) -> bool:
    """Whether a value without quotes starts here that is more than a token; if so, read on after it."""
    loose = loose_value(state.text, token.start, is_item=state.where == "item") if state.frames else None
    if not loose:
        return False
    error, end = loose
    state.errors.add(error)
    state.begin_value(token.start)
    state.end_value(Token("word", token.start, end))
    return True


def _is_quoted_container(state: State, token: Token) -> bool:
    """Whether the string is the beginning of an array or object in double quotes; if so, read on within it."""
    text, start = state.text, token.start + 1
    if not _WORD.match(text, token.end):
        return False
    try:
        _, end = _decode(text, start)
    except (ValueError, RecursionError):
        return False
    if text[end : end + 1] != '"':
        return False
    name = "an object" if text[start] == "{" else "an array"
    quotes = Change(start - 1, start, ""), Change(end, end + 1, "")
    state.report(f"there are double quotes around {name}", "delete the quotes around it", token.first, *quotes)
    state.closing_quotes.append(end)
    state.open(Token("open", start, start + 1))
    return True


def open_value(state: State, token: Token) -> None:
    """An opening bracket as a value."""
    state.open(token)


def string_value(state: State, token: Token) -> None:
    """A string that JSON does not take, as a value."""
    if token.kind == "quote" and not state.frames:
        state.stop("this is not a JSON document", WRITE_AN_OBJECT, token.first)
    end, _ = _string(state, token)
    state.begin_value(token.start)
    state.end_value(Token("string", token.start, end))


def _string(state: State, token: Token) -> tuple[int, Sequence[JsonSyntaxError]]:
    """Where a string ends that JSON does not take, and its errors."""
    read = faulty_string if token.kind == "faulty" else other_quotes
    string = read(state.text, token.start)
    for error in string.errors:
        state.errors.add(error)
    if string.end is None:
        raise Stop
    return string.end, string.errors


def word_value(state: State, token: Token) -> None:
    """A word as a value."""
    text = state.text
    start = token.start
    if state.frames and (missing := opening(text, start, is_key=False)):
        error, end = missing
        state.errors.add(error)
        state.begin_value(start)
        state.end_value(Token("string", start, end))
        return
    if _has_prefix(state, token):
        return
    token = Token("word", start, max(token.end, long_word(text, start)))
    is_code = _CALL.match(text, token.end) or _OPERATOR.match(text, token.end)
    if not is_code and _is_loose(state, token):
        return
    state.begin_value(start)
    if _CALL.match(text, token.end):
        state.stop("JSON has no function calls", "write the value itself, as JSON has it", token.span)
    if state.frames and _OPERATOR.match(text, token.end):
        state.stop("JSON has no expressions", "write the value itself, as JSON has it", token.span)
    phrase = _PHRASE.match(text, token.end) if state.frames else None
    if phrase:
        token = token._replace(end=phrase.end())
        state.report("this text is not in quotes", "put it in double quotes", token.span)
        if not _MEMBER_ENDS.match(text, token.end):
            raise Stop
        state.end_value(token)
        return
    is_left_out = state.where != "document" and text[start : token.end] == UNDEFINED
    number = state.errors.add(value_word(text, token.span, state.where), is_fixed=is_left_out)
    if not state.frames or text[start : token.end] == "-":
        raise Stop
    if not is_left_out:
        state.end_value(token)
        return
    state.frames[-1].leave_out(number, token.end, is_noted=state.errors.has(number))
    state.take(token, "comma")


def placeholder_value(state: State, token: Token) -> None:
    """What a template left, as a value."""
    more = _MORE.match(state.text, token.end)
    token = token._replace(end=more.end() if more else token.end)
    _placeholder(state, token)
    if not state.frames:
        raise Stop
    state.begin_value(token.start)
    state.end_value(token)


def _placeholder(state: State, token: Token) -> None:
    if state.text.startswith("[", token.start):
        message, hint = "this is what JavaScript makes of an object that it takes for text", "write the object itself"
        state.report(message, hint, token.span)
    else:
        state.report("a placeholder of a template is not filled in", "write the value in its place", token.span)


def colon_for_value(state: State, token: Token) -> None:
    """A colon as a value."""
    if state.last.kind != "colon":
        no_value(state, token)
    state.report("a value is expected here", "delete the second colon", token.span, Change(*token.span, ""))
    state.take(token, "value")


def missing_value(state: State, token: Token) -> None:
    """A comma or closing bracket as a member's value: read on as if the value were there."""
    if token.kind == "close" and state.frames and state.bracket(token) == "]":
        start = token.start
        state.report(
            "there is no opening bracket for this ]", "write [ before it", token.span, Change(start, start, "[")
        )
        state.end_value(token)
        return
    state.report("a value is missing here", "write the value before this", token.span)
    state.expected = "comma"
    if state.frames:
        state.frames[-1].keep(state.errors, state.last.end)
    else:
        raise Stop


def no_value(state: State, token: Token) -> None:
    """Anything else as a value."""
    if token.kind == "other" and _is_loose(state, token):
        return
    if state.text[token.start] == "(":
        state.stop("JSON has no parentheses", "write [ and ] around a list, and nothing around one value", token.first)
    state.stop("a JSON value is expected here", "write a value that JSON has", token.first)


# Keys.


def key(state: State, token: Token) -> None:
    """A string as a key."""
    text = state.text[token.start : token.end]
    state.begin_key(token, text[1:-1] if "\\" not in text else _decode(text)[0])


def string_key(state: State, token: Token) -> None:
    """A string that JSON does not take, as a key."""
    end, errors = _string(state, token)
    start = token.start
    changes = [Change(first - start, last - start, text) for error in errors for first, last, text in error.changes]
    fixed = changed(state.text[start:end], changes)
    try:
        name, _ = _decode(fixed)
    except ValueError:
        name = fixed  # It has an error that stays.
    state.begin_key(Token("string", start, end), str(name))


def word_key(state: State, token: Token) -> None:
    """A word, a number or a literal as a key."""
    text = state.text
    if _COLON.match(text, token.end):
        state.errors.add(bare_key(text, token.span))
        state.begin_key(token._replace(kind="word"), text[token.start : token.end])
        return
    if phrase := _KEY_PHRASE.match(text, token.start):
        state.errors.add(bare_key(text, phrase.span()))
        state.begin_key(Token("word", *phrase.span()), phrase.group())
        return
    if missing := opening(text, token.start, is_key=True):
        error, end = missing
        state.errors.add(error)
        state.begin_key(Token("string", token.start, end), text[token.start : end - 1])
        return
    if _has_prefix(state, token):
        return
    frame = state.frames[-1]
    if frame.number[1] == frame.comma and (split := split_number(text, frame.number, frame.comma, token.start)):
        error, end = split
        state.errors.add(error)
        state.end_value(Token("number", frame.number[0], end))
        return
    if set(text[token.start : token.end]) == {"."}:
        state.stop("a key is expected here", "write what the dots stand for, or delete them", token.span)
    if re.fullmatch(r"[\w$-]+", text[token.start : token.end]):
        error = bare_key(text, token.span)._replace(changes=())
        if _NO_VALUE.match(text, token.end):
            message, redacted = "this key has no quotes and no value", "write it in double quotes, then : and its value"
            error = error._replace(message=message, hint=f"{error.hint}: and its value", redacted_hint=redacted)
        state.errors.add(error)
        raise Stop
    no_key(state, token)


def placeholder_key(state: State, token: Token) -> None:
    """What a template left, as a key."""
    _placeholder(state, token)
    if not _COLON.match(state.text, token.end):
        raise Stop
    state.begin_key(token, state.text[token.start : token.end])


def no_key(state: State, token: Token) -> None:
    """Anything else as a key."""
    state.stop("a key in double quotes is expected here", "write a key in double quotes", token.first)


# Colons.


def colon(state: State, token: Token) -> None:
    """A colon after a key."""
    state.take(token, "value")


def no_colon(state: State, token: Token) -> None:
    """A value right after a key."""
    if ends_too_early(state, token):
        return
    message, hint = "a colon is missing after the key", "write : between the key and the value"
    if state.text.startswith(",", token.start) and _CONTAINER.match(state.text, token.end):
        other_colon(state, token)
        return
    if token.kind in ("comma", "close"):
        hint = "write : and a value after the key"
        if token.kind == "comma" and state.last.kind == "string":
            hint += ", or [ and ] around a list"
    if token.kind in ("comma", "close", "other") or (token.kind == "string" and _COLON.match(state.text, token.end)):
        state.stop(message, hint, token.first)
    at = state.last.end
    marked = token.first if token.kind in ("string", "open", "faulty", "quote") else token.span
    state.report(message, hint, marked, Change(at, at, ":"))
    state.expected = "value"


def other_colon(state: State, token: Token) -> None:
    """Something else where a colon is expected, such as `=`."""
    text = state.text[token.start : token.end]
    if text not in ("=", "=>", ";", ","):
        no_colon(state, token)
    state.report(f"a colon is expected here, not {text}", "write :", token.span, Change(*token.span, ":"))
    state.take(token._replace(kind="colon"), "value")


def ends_too_early(state: State, token: Token) -> bool:
    """Whether a string that closes right before a word or a quote was meant to close before, or has a quote too many.

    If so, read on after the quote that was meant.

    Raises:
        Stop: it was meant to close later.
    """
    last = state.last
    if last.kind != "string" or last.end != token.start:
        return False
    second = _SECOND_QUOTE[state.expected == "colon"].match(state.text, last.end)
    if second:
        span = (last.end, last.end + 1)
        state.report("the string is closed twice", "delete one of the two quotes", span, Change(*span, ""))
        state.at = span[1]
        return True
    if token.kind not in ("word", "number", "literal", "string"):
        return False
    if token.kind == "string" and _COLON.match(state.text, token.end):
        return False
    meant = _meant_end(state, last)
    if meant is None:
        hint = r"write \" for a quote inside a string, or a comma after the string"
        state.stop("the string ends just before this", hint, token.first)
        return False
    error, end = meant
    state.errors.add(error)
    state.last, state.at = last._replace(end=end), end
    return True


def _meant_end(state: State, string: Token) -> tuple[JsonSyntaxError, int] | None:
    """The error of a string in double quotes that was meant to close before its last quote, and where."""
    if state.text[string.start] != '"':
        return None
    stray = stray_closer(state.text, string.start, string.end)
    if stray:
        return stray, stray.span[1]
    return closing(state.text, string.span, is_key=state.expected == "colon", is_item=state.where == "item")
