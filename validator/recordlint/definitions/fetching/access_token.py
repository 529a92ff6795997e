"""The token that the service asks for: where it comes from, and how it is kept out of all that is shown or written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from recordlint.definitions.fetching.hiding import PIECE, hidden, holds
from recordlint.errors import InputError, UsageError
from recordlint.files.paths import reason

VARIABLE: Final = "RECORDLINT_TOKEN"
"""The environment variable that holds the token."""
LARGEST: Final = 16 * 1024
"""Bytes of a token file that are read; servers take no longer headers."""
SHOWN: Final = "[token]"
"""What is shown instead of the token."""
_FROM: Final = f"set {VARIABLE}, or name a file with --token-file"


class Token:
    """A token. Its text is in no `repr`.

    Attributes:
        header: the value of the header Authorization.
    """

    def __init__(self, text: str) -> None:
        """Take a token's text, as RFC 6750 has it: letters and digits of ASCII, any of `-._~+/`, and = at the end.

        Raises:
            UsageError: it is not; the message holds nothing of it.
        """
        self.header: Final = f"Bearer {_verified(text)}"

    def __repr__(self) -> str:
        return "<Token>"

    @cached_property
    def _text(self) -> str:
        return self.header.removeprefix("Bearer ")

    def hide(self, text: str) -> str:
        """A text with `[token]` wherever eight characters of the token or more are, however they are spelled.

        Args:
            text: of any kind, such as what a server answers.

        Example:
            >>> Token("pit-0123456789").hide("there is no pit%2D0123456789")
            'there is no [token]'
        """
        return hidden(text, self._text, SHOWN)

    def is_in(self, text: str) -> bool:
        """Whether a text holds the token, or half of it. One of less than eight characters is not looked for."""
        return len(self._text) >= PIECE and holds(text, self._text)


def read_token(path: str | None, environment: Mapping[str, str]) -> Token:
    """The token of a file, or else of the environment.

    White space around it is dropped: files end with a newline. No message names the file: people take the token itself
    for what `--token-file` asks for.

    Args:
        path: the file; None to take the variable `RECORDLINT_TOKEN`.
        environment: the variables by name.

    Raises:
        UsageError: there is no token, or it is none; the message holds nothing of it.
        InputError: the file cannot be read.
    """
    if path is None:
        text = environment.get(VARIABLE, "")
        if not text.strip():
            raise UsageError(f"no token: {_FROM}")
        return Token(text.strip())
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"the file of --token-file cannot be read: {reason(error)}") from None
    if len(data) > LARGEST:
        raise UsageError("the file of --token-file is too large for a token; write nothing else to it")
    # The text of a UnicodeDecodeError would hold the token.
    text = data.decode("utf-8-sig", "replace").strip()
    if not text:
        raise UsageError("the file of --token-file is empty; write the token to it")
    return Token(text)


def _verified(text: str) -> str:
    """The text of a token.

    Raises:
        UsageError: it cannot be one.
    """
    if text.lower().startswith("bearer "):
        raise UsageError("the token begins with Bearer; write the token alone")
    if not re.fullmatch(r"[A-Za-z0-9._~+/-]+=*", text):
        raise UsageError("the token holds white space or a character that no token has; copy the token again")
    return text
