"""What recordlint knows about the keywords of JSON Schema.

Everything that takes a schema apart reads this table. It refuses a schema with a keyword that is not here: what such a
keyword means beside the others is not known.
"""

from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple

from recordlint.errors import InternalError

LooksAt = Literal["nothing", "names", "length", "value"]
"""What a keyword judges by: nothing (an annotation), the names of an object's members, an array's length, or more."""

Holds = Literal["no schema", "a schema", "schemas", "schemas by name"]


class Keyword(NamedTuple):
    """What is known about a keyword."""

    looks_at: LooksAt = "value"
    holds: Holds = "no schema"
    tightest: Callable[[Any, Any], Any] | None = None
    """The value that says as much as two values together; None if two cannot be put together."""


def _union(one: list[str], other: list[str]) -> list[str]:
    return sorted({*one, *other})


_ANNOTATION: Final = Keyword("nothing")

KEYWORDS: Final[dict[str, Keyword]] = {
    "$schema": _ANNOTATION,
    "$id": _ANNOTATION,
    "$comment": _ANNOTATION,
    "$defs": _ANNOTATION,  # judges nothing by itself
    "title": _ANNOTATION,
    "description": _ANNOTATION,
    "examples": _ANNOTATION,
    "deprecated": _ANNOTATION,
    "$ref": Keyword(),
    "allOf": Keyword(holds="schemas"),
    "anyOf": Keyword(holds="schemas"),
    "not": Keyword(holds="a schema"),
    "properties": Keyword(holds="schemas by name"),
    "additionalProperties": Keyword(holds="a schema"),
    "items": Keyword(holds="a schema"),
    "required": Keyword("names", tightest=_union),
    "minProperties": Keyword("names", tightest=max),
    "minItems": Keyword("length", tightest=max),
    "maxItems": Keyword("length", tightest=min),
    "uniqueItems": Keyword(),
    "type": Keyword(),
    "const": Keyword(),
    "enum": Keyword(),
    "pattern": Keyword(),
    "minLength": Keyword(tightest=max),
    "maxLength": Keyword(tightest=min),
    "minimum": Keyword(tightest=max),
    "maximum": Keyword(tightest=min),
}


def find_keyword(keyword: str) -> Keyword:
    """What is known about a keyword.

    Raises:
        InternalError: nothing is known.
    """
    known = KEYWORDS.get(keyword)
    if known is None:
        raise InternalError(f"the schema cannot be used: contract/keywords.py does not know {keyword}")
    return known
