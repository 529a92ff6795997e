"""Which texts are the same to a person."""

from __future__ import annotations

import pytest

from recordlint.wording.normalize import canonical, fold_key, is_same_label, normalize, trim, without_emoji
from recordlint.wording.phrases import either, json_type


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Large \t –\u00a0VERY ", "large-very"),
        ("Straße", "strasse"),
        ("‐‑‒–—―−", "-------"),
        ("‘a’ “b”", "'a'\"b\""),
        ("Blue / green&red", "blue/green&red"),
        ("€5 +", "€5+"),
        ("A+", "a+"),
        ("Cafe\u0301", "caf\u00e9"),
        ("\u2764\ufe0f Love", "\u2764love"),
        ("Sea\u00a0view\u200b", "sea view"),
        # A vowel sign is part of its letter.
        (
            "\u0939\u093f\u0928\u094d\u0926\u0940 \u092d\u093e\u0937\u093e",
            "\u0939\u093f\u0928\u094d\u0926\u0940 \u092d\u093e\u0937\u093e",
        ),
        # Full-width letters are other letters.
        ("\uff21\uff22", "\uff41\uff42"),
    ],
)
def test_normalize(text: str, expected: str) -> None:
    assert normalize(text) == expected


def test_quotes_can_be_kept() -> None:
    assert normalize("Don’t – KNOW", quotes=False) == "don’t-know"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pool 🏊", "pool"),
        ("🏊 Pool", "pool"),
        ("Pool🏊deck", "pool deck"),
        ("🇫🇷 French", "french"),
        ("👨‍👩‍👧 Family", "family"),
        ("❤ Love", "love"),
        ("👍🏽", "👍🏽"),
        # Stars, arrows, numbers and letters count.
        ("★★ Inn", "★★inn"),
        ("↑ Up", "↑up"),
        ("1️⃣ First", "1\u20e3 first"),
        ("Ⓜ Metro", "ⓜmetro"),
        ("C ♯", "c♯"),
        ("⚅ Dice", "⚅dice"),
        ("A ➕", "a➕"),
        ("✘ Paid", "✘paid"),
    ],
)
def test_without_emoji(text: str, expected: str) -> None:
    assert without_emoji(text, normalize(text)) == expected


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("Pool 🏊", "pool", True),
        ("Pool", "🏊 POOL", True),
        ("Pool 🏊", "🏊 Pool", True),
        ("✅ Open", "❌ Open", False),
        ("⭐⭐ Inn", "⭐⭐⭐ Inn", False),
        ("🇸🇦 Arabic", "🇦🇸 Arabic", False),
        ("👩‍🍳 Cook", "cook", True),
        ("C", "C♯", False),
        ("Don’t", "don't", False),
        ("A+", "A-", False),
        ("A+", "a +", True),
    ],
)
def test_is_same_label(label: str, text: str, expected: bool) -> None:
    assert is_same_label(label, text) is expected


def test_a_key_keeps_its_case_in_its_canonical_form_and_loses_it_when_folded() -> None:
    assert canonical("Cafe\u0301\ufe0f") == "Caf\u00e9"
    assert fold_key("CAFE\u0301 ") == "caf\u00e9 "
    assert trim("\u200b a b\u00a0\ufeff") == "a b"


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
