"""The table of what there is most of: for people, at the end of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from recordlint.files.paths import readable
from recordlint.reporters import Summary
from recordlint.reporters._kinds import First, Group
from recordlint.rules.kinds import Kind
from recordlint.wording.escape import escape

ROWS: Final = 20
WIDTH: Final = 80
WIDEST_FIELD: Final = 24
HEADS: Final = ("count", "fixable", "unsafe", "rule", "field", "first")


def statistics(summary: Summary) -> str:
    """The table of the largest groups, and how many violations the others have."""
    if not summary.groups:
        return ""
    rows = [_cells(kind, group) for kind, group in summary.groups[:ROWS]]
    columns = [number for number in range(len(HEADS)) if number != 2 or any(row[2] for row in rows)]
    widths = [max(len(row[number]) for row in (HEADS, *rows)) for number in range(len(HEADS))]
    lines = [
        _line([row[number] for number in columns], [widths[number] for number in columns]) for row in (HEADS, *rows)
    ]
    return "".join([*lines, *_others(summary.groups[ROWS:])])


def _cells(kind: Kind, group: Group) -> tuple[str, ...]:
    field = escape(kind.field)
    return (
        f"{group.number:,}",
        f"{group.fixable:,}" if group.fixable else "",
        f"{group.unsafely_fixable:,}" if group.unsafely_fixable else "",
        kind.rule,
        field if len(field) <= WIDEST_FIELD else f"{field[: WIDEST_FIELD - 1]}…",
        _first(group.first),
    )


def _first(first: First) -> str:
    path, *place, entry = first
    text = ":".join([escape(readable(path)), *[str(each) for each in place if each is not None]])
    return text if entry is None else f"{text} entries[{entry}]"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    *numbers, rule, field, first = cells
    *sizes, rule_size, field_size, _ = widths
    start = "".join([f"{number:>{size}}  " for number, size in zip(numbers, sizes, strict=True)])
    start += f"{rule:{rule_size}}  {field:{field_size}}  "
    room = max(WIDTH - len(start), len(HEADS[-1]) * 2)
    return f"{start}{first if len(first) <= room else '…' + first[1 - room :]}".rstrip() + "\n"


def _others(groups: Sequence[tuple[Kind, Group]]) -> Iterator[str]:
    if groups:
        number = sum(group.number for _, group in groups)
        yield f"and {len(groups):,} more kinds, with {number:,} violations\n"
