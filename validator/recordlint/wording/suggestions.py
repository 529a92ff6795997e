"""Guesses which known key was meant, word by word. A wrong suggestion is worse than none.

Two names are near only where each word that differs is near by itself: words that they share prove nothing, since
`due_amount` and `paid_amount` are two things.
"""

from __future__ import annotations

import re
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final, TypeVar

from recordlint.wording.look_alikes import are_different, differing
from recordlint.wording.run_memory import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

AT_MOST: Final = 3
"""How many names are suggested at once; where more are near, none is."""
LONGEST: Final = 200
"""Nobody mistypes a key longer than this."""
SHORTEST: Final = 4
"""Letters of a word that can have a typo."""
SHORTEST_OF_VALUES: Final = 5
LONG: Final = 8
"""Letters of a word that can have two."""
_READINGS_AT_MOST: Final = 512
_BEGINNING: Final = 7
"""Letters of a word's beginning that are looked up. The rest is compared afterwards."""

# Patterns are texts, since most runs need none of them, and compiling them takes milliseconds.
_CASE: Final = r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
_LETTERS: Final = (
    r"[^\d\x00-@\[-`{-©«-´¶-¹»-¿×÷\u2000-\u2bff\u2e00-\u2e7f\u3000-\u303f\ufe00-\ufe0f\U0001f000-\U0001faff]+"
)
"""Not `\\w`, which leaves out the vowels of Hindi."""
_WORDS: Final = rf"\d+|{_LETTERS}"
_SIGNS: Final = "-+<>=~#±×÷¬‰∞♭♮♯$¢-¥\u20a0-\u20cf\u2248\u2260-\u226b\u2680-\u2685\u2715-\u2718\u2795-\u2797"
"""Signs of mathematics, music and money, dice and crosses, which may belong to the word beside them."""
_EDGES: Final = rf"\d+|{_LETTERS}|(?<=[^\W_])[{_SIGNS}*%°]+(?![^\W_])|(?<![^\W_])[{_SIGNS}]+(?=[^\W_])"
"""Words, and the signs that belong to one: `A+`, `-5`, `<18`. Other signs are white space."""
_SPACE_AT_AN_END: Final = rf"\s+(?=[{_SIGNS}*%°]+\s*$)|(?<=^[{_SIGNS}])\s+"
_ACCENTS: Final = "(?<=[a-z])[\u0300-\u036f]+"
_ALPHABETS_END: Final = "\u2e80"
"""Where scripts begin of which one letter is a word."""

Words = tuple[str, ...]
V = TypeVar("V", str, Words)


class Choices:
    """Names that a text may be meant for, each with the key to write. Made once, asked many times.

    Args:
        names: pairs of a name and its key.
        are_values: whether the keys are values, such as an option's: what looks like one may be another drug or town.
    """

    def __init__(self, names: Iterable[tuple[str, str]], *, are_values: bool = False) -> None:
        self._shortest: Final = SHORTEST_OF_VALUES if are_values else SHORTEST
        self._are_values: Final = are_values
        self._names: Final[dict[str, list[str]]] = {}
        self._by_joined: Final[dict[str, list[str]]] = {}
        self._by_words: Final[dict[Words, list[str]]] = {}
        self._by_word: Final[dict[str, list[str]]] = {}
        self._by_stump: Final[dict[str, list[str]]] = {}
        """The words that can have a typo, by their beginnings with as many letters less as they can have edits."""
        for name, key in names:
            self._names.setdefault(key, []).append(name)
            for words in _readings(name, are_values=are_values):
                _add(self._by_joined, _joined(words), key)
                _add(self._by_words, words, key)
                for word in words:
                    if word not in self._by_word and len(word) >= self._shortest:
                        for stump in _stumps(word, _edits_allowed(word)):
                            _add(self._by_stump, stump, word)
                    _add(self._by_word, word, key)
        self._order: Final = {key: place for place, key in enumerate(self._names)}

    def nearest(self, text: str) -> list[str]:
        """The keys that `text` may be meant for: the nearest, at most three, or none."""
        near = self.near(text)
        return near if len(near) <= AT_MOST else []

    def near(self, text: str) -> list[str]:
        """All keys that are as near to `text` as the nearest."""
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

    def containing(self, text: str) -> list[str]:
        """The keys of names that have all words of `text`."""
        if len(text) > LONGEST:
            return []
        words = sorted({*_words(text, are_values=self._are_values)}, key=lambda word: len(self._by_word.get(word, ())))
        if not words:
            return []
        others = [{*self._by_word.get(word, ())} for word in words[1:]]
        keys = dict.fromkeys(self._by_word.get(words[0], ()))
        return [key for key in keys if all(key in each for each in others)]

    def _near(self, text: str) -> Sequence[str]:
        readings = _readings(text, are_values=self._are_values)
        near = list(dict.fromkeys(key for words in readings for key in self._by_joined.get(_joined(words), ())))
        if not near:
            scored: dict[str, int] = {}
            for words in readings:
                for edits, key in self._mistyped(words):
                    scored[key] = min(edits, scored.get(key, edits))
            least = min(scored.values(), default=0)
            near = [key for key, edits in scored.items() if edits == least]
        return sorted(near, key=self._order.__getitem__)

    def _mistyped(self, words: Words) -> Iterator[tuple[int, str]]:
        """The keys of names whose words are each equal or near to these, with the number of edits."""
        near: list[list[tuple[str, int]]] = []
        for word in words:
            near.append(self._near_words(word))
            if not near[-1]:
                return
        if prod(map(len, near)) > _READINGS_AT_MOST:
            return
        for reading in product(*near):
            for key in self._by_words.get(tuple([word for word, _ in reading]), ()):
                yield sum([edits for _, edits in reading]), key

    def _near_words(self, word: str) -> list[tuple[str, int]]:
        """The known words that `word` is, or is a typo of, with the number of edits."""
        near = [(word, 0)] if word in self._by_word else []
        if len(word) < SHORTEST - 1 or not word < _ALPHABETS_END:
            return near
        candidates = {known for stump in _stumps(word, 2) for known in self._by_stump.get(stump, ())}
        for known in candidates - {word}:
            allowed = _edits_allowed(known)
            if abs(len(known) - len(word)) > allowed:
                continue
            edits = _edits(word, known)
            if edits <= allowed and not are_different(word, known):
                near.append((known, edits))
        return near


@remembered
def _near(choices: Choices, text: str) -> Sequence[str]:
    """Remembered, since rows from one source have the same typos."""
    return choices._near(text)


def nearest(text: str, known: Iterable[str]) -> list[str]:
    """The known keys that `text` may be meant for: the nearest, at most three, or none."""
    return Choices((key, key) for key in known).nearest(text)


def _readings(text: str, *, are_values: bool) -> list[Words]:
    """The words of a text in lower case and without accents, split at changes of case and, if that differs, not."""
    split = re.sub(_CASE, " ", text)
    readings = [_words(text, are_values=are_values)]
    if split != text:
        readings.append(_words(split, are_values=are_values))
    return [words for words in readings if words]


def _words(text: str, *, are_values: bool, accents: bool = False) -> Words:
    """The words of a text, and, in a value, the signs that belong to one."""
    plain = text.casefold()
    if not plain.isascii():
        from unicodedata import normalize

        plain = normalize("NFKD", plain).casefold()
        plain = normalize("NFC", plain if accents else re.sub(_ACCENTS, "", plain))
        plain = re.sub("[\u2010-\u2015\u2212]", "-", plain)
    if not are_values:
        return tuple(re.findall(_WORDS, plain))
    return tuple(re.findall(_EDGES, re.sub(_SPACE_AT_AN_END, "", plain)))


def _joined(words: Words) -> str:
    """The words without what separates them, except for numbers: `1_2` is not `12`."""
    return re.sub(r"(?<=\d) (?=\d)|( )", lambda match: "" if match[1] else "_", " ".join(words))


def _only_slips(text: str, name: str) -> bool:
    """Whether two near values have the same words, except for neighbouring letters swapped or a letter doubled."""
    one, other = (_words(each, are_values=True, accents=True) for each in (text, name))
    if _joined(one) == _joined(other):
        return True
    return len(one) == len(other) and all(map(_is_slip, one, other))


def _is_slip(one: str, other: str) -> bool:
    start, end = differing(one, other)
    parts = (one[start : len(one) - end], other[start : len(other) - end])
    if len(parts[0]) == len(parts[1]):
        return parts[0] == parts[1][::-1] and len(parts[0]) < 3
    letter = "".join(parts)
    return len(letter) == 1 and start > 0 and one[start - 1] == letter


def _edits_allowed(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def _stumps(word: str, edits: int) -> set[str]:
    """The beginnings of a word without up to this many letters, the first of all kept.

    Two words that are this many edits apart, none at the first letter, have a stump in common.
    """
    stumps = {word[:_BEGINNING]}
    for _ in range(edits):
        stumps |= {stump[:place] + stump[place + 1 :] for stump in stumps for place in range(1, len(stump))}
    return stumps


def _edits(one: str, other: str) -> int:
    """How many letters to insert, delete, replace or swap with a neighbour to get from one to the other; 3 for more."""
    start, end = differing(one, other)
    first, second = one[start : len(one) - end], other[start : len(other) - end]
    longer = max(len(first), len(second))
    if longer < 2:
        return longer
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        current = [row]
        for column, against in enumerate(second, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > 2:
            return 3
        before, above = above, current
    return above[-1]


def _add(index: dict[V, list[str]], name: V, key: str) -> None:
    keys = index.setdefault(name, [])
    # The names of one key come one after the other. Another look at all of them would take long for many options.
    if not keys or keys[-1] != key:
        keys.append(key)
