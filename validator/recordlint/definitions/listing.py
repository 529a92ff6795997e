"""Hints that name keys to choose from, and the command that lists them all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from recordlint.definitions.model import LISTED_OPTIONS, Listing, Option, option_list
from recordlint.wording.phrases import as_json, either

NAMED_AT_MOST: Final = 64
"""How many keys with one meaning a question names. Where there are more, some are listed."""


def list_command(object_key: str) -> str:
    """The command that lists an object's fields with all their options."""
    return f"recordlint objects --object {object_key}"


def use_one_of(listing: Listing, object_key: str, first: Iterable[str] = ()) -> str:
    """A hint that lists options.

    Args:
        listing: all that there are.
        object_key: the object's, for the command that lists all of them.
        first: the keys to begin with where only a part is listed. No more are asked for than are listed.
    """
    if len(listing.options) > LISTED_OPTIONS and (shown := _named_first(listing, first)):
        return f"use one of {option_list(shown)}; {_count(len(listing.options), object_key)}"
    return _use_one_of(listing.beginning, len(listing.options), object_key)


def did_you_mean(near: Iterable[str], listing: Listing, object_key: str) -> str:
    """A question for the nearest keys, and all keys or how many there are."""
    question = f"did you mean {either(map(as_json, near))}?"
    if len(listing.options) <= LISTED_OPTIONS:
        return f"{question} The keys are {listing.beginning}"
    return f"{question} T{_count(len(listing.options), object_key)[1:]}"


@lru_cache
def _use_one_of(beginning: str, count: int, object_key: str) -> str:
    """One text for all values that are answered with it: labels may be long."""
    return f"use one of {beginning}" + (f"; {_count(count, object_key)}" if count > LISTED_OPTIONS else "")


def _named_first(listing: Listing, first: Iterable[str]) -> Iterable[Option]:
    """The options of some keys, and others up to a readable number; none if there are no such keys."""
    shown: dict[Option, None] = {}
    for key in first:
        shown[listing.by_key[key]] = None
        if len(shown) == LISTED_OPTIONS:
            return shown
    for option in listing.options if shown else ():
        shown[option] = None
        if len(shown) == LISTED_OPTIONS:
            break
    return shown


def _count(count: int, object_key: str) -> str:
    return f"there are {count} keys, and {list_command(object_key)} lists them all"
