"""Where a body is not clean: its frame and each property's value are judged by schemas of their own.

To ask about each property takes a fraction of the time that an engine's errors of the whole take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from recordlint.body.hidden import hides_of
from recordlint.body.schema import clean_frame, clean_property, contract_property, usual_frame, usual_property
from recordlint.contract.engines import Engine, make_engine
from recordlint.contract.operations import PROPERTIES, USERS
from recordlint.contract.spec_files import Schema
from recordlint.definitions.target import Target
from recordlint.fieldtypes import Hides
from recordlint.fieldtypes._halves import ADD, REMOVE

if TYPE_CHECKING:
    from recordlint.problems.pointers import Path

_MANY: Final = 100


class Doubts:
    """Finds what is doubtful in bodies of one object and operation. A property's schema is made ready when needed."""

    def __init__(self, target: Target, engine: str) -> None:
        self._target: Final = target
        self._engine: Final = engine
        self._takes_frame: Callable[[Any], bool] = self._takes_usual_frame()
        self._properties: Final[dict[str, Engine]] = {}
        self._contracts: Final[dict[str, Engine]] = {}
        self._engines: Final[dict[str, Engine]] = {}
        self._takes: Final[dict[str, Callable[[Any], bool]]] = {}

    def paths(self, body: Any) -> list[Path]:
        """The properties that are unknown, not clean, or hide a problem, and what else the clean schema refuses."""
        doubts: list[Path] = []
        if not self._takes_frame(body):
            long = _long_users(body) if type(body) is dict else {}
            doubts += [refusal.path for refusal in self._frame.iter_errors({**body, **long} if long else body)]
            doubts += [(key,) for key in long]
        properties = body.get(PROPERTIES) if type(body) is dict else None
        if type(properties) is dict:
            takes = self._takes
            for name, value in properties.items():
                # Called for each property of each wrong row.
                if not (takes.get(name) or self._prepared(name))(value):
                    doubts.append((PROPERTIES, name))
        return doubts

    @cached_property
    def _frame(self) -> Engine:
        return make_engine(self._engine, clean_frame(self._target))

    def _takes_usual_frame(self) -> Callable[[Any], bool]:
        """Asks the schema of usual frames, until one is not: for a body or two, the other is never made ready."""
        is_usual = make_engine(self._engine, usual_frame(self._target)).is_valid

        def takes(body: Any) -> bool:
            if is_usual(body):
                return True
            self._takes_frame = self._frame.is_valid
            return self._takes_frame(body)

        return takes

    def takes(self, name: str, value: Any) -> bool:
        """Whether a value of a property is clean."""
        return (self._takes.get(name) or self._prepared(name))(value)

    def _prepared(self, name: str) -> Callable[[Any], bool]:
        """What takes the clean values of a property; it is kept. A key that is no property has none."""
        field = self._target.object.by_property.get(name)
        if field is None:
            return _takes_nothing
        usual = usual_property(self._target, name)
        hides = hides_of(field)
        self._takes[name] = self._takes_usual(name, usual, hides) if usual else self._takes_clean(name, hides)
        return self._takes[name]

    def _takes_usual(self, name: str, usual: Schema, hides: Hides | None) -> Callable[[Any], bool]:
        """Asks the schema of usual values, until one is not: for a body or two, the other is never made ready."""
        is_usual = self._made(usual).is_valid

        def takes(value: Any) -> bool:
            if is_usual(value):
                return not (hides and hides(value))
            self._takes[name] = self._takes_clean(name, hides)
            return self._takes[name](value)

        return takes

    def _takes_clean(self, name: str, hides: Hides | None) -> Callable[[Any], bool]:
        takes = self._property(name).is_valid
        return _and_not(takes, hides) if hides else takes

    def _property(self, name: str) -> Engine:
        if name not in self._properties:
            self._properties[name] = self._made(clean_property(self._target, name))
        return self._properties[name]

    def _contract_of(self, name: str) -> Engine:
        if name not in self._contracts:
            self._contracts[name] = self._made(contract_property(self._target, name))
        return self._contracts[name]

    def _made(self, schema: Schema) -> Engine:
        """The engine of a schema. Most properties of a wide object have one of a few schemas."""
        text = repr(schema)
        if text not in self._engines:
            self._engines[text] = make_engine(self._engine, schema)
        return self._engines[text]

    def may_refuse(self, path: Path, body: Any, named: Set[Path]) -> bool:
        """Whether the contract may refuse more of a property's value, or of something else, than what is named.

        To ask about the rest of a value takes a fraction of the time that all refusals take.

        Args:
            path: the property's, or that of something else.
            body: what it is in.
            named: the paths of errors, and of items that are there before, which count once.
        """
        if not self._is_property(path):
            return True
        name, value = str(path[1]), body[PROPERTIES][path[1]]
        if not isinstance(value, dict | list):
            return not self._contract_of(name).is_valid(value)
        parts = _parts(value, path, named)
        # Most that is not named is clean, and that schema is ready.
        return not all(map(self._property(name).is_valid, parts)) and not all(
            map(self._contract_of(name).is_valid, parts)
        )

    def _is_property(self, path: Path) -> bool:
        return len(path) == 2 and path[0] == PROPERTIES and path[1] in self._target.object.by_property

    def within(self, path: Path, body: Any, named: Set[Path]) -> list[Path]:
        """The smallest refused parts of a property's value, or of users.

        Args:
            path: the property's, or the users'.
            body: what it is in.
            named: the paths of errors.
        """
        if self._is_property(path):
            value = body[PROPERTIES][path[1]]
            if not isinstance(value, dict | list):
                return [path]
            return [(*path, *refusal.path) for refusal in self._property(str(path[1])).iter_errors(value)]
        if len(path) == 1 and path[0] in _long_users(body) and any(each[:1] == path for each in named):
            # An error of one id says nothing of the others; one of a half is one of all that is in it.
            users = body[path[0]]
            if isinstance(users, dict):
                users = {half: part for half, part in users.items() if (*path, half) not in named}
            return [each.path for each in self._frame.iter_errors({**body, path[0]: users}) if each.path[:1] == path]
        return [path]


def _long_users(body: Mapping[str, Any]) -> dict[str, Any]:
    """Each of the `USERS` of a body that has many, with none: their refusals one by one would take long to list."""
    return {key: {} for key in USERS if key in body and _count(body[key]) > _MANY}


def _count(value: object) -> int:
    if isinstance(value, dict):
        return sum(len(half) for half in value.values() if isinstance(half, list))
    return len(value) if isinstance(value, list) else 0


def _parts(value: Any, path: Path, named: Set[Path]) -> list[Any]:
    """What is right of an array or a delta, if nothing but what is named is wrong: values that the schema has to take.

    Items with errors are left out, since an error in an array is one of the array too. Where the array has an error of
    its own, such as too many items, each of its items stands alone. A member of an object is left out with its error.
    """
    if isinstance(value, list):
        others = list(_others(value, path, named))
        return [[item] for item in others] if path in named else [others] if others or not value else []
    whole: dict[str, Any] = {}
    alone: list[Any] = []
    for key, part in value.items():
        is_half = key in (ADD, REMOVE) and isinstance(part, list)
        if (*path, key) not in named:
            others = list(_others(part, (*path, key), named)) if isinstance(part, list) else part
            if others or not part:
                whole[key] = others
        elif is_half:
            alone += [{key: [item]} for item in _others(part, (*path, key), named)]
    return [whole, *alone] if whole or not value else alone


def _others(items: list[Any], path: Path, named: Set[Path]) -> Iterator[Any]:
    """The items without errors, and what is right of those with members that have some."""
    for index, item in enumerate(items):
        at = (*path, index)
        if at in named:
            continue
        if type(item) is not dict:
            yield item
            continue
        members = {key: each for key, each in item.items() if (*at, key) not in named}
        if members or not item:
            yield members


def _and_not(takes: Callable[[Any], bool], hides: Hides) -> Callable[[Any], bool]:
    return lambda value: takes(value) and not hides(value)


def _takes_nothing(value: Any) -> bool:
    return False
