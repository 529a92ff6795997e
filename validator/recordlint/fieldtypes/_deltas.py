"""Multi-value fields: `{"add": […], "remove": […]}` on update, a plain array on create (documented)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from recordlint.suggestions import nearest
from recordlint.violations import KEPT, Mend, Operation, Problem
from recordlint.words import as_json, kind

ADD: Final = "add"
REMOVE: Final = "remove"

ItemProblems = Callable[[object], Iterator[Problem]]
Identity = Callable[[object], str | None]


def text_identity(item: object) -> str | None:
    """What makes two ids or option keys the same: their text."""
    return item if isinstance(item, str) else None


def delta_problems(
    what: str,
    value: object,
    operation: Operation,
    items: ItemProblems,
    identity: Identity = text_identity,
    too_many: Callable[[str, int], Problem | None] | None = None,
) -> Iterator[Problem]:
    """What is wrong with a multi-value field, in words.

    Args:
        what: the field's name as messages say it.
        value: what the payload has for it, not null.
        operation: decides between delta and array.
        items: yields the problems of one item.
        identity: what makes two items the same, None for an item that cannot be compared.
        too_many: the problem of an array under `add`, `remove` or, on create, `""`, by its length.
    """
    if operation == "create":
        yield from _create(what, value, items, identity, too_many)
        return
    if not isinstance(value, dict):
        yield _not_a_delta(what, value)
        if isinstance(value, list):
            yield from _array(what, value, items, identity)
        return
    if (
        not any(value.values())
        and not set(value) - {ADD, REMOVE}
        and all(isinstance(part, list) for part in value.values())
    ):
        # The empty object, or the one empty array in it.
        path = tuple(value) if len(value) == 1 else ()
        yield Problem("no-op", f"{what} adds nothing and removes nothing", "leave it out", path, severity="warning")
    seen: dict[str, tuple[str, int]] = {}
    for key, part in value.items():
        if key not in (ADD, REMOVE):
            near = nearest(key, (ADD, REMOVE))
            meant = f"did you mean {as_json(near[0])}?" if near else 'write "add" or "remove"'
            yield Problem("delta-key", f"{what} takes add and remove, not {as_json(key)}", meant, (key,), "key")
        elif not isinstance(part, list):
            text = f"[{as_json(part)}]"
            hint = f"write {text}" if isinstance(part, str) else "write an array"
            yield Problem(
                "array-expected",
                f"{key} of {what} takes an array, not {kind(part)}",
                hint,
                (key,),
                mend=Mend(False, "put it in an array", f"[{KEPT}]") if isinstance(part, str) else None,
                blind_hint="put it in an array: […]",
            )
        else:
            problem = too_many(key, len(part)) if too_many else None
            if problem:
                yield problem.below(key)
            for index, found in _array_by_item(what, part, items, identity):
                for each in found:
                    yield each.below(key)
                name = identity(part[index])
                if name is None:
                    continue
                first = seen.setdefault(name, (key, index))
                if first[0] != key:
                    yield _overlap(what, first, (key, index))
                    seen[name] = (key, index)


def _overlap(what: str, first: tuple[str, int], later: tuple[str, int]) -> Problem:
    return Problem(
        "delta-overlap",
        f"{what} both adds and removes this value",
        "keep it in add or in remove, not in both",
        later,
        earlier=first,
    )


def _create(
    what: str,
    value: object,
    items: ItemProblems,
    identity: Identity,
    too_many: Callable[[str, int], Problem | None] | None,
) -> Iterator[Problem]:
    if not isinstance(value, list):
        hint = f"write an array: [{as_json(value)}]" if isinstance(value, str) else "write an array: […]"
        if isinstance(value, dict):
            hint = "add and remove are for updates; a new record takes the values alone: […]"
        yield Problem(
            "array-expected",
            f"{what} takes a plain array when a record is created, not {kind(value)}",
            hint,
            mend=Mend(False, "put it in an array", f"[{KEPT}]") if isinstance(value, str) else None,
            blind_hint="write an array: […]",
        )
        return
    if not value:
        yield Problem("no-op", f"{what} is an empty array, which sets nothing", "leave it out", severity="warning")
    problem = too_many("", len(value)) if too_many else None
    if problem:
        yield problem
    yield from _array(what, value, items, identity)


def _not_a_delta(what: str, value: object) -> Problem:
    message = f"{what} takes an object with add and remove, not {kind(value)}"
    if isinstance(value, list):
        return Problem(
            "delta-expected",
            message,
            f'write {{"add": {as_json(value)}}}; that adds to what is there and replaces nothing',
            mend=Mend(False, "add the values of the array", f'{{"add": {KEPT}}}'),
            blind_hint='write {"add": […]}; that adds to what is there and replaces nothing',
        )
    if isinstance(value, str):
        return Problem(
            "delta-expected",
            message,
            f'write {{"add": [{as_json(value)}]}}',
            mend=Mend(False, "add the value", f'{{"add": [{KEPT}]}}'),
            blind_hint='write {"add": […]}',
        )
    return Problem("delta-expected", message, 'write {"add": […]}, {"remove": […]} or both')


def _array(what: str, value: list[object], items: ItemProblems, identity: Identity) -> Iterator[Problem]:
    for _, found in _array_by_item(what, value, items, identity):
        yield from found


def _array_by_item(
    what: str, value: list[object], items: ItemProblems, identity: Identity
) -> Iterator[tuple[int, list[Problem]]]:
    """For each item its problems, that it stands here a second time included."""
    first: dict[str, int] = {}
    for index, item in enumerate(value):
        found = [problem.below(index) for problem in items(item)]
        name = identity(item)
        if name is not None and first.setdefault(name, index) != index:
            found.append(
                Problem(
                    "delta-duplicate",
                    f"{what} names this value twice in one array",
                    "keep one of the two",
                    (index,),
                    earlier=(first[name],),
                )
            )
        yield index, found
