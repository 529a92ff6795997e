"""What is wrong with a parsed body: nothing, decided in microseconds, or every problem in words.

A body that its object's clean schema accepts is done. Any other is looked at closely: the words of its problems
come from `body`, and every value that the contract schema refuses has an error, named or not.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from recordlint.body.hidden import body_hides, hiding_properties
from recordlint.body.schema import clean_schema, contract_schema
from recordlint.contract.engines import COMPILED, Engine, Refusal, make_engine
from recordlint.contract.operations import PROPERTIES
from recordlint.definitions.target import Claim, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Set

    from recordlint.checking.doubts import Doubts
    from recordlint.contract.spec_files import Schema
    from recordlint.definitions.model import Field
    from recordlint.fieldtypes import Hides
    from recordlint.problems.pointers import Path, Step
    from recordlint.problems.problem import Problem

WIDE: Final = 5_000
"""An object with more properties is wide: only those that bodies have are made ready."""
FEW: Final = 100
"""How many bodies are judged in parts at first. A part costs little to compile, and each body costs a little more."""


class BodyChecker:
    """Bodies of one object and operation. Its schemas are made ready when they are first needed.

    Attributes:
        target: what bodies are judged by.
        claim: the same, by name.
    """

    def __init__(self, target: Target, engine: str) -> None:
        self.target: Final = target
        self.claim: Final = Claim(target.object.key, target.operation, target.phone_region)
        self._engine: Final = engine
        # The reference makes a whole schema ready in less time than the parts of one.
        self._in_parts = FEW if engine == COMPILED else 0

    @cached_property
    def clean(self) -> Schema:
        """The schema of clean bodies, except for what `hides_problem` finds."""
        return clean_schema(self.target)

    @cached_property
    def is_valid(self) -> Callable[[Any], bool]:
        """Whether a body is clean by that schema."""
        # To compile the schemas of 100,000 properties takes seconds, in which nothing answers a signal.
        is_wide = len(self.target.object.by_property) > WIDE
        return self._is_valid_in_parts if is_wide else make_engine(self._engine, self.clean).is_valid

    @cached_property
    def hiding(self) -> Mapping[str, Hides]:
        """Whether a clean value has a problem all the same, by property, where one can have any."""
        return hiding_properties(self.target.object)

    @cached_property
    def hides_problem(self) -> Callable[[Any], bool]:
        """Whether a clean body has a problem all the same."""
        return body_hides(self.target.object, self.hiding)

    @cached_property
    def _contract(self) -> Engine:
        return make_engine(self._engine, contract_schema(self.target))

    def is_clean(self, body: Any) -> bool:
        """Whether there is nothing at all to report."""
        if self._in_parts > 0:
            self._in_parts -= 1
            return self._is_valid_in_parts(body) and not self._hides_around(body)
        return self.is_valid(body) and not self.hides_problem(body)

    def takes(self, name: str, value: Any) -> bool:
        """Whether there is nothing to report about the value of a property."""
        return self._doubts.takes(name, value)

    def _is_valid_in_parts(self, body: Any) -> bool:
        """Whether a body is clean, asked of its frame and of each of its properties, with what their values hide."""
        return not self._doubts.paths(body)

    @cached_property
    def _hides_around(self) -> Callable[[Any], bool]:
        """Whether a body hides a problem beside those of its values."""
        return body_hides(self.target.object, {})

    @cached_property
    def _doubts(self) -> Doubts:
        from recordlint.checking.doubts import Doubts

        return Doubts(self.target, self._engine)

    @cached_property
    def _find(self) -> Callable[[Target, Any, Set[Step]], Iterable[Problem]]:
        from recordlint.body.top_level import body_problems

        return body_problems

    @cached_property
    def _find_in_value(self) -> Callable[[Field, str, Any, Target], Iterable[Problem]]:
        from recordlint.body.properties import problems_of

        return problems_of

    def problems(self, body: Any) -> list[Problem]:
        """All problems of a body, with an error for every value that the contract refuses."""
        doubts = self._doubts.paths(body)
        doubtful = {path[1] if path[0] == "properties" and len(path) > 1 else path[0] for path in doubts if path}
        return self._with_unnamed(list(self._find(self.target, body, doubtful)), doubts, body)

    def value_problems(self, field: Field, key: str, value: Any) -> list[Problem]:
        """The problems of a property's value that is not clean: those of a body that has nothing else."""
        problems = list(self._find_in_value(field, key, value, self.target))
        path = (PROPERTIES, key)
        if problems and problems[0].path == path and problems[0].severity == "error":
            return problems  # An error of the whole value, as most are.
        return self._with_unnamed(problems, [path], {PROPERTIES: {key: value}})

    def _with_unnamed(self, problems: list[Problem], doubts: list[Path], body: Any) -> list[Problem]:
        """Problems, and an error for each other value that the contract refuses; there is none but for a fault of ours.

        Args:
            problems: those of a body.
            doubts: what the clean schema refuses in it, and more.
            body: the body.
        """
        named = {problem.path for problem in problems if problem.severity == "error"}
        # An error of a whole value is one of all that is in it.
        doubts = [path for path in doubts if path not in named]
        if not doubts:
            return problems
        repeated = {problem.path for problem in problems if problem.rule == "delta-duplicate"}
        passed = named | repeated if repeated else named
        doubts = [path for path in doubts if self._doubts.may_refuse(path, body, passed)]
        doubts = [part for path in doubts for part in self._doubts.within(path, body, named)]
        # What the contract refuses is among what the clean schema refuses, which the tests show.
        if _unnamed(doubts, problems) and not self._contract.is_valid(body):
            from recordlint.problems.problem import Problem

            refusals = self._contract.iter_errors(body)
            keywords = {each.path: each.keyword for each in refusals if not _is_named_elsewhere(each, problems)}
            problems += [
                Problem("contract", f"this breaks the contract ({keywords[path]})", path=path)
                for path in _unnamed(keywords, problems)
            ]
        return problems


def _is_named_elsewhere(refusal: Refusal, problems: list[Problem]) -> bool:
    """Whether a problem at another place says why the contract refuses a value."""
    if refusal.keyword == "maxItems":
        # A limit counts different values, which JSON Schema cannot say.
        return any(each.rule == "delta-duplicate" and each.path[:-1] == refusal.path for each in problems)
    # What is missing may be there under a wrong key, or in the wrong place.
    return refusal.keyword == "required" and any(each.part == "key" and each.severity == "error" for each in problems)


def _unnamed(refused: Iterable[Path], problems: list[Problem]) -> list[Path]:
    """The refused values that have no error, nor anything in them, nor anything that they are in."""
    named = {problem.path for problem in problems if problem.severity == "error"}
    unnamed = [path for path in refused if path not in named]
    if not unnamed:
        return []
    named |= {each.path for problem in problems if problem.severity == "error" for each in problem.related}
    above = {path[:length] for path in named for length in range(len(path))}
    return [
        path
        for path in dict.fromkeys(unnamed)
        if path not in named and path not in above and not any(path[:length] in named for length in range(len(path)))
    ]
