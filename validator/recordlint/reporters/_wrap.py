"""Sentences in lines that fit a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from recordlint.reporters._columns import columns


def wrapped(lead: str, text: str, width: int) -> str:
    """Lines of at most `width` columns, the first after `lead` and the others below its text.

    A line breaks between words. What stands in quotation marks stays in one piece, however long, as it is there to be
    copied; nothing is lost but the spaces where a line breaks.

    Example:
        >>> print(wrapped("= hint: ", 'write "New York" or null', 20))
        = hint: write
                "New York"
                or null
    """
    if len(lead) + columns(text) <= width:
        return lead + text
    return "".join(_pieces(lead, text, width))


def _pieces(lead: str, text: str, width: int) -> Iterator[str]:
    yield lead
    at, indent = len(lead), "\n" + " " * len(lead)
    spaces = ""
    for word in _words().findall(text):
        if word.isspace():
            spaces = word
            continue
        size = columns(word)
        if at > len(lead) and at + len(spaces) + size > width:
            yield indent
            at = len(lead)
        else:
            yield spaces
            at += len(spaces)
        yield word
        at += size
        spaces = ""


@cache
def _words() -> re.Pattern[str]:
    """Spaces, and words; a word may hold a JSON string, which may hold spaces."""
    return re.compile(r' +|(?:"(?:[^"\\]|\\.)*"|[^ ])+')
