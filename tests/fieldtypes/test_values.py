"""Wrong values of each type with all that is said of them, and the text after the safe fixes and after all fixes."""

from __future__ import annotations

from typing import Any

import pytest

from field_values import CASES, outcome


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['field']} {case['value'][:60]}")
def test_what_is_said_of_a_value(case: dict[str, Any]) -> None:
    field, value = case["field"], case["value"]
    assert {"field": field, "value": value, **outcome(field, value)} == case
