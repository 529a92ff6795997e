"""Number: a finite double, no boolean, no numeric string (documented)."""

from __future__ import annotations

from collections.abc import Iterator

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type
from recordlint.definitions.model import Field, title
from recordlint.definitions.target import Target
from recordlint.violations import Problem


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/numerical.json`."""
    return field_type("numerical")


def clean(field: Field, operation: Operation) -> Schema:
    """The same, asked in another way, which takes less time."""
    return field_type("numerical", "clean")


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._numbers import not_a_number

    problem = not_a_number(title(field), value)
    if problem:
        yield problem
