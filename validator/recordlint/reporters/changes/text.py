"""For people: each change with its file, level, kind and hint, then the payloads that it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from recordlint.drift.change import Change, Level
from recordlint.files.paths import readable
from recordlint.reporters import Format, Summary, text
from recordlint.reporters._colours import BLUE, BOLD, RED, YELLOW, paint
from recordlint.reporters._wrap import wrapped
from recordlint.reporters.changes import Compared, headline, shortened, verdict
from recordlint.wording.escape import escape

_TONES: Final[dict[Level, str]] = {"breaking": RED, "dangerous": YELLOW, "safe": BLUE}


def report(compared: Compared) -> Format:
    """The format of a comparison."""
    body = text.styled(width=compared.width, colour=compared.colour, quiet=False, groups=False, counts=False)
    head = "".join(lines(compared))
    return body._replace(head=f"{head}\n" if head else "", tail=partial(_tail, compared))


def lines(compared: Compared) -> Iterator[str]:
    """The changes, each on a line, with what there is to say of it below."""
    for change, more in shortened(compared.changes):
        yield from _change(change, compared)
        if more:
            yield f"{_place(change)}: … and {more:,} more {change.kind}\n"


def _change(change: Change, compared: Compared) -> Sequence[str]:
    what = paint(f"{change.level}[{change.kind}]", _TONES[change.level], compared.colour)
    first = f"{paint(_place(change), BOLD, compared.colour)}: {what}: {escape(change.message)}\n"
    return (first, wrapped("    = hint: ", escape(change.hint), compared.width) + "\n") if change.hint else (first,)


def _place(change: Change) -> str:
    path = escape(readable(change.path))
    return path if change.line is None else f"{path}:{change.line}"


def _tail(compared: Compared, summary: Summary) -> str:
    payloads = f"{verdict(summary)}\n" if compared.has_payloads else ""
    return f"{headline(compared)}\n{payloads}"
