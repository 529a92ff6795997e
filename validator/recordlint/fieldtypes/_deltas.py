"""Fields with several values: `{"add": […], "remove": […]}` on update, a plain array on create (documented)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from recordlint.contract.operations import Operation
from recordlint.fieldtypes._halves import ADD, REMOVE
from recordlint.fieldtypes._items import (
    Identity,
    Item,
    ItemProblems,
    certain_text,
    distinct,
    item_problems,
    read_items,
    text_identity,
    written,
)
from recordlint.problems.pointers import Path
from recordlint.problems.problem import KEPT, Problem, ValueFix
from recordlint.rules.notes import ARRAY_REFUSED, REPLACE_REFUSED, WIPED
from recordlint.violations import LISTED_AT_MOST
from recordlint.wording.phrases import as_json, json_type

WRAPPED: Final = f'{{"add": [{KEPT}]}}'
BRACKETED: Final = f"[{KEPT}]"
ADDS: Final = "; this adds to the stored values and replaces none"
FOR_UPDATES: Final = "; add and remove are for updates"
LONGEST_HINT: Final = 120

TooMany = Callable[[str, int], Problem | None]
"""The problem of an array under `add`, `remove` or, on create, `""`, by how many different values it has."""
Split = Callable[[str], Sequence[str] | None]
"""The values that a text lists, such as `web, ios`; None where it is no list."""
Unwrap = Callable[[Mapping[str, object]], Sequence[object] | None]
"""The items that an object of another shape holds; None where it holds none."""


class _Kind(NamedTuple):
    """What a field of several values holds."""

    what: str
    items: ItemProblems
    identity: Identity
    meant: Identity
    too_many: TooMany | None
    split: Split | None
    unwrap: Unwrap | None
    example: str
    is_field: bool


def delta_problems(
    what: str,
    value: object,
    operation: Operation,
    items: ItemProblems,
    identity: Identity = text_identity,
    too_many: TooMany | None = None,
    split: Split | None = None,
    unwrap: Unwrap | None = None,
    *,
    meant: Identity,
    example: str,
    is_field: bool = True,
) -> Iterator[Problem]:
    """What is wrong with the value of a field with several values, in words.

    Args:
        what: the field's name as messages say it.
        value: the payload's value for it, not null.
        operation: decides between delta and array.
        items: the problems of one item.
        identity: what makes two items the same; None for an item that cannot be compared.
        too_many: the problem of too many values.
        split: the values that a text lists.
        unwrap: the items that an object of another shape holds.
        meant: the name of what is to be written for an item of another form; None where that is not certain.
        example: an item as JSON text, for hints that can only show the form.
        is_field: whether it is a property: what the service does was seen with these.
    """
    kind = _Kind(what, items, identity, meant, too_many, split, unwrap, example, is_field)
    if operation.multi_value == "array":
        yield from _plain_array(kind, value)
    elif isinstance(value, list):
        yield from _array_for_delta(kind, value)
    elif not isinstance(value, dict) or _is_no_delta(kind, value):
        message = f"{what} takes an object with add and remove, not {_shape(kind, value)}"
        note = WIPED if is_field and isinstance(value, str | bool) else ""
        yield from _bare(kind, message, value, WRAPPED, half=ADD, note=note)
    else:
        if _changes_nothing(value):
            # The empty object, or the one empty array in it.
            path = tuple(value) if len(value) == 1 else ()
            yield Problem("no-op", f"{what} adds nothing and removes nothing", "leave it out", path, severity="warning")
        yield from _halves(kind, value)


def _is_no_delta(kind: _Kind, value: Mapping[str, object]) -> bool:
    """Whether an object is not meant as a delta at all: it is one item, or holds items in another shape."""
    if not value or value.keys() & {ADD, REMOVE}:
        return False
    return kind.identity(value) is not None or _unwrapped(kind, value) is not None


def _unwrapped(kind: _Kind, value: object) -> Sequence[object] | None:
    """The items of an object of another shape: a list with its indices as keys, or what the field's type knows."""
    if not isinstance(value, dict) or not value:
        return None
    if all(key.isdecimal() for key in value):
        return list(value.values())
    return kind.unwrap(value) if kind.unwrap else None


def _shape(kind: _Kind, value: object) -> str:
    if isinstance(value, dict):
        return "a single item" if kind.identity(value) is not None else "an object with other keys"
    return json_type(value)


def _changes_nothing(value: Mapping[str, object]) -> bool:
    """Whether a delta is empty, or has only empty arrays."""
    return not any(part != [] for part in value.values()) and value.keys() <= {ADD, REMOVE}


def _halves(kind: _Kind, value: Mapping[str, object]) -> Iterator[Problem]:
    """The problems of each key of a delta and of what is under it."""
    listed: list[Item] = []
    words = partial(_other_key, kind, value)
    for number, (key, part) in enumerate(value.items()):
        if key not in (ADD, REMOVE):
            is_first = number < LISTED_AT_MOST
            yield words((key,)) if is_first else Problem("delta-key", "", "", (key,), "key", words=words)
        elif isinstance(part, list):
            half = read_items(part, (key,), kind.items, kind.identity, kind.meant)
            yield from [each.below(key) for each in _excess(kind, key, half)]
            listed += half
        elif part is None:
            yield _null_half(kind, key, value)
        else:
            message = f"{key} in {kind.what} must be an array, not {json_type(part)}"
            for problem in _bare(kind, message, part, BRACKETED, "array-expected", half=key):
                yield problem.below(key)
    yield from item_problems(kind.what, listed)


def _excess(kind: _Kind, part: str, items: Sequence[Item]) -> list[Problem]:
    problem = kind.too_many(part, distinct(items)) if kind.too_many else None
    return [problem] if problem else []


def _null_half(kind: _Kind, key: str, value: Mapping[str, object]) -> Problem:
    message = f"{key} in {kind.what} must be an array, not null"
    hint = "leave it out" if any(value.values()) else f"leave {kind.what} out"
    return Problem("array-expected", message, hint, (key,))


def _other_key(kind: _Kind, value: Mapping[str, object], path: Path) -> Problem:
    from recordlint.wording.suggestions import nearest

    key = str(path[-1])
    near = [each for each in nearest(key, (ADD, REMOVE)) if each not in value]
    hint = f"did you mean {as_json(near[0])}?" if near else 'write "add" or "remove": the service takes no other key'
    fix = ValueFix(safe=False, description="write the key that exists", text=as_json(near[0])) if near else None
    message = f"{kind.what} takes only add and remove, not {as_json(key)}"
    note = REPLACE_REFUSED if kind.is_field and key in ("set", "replace") else ""
    return Problem("delta-key", message, hint, (key,), "key", fix=fix, note=note)


def _plain_array(kind: _Kind, value: object) -> Iterator[Problem]:
    message = f"{kind.what} takes a plain array in a new record, not {json_type(value)}"
    if isinstance(value, dict) and value.keys() & {ADD, REMOVE}:
        yield from _delta_for_array(kind, message, value)
    elif not isinstance(value, list):
        yield from _bare(kind, message, value, BRACKETED, "array-expected", half="")
    else:
        if not value:
            message = f"{kind.what} is an empty array, which sets nothing"
            yield Problem("no-op", message, "leave it out", severity="warning")
        listed = read_items(value, (), kind.items, kind.identity, kind.meant)
        yield from _excess(kind, "", listed)
        yield from item_problems(kind.what, listed)


def _delta_for_array(kind: _Kind, message: str, value: Mapping[str, object]) -> Iterator[Problem]:
    """A delta in a new record, which can only add."""
    added = value.get(ADD)
    if added in (None, "", []):
        hint = "leave it out: it adds nothing" if ADD in value else "leave it out: a new record has nothing to remove"
        yield Problem("array-expected", message, hint)
        return
    if not isinstance(added, list):
        problem, *others = _bare(kind, message, added, BRACKETED, "array-expected", half="")
        if others:
            yield Problem("array-expected", message, f"write an array, such as {BRACKETED.replace(KEPT, kind.example)}")
        else:
            hint, fix = problem.hint.replace(KEPT, as_json(added)), problem.fix and problem.fix._replace(keep=(ADD,))
            yield problem._replace(hint=hint, fix=fix)
        return
    listed = read_items(added, (ADD,), kind.items, kind.identity, kind.meant)
    excess = _excess(kind, "", listed)
    text, form = "" if excess else _array_text(listed), f"write the array of add alone{FOR_UPDATES}"
    fix = ValueFix(safe=list(value) == [ADD], description="write the array of add alone", text=KEPT, keep=(ADD,))
    yield Problem(
        "array-expected",
        message,
        f"write {text}{FOR_UPDATES}" if text else form,
        fix=fix,
        redacted_hint=form,
    )
    yield from [each.below(ADD) for each in excess]
    yield from item_problems(kind.what, listed)


def _array_for_delta(kind: _Kind, value: list[object]) -> Iterator[Problem]:
    message = f"{kind.what} takes an object with add and remove, not an array"
    note = ARRAY_REFUSED if kind.is_field else ""
    if not value:
        clear = "write null to clear the field" if kind.is_field else "write the values to remove under remove"
        yield Problem("delta-expected", message, f"leave it out, or {clear}: an empty array changes nothing", note=note)
        return
    listed = read_items(value, (), kind.items, kind.identity, kind.meant)
    excess = _excess(kind, ADD, listed)
    text, form = "" if excess else _array_text(listed), f"put the array under add{ADDS}"
    yield Problem(
        "delta-expected",
        message,
        f'write {{"add": {text}}}{ADDS}' if text else form,
        fix=ValueFix(safe=False, description="add the values of the array", text=f'{{"add": {KEPT}}}'),
        redacted_hint=form,
        note=note,
    )
    yield from excess
    yield from item_problems(kind.what, listed)


def _array_text(items: Sequence[Item]) -> str:
    """The array to write, without repeats; empty if an item is not certain, or if it is long."""
    texts: dict[str, None] = {}
    length = 0
    for item in items:
        text = written(item)
        if text is None:
            return ""
        if text not in texts:
            texts[text] = None
            length += len(text) + len(", ")
            if length > LONGEST_HINT:
                return ""
    return f"[{', '.join(texts)}]"


def _bare(
    kind: _Kind,
    message: str,
    value: object,
    around: str,
    rule: str = "delta-expected",
    *,
    half: str,
    note: str = "",
) -> Iterator[Problem]:
    """Something else instead of an array or a delta. What the hint says to write passes as it is."""
    after, form = (ADDS, "an object with add and remove") if around == WRAPPED else ("", "an array")
    example = f"write {form}, such as {around.replace(KEPT, kind.example)}"
    meant, problems = _meant(kind, value, half)
    if meant is None:
        yield Problem(rule, message, example, note=note)
        if isinstance(value, str) or kind.identity(value) is not None:
            # That an item has another shape is what the first problem says.
            yield from [each for each in problems if each.path or each.rule != "file-shape"]
        return
    whole = around.replace(KEPT, ", ".join(meant))
    verb = "put it in this form:" if problems and meant == [KEPT] else "write"
    yield Problem(
        rule,
        message,
        f"{verb} {whole}{after}" if len(whole) <= LONGEST_HINT else f"write {form} with these values{after}",
        fix=ValueFix(safe=False, description="write what the field takes", text=whole),
        redacted_hint=example,
        note=note,
    )
    yield from [each for each in problems if each.severity == "warning"]


def _parts(kind: _Kind, value: object) -> Sequence[object] | None:
    """The items that a text lists, in words or as JSON, or that an object of another shape holds."""
    if not isinstance(value, str):
        return _unwrapped(kind, value)
    listed = _listed_as_json(kind, value)
    return listed if listed is not None or kind.split is None else kind.split(value)


def _listed_as_json(kind: _Kind, text: str) -> Sequence[object] | None:
    """The items of an array, an item or a delta whose JSON text stands in a string; none where it removes any."""
    if text.strip()[:1] not in ("[", "{"):
        return None
    from recordlint.jsontext.parse import Unreadable, read_json

    try:
        value = read_json(text.encode())
    except (Unreadable, UnicodeEncodeError):
        return None
    if isinstance(value, dict):
        value = value[ADD] if list(value) == [ADD] else [value] if kind.identity(value) is not None else []
    return value if isinstance(value, list) else []


def _meant(kind: _Kind, value: object, half: str) -> tuple[Sequence[str] | None, Sequence[Problem]]:
    """The items to write for a value, as JSON text or `KEPT`, or None; and the problems of the value as one item."""
    parts = _parts(kind, value)
    if parts is not None:
        listed = read_items(parts, (half,) if half else (), kind.items, kind.identity, kind.meant)
        texts = [written(item) for item in listed]
        excess = [each for each in _excess(kind, half, listed) if each.severity == "error"]
        known = list(dict.fromkeys(text for text in texts if text is not None))
        return (known if known and None not in texts and not excess else None), ()
    problems = list(kind.items(value, half))
    text = certain_text(problems) if problems else None
    if text is not None:
        return [text], ()
    is_right = all(each.severity == "warning" for each in problems) and isinstance(value, dict | str)
    return ([KEPT] if is_right else None), problems
