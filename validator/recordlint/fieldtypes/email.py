"""E-mail: an e-mail address (published)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from recordlint.contract.operations import Operation
from recordlint.contract.spec_files import Schema, field_type
from recordlint.definitions.model import Field
from recordlint.definitions.target import Target

if TYPE_CHECKING:
    from recordlint.problems.problem import Problem


def schema(field: Field, operation: Operation) -> Schema:
    """The contract: `spec/field-types/email.json`."""
    return field_type("email")


def clean(field: Field, operation: Operation) -> Schema:
    """A plain ASCII address with a top-level domain."""
    return field_type("email", "clean")


def problems(field: Field, value: object, target: Target) -> Iterator[Problem]:
    """What is wrong with a value, in words."""
    from recordlint.fieldtypes._email_problems import email_problems

    return email_problems(field, value)
