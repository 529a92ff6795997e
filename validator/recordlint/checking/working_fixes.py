"""Which of some fixes do what they should, each of them and all together."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from recordlint.checking.edited_texts import edited, edits_of
from recordlint.violations import Violation

Recheck = Callable[[bytes], Sequence[Violation]]
"""All violations of a text."""
Name = tuple[str, str]
"""The rule and the severity of a violation. A fixed key changes pointers, so they are not compared."""

DUPLICATE: Final = "delta-duplicate"


class Draft(NamedTuple):
    """A text that fixes are chosen for."""

    text: bytes
    violations: Sequence[Violation]
    recheck: Recheck
    compared: Sequence[str] | None
    """The rules whose violations count as new; None for all."""

    def counted(self, violations: Iterable[Violation]) -> list[Violation]:
        """Those of the violations of a text after fixes that count.

        A value that is now repeated is not new: the next pass drops the later one.
        """
        compared = self.compared
        return [
            each
            for each in violations
            if (each.rule != DUPLICATE or not each.fix) and (compared is None or each.rule in compared)
        ]

    def is_fixed(self, after: Iterable[Violation], fixed: Iterable[Violation]) -> bool:
        """Whether all of `fixed` is gone and nothing is new, where `after` is what the text has then."""
        return names(self.counted(after)) <= names(self.violations) - names(fixed)


def names(violations: Iterable[Violation]) -> Counter[Name]:
    """How many violations there are of each name."""
    return Counter([_name(each) for each in violations])


def _name(violation: Violation) -> Name:
    return violation.rule, violation.severity


def working(draft: Draft, kept: list[Violation], chosen: list[Violation]) -> list[Violation]:
    """`kept`, and as many of `chosen` as fix what they should and bring nothing new where all are applied."""
    wanted = [*kept, *chosen]
    if not chosen:
        return kept
    after = draft.recheck(edited(draft.text, wanted).text)
    if draft.is_fixed(after, wanted):
        return wanted
    if len(chosen) == 1:
        return kept
    predicted = _predicted(draft, kept, chosen, after)
    if predicted is not None:
        return predicted
    kept = working(draft, kept, chosen[: len(chosen) // 2])
    return working(draft, kept, chosen[len(chosen) // 2 :])


def _predicted(
    draft: Draft, kept: list[Violation], chosen: list[Violation], after: Sequence[Violation]
) -> list[Violation] | None:
    """The same from a few checks, even of many fixes; None where that does not do.

    The effects of the fixes are told apart by where they are. What follows from them has to hold for the fixes that
    work, and for parts of the rest, so that any two of the rest are seen without each other.

    Args:
        draft: the text before the fixes.
        kept: fixes that work.
        chosen: fixes that do not all work.
        after: the violations of the text with all of them.
    """
    wanted = [*kept, *chosen]
    effects = _effects(draft, wanted, after)
    if effects is None:
        return None
    excess = [Counter(effects[number]) for number in range(len(wanted))]
    for each, fix in zip(excess, wanted, strict=True):
        each[_name(fix)] += 1
    room = names(draft.violations)
    room.subtract(names(draft.counted(draft.violations)))
    for each in excess[: len(kept)]:
        room.subtract(each)
    if min(room.values(), default=0) < 0:
        return None  # The effects of those that work seem to be more than their own.
    fitting = [*range(len(kept)), *_fitting(range(len(kept), len(wanted)), excess, room)]
    others = sorted({*range(len(wanted))} - {*fitting})
    for numbers in (fitting, *_halves(others)):
        expected = names(draft.counted(draft.violations))
        for number in numbers:
            expected.update(effects[number])
        text = edited(draft.text, [wanted[number] for number in numbers]).text
        if names(draft.counted(draft.recheck(text))) != expected:
            return None
    return [wanted[number] for number in fitting]


def _halves(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Parts of some numbers, so that for any two of them there is a part with the one and without the other."""
    for bit in range(len(numbers).bit_length()):
        for half in (0, 1):
            yield [number for at, number in enumerate(numbers) if at >> bit & 1 == half]


def _fitting(numbers: Sequence[int], excess: Sequence[Counter[Name]], room: Counter[Name]) -> list[int]:
    """Those of some fixes that `working` would find, by what each has too much. Theirs is taken off `room`."""
    total: Counter[Name] = Counter()
    for number in numbers:
        total.update(excess[number])
    if all(count <= room[each] for each, count in total.items()):
        room.subtract(total)
        return [*numbers]
    if len(numbers) == 1:
        return []
    middle = len(numbers) // 2
    return [*_fitting(numbers[:middle], excess, room), *_fitting(numbers[middle:], excess, room)]


def _effects(
    draft: Draft, fixes: Sequence[Violation], after: Sequence[Violation]
) -> Mapping[int, Counter[Name]] | None:
    """By the number of each fix, how many more violations of each name there are from its edits to the next fix's.

    None where something changes before all of them.
    """
    edits = sorted([(*edit, number) for number, fix in enumerate(fixes) for edit in edits_of(fix)])
    owners = [-1, *[number for *_, number in edits]]
    before = [start for start, *_ in edits]
    behind = []
    shift = 0
    for start, end, text, _ in edits:
        behind.append(start + shift)
        shift += len(text.encode()) - (end - start)
    effects: dict[int, Counter[Name]] = defaultdict(Counter)
    for violations, starts, count in ((after, behind, 1), (draft.violations, before, -1)):
        for each in draft.counted(violations):
            at = bisect(starts, each.place.start) if each.place else 0
            effects[owners[at]][_name(each)] += count
    return None if any(effects[-1].values()) else effects
