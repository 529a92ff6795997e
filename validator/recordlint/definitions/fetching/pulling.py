"""Which definitions are fetched: those of the custom objects of a location, and of `business`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from recordlint.definitions.fetching.access_token import Token
from recordlint.definitions.fetching.client import Fetcher
from recordlint.definitions.fetching.refusals import said, short, shown
from recordlint.definitions.model import BUSINESS, PREFIX, ObjectDefinition, is_object_key
from recordlint.definitions.reading import read_answer, whole_key
from recordlint.definitions.standard_objects import standard_object
from recordlint.errors import DefinitionError, DefinitionFault, ServiceError, UnknownObject
from recordlint.wording.phrases import count_of, either, quoted
from recordlint.wording.suggestions import nearest

MOST: Final = 10
"""Faults of a definition, and objects of a location, that are named; there may be thousands."""
LONGEST_REASON: Final = 1000
"""Characters of a fault. What to do about it is at its end."""


class Pulled(NamedTuple):
    """A definition as the service has it."""

    definition: ObjectDefinition
    answer: Mapping[str, Any]
    """Parsed JSON, as it was answered."""


async def pull(fetcher: Fetcher, keys: Sequence[str]) -> list[Pulled]:
    """The definitions of objects, each read without a fault.

    Source: `GET /objects/` and `GET /objects/{key}` of the published document.

    Args:
        fetcher: asks the service.
        keys: the objects to fetch; none for all custom objects and `business`.

    Raises:
        ServiceError: the service refuses, cannot be reached, or lists no objects.
        UnknownObject: the location does not have one of the keys; the text names the nearest.
        DefinitionError: with the first faults of each definition. The token is in none of them.
    """
    there = _listed(fetcher, await fetcher.fetch("/objects/", {}))
    for key in keys:
        if key not in there:
            raise UnknownObject(key, _no_such_object(fetcher.asked.location, key, list(there)))
    pulled: list[Pulled] = []
    faults: list[DefinitionFault] = []
    for key in dict.fromkeys(keys or there):
        answer = await fetcher.fetch(f"/objects/{there[key]}", {"fetchProperties": "true"})
        try:
            pulled.append(Pulled(_read(fetcher.asked.token, key, answer), answer))
        except DefinitionError as error:
            faults += _shown_faults(fetcher.asked.token, error.faults)
    if faults:
        raise DefinitionError(faults)
    return pulled


def _read(token: Token, key: str, answer: Mapping[str, Any]) -> ObjectDefinition:
    """The definition of an object.

    Raises:
        DefinitionError: the answer has faults, or defines another object.
    """
    path = f"GET /objects/{key}"
    if not isinstance(answer.get("fields"), list):
        reason = f"the answer has no list of fields{said(token, answer)}; run the command again later"
        raise DefinitionError([DefinitionFault(path, "", reason)])
    definition = read_answer(answer, path)
    if definition.key != key:
        raise DefinitionError([DefinitionFault(path, "", f"the answer defines {definition.key} instead")])
    return definition


def _shown_faults(token: Token, faults: Sequence[DefinitionFault]) -> list[DefinitionFault]:
    """The first faults of a definition, without the token: they name what the service sent."""
    named = [
        each._replace(field=short(token, each.field), reason=short(token, each.reason, LONGEST_REASON))
        for each in faults[:MOST]
    ]
    more = len(faults) - len(named)
    return [*named, named[0]._replace(field="", reason=f"has {count_of(more, 'more fault')}")] if more else named


def _listed(fetcher: Fetcher, answer: Mapping[str, Any]) -> dict[str, str]:
    """The objects that can be fetched: the keys by which the service lists them, by their whole keys.

    Raises:
        ServiceError: the answer is no list of objects, or has none of these.
    """
    listed = answer.get("objects")
    if not isinstance(listed, list):
        raise ServiceError(f"{fetcher.asked.base_url} answers without a list of objects; correct --base-url")
    keys: dict[str, str] = {}
    for each in listed:
        key = each.get("key") if isinstance(each, dict) else None
        if not isinstance(key, str):
            raise ServiceError("the service lists an object without a key; run the command again")
        if is_object_key(whole_key(key)):
            keys[whole_key(key)] = key
        elif each.get("standard") is not True and standard_object(key) is None:
            raise ServiceError(
                f"the service lists {shown(fetcher.asked.token, key)}, which is no key of an object; correct --base-url"
            )
    if not keys:
        raise ServiceError(
            f"the service lists neither custom objects nor {BUSINESS} for the location "
            f"{quoted(fetcher.asked.location)}; correct --location"
        )
    return keys


def _no_such_object(location: str, key: str, there: Sequence[str]) -> str:
    """Which object the service does not have, and which of its objects may be meant."""
    by_name = {each.removeprefix(PREFIX): each for each in there}
    near = nearest(key.removeprefix(PREFIX), by_name)
    others = [f"one of {count_of(len(there) - MOST, 'other')}"] if len(there) > MOST else []
    all_keys = either([*there[:MOST], *others])
    hint = f"did you mean {either([by_name[each] for each in near])}?" if near else f"use {all_keys}"
    return f"the location {quoted(location)} has no object {quoted(key)}; {hint}"
