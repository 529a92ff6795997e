"""What is wrong with a parsed body: nothing, decided in microseconds, or every problem in words.

A body that its object's clean schema takes is done. Any other is looked at closely: the words of its problems
come from `body`, and every value that the contract schema refuses has an error, named or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from recordlint.engines import Engine, Refusal, make_engine
from recordlint.fieldtypes._deltas import repeats
from recordlint.objects import ObjectDefinition
from recordlint.schema import clean_schema, contract_schema
from recordlint.violations import Operation, Problem

_NOTHING: Final[Mapping[str, Any]] = {}
_USERS: Final = ("owner", "owners", "followers")


class Judge:
    """Bodies of one object and operation. Its schemas are made ready when they are first needed.

    Attributes:
        definition: the object's.
        operation: `update` or `create`.
        holds: whether a body is clean, but for what `repeats` finds.
    """

    def __init__(self, definition: ObjectDefinition, operation: Operation, engine: str) -> None:
        self.definition: Final = definition
        self.operation: Final = operation
        self._several: Final = tuple([key for key, files in definition.deltas.items() if not files])
        self._files: Final = tuple([key for key, files in definition.deltas.items() if files])
        self._engine: Final = engine
        self._clean: Final = make_engine(engine, clean_schema(definition, operation))
        self.holds: Final = self._clean.holds

    @cached_property
    def _contract(self) -> Engine:
        return make_engine(self._engine, contract_schema(self.definition, self.operation))

    def accepts(self, body: Any) -> bool:
        """Whether there is nothing at all to report."""
        return self.holds(body) and not self.repeats(body)

    def repeats(self, body: Mapping[str, Any]) -> bool:
        """Whether a clean body names a value in both halves of a delta, or one file twice."""
        properties = body.get("properties", _NOTHING)
        if self.operation == "update":
            # Written out twice: this is done for each of millions of bodies.
            for key in _USERS:
                if key in body and len(delta := body[key]) > 1:
                    one, other = delta.values()
                    if one[0] in other if len(one) == 1 else not set(one).isdisjoint(other):
                        return True
            for key in self._several:
                if key in properties and (delta := properties[key]) and len(delta) > 1:
                    one, other = delta.values()
                    if one[0] in other if len(one) == 1 else not set(one).isdisjoint(other):
                        return True
        for key in self._files:  # noqa: SIM110 - a generator costs more than the rest
            if key in properties and (files := properties[key]) and repeats(files, True):
                return True
        return False

    def look_closely(self, body: Any) -> list[Problem]:
        """All problems of a body, with an error for every value that the contract refuses."""
        from recordlint.body import body_problems

        doubts = self._clean.refusals(body)
        doubtful = {path[1] if path[0] == "properties" and len(path) > 1 else path[0] for path, _ in doubts if path}
        problems = list(body_problems(self.definition, body, self.operation, doubtful))
        # What the contract refuses is among what the clean schema refuses, which the tests show.
        if _unnamed(doubts, problems):
            problems += [
                Problem("contract", f"this breaks the contract ({refusal.keyword})", path=refusal.path)
                for refusal in _unnamed(self._contract.refusals(body), problems)
            ]
        return problems


def _unnamed(refusals: list[Refusal], problems: list[Problem]) -> list[Refusal]:
    """The refused values that have no error, nor anything in them, nor anything that they are in."""
    named = {problem.path for problem in problems if problem.severity == "error"}
    rest = {refusal.path: refusal for refusal in refusals if refusal.path not in named}
    if not rest:
        return []
    above = {path[:length] for path in named for length in range(len(path))}
    return [
        refusal
        for path, refusal in rest.items()
        if path not in above and not any(path[:length] in named for length in range(len(path)))
    ]
