"""What is wrong with a parsed body: nothing, decided in microseconds, or every problem in words.

A body that its object's clean schema takes is done. Any other is looked at closely: the words of its problems
come from `body`, and every value that the contract schema refuses has an error, named or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from recordlint.engines import Engine, make_engine
from recordlint.objects import DELTA_TYPES, ObjectDefinition
from recordlint.schema import clean_schema, contract_schema
from recordlint.violations import Operation, Path, Problem

_USERS: Final = ("owner", "owners", "followers")


class Judge:
    """Bodies of one object and operation. Its schemas are made ready when they are first needed.

    Attributes:
        definition: the object's.
        operation: `update` or `create`.
    """

    def __init__(self, definition: ObjectDefinition, operation: Operation, engine: str) -> None:
        self.definition: Final = definition
        self.operation: Final = operation
        self._engine: Final = engine
        self._clean: Final = make_engine(engine, clean_schema(definition, operation)).holds
        self._deltas: Final = {
            field.key: field.data_type == "FILE_UPLOAD" for field in definition.fields if field.data_type in DELTA_TYPES
        }

    @cached_property
    def _contract(self) -> Engine:
        return make_engine(self._engine, contract_schema(self.definition, self.operation))

    def accepts(self, body: Any) -> bool:
        """Whether there is nothing at all to report."""
        return self._clean(body) and not self._repeats(body)

    def _repeats(self, body: Mapping[str, Any]) -> bool:
        """Whether a clean body names a value in both halves of a delta, or one file twice."""
        for key in _USERS:
            delta = body.get(key)
            if type(delta) is dict and len(delta) == 2 and not set(delta["add"]).isdisjoint(delta["remove"]):
                return True
        properties = body.get("properties")
        if not properties:
            return False
        for key, files in self._deltas.items():
            delta = properties.get(key)
            if not delta:
                continue
            parts = list(delta.values()) if type(delta) is dict else [delta]
            if files:
                urls = [item["url"] for part in parts for item in part]
                if len(urls) > 1 and len(set(urls)) < len(urls):
                    return True
            elif len(parts) == 2 and not set(parts[0]).isdisjoint(parts[1]):
                return True
        return False

    def look_closely(self, body: Any) -> list[Problem]:
        """All problems of a body, with an error for every value that the contract refuses."""
        from recordlint.body import body_problems

        problems = list(body_problems(self.definition, body, self.operation))
        refusals = self._contract.refusals(body)
        if refusals:
            named = {problem.path for problem in problems if problem.severity == "error"}
            above = {path[:length] for path in named for length in range(len(path))}
            unnamed = {
                refusal.path: refusal
                for refusal in refusals
                if refusal.path not in above and not any(path in named for path in _upward(refusal.path))
            }
            problems += [
                Problem("contract", f"this breaks the contract ({refusal.keyword})", path=refusal.path)
                for refusal in unnamed.values()
            ]
        return problems


def _upward(path: Path) -> Iterator[Path]:
    """The path itself and all that lead to it."""
    return (path[:length] for length in range(len(path), -1, -1))
