"""What the service was seen to take and to lose, for those who want to see their program meet it.

`docs/what-the-service-does.md` shows a body for each. What that page lists as refused is always refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from recordlint.contract.operations import PROPERTIES
from recordlint.definitions.model import ObjectDefinition
from recordlint.fieldtypes._halves import ADD
from recordlint.problems.pointers import Path, pointer
from recordlint.problems.problem import Problem
from recordlint.records.record import Record
from recordlint.rules.notes import LABEL_IGNORED, WIPED

LIVE: Final = "live"
"""The value of `--quirks`."""


class Quirks(NamedTuple):
    """A body as the service would understand it."""

    body: Any
    """Without what is lost."""
    problems: Sequence[Problem]
    """Those that are left: of what the service takes, there is none."""
    lost: Sequence[str]
    """A sentence for each loss, without any value."""


def quirks_of(problems: Sequence[Problem], body: Any) -> Quirks:
    """What the service would make of an update.

    Args:
        problems: of the body.
        body: as it was sent.
    """
    notes = {each.path: each.with_words().note for each in problems}
    wiped = [path for path, note in notes.items() if note == WIPED and path[:1] == (PROPERTIES,) and len(path) == 2]
    ignored = [path for path, note in notes.items() if note == LABEL_IGNORED and _is_added(path)]
    if not wiped and not ignored:
        return Quirks(body, problems, ())
    properties = dict(body[PROPERTIES])
    for path in ignored:
        key = path[1]
        kept = [
            each
            for index, each in enumerate(body[PROPERTIES][key][ADD])
            if (PROPERTIES, key, ADD, index) not in ignored
        ]
        properties[str(key)] = {**properties[str(key)], ADD: kept}
    for path in wiped:
        properties[str(path[1])] = None
    left = [each for each in problems if each.path[:2] not in wiped and each.path not in ignored]
    lost = [f"{pointer(path)}: {WIPED}" for path in wiped] + [f"{pointer(path)}: {LABEL_IGNORED}" for path in ignored]
    return Quirks({**body, PROPERTIES: properties}, left, lost)


def breaks(record: Record, body: Any, definition: ObjectDefinition) -> bool:
    """Whether the service answers 500: a value is added to a field that held one value before its type was changed."""
    return any(
        key in definition.deltas
        and isinstance(delta, dict)
        and delta.get(ADD)
        and record.properties.get(key) is not None
        and not isinstance(record.properties[key], list | tuple)
        for key, delta in (body.get(PROPERTIES) or {}).items()
    )


def _is_added(path: Path) -> bool:
    return len(path) == 4 and path[0] == PROPERTIES and path[2] == ADD
