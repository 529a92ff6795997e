"""The problems of clean bodies: those that JSON Schema cannot say, such as a value that is both added and removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from recordlint.contract.operations import USERS
from recordlint.definitions.model import Field, ObjectDefinition
from recordlint.fieldtypes import Hides, field_type
from recordlint.fieldtypes._halves import delta_overlaps
from recordlint.jsontext.parse import is_beyond

LEVEL: Final = 2
"""How deep the value of a property is nested."""


def hides_of(field: Field) -> Hides | None:
    """Whether a clean value of a field has a problem all the same; None where it cannot have any."""
    return field_type(field.data_type).hides(field) if field.known else None


def hiding_properties(definition: ObjectDefinition) -> Mapping[str, Hides]:
    """Whether a clean value has a problem, by property, for those where one can have any."""
    checks = {field: hides_of(field) for field in definition.fields}
    return {key: hides for field, hides in checks.items() if hides for key in field.properties}


def body_hides(definition: ObjectDefinition, hiding: Mapping[str, Hides]) -> Callable[[Any], bool]:
    """A function of a clean body: whether it has a problem, or a value that no JSON document may have.

    Args:
        definition: the object's.
        hiding: the object's, by `hiding_properties`.
    """
    checks = tuple(hiding.items())
    unjudged = tuple([key for key, field in definition.by_property.items() if not field.known])

    # Called for each of millions of bodies, so it is fast rather than short.
    def hides_problem(body: Any) -> bool:
        properties = body.get("properties") or {}
        if len(body) > 1 or not properties:
            for key in USERS:
                if key in body and delta_overlaps(body[key]):
                    return True
        for key, hides in checks:
            if key in properties and hides(properties[key]):
                return True
        for key in unjudged:  # noqa: SIM110 - the same
            if key in properties and is_beyond(properties[key], LEVEL):
                return True
        return False

    return hides_problem
