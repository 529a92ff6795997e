"""The formats of drift's report: one module per format, whose name is the format's.

A format's module has `report(comparison)`: what changed, and around it the format of the payloads that it breaks. A new
format is one new module here: `drift --format` takes every module whose name has no leading underscore.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Final, NamedTuple

from recordlint.drift.change import LEVELS, Change
from recordlint.reporters import WIDTH, Format, Summary, closing
from recordlint.wording.phrases import all_of, count_of

LISTED: Final = 8
"""How many changes of one kind and field are shown to people; the others are counted."""


class Compared(NamedTuple):
    """What a report is about."""

    changes: Sequence[Change]
    objects: int
    """How many objects the old and the new definitions have."""
    has_payloads: bool
    """Whether payloads are checked by both."""
    width: int = WIDTH
    """Columns, for people."""
    colour: bool = False


@cache
def change_formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    files = os.listdir(os.path.dirname(__file__))
    return tuple(sorted([name.removesuffix(".py") for name in files if name.endswith(".py") and name[0] != "_"]))


def change_report(name: str, compared: Compared) -> Format:
    """The format with this name, one of `change_formats()`, for a comparison."""
    module: Any = import_module(f"{__name__}.{name}")
    made: Format = module.report(compared)
    return made


def shortened(changes: Sequence[Change]) -> Iterator[tuple[Change, int]]:
    """The first changes of each kind and field, and with the last of them how many more there are."""
    numbers = Counter([_alike(each) for each in changes])
    seen: Counter[tuple[str, str, str]] = Counter()
    for change in changes:
        key = _alike(change)
        seen[key] += 1
        if seen[key] <= LISTED:
            yield change, max(0, numbers[key] - LISTED) if seen[key] == LISTED else 0


def _alike(change: Change) -> tuple[str, str, str]:
    return change.object, change.field, change.kind


def headline(compared: Compared) -> str:
    """How many changes there are of each level.

    Example:
        >>> headline(Compared((), 3, has_payloads=False))
        'no changes in 3 objects'
    """
    numbers = Counter([each.level for each in compared.changes])
    listed = [f"{numbers[level]:,} {level}" for level in LEVELS if numbers[level]]
    if not listed:
        return f"no changes in {count_of(compared.objects, 'object')}"
    number = len({each.object for each in compared.changes})
    noun = "change" if len(compared.changes) == 1 else "changes"
    return f"{all_of(listed)} {noun} in {number:,} of {count_of(compared.objects, 'object')}"


def verdict(summary: Summary) -> str:
    """How many payloads were right and are wrong now.

    Example:
        >>> verdict(Summary(checked=12, valid=12, errors=0, warnings=0))
        'no file that was right is wrong now, of 12 files'
    """
    if not summary.checked:
        return closing(summary).strip()
    wrong = summary.checked - summary.valid
    of = count_of(summary.checked, summary.unit)
    if not wrong and summary.warnings:
        return f"{count_of(summary.warnings, 'warning')} that {_was(summary.warnings)} not there before, in {of}"
    if not wrong:
        return f"no {summary.unit} that was right is wrong now, of {of}"
    unlisted = f"; {summary.unlisted:,} not listed" if summary.unlisted else ""
    return f"{wrong:,} of {of} {_was(wrong)} right and {'is' if wrong == 1 else 'are'} wrong now{unlisted}"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
