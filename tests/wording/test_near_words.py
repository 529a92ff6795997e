"""Which words a word may be a typo of: those that a look at each would find, without one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import THOROUGH
from recordlint.wording import near_words
from recordlint.wording.look_alikes import are_different
from recordlint.wording.near_words import COMPARED_AT_MOST, LONG, NearWords, TooManyAlike
from recordlint.wording.suggestions import Choices

WORDS = st.text("abc", min_size=1, max_size=10)
LISTS = st.lists(WORDS, max_size=40, unique=True)


def edits(one: str, other: str) -> int:
    """The edits between two words by the book: the distance of optimal string alignment."""
    rows = [[*range(len(other) + 1)]]
    for row, letter in enumerate(one, 1):
        rows.append([row])
        for column, against in enumerate(other, 1):
            least = min(rows[-2][column] + 1, rows[-1][-1] + 1, rows[-2][column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                least = min(least, rows[-3][column - 2] + 1)
            rows[-1].append(least)
    return rows[-1][-1]


def near_by_a_look_at_each(words: list[str], shortest: int, word: str) -> dict[str, int]:
    near = {}
    for known in words:
        count, allowed = edits(word, known), 1 if len(known) < LONG else 2
        if known[0] == word[0] and len(known) >= shortest and 0 < count <= allowed and not are_different(word, known):
            near[known] = count
    return near


@THOROUGH
@given(LISTS, st.sampled_from([4, 5]), WORDS, st.data())
def test_the_index_finds_what_a_look_at_each_finds(words: list[str], shortest: int, word: str, data: Any) -> None:
    index = NearWords(words, shortest)
    for each in (word, *([data.draw(st.sampled_from(words))] if words else [])):
        assert dict(index.near(each)) == near_by_a_look_at_each(words, shortest, each)


def near_names_by_a_look_at_each(names: list[str], text: str) -> list[str]:
    """The names of which each word is one of the text's, or near to it, with the fewest edits."""
    scored: dict[str, int] = {}
    words = text.split()
    for name in names:
        pairs = [*zip(words, name.split(), strict=False)]
        near = [0 if one == other else near_by_a_look_at_each([other], 4, one).get(other) for one, other in pairs]
        counts = [each for each in near if each is not None]
        if len(counts) == len(words) == len(name.split()):
            scored[name] = sum(counts)
    same = [name for name in names if name.replace(" ", "") == text.replace(" ", "")]
    return same or [name for name, count in scored.items() if count == min(scored.values())]


NAMES = st.lists(st.text("ab", min_size=3, max_size=9), min_size=1, max_size=3).map(" ".join)


@THOROUGH
@given(st.lists(NAMES, max_size=20, unique=True), NAMES)
def test_the_nearest_names_are_those_that_a_look_at_each_finds(names: list[str], text: str) -> None:
    assert Choices((name, name) for name in names).near(text) == near_names_by_a_look_at_each(names, text)


@pytest.mark.parametrize("length", [8, 12])
def test_words_that_are_all_alike_are_not_compared_one_by_one(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    counted = near_words._edits

    def count(one: str, other: str, allowed: int) -> int:
        compared.append(other)
        return counted(one, other, allowed)

    monkeypatch.setattr(near_words, "_edits", count)
    alike = [f"a{letter}{other}{'x' * (length - 3)}" for letter in "bcdefghijklmnopq" for other in "bcdefghijklmnopq"]
    assert len(alike) > COMPARED_AT_MOST
    with pytest.raises(TooManyAlike):
        NearWords(alike, 5).near(f"abb{'x' * (length - 4)}y")
    assert compared == []
    NearWords(alike[:5], 5).near(f"abb{'x' * (length - 4)}y")
    assert len(compared) == 5


def test_nothing_is_suggested_for_a_text_with_a_word_that_is_like_too_many() -> None:
    alike = [f"a{letter}{other}xxxxxx" for letter in "bcdefghijklmnopq" for other in "bcdefghijklmnopq"]
    choices = Choices((f"{word} group", word) for word in [*alike, "other"])
    assert choices.near("othre group") == ["other"]
    assert choices.near("abbxxxxxy group") == []
    assert choices.near("abbxxxxxx othre") == []
    assert choices.near("abbxxxxxx gruop") == ["abbxxxxxx"]
    assert choices.near("ABBXXXXXX group") == ["abbxxxxxx"]
