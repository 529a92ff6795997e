"""Violations that are like others before: the text report shows the first of each kind, and counts the rest."""

from __future__ import annotations

from typing import Final

from recordlint.rules.kinds import Kind
from recordlint.wording.escape import escape

SHOWN: Final = 3
"""How many of a kind are shown."""
KINDS: Final = 10_000
"""Kinds that are told apart. Violations of any more are all shown."""
OPEN: Final = "\1"
"""Stands before the kind of a violation, and behind it. Nothing else in a report has it, as all text is escaped."""
BETWEEN: Final = "\2"
"""Stands between the rule and the field."""
CLOSE: Final = "\3"
"""Stands behind the text of a violation."""


def marked(kind: Kind, text: str) -> str:
    """The text of a violation, which `Alike` keeps where it is one of the first of its kind."""
    return f"{OPEN}{kind.rule}{BETWEEN}{escape(kind.field)}{OPEN}{text}{CLOSE}"


class Alike:
    """The kinds of violations in a text report so far."""

    def __init__(self) -> None:
        self._shown: Final[dict[bytes, int]] = {}
        self._held_back: Final[dict[bytes, int]] = {}

    def first(self, text: bytes) -> bytes:
        """A part of the report without marks, and without violations that are like those before."""
        opening, closing = OPEN.encode(), CLOSE.encode()
        if opening not in text:
            return text
        before, *parts = text.split(opening)
        kept = [before]
        for kind, part in zip(parts[::2], parts[1::2], strict=True):
            violation, _, behind = part.partition(closing)
            number = self._shown.get(kind, 0)
            if number == SHOWN:
                self._held_back[kind] = self._held_back.get(kind, 0) + 1
            else:
                kept.append(violation)
                if number or len(self._shown) < KINDS:
                    self._shown[kind] = number + 1
            kept.append(behind)
        return b"".join(kept)

    @property
    def held_back(self) -> list[tuple[Kind, int]]:
        """How many violations of each kind were left out, in the order of the report."""
        return [(Kind(*kind.decode().split(BETWEEN)), number) for kind, number in self._held_back.items()]
