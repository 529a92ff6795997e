"""Ways into the package that its users do not have."""

from __future__ import annotations

from typing import Any

import pytest

from recordlint import ObjectDefinition, Operation, Validator
from recordlint.body.top_level import body_problems
from recordlint.checking.body_checker import BodyChecker
from recordlint.checking.rows import RowChecker
from recordlint.contract.operations import find_operation
from recordlint.definitions.target import Claim, Target
from recordlint.problems.pointers import Path


def body_checker(validator: Validator, object: str | None = None, operation: Operation = "update") -> BodyChecker:
    return validator.checkers.get(Claim(object, find_operation(operation)))


def target_of(definition: ObjectDefinition, operation: Operation = "update") -> Target:
    return Target(definition, find_operation(operation))


def rows_of(validator: Validator, object: str | None = None, operation: Operation = "update") -> RowChecker:
    return RowChecker(validator.checkers, Claim(object, find_operation(operation)))


def require_no_hidden_problem(checker: BodyChecker, body: Any) -> None:
    """Fail where a problem is never reported, because the clean schema takes the value that has it."""
    reported = [] if checker.is_clean(body) else checker.problems(body)
    for problem in body_problems(checker.target, body):
        if problem not in reported:
            part = _schema_of(checker.target, problem.path)
            pytest.fail(f"{problem.rule} is never reported at {problem.path}: narrow `clean` of {part}", pytrace=False)


def _schema_of(target: Target, path: Path) -> str:
    """What has the schema of the value at this path of a body: a field type, or a file of spec/."""
    field = target.object.by_property.get(str(path[1])) if len(path) > 1 and path[0] == "properties" else None
    if field:
        return field.data_type
    return {"owner": "owner.json", "owners": "owner.json", "followers": "followers.json"}.get(
        str(path[0]) if path else "", "body.json"
    )
