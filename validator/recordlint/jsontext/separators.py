"""What is done with commas and closing brackets, and with what is there instead."""

from __future__ import annotations

import re
from typing import Final

from recordlint.jsontext.frames import Frame
from recordlint.jsontext.state import Expected, State, Token
from recordlint.jsontext.steps import ends_too_early
from recordlint.jsontext.syntax_errors import Change, deleted
from recordlint.jsontext.tokens import CLOSING, GAP, WHITE_SPACE

_COMMAS: Final = re.compile(r"[ \t\n\r]*+(?:,[ \t\n\r]*+)*+")
_COLON: Final = re.compile(rf"{GAP}[:=：]")
_QUOTED_KEY: Final = re.compile(
    r"""(?:'[^'\n]*'|[“”„][^“”\n]*[“”"]|‘[^‘’\n]*’|`[^`\n]*`)"""
    rf"{GAP}[:=：]"
)
_CLOSES: Final = re.compile(r"[ \t\n\r]*[\]}]")
_CLOSERS: Final = re.compile(r"[\]} \t\n\r]*\Z")

# Commas.


def comma(state: State, token: Token) -> None:
    """A comma after a member."""
    frame = state.frames[-1]
    frame.comma, frame.inserted = token.start, None
    if state.last.kind == "number":
        frame.number = state.last.span
    state.take(token, _after_comma(frame))


def _after_comma(frame: Frame) -> Expected:
    return "key" if frame.bracket == "{" else "item"


def trailing_comma(state: State, token: Token) -> None:
    """A closing bracket after a comma."""
    at = state.frames[-1].comma
    message = "there is a trailing comma before the closing bracket"
    is_safe = state.text.startswith(",", at)
    state.report(message, "delete the comma", (at, at + 1), Change(at, at + 1, ""), safe=is_safe)
    state.expected = "comma"


def more_commas(state: State, token: Token) -> None:
    """A comma where a key or an item is expected, and those that follow it."""
    frame, text = state.frames[-1], state.text
    match = _COMMAS.match(text, token.end)
    end = match.end() if match else token.end
    last = max(text.rfind(",", token.end, end), token.start)
    is_first = state.expected in ("first key", "first item")
    is_last = text.startswith(("]", "}"), end)
    if is_last and not is_first:
        message = "there is a trailing comma before the closing bracket"
        first = frame.comma
        changes = [Change(first, first + 1, ""), *_without_commas(text, token, last)]
        state.report(message, "delete the commas", (first, first + 1), *changes)
        state.take(Token("comma", last, last + 1), "comma")
    elif frame.bracket == "{":
        message = "there is a comma where a key is expected"
        state.report(message, "delete the comma", token.span, *_without_commas(text, token, last))
        state.take(Token("comma", last, last + 1), state.expected)
    else:
        state.report("a value is missing here", "write the value before this", token.span)
        frame.comma = last
        state.take(Token("comma", last, last + 1), "comma" if is_last else "item")


def _without_commas(text: str, first: Token, last: int) -> list[Change]:
    """The changes that delete a comma, which may be a wide one, and those after it."""
    return [Change(*first.span, ""), *deleted(text, first.end, last + 1, ",")]


def other_comma(state: State, token: Token) -> None:
    """Something else where a comma is expected, such as a semicolon."""
    if state.text[token.start] != ";":
        no_comma(state, token)
    if _CLOSES.match(state.text, token.end):
        state.report(
            "there is a semicolon before the closing bracket", "delete it", token.span, Change(*token.span, "")
        )
        state.at = token.end
        return
    state.report("a comma is expected here, not ;", "write ,", token.span, Change(*token.span, ","))
    comma(state, token._replace(kind="comma"))


def missing_comma(state: State, token: Token) -> None:
    """A value or key right after a member."""
    if ends_too_early(state, token):
        return
    if token.kind == "word" and state.text.startswith("+", token.start) and state.last.kind == "string":
        state.stop("JSON does not join strings", "write one string", token.first)
    message, hint = "a comma is missing before this", "write a comma between the two"
    marked = token.first if token.kind in ("string", "open", "faulty", "quote") else token.span
    if not _starts_member(state, token):
        state.stop(message, hint, marked)
    at, frame = state.last.end, state.frames[-1]
    changes = () if frame.leaves_out else (Change(at, at, ","),)
    number = state.report(message, hint, marked, *changes)
    state.expected = _after_comma(frame)
    frame.comma, frame.inserted = at, number if changes else None


def _starts_member(state: State, token: Token) -> bool:
    """Whether a token can only be the start of a next member."""
    if state.frames[-1].bracket == "[":
        is_apart = token.start > state.last.end or "string" not in (token.kind, state.last.kind)
        return is_apart and token.kind in ("string", "number", "literal", "open", "quote")
    if token.kind == "quote":
        return _QUOTED_KEY.match(state.text, token.start) is not None
    return token.kind in ("string", "word", "number", "literal") and _COLON.match(state.text, token.end) is not None


def no_comma(state: State, token: Token) -> None:
    """Anything else after a member."""
    closing = CLOSING[state.frames[-1].bracket]
    hint = f"write a comma or {closing} here"
    if token.kind == "colon":
        hint = "write { before the key that is here as a value"
        if closing == "]":
            hint = "write ] before the key, or { and } around keys and values"
    state.stop(f"a comma or {closing} is expected here", hint, token.first)


# Closing brackets.


def close(state: State, token: Token) -> None:
    """A closing bracket after a member, or right after the opening one."""
    bracket, frame = state.bracket(token), state.frames[-1]
    is_outermost = state.is_members and len(state.frames) == 1
    if bracket == CLOSING[frame.bracket] and not is_outermost:
        state.close(token)
        return
    if is_outermost:
        state.stop(f"there is no opening bracket for this {bracket}", "delete it", token.span)
    _wrong_bracket(state, token, bracket)


def _wrong_bracket(state: State, token: Token, bracket: str) -> None:
    """A closing bracket of the other kind: it stands for the right one, or that is missing before it."""
    frame = state.frames[-1]
    closing = CLOSING[frame.bracket]
    message = f"{bracket} does not close {frame.bracket}"
    related = ((frame.start, frame.start + 1), f"{frame.bracket} opens here")
    awaited = [CLOSING[each.bracket] for each in reversed(state.frames)]
    follows = state.text[token.start :] if _CLOSERS.match(state.text, token.start) else ""
    ends = [each for each in follows if each not in WHITE_SPACE]
    if bracket not in awaited and ends[1:] == awaited:
        opening = next(each for each, closes in CLOSING.items() if closes == bracket)
        message, hint = (
            f"there is no opening bracket for this {bracket}",
            f"write {opening} where it begins, or delete it",
        )
        state.report(message, hint, token.span)
        state.at = token.end
        return
    if bracket not in awaited or ends[1:] == awaited[1:]:
        state.report(message, f"write {closing} instead", token.span, Change(*token.span, closing), related=related)
        state.close(token)
        return
    depth = awaited.index(bracket)
    missing = "".join(awaited[:depth])
    if ends != awaited[depth:]:
        state.stop(message, f"write {closing} before it, or instead of it", token.span, related)
    at = state.last.end
    state.report(message, f"write {missing} before it", token.span, Change(at, at, missing), related=related)
    for _ in range(depth):
        state.close(Token("close", at, at))
    state.close(token)


# The end of the text.


def cut_short(state: State, token: Token) -> None:
    """The end of the text where something is missing."""
    end = (len(state.text), len(state.text))
    is_outermost = state.is_members and len(state.frames) == 1
    if is_outermost and state.expected in ("comma", "key", "value") and state.last.kind:
        if state.expected == "key":
            trailing_comma(state, token)
        elif state.expected == "value":
            state.report("a value is missing here", "write the value", (state.last.end, state.last.end))
            state.frames[-1].keep(state.errors, state.last.end)
        state.frames.pop().close(state.errors, None)
        state.expected, state.at = "end", token.end
        return
    if not state.frames:
        state.stop("the text ends in the middle of a value", "write the rest of it", end)
    frame = state.frames[-1]
    message = f"the text ends before this {frame.bracket} is closed"
    related = ((frame.start, frame.start + 1), f"{frame.bracket} opens here")
    if state.expected != "comma" or state.is_members:
        state.stop(message, "the text is cut off: write the rest of it", end, related)
    missing = "".join([CLOSING[each.bracket] for each in reversed(state.frames)])
    at = state.last.end
    written = "".join([_closing(state.text, each, at) for each in reversed(state.frames)])
    state.report(message, f"write {missing} at the end", end, Change(at, at, written), related=related)
    while state.frames:
        state.close(Token("close", at, at))
    state.at = token.end


def _closing(text: str, frame: Frame, end: int) -> str:
    """The bracket that closes `frame`, on a line of its own if what it closes is on several lines."""
    closing = CLOSING[frame.bracket]
    if "\n" not in text[frame.start : end]:
        return closing
    line = text.rfind("\n", 0, frame.start) + 1
    indent = text[line : frame.start]
    indent = indent[: len(indent) - len(indent.lstrip(" \t"))]
    new_line = "\r\n" if "\r\n" in text[frame.start : end] else "\n"
    return f"{new_line}{indent}{closing}"
