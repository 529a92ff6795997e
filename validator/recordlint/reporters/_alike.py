"""Violations that are like others before: the text report shows the first of each kind, and counts the rest."""

from __future__ import annotations

from typing import Final

from recordlint.rules.kinds import kind_of
from recordlint.rules.severities import ALWAYS_ERRORS
from recordlint.violations import Violation
from recordlint.wording.escape import escape

SHOWN: Final = 3
"""How many of a kind are shown."""
LONGEST: Final = 40
"""Characters of a field that are shown."""
KINDS: Final = 10_000
"""Kinds that are told apart. Violations of any more are all shown."""
OPEN: Final = "\1"
"""Stands before the kind of a violation, and behind it. Nothing else in a report has it, as all text is escaped."""
CLOSE: Final = "\2"
"""Stands behind the text of a violation."""


def marked(what: str, text: str) -> str:
    """A text, which `Alike` keeps where it is one of the first of its kind.

    Args:
        what: the kind, in words.
        text: that of a violation, or of what was fixed.
    """
    return f"{OPEN}{what}{OPEN}{text}{CLOSE}"


def what_is_alike(violation: Violation) -> str:
    """What alike violations have in common, in words: severity, rule and field, or the fault of a text."""
    rule, field = kind_of(violation)
    what = f"{violation.severity}[{rule}]"
    if rule in ALWAYS_ERRORS:
        return f"{what} {escape(violation.message)}"
    shown = escape(field if len(field) <= LONGEST else f"{field[:LONGEST]}…")
    return f"{what} at {shown}" if field else what


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
    def held_back(self) -> list[tuple[str, int]]:
        """What was left out, in words, and how many violations of each kind, the largest number first."""
        return sorted([(kind.decode(), number) for kind, number in self._held_back.items()], key=lambda each: -each[1])
