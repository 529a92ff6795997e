"""A change of a definition, and how much it matters."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Level = Literal["breaking", "dangerous", "safe"]
LEVELS: Final[tuple[Level, ...]] = ("breaking", "dangerous", "safe")
"""What a change does to bodies that were right before. *Breaking*: some of them are wrong now. *Dangerous*: they are
right, but some get a warning, or a label in them means something else. *Safe*: nothing. The worst stands first."""


class Change(NamedTuple):
    """One change of an object's definition.

    Example:
        >>> Change("field-gone", "breaking", "custom_objects.ticket", "age", "the field is gone").field
        'age'
    """

    kind: str
    """The id of its page, such as `option-gone`."""
    level: Level
    object: str
    """The object's key, in the old definition if it has one."""
    field: str
    """The field's short key, in the old definition if it has one; empty if the object itself changed."""
    message: str
    """One sentence."""
    hint: str = ""
    """What to do about it, or what it may mean; empty if there is nothing to say."""
    path: str = ""
    """The file of the definition: of the new one, if the object is still there."""
    line: int | None = None
    """The line of the field in that file, from 1; None if it is not known."""


def is_at_least(level: Level, least: Level) -> bool:
    """Whether a level is as bad as another, or worse.

    Example:
        >>> is_at_least("breaking", "dangerous")
        True
    """
    return LEVELS.index(level) <= LEVELS.index(least)
