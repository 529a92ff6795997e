"""The object's key in a URL: a custom object's, or `business`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from recordlint.definitions.model import BUSINESS, PREFIX, is_object_key
from recordlint.definitions.standard_objects import COMPANY, standard_object
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem
from recordlint.requests.placeholders import is_placeholder_in_url, placeholder
from recordlint.wording.phrases import either
from recordlint.wording.suggestions import nearest

URL: Final[Path] = ("url",)
SAVE: Final = "save its definition: the answer of GET /objects/{key}?fetchProperties=true"

_PREFIX: Final = re.compile(r"custom[ _-]?objects?[.:/ _-]", re.IGNORECASE)


def object_problems(key: str, objects: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the key of a URL.

    Args:
        key: decoded; empty if the URL has none.
        objects: the keys that have a definition.
    """
    if is_object_key(key):
        return
    if is_placeholder_in_url(key):
        hint = f"write the object's key, such as {_example(objects)}"
        yield placeholder("the object's key in the URL", URL, hint, severity="error")
        return
    standard = standard_object(key)
    if standard is None:
        message = "the URL does not name an object by its key"
        hint, redacted_hint = _key_hint(key, objects)
        yield Problem("object-key", message, hint, URL, redacted_hint=redacted_hint)
    elif standard == COMPANY:
        message = f"the URL names companies by another word than {BUSINESS}, which is the key of that object"
        yield Problem("standard-object", message, _write(BUSINESS, objects), URL)
    else:
        message = f"the URL names the standard object {standard}, whose records the Records API does not write"
        yield Problem("standard-object", message, _standard_hint(standard, objects), URL)


def unknown_object_hint(key: str, objects: Collection[str]) -> str:
    """What to do about a key that has no definition: the nearest that have one, or how to get it."""
    short = {each.removeprefix(PREFIX): each for each in objects}
    near = [] if key == BUSINESS else nearest(key.removeprefix(PREFIX), short)
    return f"did you mean {either([short[each] for each in near])}?" if near else SAVE.format(key=key)


def _standard_hint(standard: str, objects: Collection[str]) -> str:
    custom = [each for each in objects if standard_object(each.removeprefix(PREFIX)) == standard]
    if custom:
        return f"did you mean {either(custom)}?"
    return f"use the API for {standard} records instead"


def _key_hint(key: str, objects: Collection[str]) -> tuple[str, str | None]:
    """What to write instead of a key, and the same without the key's text, if it is in there."""
    short = _short(key)
    same = [each for each in objects if each.removeprefix(PREFIX) == short]
    if short == BUSINESS and BUSINESS not in same:
        same.append(BUSINESS)
    if len(same) == 1:
        return _write(same[0], objects), None
    near = same or [f"{PREFIX}{each}" if f"{PREFIX}{each}" in objects else each for each in _near(short, objects)]
    if near:
        return f"did you mean {either(near)}?", None
    example = f"write the object's whole key, such as {_example(objects)}"
    if _PREFIX.match(key) and is_object_key(f"{PREFIX}{short}"):
        return _write(f"{PREFIX}{short}", objects), example
    return example, None


def _example(objects: Collection[str]) -> str:
    """A key that shows the form of one."""
    return next((each for each in objects if each != BUSINESS), f"{PREFIX}ticket")


def _near(short: str, objects: Collection[str]) -> list[str]:
    return nearest(short, [each.removeprefix(PREFIX) for each in objects]) if short else []


def _short(key: str) -> str:
    """A key without its prefix, in the characters that a key may have."""
    return re.sub(r"[ -]", "_", _PREFIX.sub("", key.strip(), count=1).casefold())


def _write(key: str, objects: Collection[str]) -> str:
    return f"write {key}" if key in objects else f"write {key}, and {SAVE.format(key=key)}"
