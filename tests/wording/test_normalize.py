"""Which texts are the same to a person."""

from __future__ import annotations

import pytest

from recordlint.wording.normalize import normalize
from recordlint.wording.phrases import either, json_type


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Large \t –\u00a0VERY ", "large - very"),
        ("Straße", "strasse"),
        ("‐‑‒–—―−", "-------"),
        ("‘a’ “b”", "'a' \"b\""),
    ],
)
def test_normalize(text: str, expected: str) -> None:
    assert normalize(text) == expected


def test_quotes_can_be_kept() -> None:
    assert normalize("Don’t – KNOW", quotes=False) == "don’t - know"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "a boolean"),
        (False, "a boolean"),
        ("", "a string"),
        ({}, "an object"),
        ([], "an array"),
        (0, "a number"),
        (0.5, "a number"),
    ],
)
def test_json_type(value: object, expected: str) -> None:
    assert json_type(value) == expected


@pytest.mark.parametrize(("items", "expected"), [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")])
def test_either(items: list[str], expected: str) -> None:
    assert either(items) == expected
