"""What the columns of a table are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from recordlint.definitions.model import Field
from recordlint.definitions.target import Target
from recordlint.fieldtypes._cells import Reading

Holds = Literal["property", "owners", "followers", "record-id"]
"""What cells hold: a value of `properties`, or what else belongs to a body or a request."""
ERRORS: Final = "recordlint_error"
"""The header of the column that says why rows are rejected. It is left out when such rows are read again."""
USER_COLUMNS: Final[tuple[Holds, ...]] = ("owners", "followers")


class Column(NamedTuple):
    """One column of a table that is read."""

    position: int
    """From 0; -1 for a constant, which stands in no column."""
    header: str
    """Without white space around it."""
    holds: Holds
    key: str
    """The key in the body: the property's, `owners` or `followers`; empty for record ids."""
    field: Field | None
    """The field of a property."""
    reading: Reading

    @property
    def several(self) -> bool:
        """Whether cells hold several values, so that add and remove can be two columns."""
        return self.holds in USER_COLUMNS or (self.field is not None and self.field.has_several_values)

    @property
    def place(self) -> tuple[str, str]:
        """What no two columns can share: the key, and for several values whether they are added or removed."""
        return self.key or self.holds, self.reading.part if self.several else ""


class HeaderFault(NamedTuple):
    """A reason why a table cannot be read."""

    column: int | None
    """From 0; None where no column is wrong."""
    reason: str
    """One sentence: what is wrong, and what to do about it."""


class Table(NamedTuple):
    """What a table's columns are for, and what all of its rows have in common."""

    target: Target
    columns: Sequence[Column]
    unnamed: Sequence[int] = ()
    """Columns without a header, which may hold no data."""
    width: int = 0
    """How many columns the table has."""
    constants: Mapping[Column, object] = {}
    """The same cell for each row."""
    location: str | None = None
    """The location's id."""
    as_requests: bool = False
    """Whether whole requests are asked for."""

    @property
    def makes_requests(self) -> bool:
        """Whether a row is a whole request: that is asked for, or it is an update whose record the table names."""
        return self.as_requests or any(column.holds == "record-id" for column in self.columns)
