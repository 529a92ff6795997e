"""Which definitions are fetched: those of the custom objects of a location, and of `business`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from recordlint.definitions.fetching.client import Fetcher
from recordlint.definitions.model import BUSINESS, PREFIX, ObjectDefinition, is_object_key
from recordlint.definitions.reading import read_answer, whole_key
from recordlint.definitions.standard_objects import standard_object
from recordlint.errors import DefinitionError, DefinitionFault, ServiceError, UnknownObject
from recordlint.wording.phrases import either, quoted
from recordlint.wording.suggestions import nearest


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
        DefinitionError: with every fault of every definition.
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
            pulled.append(Pulled(_read(key, answer), answer))
        except DefinitionError as error:
            faults += error.faults
    if faults:
        raise DefinitionError(faults)
    return pulled


def _read(key: str, answer: Mapping[str, Any]) -> ObjectDefinition:
    """The definition of an object.

    Raises:
        DefinitionError: the answer has faults, or defines another object.
    """
    path = f"GET /objects/{key}"
    definition = read_answer(answer, path)
    if definition.key != key:
        raise DefinitionError([DefinitionFault(path, "", f"the answer defines {definition.key} instead")])
    return definition


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
            raise ServiceError(f"the service lists {quoted(key)}, which is no key of an object; correct --base-url")
    if not keys:
        raise ServiceError(
            f"the service lists neither custom objects nor {BUSINESS} for the location "
            f"{quoted(fetcher.asked.location)}; correct --location"
        )
    return keys


def _no_such_object(location: str, key: str, there: Sequence[str]) -> str:
    """Which object the service does not have, and which of its objects may be meant."""
    short = {each.removeprefix(PREFIX): each for each in there}
    near = nearest(key.removeprefix(PREFIX), short)
    hint = f"did you mean {either([short[each] for each in near])}?" if near else f"use {either(there)}"
    return f"the location {quoted(location)} has no object {quoted(key)}; {hint}"
