"""How far a text has been read: the brackets that are open, what the grammar takes next, the errors so far."""

from __future__ import annotations

from typing import Literal, NamedTuple

from recordlint.jsontext.frames import Frame
from recordlint.jsontext.noted import Errors, Limit, Repeated, RepeatedKeys
from recordlint.jsontext.parse import DEEPEST
from recordlint.jsontext.positions import Span
from recordlint.jsontext.syntax_errors import Change, JsonSyntaxError
from recordlint.jsontext.tokens import narrow
from recordlint.jsontext.words import Where

Expected = Literal["value", "first item", "item", "first key", "key", "colon", "comma", "end"]
"""What the grammar takes next. Instead of a first item or key, and of a comma, it takes the closing bracket too."""


class Token(NamedTuple):
    """A token of the text."""

    kind: str
    """The name of a group of `TOKEN`."""
    start: int
    end: int

    @property
    def span(self) -> Span:
        """From its start to its end."""
        return self.start, self.end

    @property
    def first(self) -> Span:
        """Its first character alone."""
        return self.start, self.start + 1


class Stop(Exception):
    """It is not clear how to read on."""


class State:
    """What is known while a text is read.

    Attributes:
        text: the text.
        at: where the next token begins, or the white space before it.
        expected: what the grammar takes there.
        last: the last token before it, not counting comments.
        frames: the arrays and objects that are open, outermost first.
        errors: the syntax errors so far.
        repeated: the keys so far that appear again in their object.
        longest: the number with the most characters.
        is_members: whether the text has the members of an object, without the brackets.
        wide: where the last wide character was seen, such as a fullwidth comma.
        closing_quotes: where the quotes are that close around the arrays and objects that are open.
    """

    def __init__(self, text: str, start: int, limit: Limit | None, *, is_members: bool) -> None:
        self.text = text
        self.at = start
        self.expected: Expected = "key" if is_members else "value"
        self.last = Token("", start, start)
        self.frames: list[Frame] = [Frame("{", start - 1)] if is_members else []
        self.is_members = is_members
        self.errors = Errors(limit.at_most if limit else None)
        self.repeated = RepeatedKeys(limit)
        self.longest: Span = (start, start)
        self.wide = -1
        self.closing_quotes: list[int] = []

    def report(
        self,
        message: str,
        hint: str,
        span: Span,
        *changes: Change,
        safe: bool = False,
        related: tuple[Span, str] | None = None,
    ) -> int:
        """Note an error, and read on. The error's number."""
        return self.errors.add(JsonSyntaxError(message, hint, span, changes, safe, related))

    def stop(self, message: str, hint: str, span: Span, related: tuple[Span, str] | None = None) -> None:
        """Note an error, and end.

        Raises:
            Stop: always.
        """
        self.report(message, hint, span, related=related)
        raise Stop

    def take(self, token: Token, expected: Expected) -> None:
        """Go on after a token."""
        self.last, self.at, self.expected = token, token.end, expected

    @property
    def where(self) -> Where:
        """Whose value is read."""
        if not self.frames:
            return "document"
        return "member" if self.frames[-1].bracket == "{" else "item"

    def begin_value(self, start: int) -> None:
        """Note that a value starts, which is the next item if it is in an array."""
        if self.frames and self.frames[-1].bracket == "[":
            frame = self.frames[-1]
            frame.member = start
            frame.step = int(frame.step) + 1

    def end_value(self, token: Token) -> None:
        """Note that a value ends, and stays."""
        self.take(token, "comma" if self.frames else "end")
        if self.frames:
            self.frames[-1].keep(self.errors, token.end)

    def begin_key(self, token: Token, name: str) -> None:
        """Note a key: its place and its decoded text."""
        frame = self.frames[-1]
        frame.member, frame.step = token.start, name
        first = frame.name(name, token.span)
        if first:
            self.repeated.add(Repeated(tuple([each.step for each in self.frames]), first, token.span))
        self.take(token, "colon")

    def open(self, token: Token) -> None:
        """Note an opening bracket."""
        if len(self.frames) >= DEEPEST:
            self.stop(f"the nesting is deeper than {DEEPEST} levels", "write fewer levels", token.span)
        self.begin_value(token.start)
        bracket = self.bracket(token)
        self.frames.append(Frame(bracket, token.start))
        self.take(token, "first key" if bracket == "{" else "first item")

    def close(self, token: Token) -> None:
        """Note the bracket that closes the innermost array or object."""
        inner_end = token.start if self.last.kind != "comma" else None
        self.frames.pop().close(self.errors, inner_end)
        if self.closing_quotes and self.closing_quotes[-1] == token.end:
            token = token._replace(end=self.closing_quotes.pop() + 1)
        self.end_value(token)

    def bracket(self, token: Token) -> str:
        """The bracket that a token is, or stands for."""
        character = self.text[token.start]
        return narrow(character) or character
