"""Searching records, by the body that the vendor publishes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from recordlint.contract.operations import LOCATION
from recordlint.definitions.model import ObjectDefinition

PAGE_LIMIT: Final = 20
"""How many records are listed where the body does not say it."""
MOST: Final = 500
"""How many are listed at most."""
_LARGEST: Final = 2**53


class Search(NamedTuple):
    """What is searched for."""

    location: str
    page: int
    limit: int
    text: str
    after: tuple[int, str] | None
    """When the record before was made, and its id."""


def read_search(body: Any) -> Search | list[str]:
    """What a body asks for, or what is wrong with it in the words of the service's framework.

    Args:
        body: parsed.
    """
    if not isinstance(body, dict):
        return ["the body must be an object"]
    wrong = []
    location, text = body.get(LOCATION), body.get("query", "")
    if not isinstance(location, str) or not location:
        wrong.append(f"{LOCATION} must be a string")
    page, limit = body.get("page", 1), body.get("pageLimit", PAGE_LIMIT)
    for name, number in (("page", page), ("pageLimit", limit)):
        if not _is_number(number):
            wrong.append(f"{name} must be a whole number from 1")
    if not isinstance(text, str):
        wrong.append("query must be a string")
    after = body.get("searchAfter", [])
    last = _last(after)
    if after != [] and last is None:
        wrong.append("searchAfter must be what a record of the last answer has under that name")
    return wrong or Search(str(location), int(page), min(int(limit), MOST), text, last)


def matching(text: str, definition: ObjectDefinition) -> Callable[[str], bool] | None:
    """Says by the JSON text of a record's properties whether it is searched for; None where every record is.

    `KEY:TEXT`, with the key of a property, looks in that property; any other text in all of them. Case does not matter.

    Args:
        text: of the query.
        definition: the object's.
    """
    if not text.strip():
        return None
    key, colon, value = text.partition(":")
    only = key.strip() if colon and key.strip() in definition.by_property else None
    sought = (text if only is None else value).strip().casefold()

    def matches(properties: str) -> bool:
        values: Mapping[str, Any] = json.loads(properties)
        return any(sought in each for each in _texts([values.get(only)] if only else list(values.values())))

    return matches


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [] if value is None else [str(value).casefold()]


def _is_number(value: Any) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and value == int(value) and 0 < value < _LARGEST
    )


def _last(value: Any) -> tuple[int, str] | None:
    """When the last record of a page was made, and its id; None where it is no such thing."""
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[1], str):
        return None
    when = value[0]
    if isinstance(when, str) and when.isascii() and when.isdigit() and len(when) < 16:
        when = int(when)
    return (int(when), value[1]) if _is_number(when) else None
