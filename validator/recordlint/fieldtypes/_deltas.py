"""Multi-value fields: `{"add": […], "remove": […]}` on update, a plain array on create (documented)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema
from recordlint.violations import KEPT, Problem, ValueFix
from recordlint.wording.phrases import as_json, json_type
from recordlint.wording.suggestions import nearest

ADD: Final = "add"
REMOVE: Final = "remove"

WRAPPED: Final = f'{{"add": [{KEPT}]}}'
BRACKETED: Final = f"[{KEPT}]"
ADDS: Final = "; that adds to what is there and replaces nothing"
LONGEST_HINT: Final = 60

ItemProblems = Callable[[object], Iterator[Problem]]
Identity = Callable[[object], str | None]


def in_each_array(schema: Schema, operation: Operation, halves: Sequence[str] = (ADD, REMOVE)) -> Schema:
    """A schema of arrays, for the plain array or for these halves of a delta."""
    return schema if operation.multi_value == "array" else {"properties": dict.fromkeys(halves, schema)}


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
    if operation.multi_value == "array":
        yield from _plain_array(what, value, items, identity, too_many)
        return
    if isinstance(value, list):
        yield _array_for_delta(what, value, items)
        yield from _array(what, value, items, identity)
        return
    if not isinstance(value, dict) or (identity(value) is not None and not {ADD, REMOVE} & set(value)):
        yield from _bare(f"{what} takes an object with add and remove, not {json_type(value)}", value, items, WRAPPED)
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
            yield _other_key(what, key, value)
        elif not isinstance(part, list):
            message = f"{key} of {what} takes an array, not {json_type(part)}"
            for each in _bare(message, part, items, BRACKETED, "array-expected"):
                yield each.below(key)
        else:
            problem = too_many(key, len(part)) if too_many else None
            if problem:
                yield problem.below(key)
            for index, found, name in _array_by_item(what, part, items, identity):
                for each in found:
                    yield each.below(key)
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


def _other_key(what: str, key: str, value: Mapping[str, object]) -> Problem:
    near = [each for each in nearest(key, (ADD, REMOVE)) if each not in value]
    meant = f"did you mean {as_json(near[0])}?" if near else 'write "add" or "remove"'
    fix = ValueFix(False, "write the key that exists", as_json(near[0])) if near else None
    return Problem("delta-key", f"{what} takes add and remove, not {as_json(key)}", meant, (key,), "key", fix=fix)


def _plain_array(
    what: str,
    value: object,
    items: ItemProblems,
    identity: Identity,
    too_many: Callable[[str, int], Problem | None] | None,
) -> Iterator[Problem]:
    message = f"{what} takes a plain array when a record is created, not {json_type(value)}"
    if isinstance(value, dict) and identity(value) is None:
        note = "add and remove are for updates"
        text = as_json(value["add"]) if list(value) == [ADD] and isinstance(value[ADD], list) else "[…]"
        hint = f"write {text if len(text) <= LONGEST_HINT else '[…]'}; {note}"
        yield Problem("array-expected", message, hint, redacted_hint=f"write […]; {note}")
        return
    if not isinstance(value, list):
        yield from _bare(message, value, items, BRACKETED, "array-expected")
        return
    if not value:
        yield Problem("no-op", f"{what} is an empty array, which sets nothing", "leave it out", severity="warning")
    problem = too_many("", len(value)) if too_many else None
    if problem:
        yield problem
    yield from _array(what, value, items, identity)


def _bare(
    message: str, value: object, items: ItemProblems, around: str, rule: str = "delta-expected"
) -> Iterator[Problem]:
    """One item where an array or a delta is expected. What the hint says to write is right in itself."""
    note = ADDS if around == WRAPPED else ""
    blind = f"write {around.replace(KEPT, '…')}{note}"
    found = list(items(value))
    # A hint that asks is not to be relied on, and stands for itself.
    certain = len(found) == 1 and found[0].hint.startswith("write ") and not found[0].path
    text = found[0].fix.text if certain and found[0].fix else KEPT
    if isinstance(value, dict | str) and (not found or text != KEPT):
        whole = around.replace(KEPT, text)
        hint = f"write {whole.replace(KEPT, as_json(value))}{note}"
        fix = ValueFix(False, "write what the field takes", whole)
        yield Problem(rule, message, hint, fix=fix, redacted_hint=blind)
        return
    yield Problem(rule, message, blind)
    if isinstance(value, dict | str):
        yield from found


def _array_for_delta(what: str, value: list[object], items: ItemProblems) -> Problem:
    message = f"{what} takes an object with add and remove, not an array"
    if not value:
        hint = 'an empty array does not clear it; write {"remove": […]} to take values away'
        return Problem("delta-expected", message, hint)
    text = WRAPPED.replace(f"[{KEPT}]", as_json(value))
    if len(text) > LONGEST_HINT or any(True for item in value for _ in items(item)):
        text = WRAPPED.replace(KEPT, "…")
    return Problem(
        "delta-expected",
        message,
        f"write {text}{ADDS}",
        fix=ValueFix(False, "add the values of the array", f'{{"add": {KEPT}}}'),
        redacted_hint=f"write {WRAPPED.replace(KEPT, '…')}{ADDS}",
    )


def _array(what: str, value: list[object], items: ItemProblems, identity: Identity) -> Iterator[Problem]:
    for _, found, _ in _array_by_item(what, value, items, identity):
        yield from found


def _array_by_item(
    what: str, value: list[object], items: ItemProblems, identity: Identity
) -> Iterator[tuple[int, list[Problem], str | None]]:
    """For each item its problems, that it stands here a second time included, and what makes it the same as another."""
    first: dict[str, int] = {}
    for index, item in enumerate(value):
        found = [problem.below(index) for problem in items(item)]
        name = _meaning(item, found, identity)
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
        yield index, found, name


def _meaning(item: object, found: list[Problem], identity: Identity) -> str | None:
    """What an item can only mean: a label names the same as its key does."""
    for problem in found:
        if problem.fix and problem.fix.safe and isinstance(item, str):
            import json

            return str(json.loads(problem.fix.text))
    return identity(item)
