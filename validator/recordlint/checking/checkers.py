"""A validator's body checkers: one for each object and operation, made when it is first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from recordlint.checking.body_checker import BodyChecker
from recordlint.contract.operations import UPDATE
from recordlint.definitions.model import PREFIX, ObjectDefinition
from recordlint.definitions.reading import ReadDefinitions
from recordlint.definitions.target import Claim, Target
from recordlint.errors import DefinitionError, DefinitionFault, UnknownObject, UsageError, WrongType

Arguments = tuple[tuple[ObjectDefinition, ...], str, Mapping[str, str], str | None]


class Checkers:
    """What a validator judges by. Immutable but for the checkers that it makes, and it can be pickled.

    Attributes:
        objects: the definitions by key.
        engine: the engine's name.
        severity: by rule, where it is another than the rule's own.
        phone_region: of bodies whose claim has none; None for no region.
        made: the checkers so far, by object key (None for the only object), operation name and region.
    """

    def __init__(
        self,
        objects: Iterable[ObjectDefinition],
        engine: str,
        severity: Mapping[str, str],
        phone_region: str | None = None,
    ) -> None:
        self.objects: Final = _by_key(objects)
        self.engine: Final = engine
        self.severity: Final = severity
        self.phone_region: Final = phone_region
        self.made: Final[dict[tuple[str | None, str, str | None], BodyChecker]] = {}

    def __reduce__(self) -> tuple[type[Checkers], Arguments]:
        return Checkers, (tuple(self.objects.values()), self.engine, self.severity, self.phone_region)

    def get(self, claim: Claim) -> BodyChecker:
        """The checker of bodies for a claim; without an object it is for the only one, without an operation for update.

        Raises:
            UnknownObject: no definition has this key.
            UsageError: no object is named where several are defined.
        """
        operation = claim.operation or UPDATE
        region = claim.phone_region or self.phone_region
        checker = self.made.get((claim.object, operation.name, region))
        if checker is None:
            definition = self.require(self.only() if claim.object is None else claim.object)
            checker = BodyChecker(Target(definition, operation, region), self.engine)
            for key in (claim.object, definition.key):
                self.made[key, operation.name, region] = checker
        return checker

    def require(self, key: str) -> ObjectDefinition:
        """The definition of an object.

        Raises:
            UnknownObject: there is none; its text names the nearest that there is.
        """
        if not isinstance(key, str):
            raise WrongType(f"require takes an object's key, such as custom_objects.ticket, not {type(key).__name__}")
        definition = self.objects.get(key)
        if definition is None:
            raise UnknownObject(key, f"there is no definition of {key}; {self.nearest(key)}")
        return definition

    def only(self) -> str:
        """The key of the only object.

        Raises:
            UsageError: there is none, or more than one.
        """
        if len(self.objects) != 1:
            raise UsageError(f"say which object the bodies are for: {' or '.join(self.objects) or 'none is defined'}")
        (key,) = self.objects
        return key

    def nearest(self, key: str) -> str:
        """What to say of a key that has no definition: the nearest that have, or all."""
        from recordlint.wording.suggestions import nearest

        known = {each.removeprefix(PREFIX): each for each in self.objects}
        near = nearest(key.removeprefix(PREFIX), known)
        if near:
            return f"did you mean {' or '.join(known[each] for each in near)}?"
        return f"use {' or '.join(self.objects)}" if self.objects else "no object is defined"


def _by_key(objects: Iterable[ObjectDefinition]) -> Mapping[str, ObjectDefinition]:
    if isinstance(objects, ReadDefinitions):
        return {each.key: each for each in objects}
    from recordlint.definitions.verify import definition_faults, verify_definition

    if not isinstance(objects, Iterable):
        name = type(objects).__name__
        raise WrongType(
            f"Validator takes a list of ObjectDefinitions, not {name}; Validator.from_path reads their files"
        )
    definitions: dict[str, ObjectDefinition] = {}
    faults: list[DefinitionFault] = []
    for each in map(verify_definition, objects):
        faults += definition_faults(each)
        if each.key in definitions:
            faults.append(DefinitionFault(each.path, "", f"{each.key} is defined twice; keep one"))
        definitions[each.key] = each
    if faults:
        raise DefinitionError(faults)
    return definitions
