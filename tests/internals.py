"""Ways into the package that users have not."""

from __future__ import annotations

from recordlint import ObjectDefinition, Operation, Validator
from recordlint.checking.body_checker import BodyChecker
from recordlint.checking.rows import RowChecker
from recordlint.checking.validator import row_checker
from recordlint.contract.operations import find_operation
from recordlint.definitions.target import Claim, Target


def body_checker(validator: Validator, object: str | None = None, operation: Operation = "update") -> BodyChecker:
    return validator._checkers.get(Claim(object, find_operation(operation)))


def target_of(definition: ObjectDefinition, operation: Operation = "update") -> Target:
    return Target(definition, find_operation(operation))


def rows_of(validator: Validator, object: str | None = None, operation: Operation = "update") -> RowChecker:
    return row_checker(validator, Claim(object, find_operation(operation)))
