"""Hints that name keys to choose from, and the command that lists them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from recordlint.definitions.model import LISTED_OPTIONS, Option, option_list
from recordlint.wording.phrases import as_json, either


def list_command(object_key: str) -> str:
    """The command that lists an object's fields with all their options."""
    return f"recordlint objects --object {object_key}"


def use_one_of(options: Sequence[Option], object_key: str, first: Iterable[Option] = ()) -> str:
    """A hint that lists options.

    Args:
        options: all that there are, in the order of the definition.
        object_key: the object's, for the command that lists all of them.
        first: those to begin with where only a part is listed.
    """
    if len(options) <= LISTED_OPTIONS:
        return f"use one of {_short_list(tuple(options))}"
    shown: dict[Option, None] = {}
    for option in chain(first, options):
        shown[option] = None
        if len(shown) == LISTED_OPTIONS:
            break
    return f"use one of {_short_list(tuple(shown))}; {_count(options, object_key)}"


def did_you_mean(near: Iterable[str], options: Sequence[Option], object_key: str) -> str:
    """A question for the nearest keys, and all keys or how many there are."""
    question = f"did you mean {either(map(as_json, near))}?"
    if len(options) <= LISTED_OPTIONS:
        return f"{question} The keys are {_short_list(tuple(options))}"
    return f"{question} T{_count(options, object_key)[1:]}"


@lru_cache
def _short_list(options: tuple[Option, ...]) -> str:
    """The options in a hint, which are the same for many values of a field."""
    return option_list(options)


def _count(options: Sequence[Option], object_key: str) -> str:
    return f"there are {len(options)} keys, and {list_command(object_key)} lists them all"
