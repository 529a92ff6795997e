"""The words of a list that another word may be a typo of, found without a look at each."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from recordlint.wording.look_alikes import are_different, differing
from recordlint.wording.words import is_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LONG: Final = 8
"""Letters of a word that can have two typos."""
COMPARED_AT_MOST: Final = 128
"""How many words a word is compared with; where more are like it, nothing is said of it."""
_LISTS_AT_MOST: Final = 1_024
"""How many lists of words are looked at to find these. One word is in up to fifteen."""
_BEGINNING: Final = 7
"""Letters of a word's beginning that are looked up. The rest is compared afterwards."""
_ALPHABETS_END: Final = "\u2e80"
"""Where scripts begin of which one letter is a word."""

Stump = tuple[str, ...]
"""The beginning of a word without its first letter, and without some of the others."""


class TooManyAlike(Exception):
    """So many words are like this one that comparing it with all of them would take too long."""


class _Index(NamedTuple):
    """Words with the same first letter, by what two near words have in common."""

    short: Mapping[Stump, list[str]]
    """Words that can have one typo."""
    long: Mapping[Stump, list[list[str]]]
    """Words that can have two, those with the same beginning in one list."""


class NearWords:
    """Words that another may be a typo of. The index of a first letter is made when it is first needed.

    Args:
        words: each once.
        shortest: letters of a word that can have a typo.
    """

    def __init__(self, words: Iterable[str], shortest: int) -> None:
        self._shortest: Final = shortest
        self._by_letter: Final[dict[str, list[str]]] = defaultdict(list)
        for word in words:
            # Another number is another thing.
            if len(word) >= shortest and not is_number(word):
                self._by_letter[word[0]].append(word)
        self._indexes: Final[dict[str, _Index]] = {}

    def near(self, word: str) -> list[tuple[str, int]]:
        """The other words that `word` is a typo of, never at its first letter, with the number of edits.

        Raises:
            TooManyAlike: more than `COMPARED_AT_MOST` words are like it.
        """
        letter = word[0]
        if len(word) < self._shortest - 1 or letter not in self._by_letter or not letter < _ALPHABETS_END:
            return []
        index = self._indexes.get(letter)
        if index is None:
            index = self._indexes[letter] = _index(self._by_letter[letter])
        near = []
        for known, allowed in _candidates(index, word):
            edits = _edits(word, known, allowed)
            if 0 < edits <= allowed and not are_different(word, known):
                near.append((known, edits))
        return near


def _index(words: Iterable[str]) -> _Index:
    short: dict[Stump, list[str]] = defaultdict(list)
    long: dict[Stump, list[list[str]]] = defaultdict(list)
    beginnings: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if len(word) < LONG:
            for stump in _stumps_of_short(word):
                short[stump].append(word)
        else:
            beginnings[word[:_BEGINNING]].append(word)
    for beginning, alike in beginnings.items():
        for stump in _stumps_of_long(beginning):
            long[stump].append(alike)
    return _Index(short, long)


def _candidates(index: _Index, word: str) -> Iterator[tuple[str, int]]:
    """The words that `word` may be near to, each with the edits that it can have."""
    if len(word) <= LONG:
        alike = [index.short[stump] for stump in _stumps_of_short(word) if stump in index.short]
        _limit(sum(map(len, alike)), COMPARED_AT_MOST)
        for known in {known for words in alike for known in words}:
            if -2 < len(known) - len(word) < 2:
                yield known, 1
    if len(word) >= LONG - 2:
        lists = [index.long[stump] for stump in _stumps_of_long(word) if stump in index.long]
        _limit(sum(map(len, lists)), _LISTS_AT_MOST)
        beginnings = {id(words): words for each in lists for words in each}.values()
        _limit(sum(map(len, beginnings)), COMPARED_AT_MOST)
        for words in beginnings:
            for known in words:
                if -3 < len(known) - len(word) < 3:
                    yield known, 2


def _limit(count: int, at_most: int) -> None:
    if count > at_most:
        raise TooManyAlike


def _stumps_of_short(word: str) -> set[Stump]:
    """Two words that one edit behind the first letter makes equal have one of these in common."""
    rest = word[1:_BEGINNING]
    return {tuple(rest), *combinations(rest, len(rest) - 1)}


def _stumps_of_long(word: str) -> set[Stump]:
    """Two words that two edits behind the first letter make equal have one of these in common.

    One has a beginning of seven letters, and the other of six at least: all that they can share is in four of the rest.
    """
    return {*combinations(word[1:_BEGINNING], _BEGINNING - 3)}


def _edits(one: str, other: str, allowed: int) -> int:
    """How many letters to insert, delete, replace or swap with a neighbour to get from one to the other.

    More than the one or two that are allowed are 3.
    """
    start, end = differing(one, other)
    first, second = one[start : len(one) - end], other[start : len(other) - end]
    longer = max(len(first), len(second))
    if longer < 2 or not first or not second:
        return min(longer, 3)
    if _is_swap(first, second):
        return 1
    if allowed < 2:
        return 3
    # Both differ at each end, so that one of two edits is at the start, and the other at the end.
    is_near = (
        _is_edit_at_end(first[1:], second[1:])
        or _is_edit_at_end(first[1:], second)
        or _is_edit_at_end(first, second[1:])
        or (_is_swap(first[:2], second[:2]) and _is_edit_at_end(first[2:], second[2:]))
    )
    return 2 if is_near else 3


def _is_swap(one: str, other: str) -> bool:
    return len(one) == 2 and one == other[::-1]


def _is_edit_at_end(one: str, other: str) -> bool:
    """Whether one edit of the last letters makes two texts equal."""
    if len(one) == len(other):
        return one[:-1] == other[:-1] or (one[:-2] == other[:-2] and _is_swap(one[-2:], other[-2:]))
    return one[:-1] == other or one == other[:-1]
