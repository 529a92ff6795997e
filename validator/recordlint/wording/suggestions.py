"""Guesses which known key was meant, word by word. A wrong suggestion is worse than none.

Two names are near only where each word that differs is near by itself: words that they share prove nothing, since
`due_amount` and `paid_amount` are two things.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, Final, TypeVar

from recordlint.wording.look_alikes import differing
from recordlint.wording.near_words import NearWords, TooManyAlike
from recordlint.wording.run_memory import remembered
from recordlint.wording.words import Words, joined, readings, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

AT_MOST: Final = 3
"""How many names are suggested at once; where more are near, none is."""
NEAR_AT_MOST: Final = 64
"""How many near names are looked at."""
LONGEST: Final = 200
"""Nobody mistypes a key longer than this."""
SHORTEST: Final = 4
"""Letters of a word that can have a typo."""
SHORTEST_OF_VALUES: Final = 5
_READINGS_AT_MOST: Final = 512
_COMPARED_AT_MOST: Final = 2_048
"""How many keys are compared to find those of names with all words of a text."""

V = TypeVar("V", str, Words)


class Choices:
    """Names that a text may be meant for, each with the key to write. Made once, asked many times.

    Where very many names are alike, only some are looked at, or none is suggested: each question takes its time.

    Args:
        names: pairs of a name and its key.
        are_values: whether the keys are values, such as an option's: what looks like one may be another drug or town.
    """

    def __init__(self, names: Iterable[tuple[str, str]], *, are_values: bool = False) -> None:
        self._are_values: Final = are_values
        self._names: Final[dict[str, list[str]]] = {}
        self._by_joined: Final[dict[str, list[str]]] = {}
        self._by_words: Final[dict[Words, list[str]]] = {}
        self._by_word: Final[dict[str, list[str]]] = {}
        for name, key in names:
            self._names.setdefault(key, []).append(name)
            for words in readings(name, are_values=are_values):
                if _add(self._by_words, words, key):
                    _add(self._by_joined, joined(words), key)
                    for word in words:
                        _add(self._by_word, word, key)
        self._order: Final = {key: place for place, key in enumerate(self._names)}
        self._with_word: Final[dict[str, frozenset[str]]] = {}

    @cached_property
    def _near_words(self) -> NearWords:
        return NearWords(self._by_word, SHORTEST_OF_VALUES if self._are_values else SHORTEST)

    def nearest(self, text: str) -> list[str]:
        """The keys that `text` may be meant for: the nearest, at most three, or none."""
        return self.few(self.near(text))

    @staticmethod
    def few(near: list[str]) -> list[str]:
        """The near keys to suggest: none where there are more than three."""
        return near if len(near) <= AT_MOST else []

    def near(self, text: str) -> list[str]:
        """The keys that are as near to `text` as the nearest, and at most `NEAR_AT_MOST`."""
        return list(_near(self, text)) if len(text) <= LONGEST else []

    def writable(self, text: str, near: Sequence[str]) -> str | None:
        """The key that a fix may write for `text`, unsafe as it is: the nearest, if there is only one.

        For a value, only where letters are swapped or doubled: anything else may be another thing.

        Args:
            text: the wrong key.
            near: what `nearest` says of it.
        """
        if len(near) != 1:
            return None
        if self._are_values and not any(_only_slips(text, name) for name in self._names[near[0]]):
            return None
        return near[0]

    def containing(self, text: str) -> Iterator[str]:
        """The keys of names that have all words of `text`, as far as they are soon found."""
        if len(text) > LONGEST:
            return
        words = {*words_of(text, are_values=self._are_values)}
        if not words or not words <= self._by_word.keys():
            return
        rarest, *others = sorted(words, key=lambda word: (len(self._by_word[word]), word))
        keys_with = [self._keys_with(word) for word in others]
        for key in islice(self._by_word[rarest], _COMPARED_AT_MOST // len(words)):
            if all(key in keys for keys in keys_with):
                yield key

    def _keys_with(self, word: str) -> frozenset[str]:
        """The keys of names that have a word."""
        keys = self._with_word.get(word)
        if keys is None:
            keys = self._with_word[word] = frozenset(self._by_word[word])
        return keys

    def _near(self, text: str) -> Sequence[str]:
        texts = readings(text, are_values=self._are_values)
        same = [keys for words in texts if (keys := self._by_joined.get(joined(words)))]
        try:
            near = same or self._mistyped(texts)
        except TooManyAlike:
            return ()
        first = {key for keys in near for key in keys[:NEAR_AT_MOST]}
        return sorted(first, key=self._order.__getitem__)[:NEAR_AT_MOST]

    def _mistyped(self, texts: Iterable[Words]) -> list[list[str]]:
        """The keys of names whose words are each equal or near to those of a text, and that have the fewest edits."""
        least = 0
        nearest: list[list[str]] = []
        for words in texts:
            for edits, keys in self._spelled(words):
                if not nearest or edits < least:
                    least, nearest = edits, [keys]
                elif edits == least:
                    nearest.append(keys)
        return nearest

    def _spelled(self, words: Words) -> list[tuple[int, list[str]]]:
        """The keys of names that these words may stand for, with the number of edits. Not all that have more."""
        near: list[list[tuple[str, int]]] = []
        for word in words:
            near.append([(word, 0)] if word in self._by_word else self._near_words.near(word))
            if not near[-1]:
                return []
        spelled = self._with_one_of_each(near)
        fewest = sum([min([edits for _, edits in each]) for each in near])
        # To take a known word for a typo is one edit more.
        if fewest in [edits for edits, _ in spelled]:
            return spelled
        for word, each in zip(words, near, strict=True):
            if each[0] == (word, 0):
                each += self._near_words.near(word)
        return self._with_one_of_each(near)

    def _with_one_of_each(self, near: Sequence[Sequence[tuple[str, int]]]) -> list[tuple[int, list[str]]]:
        """The keys of names with one of the words for each place, with the number of edits."""
        if prod(map(len, near)) > _READINGS_AT_MOST:
            return []
        spelled = []
        for reading in product(*near):
            keys = self._by_words.get(tuple([word for word, _ in reading]))
            if keys:
                spelled.append((sum([edits for _, edits in reading]), keys))
        return spelled


@remembered
def _near(choices: Choices, text: str) -> Sequence[str]:
    """Remembered, since rows from one source have the same typos."""
    return choices._near(text)


def nearest(text: str, known: Iterable[str]) -> list[str]:
    """The known keys that `text` may be meant for: the nearest, at most three, or none."""
    return _choices(tuple(known)).nearest(text)


@lru_cache(maxsize=16)
def _choices(known: tuple[str, ...]) -> Choices:
    """Remembered, since a body may have as many wrong keys as there is room."""
    return Choices((key, key) for key in known)


def _only_slips(text: str, name: str) -> bool:
    """Whether two near values have the same words, except for neighbouring letters swapped or a letter doubled."""
    one, other = (words_of(each, are_values=True, accents=True) for each in (text, name))
    if joined(one) == joined(other):
        return True
    return len(one) == len(other) and all(map(_is_slip, one, other))


def _is_slip(one: str, other: str) -> bool:
    start, end = differing(one, other)
    parts = (one[start : len(one) - end], other[start : len(other) - end])
    if len(parts[0]) == len(parts[1]):
        return parts[0] == parts[1][::-1] and len(parts[0]) < 3
    letter = "".join(parts)
    return len(letter) == 1 and start > 0 and one[start - 1] == letter


def _add(index: dict[V, list[str]], name: V, key: str) -> bool:
    """Add a key to those of a name. False if it is there."""
    keys = index.get(name)
    if keys is None:
        index[name] = [key]
    # The names of one key come one after the other. Another look at all of them would take long for many options.
    elif keys[-1] == key:
        return False
    else:
        keys.append(key)
    return True
