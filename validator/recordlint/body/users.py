"""`owners` (or `owner`) and `followers`: user ids to add and to remove, or an array on create (documented)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Final

from recordlint.contract.operations import OWNERS, Operation
from recordlint.contract.placeholders import is_placeholder
from recordlint.contract.spec_files import read_spec
from recordlint.fieldtypes._deltas import delta_problems
from recordlint.fieldtypes._halves import ADD, REMOVE
from recordlint.problems.pointers import Path
from recordlint.problems.problem import Problem, ValueFix
from recordlint.wording.phrases import as_json, json_type

_SEPARATORS: Final = r"[\s,;]+"
_WRONG_TYPE: Final = Problem("wrong-type", "")
_ODD: Final = Problem("id-format", "", severity="warning")


def user_problems(key: str, value: object, operation: Operation) -> Iterator[Problem]:
    """What is wrong with the value of `owner`, `owners` or `followers`, in words."""
    if value is None:
        hint = "leave it out" + (
            ", or write the ids of the users to remove under remove" if operation.null_clears else ""
        )
        yield Problem("null-not-allowed", f"{key} cannot be null", hint)
    elif value == "":
        yield Problem("empty-id", f"{key} is an empty text", "leave it out")
    elif isinstance(value, str) and is_placeholder(value):
        yield unfilled_id(key, "leave it out")._replace(severity="error")
    else:
        items, too_many = partial(_user, key), partial(_too_many, key)
        unfilled = _unfilled_halves(key, value) if operation.multi_value == "delta" else {}
        yield from unfilled.values()
        for problem in delta_problems(
            key,
            value,
            operation,
            items,
            too_many=too_many,
            meant=_id_of,
            split=_ids_in_one_text,
            example=as_json(example_id()),
            is_field=False,
        ):
            if problem.path[:1] not in unfilled:
                yield problem


def _unfilled_halves(key: str, value: object) -> Mapping[Path, Problem]:
    """The problems of the halves of a delta that are an empty text or a placeholder, each by its path."""
    halves = {half: value[half] for half in (ADD, REMOVE) if half in value} if isinstance(value, dict) else {}
    leave_out = "leave it out" if any(isinstance(part, list) for part in halves.values()) else f"leave {key} out"
    problems: dict[Path, Problem] = {}
    for half, part in halves.items():
        if part == "":
            problem = Problem("empty-id", f"{half} in {key} is an empty text", leave_out)
        elif isinstance(part, str) and is_placeholder(part):
            problem = unfilled_id(f"{half} in {key}", leave_out)._replace(severity="error")
        else:
            continue
        problems[half,] = problem.below(half)
    return problems


def example_id() -> str:
    """A user's id for hints to show."""
    id: str = read_spec("owner.json")["examples"][0]["add"][0]
    return id


def _id_of(item: object) -> str | None:
    """The id that a number is."""
    return str(item) if isinstance(item, int) and not isinstance(item, bool) else None


def _user(key: str, item: object, half: str, *, brief: bool = False) -> Iterator[Problem]:
    if brief and not isinstance(item, str):
        yield _WRONG_TYPE
    elif not isinstance(item, str):
        id = _id_of(item)
        text = as_json(id) if id else ""
        yield Problem(
            "wrong-type",
            f"a user id in {key} must be a string, not {json_type(item)}",
            f"write {text}" if text else "write the user's id in double quotes",
            fix=ValueFix(safe=False, description="put it in quotes", text=text) if text else None,
            redacted_hint="write the user's id in double quotes",
        )
    elif not item:
        yield Problem("empty-id", f"{key} has an empty user id", "write the user's id, or remove the item")
    elif is_placeholder(item):
        yield unfilled_id(key, "remove the item")
    elif not looks_like_id(item):
        yield _ODD if brief else _odd_user(key, item)


def looks_like_id(text: str) -> bool:
    """Whether a text can be the id of a user or a location, by the contract's pattern."""
    return _id_pattern().search(text) is not None and "\n" not in text


@cache
def _id_pattern() -> re.Pattern[str]:
    return re.compile(read_spec("owner.json")["$defs"]["cleanUser"]["pattern"])


def unfilled_id(what: str, otherwise: str) -> Problem:
    """The problem of an id that is a placeholder."""
    hint = f"fill in the id before you send the body, or {otherwise}"
    return Problem("placeholder", f"{what} holds a placeholder that was not filled in", hint, severity="warning")


def odd_id(what: str, text: str, id: str) -> Problem:
    """The problem of an id that does not look like one: one with white space, a comma, `;` or `@`."""
    hint = f"write the id of the {id}: letters and digits, without white space around it"
    if "@" in text:
        hint = f"write the id of the {id}, not an e-mail address"
    elif re.search(_SEPARATORS, text.strip()):
        hint = f"write one id of a {id}, not a name and not several ids in one text"
    return Problem("id-format", f"{what} does not look like an id", hint, severity="warning")


def _odd_user(key: str, text: str) -> Problem:
    problem = odd_id(f"a user id in {key}", text, "user")
    bare = text.strip()
    if bare and looks_like_id(bare):
        return problem._replace(
            hint=f"write {as_json(bare)}",
            redacted_hint="remove the white space around it",
            fix=ValueFix(safe=False, description="remove the white space around it", text=as_json(bare)),
        )
    ids = _ids_in_one_text(text)
    if ids and len(ids) <= user_limit(key):
        return problem._replace(
            hint=f"write each id as an item of its own: {', '.join(map(as_json, ids))}",
            redacted_hint="write each id as an item of its own",
        )
    return problem


def _ids_in_one_text(text: str) -> list[str] | None:
    """The ids that a text lists, without repeats; None where it does not list several."""
    ids = list(dict.fromkeys(part.strip() for part in re.split("[,;]", text)))
    return ids if len(ids) > 1 and all(map(looks_like_id, ids)) else None


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
