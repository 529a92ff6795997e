"""Texts nested past the deepest level are refused, however they are looked at."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint.jsontext import parse as module
from recordlint.jsontext.parse import DEEPEST, Unreadable, too_deep, verify

TEXTS = st.text('[]{}"\\a,', max_size=6)


def nested(levels: list[tuple[bool, str]]) -> str:
    value: Any = 1
    for is_array, text in levels:
        value = [value, text, []] if is_array else {text: value, f"{text}x": text}
    return json.dumps(value)


@given(
    st.integers(0, 3).flatmap(
        lambda more: st.lists(st.tuples(st.booleans(), TEXTS), min_size=DEEPEST - 2 + more, max_size=DEEPEST - 2 + more)
    )
)
def test_each_level_counts(levels: list[tuple[bool, str]]) -> None:
    text = nested(levels)
    if too_deep(text) is None:
        verify(text.encode())
    else:
        with pytest.raises(Unreadable):
            verify(text.encode())


def test_a_large_text_is_not_looked_at_bracket_by_bracket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "too_deep", None)
    verify(json.dumps([{"a": ["]]" * 10, '[{"\\', {}]}] * 1_000).encode())
