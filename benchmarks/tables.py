"""Measurements as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from measuring import Timed


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table, its first column words and the others numbers."""
    lines = [" | ".join(head), " | ".join(["---", *["---:"] * (len(head) - 1)]), *[" | ".join(row) for row in rows]]
    return "".join(f"| {line} |\n" for line in lines)


def seconds(value: float) -> str:
    """In a unit that leaves three digits or so."""
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.1f} ms" if value >= 1e-3 else f"{value * 1e6:.1f} µs"


def compared(times: Mapping[str, Timed], yardstick: str, rows: int = 0) -> str:
    """Medians, and how many times the yardstick's; with rows, also the time of one."""
    head = ["", "median", *(["per row"] if rows else []), f"times {yardstick}"]
    found = []
    for name, timed in sorted(times.items(), key=lambda item: item[1].median):
        a_row = [seconds(timed.median / rows)] if rows else []
        found.append([name, seconds(timed.median), *a_row, f"{timed.over(times[yardstick]):.2f}"])
    return table(head, found)


def limits(rows: Sequence[tuple[str, float, str, float]]) -> str:
    """What was aimed at, and what was measured: name, measured, `<=` or `>=`, limit."""
    found = []
    for name, measured, relation, limit in rows:
        held = measured <= limit if relation == "<=" else measured >= limit
        sign = "≤" if relation == "<=" else "≥"
        found.append([name, f"{measured:.2f}", f"{sign} {limit:g}", "yes" if held else "**no**"])
    return table(["", "measured", "target", "met"], found)
