"""The change of a file as a unified diff, safe to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

Block = tuple[int, int, int, int]
"""Lines that change: the first and the end, from 0, before the change, and the same after it."""

CONTEXT: Final = 3
"""Lines that are shown before and after a change."""
_COMPARED: Final = 5_000_000
"""Lines that difflib may compare, for about a second."""


def difference(name: str, before: bytes, after: bytes, kept: Sequence[tuple[int, int, int]]) -> str:
    """A unified diff of two texts in UTF-8, safe to show: its names and lines are escaped, tabs aside.

    Args:
        name: the file's.
        before: the text as it is.
        after: the text after the change.
        kept: stretches that the change leaves, in their order: where each begins before it and after it, and its
            length, in bytes.
    """
    old, new = _lines(before), _lines(after)
    blocks = _changed(old, new, kept)
    if _comparisons(old, new) * (len(blocks) + 1) <= _COMPARED:
        blocks = _compared(old, new)
    shown = shown_line(name)
    parts = [f"--- {shown}\n+++ {shown}\n"] if blocks else []
    for hunk in _hunks(blocks):
        parts += _shown_hunk(old, new, hunk)
    return "".join(parts)


def shown_line(text: str) -> str:
    """A line, safe to show: escaped, tabs aside."""
    from recordlint.wording.escape import escape

    return "\t".join(map(escape, text.split("\t")))


def _lines(data: bytes) -> list[bytes]:
    """The lines, each with its newline."""
    *lines, last = data.split(b"\n")
    return [*[line + b"\n" for line in lines], *([last] if last else [])]


def _shown(line: bytes) -> str:
    text = line.decode()
    if text.endswith("\n"):
        return shown_line(text[:-1].removesuffix("\r"))
    return f"{shown_line(text)}\n\\ No newline at end of file"


def _changed(old: Sequence[bytes], new: Sequence[bytes], kept: Sequence[tuple[int, int, int]]) -> list[Block]:
    """The lines that are not kept whole, and are others after the change."""
    old_starts, new_starts = ([0, *accumulate(map(len, lines))] for lines in (old, new))
    blocks: list[Block] = []
    i = j = next_i = next_j = 0
    for start, there, length in kept:
        shift = there - start
        while i < len(old) and old_starts[i] < start:
            i += 1
        while i < len(old) and old_starts[i + 1] <= start + length:
            while j < len(new) and new_starts[j] < old_starts[i] + shift:
                j += 1
            if j < len(new) and (new_starts[j] - shift, new_starts[j + 1] - shift) == (
                old_starts[i],
                old_starts[i + 1],
            ):
                if (i, j) != (next_i, next_j):
                    blocks.append((next_i, i, next_j, j))
                next_i, next_j = i + 1, j + 1
            i += 1
    blocks.append((next_i, len(old), next_j, len(new)))
    return [each for each in blocks if old[each[0] : each[1]] != new[each[2] : each[3]]]


def _comparisons(old: Sequence[bytes], new: Sequence[bytes]) -> int:
    """How many lines difflib compares to find one of the blocks that are the same."""
    times = Counter(new)
    # difflib passes over lines that a long text has in many places.
    most = len(new) // 100 + 1 if len(new) >= 200 else len(new)
    return sum([1 + (times[line] if times[line] <= most else 0) for line in old])


def _compared(old: Sequence[bytes], new: Sequence[bytes]) -> list[Block]:
    """The lines that differ where few do, so that as few as possible are shown."""
    from difflib import SequenceMatcher

    codes = SequenceMatcher(None, [*map(_shown, old)], [*map(_shown, new)]).get_opcodes()
    return [(i, i_end, j, j_end) for tag, i, i_end, j, j_end in codes if tag != "equal"]


def _hunks(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks whose contexts meet, together."""
    hunk: list[Block] = []
    for block in blocks:
        if hunk and block[0] - hunk[-1][1] > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk


def _shown_hunk(old: Sequence[bytes], new: Sequence[bytes], hunk: Sequence[Block]) -> Iterator[str]:
    before = min(CONTEXT, hunk[0][0])
    after = min(CONTEXT, len(old) - hunk[-1][1])
    at, end = hunk[0][0] - before, hunk[-1][1] + after
    removed, added = _range(at, end), _range(hunk[0][2] - before, hunk[-1][3] + after)
    yield f"@@ -{removed} +{added} @@\n"
    for i, i_end, j, j_end in hunk:
        yield from [f" {_shown(line)}\n" for line in old[at:i]]
        yield from [f"-{_shown(line)}\n" for line in old[i:i_end]]
        yield from [f"+{_shown(line)}\n" for line in new[j:j_end]]
        at = i_end
    yield from [f" {_shown(line)}\n" for line in old[at:end]]


def _range(start: int, end: int) -> str:
    """Lines as a diff counts them: from 1, and after the line before them where there are none."""
    if end - start == 1:
        return f"{end}"
    return f"{start + (end > start)},{end - start}"
