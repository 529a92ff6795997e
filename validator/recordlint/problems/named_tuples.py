"""`new`, which makes NamedTuples where every wrong row passes."""

from typing import Final

new: Final = tuple.__new__
"""`new(Place, (…))` is `Place(…)` in a third of the time."""
