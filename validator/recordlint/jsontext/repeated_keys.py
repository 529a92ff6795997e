"""Keys that appear twice in one object, with both places in words."""

from __future__ import annotations

from recordlint.problems.pointers import Path, pointer
from recordlint.violations import Place, Related, Violation
from recordlint.wording.phrases import as_json


def repeated_key(path: Path, first: Place, later: Place) -> Violation:
    """The violation of a key, the last step of `path`, whose object has it at `first` too."""
    at = pointer(path)
    related = (Related(at, "the first is here", first),)
    return Violation(
        "duplicate-key", "error", at, _message(str(path[-1]), first, later), "keep one of the two", later, related, None
    )


def with_its_places(violation: Violation) -> Violation:
    """A violation that was moved into a longer text; one of a key that appears twice says where it stands there."""
    if violation.rule != "duplicate-key" or violation.place is None or violation.related[0].place is None:
        return violation
    key = violation.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    return violation._replace(message=_message(key, violation.related[0].place, violation.place))


def _message(key: str, first: Place, later: Place) -> str:
    message = f"{as_json(key)} appears twice in one object"
    if first == later:  # The text is encoded in a longer one, where only the whole of it has a place.
        return message
    return f"{message}: at line {first.line} column {first.column} and at line {later.line} column {later.column}"
