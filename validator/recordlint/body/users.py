"""`owner` (or `owners`) and `followers`: user ids to add and to remove, or an array on create (documented)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import read_spec
from recordlint.fieldtypes._deltas import REMOVE, delta_problems
from recordlint.violations import Problem, ValueFix
from recordlint.wording.phrases import as_json, json_type

OWNERS: Final = ("owner", "owners")
USERS: Final = (*OWNERS, "followers")


def user_problems(key: str, value: object, operation: Operation) -> Iterator[Problem]:
    """What is wrong with the value of `owner`, `owners` or `followers`, in words."""
    if value is None:
        yield Problem(
            "null-not-allowed",
            f"{key} cannot be null",
            'write {"remove": […]} to remove users' if operation.null_clears else "leave it out",
        )
        return
    yield from delta_problems(key, value, operation, partial(_user, key), too_many=partial(_too_many, key))


def _user(key: str, item: object) -> Iterator[Problem]:
    if not isinstance(item, str):
        text = as_json(str(item)) if isinstance(item, int) and not isinstance(item, bool) else ""
        yield Problem(
            "wrong-type",
            f"a user id in {key} must be a string, not {json_type(item)}",
            f"write {text}" if text else "write the user's id in double quotes",
            fix=ValueFix(safe=False, description="put it in quotes", text=text) if text else None,
            redacted_hint="write the user's id in double quotes",
        )
    elif not item:
        yield Problem("empty-id", f"{key} has an empty user id", "write the user's id, or remove the item")


@cache
def user_limit(key: str) -> int:
    """How many users one of `USERS` takes, as its file in `spec/` says."""
    limit: int = read_spec(f"{'owner' if key in OWNERS else key}.json")["$defs"]["cleanHalf"]["maxItems"]
    return limit


def _too_many(key: str, part: str, count: int) -> Problem | None:
    limit = user_limit(key)
    if count <= limit:
        return None
    users = "user" if limit == 1 else "users"
    return Problem(
        "too-many",
        f"{key} takes at most {limit} {users}, not {count}",
        f"keep {limit} of them" if part != REMOVE else f"check the list: a record has at most {limit}",
        severity="warning" if part == REMOVE else "error",
    )
