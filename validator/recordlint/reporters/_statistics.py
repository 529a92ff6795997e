"""The table of what there is most of: for people, at the end of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from recordlint.files.paths import readable
from recordlint.reporters import Summary
from recordlint.reporters._columns import columns, cut, cut_start
from recordlint.reporters._kinds import First, Group
from recordlint.rules.kinds import Kind
from recordlint.wording.escape import escape

ROWS: Final = 20
WIDEST_FIELD: Final = 24
HEADS: Final = {"count": 5, "fixable": 7, "unsafe": 6, "rule": 4, "field": 14, "first": 10}
"""The columns, and the least width that each is worth having with."""
GAP: Final = "  "
LEFT_OUT_FIRST: Final = ("first", "unsafe", "fixable")
"""The columns that a narrow table does without, in this order."""


def statistics(summary: Summary, width: int) -> str:
    """The table of the largest groups, `width` columns wide, and how many violations the others have."""
    if not summary.groups:
        return ""
    rows = [dict(zip(HEADS, _cells(kind, group), strict=True)) for kind, group in summary.groups[:ROWS]]
    rows = [{name: name for name in HEADS}, *rows]
    sizes = _sizes(rows, width)
    return "".join([*[_line(row, sizes) for row in rows], *_others(summary.groups[ROWS:])])


def _cells(kind: Kind, group: Group) -> tuple[str, ...]:
    return (
        f"{group.number:,}",
        f"{group.fixable:,}" if group.fixable else "",
        f"{group.unsafely_fixable:,}" if group.unsafely_fixable else "",
        kind.rule,
        escape(kind.field),
        _first(group.first),
    )


def _first(first: First) -> str:
    path, *place, entry = first
    text = ":".join([escape(readable(path)), *[str(each) for each in place if each is not None]])
    return text if entry is None else f"{text} entries[{entry}]"


def _sizes(rows: Sequence[Mapping[str, str]], width: int) -> dict[str, int]:
    """How wide each column is that the table has room for."""
    sizes = {name: max([columns(row[name]) for row in rows]) for name in HEADS}
    sizes["field"] = min(sizes["field"], WIDEST_FIELD)
    if all(not row["unsafe"] for row in rows[1:]):
        del sizes["unsafe"]
    least = {name: min(size, HEADS[name]) if name in ("field", "first") else size for name, size in sizes.items()}
    for name in LEFT_OUT_FIRST:
        if _total(least) > width and name in least:
            del least[name], sizes[name]
    for name in ("first", "field"):
        if name in sizes:
            sizes[name] = max(least[name], sizes[name] - max(0, _total(sizes) - width))
    return sizes


def _total(sizes: Mapping[str, int]) -> int:
    return sum(sizes.values()) + len(GAP) * (len(sizes) - 1)


def _line(row: Mapping[str, str], sizes: Mapping[str, int]) -> str:
    return GAP.join([_cell(name, row[name], size) for name, size in sizes.items()]).rstrip() + "\n"


def _cell(name: str, text: str, size: int) -> str:
    if columns(text) > size:
        # A path's end tells more than its beginning.
        return cut_start(text, size) if name == "first" else cut(text, size)
    room = " " * (size - columns(text))
    return text + room if name in ("rule", "field", "first") else room + text


def _others(groups: Sequence[tuple[Kind, Group]]) -> Iterator[str]:
    if groups:
        number = sum(group.number for _, group in groups)
        yield f"and {len(groups):,} more kinds, with {number:,} violations\n"
