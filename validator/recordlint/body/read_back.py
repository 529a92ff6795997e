"""A record sent back as the service answered it, which is one mistake, however much of it the service refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from recordlint.contract.operations import LOCATION, PROPERTIES, USERS, Operation
from recordlint.problems.problem import Mention, Problem
from recordlint.wording.phrases import all_of, as_json

ANSWERED: Final = frozenset(
    {
        "dateAdded",
        "dateUpdated",
        "createdAt",
        "updatedAt",
        "createdBy",
        "lastUpdatedBy",
        "relations",
        "objectId",
        "objectKey",
        "searchAfter",
    }
)
"""The keys that stand only in a record that was read."""
_USERS: Final = (*USERS, "follower")


def read_back_keys(body: Mapping[str, Any], operation: Operation) -> tuple[str, ...]:
    """The top-level keys to leave out of a body that was read; empty if nothing shows that it was."""
    if ANSWERED.isdisjoint(body):
        return ()
    return tuple([key for key, value in body.items() if key in ANSWERED or _belongs(key, value, operation)])


def _belongs(key: str, value: object, operation: Operation) -> bool:
    """Whether a key, which a body may have too, comes from the record that was read."""
    if key == "id":
        return True
    if operation.multi_value == "array":
        # The arrays of a record that was read are right in a new one, except for their names.
        return key in ("owner", "follower") and isinstance(value, list)
    return key == LOCATION or (key in _USERS and isinstance(value, list))


def read_back_problem(body: Mapping[str, Any], keys: tuple[str, ...], operation: Operation) -> Problem:
    """The problem of a body that was read."""
    hint = f"leave out {all_of(map(as_json, keys))}"
    properties = body.get(PROPERTIES)
    if operation.multi_value == "delta" and isinstance(properties, dict) and _holds_arrays(properties):
        hint += ', and write {"add": […], "remove": […]} for the arrays in properties that you change'
    return Problem(
        "read-back",
        "this is a record as the service returns it, not a body to send",
        hint,
        part="open",
        related=tuple(
            [Mention((key,), f"only an answer has {as_json(key)}", "key") for key in body if key in ANSWERED]
        ),
    )


def _holds_arrays(properties: Mapping[str, Any]) -> bool:
    return any(isinstance(value, list) for value in properties.values())


def belongs_to_read_back(problem: Problem, properties: object, operation: Operation) -> bool:
    """Whether a problem in `properties` is only that a record was read: its arrays, and the `meta` of its files."""
    if operation.multi_value == "array" or problem.path[:1] != (PROPERTIES,) or not isinstance(properties, dict):
        return False
    if problem.rule == "file-shape":
        return problem.path[-1] == "meta"
    is_whole = len(problem.path) == 2
    return problem.rule == "delta-expected" and is_whole and isinstance(properties.get(str(problem.path[1])), list)
