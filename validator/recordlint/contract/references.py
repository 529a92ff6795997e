"""References (`$ref`): which ones a document holds, and where they lead. Nothing is ever fetched."""

from collections.abc import Iterator
from typing import Any, NamedTuple


class Address(NamedTuple):
    """A place within `spec/`, or within the document that refers to it."""

    file: str
    """Such as `field-types/phone.json`; empty for the document itself."""
    fragment: str
    """A JSON Pointer (RFC 6901) whose steps need no escapes; empty for the whole."""


def references(part: Any) -> Iterator[str]:
    """Every reference in a part of a document, as written. A property that is called `$ref` is not one."""
    waiting = [part]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            reference = part.get("$ref")
            if isinstance(reference, str):
                yield reference
            waiting += [value for value in reversed(part.values()) if isinstance(value, dict | list)]
        elif isinstance(part, list):
            waiting += [value for value in reversed(part) if isinstance(value, dict | list)]


def resolve(reference: str, file: str) -> Address | None:
    """Where a reference leads; None where it leads out of `spec/`.

    Args:
        reference: as it is written.
        file: the file of `spec/` that holds it; empty for another document.

    Example:
        >>> resolve("phone.json#/$defs/clean", "field-types/date.json")
        Address(file='field-types/phone.json', fragment='/$defs/clean')
    """
    path, _, fragment = reference.partition("#")
    if not path:
        return Address(file, fragment)
    if ":" in path or path.startswith(("/", "..")):
        return None
    folder = file.rpartition("/")[0]
    return Address(f"{folder}/{path}" if folder else path, fragment)


def look_up(document: Any, fragment: str) -> Any:
    """The part of a document that a fragment names.

    Raises:
        LookupError: there is none.
    """
    for step in fragment.split("/")[1:]:
        document = document[step]
    return document
