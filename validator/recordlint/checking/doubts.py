"""Where a body is not clean: its frame and each property's value are judged by schemas of their own.

To ask about each property takes a fraction of the time that an engine's errors of the whole take.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from recordlint.body.overlaps import delta_overlaps, names_file_twice
from recordlint.body.properties import PROPERTIES
from recordlint.body.schema import clean_frame, clean_property
from recordlint.contract.engines import Engine, make_engine
from recordlint.definitions.target import Target
from recordlint.violations import Path


class Doubts:
    """Finds what is doubtful in bodies of one object and operation. A property's schema is made ready when needed."""

    def __init__(self, target: Target, engine: str) -> None:
        self._target: Final = target
        self._engine: Final = engine
        self._frame: Final = make_engine(engine, clean_frame(target))
        self._properties: Final[dict[str, Engine]] = {}
        self._takes: Final[dict[str, Callable[[Any], bool]]] = {}

    def paths(self, body: Any) -> list[Path]:
        """The properties that are unknown, not clean or name a thing twice, and what else the clean schema refuses."""
        doubts: list[Path] = []
        if not self._frame.is_valid(body):
            doubts += [refusal.path for refusal in self._frame.iter_errors(body)]
        properties = body.get(PROPERTIES) if type(body) is dict else None
        if type(properties) is dict:
            takes = self._takes
            for name, value in properties.items():
                # Called for each property of each wrong row.
                if not (takes[name] if name in takes else self._prepared(name))(value):
                    doubts.append((PROPERTIES, name))
        return doubts

    def _prepared(self, name: str) -> Callable[[Any], bool]:
        """What takes the clean values of a property; it is kept. A key that is no property has none."""
        if name not in self._target.object.by_property:
            return _takes_nothing
        engine = self._properties[name] = make_engine(self._engine, clean_property(self._target, name))
        deltas = self._target.object.deltas
        takes = engine.is_valid
        if name in deltas:
            takes = _with_overlaps(takes, holds_files=deltas[name])
        self._takes[name] = takes
        return takes

    def within(self, path: Path, body: Any) -> list[Path]:
        """The smallest refused parts of a property's value, given the property's path."""
        if len(path) == 2 and path[1] in self._properties:
            value = body[PROPERTIES][path[1]]
            if isinstance(value, dict | list):
                return [(*path, *refusal.path) for refusal in self._properties[path[1]].iter_errors(value)]
        return [path]


def _with_overlaps(takes: Callable[[Any], bool], *, holds_files: bool) -> Callable[[Any], bool]:
    """What takes clean values that do not name a thing twice."""
    if holds_files:
        return lambda value: takes(value) and not (value and names_file_twice(value))
    return lambda value: takes(value) and (value is None or len(value) < 2 or not delta_overlaps(value))


def _takes_nothing(value: Any) -> bool:
    return False
