"""Of whatever body, over all field types: what a hint tells to write is right, and a fix only ever helps."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bodies import FIELDS, NEAR_MISSES, OBJECTS, THOROUGH, Operation, cases
from hints import require_that_hints_pass
from recordlint import Validator, Violation
from recordlint.contract.spec_files import field_types


@cache
def validator(region: str | None = None) -> Validator:
    return Validator(OBJECTS, phone_region=region)


REGIONS = st.sampled_from([None, "US", "GB", "IT"])


@THOROUGH
@given(cases(), REGIONS)
def test_what_a_hint_tells_to_write_raises_nothing(case: tuple[str, Operation, Any], region: str | None) -> None:
    key, operation, body = case

    def check(data: bytes) -> Sequence[Violation]:
        return validator(region).check_json(data, object=key, operation=operation).violations

    require_that_hints_pass(json.dumps(body).encode(), check)


@THOROUGH
@given(cases(), REGIONS)
def test_each_fix_alone_leaves_less(case: tuple[str, Operation, Any], region: str | None) -> None:
    """No fix that is applied brings a violation, and no safe one leads to a body that is refused for its value."""
    key, operation, body = case
    report = validator(region).check_json(json.dumps(body), object=key, operation=operation)
    before = Counter((each.rule, each.severity) for each in report.violations)
    for unsafe in (False, True):
        fixed = report.fixed(unsafe=unsafe)
        after = validator(region).check_json(fixed, object=key, operation=operation)
        left = Counter((each.rule, each.severity) for each in after.violations)
        # Where a field is moved under properties, what is wrong with its value takes the place of that.
        assert left <= before or (("flat-body", "error") in before and left.total() <= before.total())
        assert not [each for each in after.violations if each.fix and each.fix.safe], "what is safe is applied"


def test_every_field_type_has_wrong_values_here() -> None:
    assert {field.data_type for field in FIELDS} == set(field_types()) == set(NEAR_MISSES)
