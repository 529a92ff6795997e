"""Fields with several values: `{"add": […], "remove": […]}` on update, a plain array on create (documented)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema
from recordlint.violations import KEPT, Mention, Problem, ValueFix
from recordlint.wording.phrases import as_json, json_type
from recordlint.wording.suggestions import nearest

ADD: Final = "add"
REMOVE: Final = "remove"

WRAPPED: Final = f'{{"add": [{KEPT}]}}'
BRACKETED: Final = f"[{KEPT}]"
ADDS: Final = "; this adds to the stored values and replaces none"
LONGEST_HINT: Final = 60

ItemProblems = Callable[[object], Iterator[Problem]]
Identity = Callable[[object], str | None]
TooMany = Callable[[str, int], Problem | None]


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
    too_many: TooMany | None = None,
) -> Iterator[Problem]:
    """What is wrong with the value of a field with several values, in words.

    Args:
        what: the field's name as messages say it.
        value: the payload's value for it, not null.
        operation: decides between delta and array.
        items: yields the problems of one item.
        identity: what makes two items the same; None for an item that cannot be compared.
        too_many: the problem of an array under `add`, `remove` or, on create, `""`, by its length.
    """
    if operation.multi_value == "array":
        yield from _plain_array(what, value, items, identity, too_many)
    elif isinstance(value, list):
        yield _array_for_delta(what, value, items)
        yield from _array(what, value, items, identity)
    elif not isinstance(value, dict) or (identity(value) is not None and not {ADD, REMOVE} & set(value)):
        yield from _bare(f"{what} takes an object with add and remove, not {json_type(value)}", value, items, WRAPPED)
    else:
        if _changes_nothing(value):
            # The empty object, or the one empty array in it.
            path = tuple(value) if len(value) == 1 else ()
            yield Problem("no-op", f"{what} adds nothing and removes nothing", "leave it out", path, severity="warning")
        yield from _halves(what, value, items, identity, too_many)


def _changes_nothing(value: Mapping[str, object]) -> bool:
    """Whether a delta is empty, or has only empty arrays."""
    return value.keys() <= {ADD, REMOVE} and all(part == [] for part in value.values())


def _halves(
    what: str, value: Mapping[str, object], items: ItemProblems, identity: Identity, too_many: TooMany | None
) -> Iterator[Problem]:
    """The problems of each key of a delta and of what is under it."""
    seen: dict[str, tuple[str, int]] = {}
    for key, part in value.items():
        if key not in (ADD, REMOVE):
            yield _other_key(what, key, value)
        elif not isinstance(part, list):
            message = f"{key} in {what} must be an array, not {json_type(part)}"
            for problem in _bare(message, part, items, BRACKETED, "array-expected"):
                yield problem.below(key)
        else:
            excess = too_many(key, len(part)) if too_many else None
            if excess:
                yield excess.below(key)
            for index, problems, name in _array_by_item(what, part, items, identity):
                for problem in problems:
                    yield problem.below(key)
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
        "keep it in either add or remove",
        later,
        related=(Mention(first),),
    )


def _other_key(what: str, key: str, value: Mapping[str, object]) -> Problem:
    near = [each for each in nearest(key, (ADD, REMOVE)) if each not in value]
    hint = f"did you mean {as_json(near[0])}?" if near else 'write "add" or "remove"'
    fix = ValueFix(safe=False, description="write the key that exists", text=as_json(near[0])) if near else None
    return Problem("delta-key", f"{what} takes only add and remove, not {as_json(key)}", hint, (key,), "key", fix=fix)


def _plain_array(
    what: str, value: object, items: ItemProblems, identity: Identity, too_many: TooMany | None
) -> Iterator[Problem]:
    message = f"{what} takes a plain array in a new record, not {json_type(value)}"
    if isinstance(value, dict) and identity(value) is None:
        note = "add and remove are for updates"
        text = as_json(value[ADD]) if list(value) == [ADD] and isinstance(value[ADD], list) else "[…]"
        hint = f"write {text if len(text) <= LONGEST_HINT else '[…]'}; {note}"
        yield Problem("array-expected", message, hint, redacted_hint=f"write […]; {note}")
        return
    if not isinstance(value, list):
        yield from _bare(message, value, items, BRACKETED, "array-expected")
        return
    if not value:
        yield Problem("no-op", f"{what} is an empty array, which sets nothing", "leave it out", severity="warning")
    excess = too_many("", len(value)) if too_many else None
    if excess:
        yield excess
    yield from _array(what, value, items, identity)


def _bare(
    message: str, value: object, items: ItemProblems, around: str, rule: str = "delta-expected"
) -> Iterator[Problem]:
    """One item instead of an array or a delta. What the hint says to write passes as it is."""
    note = ADDS if around == WRAPPED else ""
    redacted_hint = f"write {around.replace(KEPT, '…')}{note}"
    problems = list(items(value))
    # A hint that asks a question is no certain correction, so that problem is reported by itself.
    certain = len(problems) == 1 and problems[0].hint.startswith("write ") and not problems[0].path
    text = problems[0].fix.text if certain and problems[0].fix else KEPT
    if isinstance(value, dict | str) and (not problems or text != KEPT):
        whole = around.replace(KEPT, text)
        hint = f"write {whole.replace(KEPT, as_json(value))}{note}"
        fix = ValueFix(safe=False, description="write what the field takes", text=whole)
        yield Problem(rule, message, hint, fix=fix, redacted_hint=redacted_hint)
        return
    yield Problem(rule, message, redacted_hint)
    if isinstance(value, dict | str):
        yield from problems


def _array_for_delta(what: str, value: list[object], items: ItemProblems) -> Problem:
    message = f"{what} takes an object with add and remove, not an array"
    if not value:
        hint = 'write {"remove": […]} to remove values; an empty array does not clear the field'
        return Problem("delta-expected", message, hint)
    text = WRAPPED.replace(f"[{KEPT}]", as_json(value))
    if len(text) > LONGEST_HINT or any(True for item in value for _ in items(item)):
        text = WRAPPED.replace(KEPT, "…")
    return Problem(
        "delta-expected",
        message,
        f"write {text}{ADDS}",
        fix=ValueFix(safe=False, description="add the values of the array", text=f'{{"add": {KEPT}}}'),
        redacted_hint=f"write {WRAPPED.replace(KEPT, '…')}{ADDS}",
    )


def _array(what: str, value: list[object], items: ItemProblems, identity: Identity) -> Iterator[Problem]:
    for _, problems, _ in _array_by_item(what, value, items, identity):
        yield from problems


def _array_by_item(
    what: str, value: list[object], items: ItemProblems, identity: Identity
) -> Iterator[tuple[int, list[Problem], str | None]]:
    """For each item its index, its problems (a repeated value included), and what makes it the same as another."""
    first: dict[str, int] = {}
    for index, item in enumerate(value):
        problems = [problem.below(index) for problem in items(item)]
        name = _meaning(item, problems, identity)
        if name is not None and first.setdefault(name, index) != index:
            problems.append(
                Problem(
                    "delta-duplicate",
                    f"{what} has this value twice in one array",
                    "keep only one of them",
                    (index,),
                    related=(Mention((first[name],)),),
                )
            )
        yield index, problems, name


def _meaning(item: object, problems: list[Problem], identity: Identity) -> str | None:
    """The identity of an item, or of what its safe fix writes: a label is the same as its key."""
    for problem in problems:
        if problem.fix and problem.fix.safe and isinstance(item, str):
            import json

            return str(json.loads(problem.fix.text))
    return identity(item)
