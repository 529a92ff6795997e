"""The items of a delta or an array: what is wrong with each, and which of them name one value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from recordlint.problems.named_tuples import new
from recordlint.problems.pointers import Path
from recordlint.problems.problem import KEPT, Mention, Problem, ValueFix
from recordlint.violations import LISTED_AT_MOST
from recordlint.wording.phrases import as_json


class ItemProblems(Protocol):
    """The problems of one item of `add`, of `remove`, or of a new record's array, which is `""`.

    Where it is `brief`, problems that are dear to word may lack their words: all but rule, path, part and severity.
    They are as many, either all lack their words or none does, and no safe fix and no empty text is among those.
    """

    def __call__(self, item: object, half: str, /, *, brief: bool = False) -> Iterable[Problem]: ...


Identity = Callable[[object], str | None]
"""What makes two items the same; None for an item that cannot be compared."""


class Item(NamedTuple):
    """One item, where it stands, and what it means."""

    path: Path
    value: object
    problems: Sequence[Problem]
    """By paths from the item; items with the same value may share them."""
    name: str | None
    """What makes it the same as another; None where it cannot be compared."""
    is_exact: bool
    """False where a safe fix writes the name instead of it: a label is the same as its key."""
    meant: str | None = None
    """Of an item that cannot be compared, the name of what its hint tells to write."""

    def placed(self) -> Iterator[Problem]:
        """The problems by paths from the field's value, as `path` is."""
        for problem in self.problems:
            yield problem.below(*self.path)


def text_identity(item: object) -> str | None:
    """What makes two ids or option keys the same: their text."""
    return item if isinstance(item, str) else None


def _text(fix: str) -> str:
    """The text that a fix writes. Of all that imports this module, only what fixes an odd key needs json."""
    if fix[:1] == '"' and "\\" not in fix:
        return fix[1:-1]
    import json

    return str(json.loads(fix))


def read_items(
    array: Sequence[object], path: Path, items: ItemProblems, identity: Identity, meant: Identity
) -> list[Item]:
    """The items of an array that `path` leads to. What is found of a text or a whole number holds for its repeats."""
    in_brief: dict[tuple[Problem, ...], tuple[Problem, ...]] = {}

    def with_later_words(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Problems of an item, which get their words if they are listed."""
        words = partial(_whole, items, array, half)
        later = [partial(words, number, len(each.path)) for number, each in enumerate(problems)]
        return tuple([each._replace(words=words) for each, words in zip(problems, later, strict=True)])

    listed = []
    half = str(path[0]) if path else ""
    count = 0
    known: dict[tuple[type, object], tuple[tuple[Problem, ...], str | None, bool, str | None]] = {}
    for index, value in enumerate(array):
        kind = type(value)
        said = known.get((kind, value)) if kind is str or kind is int else None
        if said:
            problems, name, is_exact, other = said
        else:
            problems = tuple(items(value, half, brief=count >= LISTED_AT_MOST))
            if count >= LISTED_AT_MOST and problems and not problems[0].message:
                # Most items have the same ones.
                problems = in_brief.get(problems) or in_brief.setdefault(problems, with_later_words(problems))
            renamed = _new_name(problems) if problems and isinstance(value, str) else None
            name, is_exact = (identity(value), True) if renamed is None else (renamed, False)
            other = meant(value) if name is None else None
            if kind is str or kind is int:
                known[kind, value] = problems, name, is_exact, other
        count += len(problems)
        listed.append(new(Item, ((*path, index), value, problems, name, is_exact, other)))
    return listed


def _whole(items: ItemProblems, array: Sequence[object], half: str, number: int, depth: int, path: Path) -> Problem:
    """One of an item's problems in words: its number among them, how deep in the item it is, and its whole path."""
    return list(items(array[int(path[-1 - depth])], half))[number]


def _new_name(problems: Iterable[Problem]) -> str | None:
    """The text that a safe fix of these problems writes for the whole item."""
    for problem in problems:
        if problem.fix is not None and problem.fix.safe and not problem.path:
            return _text(problem.fix.text)
    return None


def written(item: Item) -> str | None:
    """The JSON text to write for an item; None where that is not certain."""
    if not item.problems:
        return as_json(item.value)
    text = certain_text([each.with_words() for each in item.placed()], item.path)
    return text and text.replace(KEPT, as_json(item.value))


def certain_text(problems: Sequence[Problem], path: Path = ()) -> str | None:
    """What to write for a value with these problems; None where a hint only asks, or does not say all of it."""
    first, *others = problems
    if not others and first.path == path and first.fix and first.hint.startswith("write "):
        return first.fix.text
    return None


def item_problems(what: str, items: Sequence[Item]) -> Iterator[Problem]:
    """The problems of all items of a delta or an array, repeated values included."""
    names = [name for item in items if (name := item.meant if item.name is None else item.name) is not None]
    if len({*names}) == len(names):
        for item in items:
            for problem in item.problems:
                yield problem.below(*item.path)
        return
    first: dict[str, Item] = {}
    exact: dict[tuple[Path, str], Item] = {}
    in_both: set[str] = set()
    arrays = [item.path[:-1] for item in items]
    for item, array in zip(items, arrays, strict=True):
        name = item.name
        if name is not None:
            earlier = first.setdefault(name, item)
            if earlier is not item and earlier.path[:-1] != array:
                in_both.add(name)
            if item.is_exact:
                exact.setdefault((array, name), item)
    ones: dict[tuple[Path, str], Item] = {}
    repeats = 0
    for item, array in zip(items, arrays, strict=True):
        name = item.meant if item.name is None else item.name
        if name is None:
            yield from item.placed()
            continue
        # Of the same items in an array, the one that stays.
        one = exact.get((array, name)) or ones.setdefault((array, name), item)
        if one is item:
            is_in_both = item.name is not None and name in in_both
            # Where a value is added and removed, that is what is wrong with its label too.
            if item.is_exact or not is_in_both:
                yield from item.placed()
            if is_in_both and first[name].path[:-1] != array:
                earlier = first[name]
                yield _overlap(what, exact.get((earlier.path[:-1], name), earlier), item)
        elif item.name is not None and item.is_exact:
            yield from item.placed()
            repeats += 1
            yield _duplicate(what, one, item, brief=repeats > LISTED_AT_MOST)
        else:
            yield from [_beside_its_key(each, one, item) for each in item.placed()]


def distinct(items: Iterable[Item]) -> int:
    """How many different values there are."""
    names = [item.name for item in items]
    return len({name for name in names if name is not None}) + names.count(None)


def _overlap(what: str, first: Item, later: Item) -> Problem:
    return Problem(
        "delta-overlap",
        f"{what} both adds and removes this value",
        "keep it in either add or remove",
        later.path,
        related=(Mention(first.path),),
    )


def _duplicate(what: str, first: Item, later: Item, *, brief: bool = False) -> Problem:
    """The problem of a value that is in the array before; if `brief`, without its words, unless it is an empty text."""
    if brief and later.value != "":

        def words(_: Path) -> Problem:
            return _duplicate(what, first, later)

        return new(Problem, ("delta-duplicate", "", "", later.path, "value", "warning", (), None, None, "", words))
    is_same = first.value == later.value
    return Problem(
        "delta-duplicate",
        f"{what} has this value twice in one array",
        "leave out the later one" if is_same else "which of the two names is right? Keep only that file",
        later.path,
        severity="warning",
        related=(Mention(first.path),),
        fix=ValueFix(safe=True, description="leave out the later one", drops=True) if is_same else None,
    )


def _beside_its_key(problem: Problem, key: Item, item: Item) -> Problem:
    """The problem of a label in an array that has its key too, or of another form of what is there."""
    if problem.words is not None:

        def words(_: Path) -> Problem:
            return _beside_its_key(problem.with_words(), key, item)

        return problem._replace(words=words)
    if problem.path != item.path or problem.fix is None:
        return problem
    hint = f"leave it out: the same {'value' if item.name is None else 'option'} is in this array already"
    fix = ValueFix(problem.fix.safe, "leave out what is there already", drops=True)
    rule, message, _, path, part, severity, _, _, _, note, _ = problem
    return Problem(rule, message, hint, path, part, severity, (Mention(key.path, "the same is here"),), fix, None, note)
