"""JSON with syntax errors, read as it is meant: after an error whose fix is clear, as if it were fixed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from recordlint.jsontext import separators, steps
from recordlint.jsontext.comments import comment, odd_space
from recordlint.jsontext.noted import Errors, Limit, RepeatedKeys
from recordlint.jsontext.positions import Span
from recordlint.jsontext.state import Expected, State, Stop, Token
from recordlint.jsontext.syntax_errors import Change
from recordlint.jsontext.tokens import TOKEN, character_name, narrow
from recordlint.problems.named_tuples import new


class Reading(NamedTuple):
    """What was read of a text."""

    errors: Errors
    end: int | None
    """After the document; None if reading stopped at an error whose fix is not clear."""
    last: int
    """After the last token of it."""
    repeated: RepeatedKeys
    longest: Span
    """The number with the most characters."""


def read(text: str, start: int, limit: Limit | None, *, is_members: bool = False) -> Reading:
    """The document at `start`, which may be followed by anything.

    Args:
        text: the text.
        start: where its first token may begin.
        limit: how much of what is wrong is noted; None for all.
        is_members: it has the members of an object, without the brackets, and ends with the text.
    """
    state = State(text, start, limit, is_members=is_members)
    end: int | None = None
    try:
        while state.expected != "end":
            _step(state)
        end = state.at
    except Stop:
        pass
    return Reading(state.errors, end, state.last.end, state.repeated, state.longest)


def _step(state: State) -> None:
    """Read one token."""
    match = TOKEN.match(state.text, state.at)
    if match is None or match.lastgroup is None:
        raise AssertionError("every character is a token")
    kind = match.lastgroup
    # Faster than Token(…), and a text with very many errors has as many tokens.
    token = new(Token, (kind, *match.span(kind)))
    if kind == "comment" and not _is_color(state, token):
        error = comment(state.text, token.span)
        state.errors.add(error)
        state.at = token.end
        if not error.changes:
            raise Stop
        return
    if kind == "space":
        state.errors.add(odd_space(state.text, token.span))
        state.at = token.end
        return
    if kind == "other":
        token = _plain(state, token)
        kind = token.kind
    expected = state.expected
    step = _STEPS[expected].get(kind) or _OTHERWISE[expected]
    step(state, token)


def _is_color(state: State, token: Token) -> bool:
    """Whether what looks like a comment is a value such as #ffcc00."""
    return state.expected == "value" and re.match(r"#\w", state.text[token.start : token.start + 2]) is not None


def _plain(state: State, token: Token) -> Token:
    """A token, as the plain one if it is a wide character, which is reported."""
    character = state.text[token.start]
    plain = narrow(character)
    if not plain:
        return token
    if state.wide != token.start:
        message = f"JSON does not take {character_name(character)}"
        state.report(message, f"write {plain}", token.span, Change(*token.span, plain))
        state.wide = token.start
    kind = {",": "comma", ":": "colon", "{": "open", "[": "open"}.get(plain, "close")
    return token._replace(kind=kind)


_Step = Callable[[State, Token], None]

_VALUE: Final[Mapping[str, _Step]] = {
    **dict.fromkeys(("string", "number", "literal"), steps.value),
    **dict.fromkeys(("faulty", "quote"), steps.string_value),
    "open": steps.open_value,
    "word": steps.word_value,
    "placeholder": steps.placeholder_value,
    "colon": steps.colon_for_value,
    "comma": steps.missing_value,
    "close": steps.missing_value,
    "end": separators.cut_short,
}
_ITEM: Final = {**_VALUE, "comma": separators.more_commas, "close": separators.trailing_comma}
_KEY: Final[Mapping[str, _Step]] = {
    "string": steps.key,
    **dict.fromkeys(("faulty", "quote"), steps.string_key),
    **dict.fromkeys(("word", "number", "literal"), steps.word_key),
    "placeholder": steps.placeholder_key,
    "comma": separators.more_commas,
    "close": separators.trailing_comma,
    "end": separators.cut_short,
}
_STEPS: Final[Mapping[Expected, Mapping[str, _Step]]] = {
    "value": _VALUE,
    "item": _ITEM,
    "first item": {**_ITEM, "close": separators.close},
    "key": _KEY,
    "first key": {**_KEY, "close": separators.close},
    "colon": {"colon": steps.colon, "other": steps.other_colon, "end": separators.cut_short},
    "comma": {
        "comma": separators.comma,
        "close": separators.close,
        "colon": separators.no_comma,
        "other": separators.other_comma,
        "end": separators.cut_short,
    },
}
"""What is done with each kind of token, by what is expected."""

_OTHERWISE: Final[Mapping[Expected, _Step]] = {
    **dict.fromkeys(("value", "item", "first item"), steps.no_value),
    **dict.fromkeys(("key", "first key"), steps.no_key),
    "colon": steps.no_colon,
    "comma": separators.missing_comma,
}
"""What is done with any other."""
