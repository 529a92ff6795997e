"""Small schemas of every keyword that is known, and values for them, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from recordlint.contract.keywords import KEYWORDS

NAMES = st.sampled_from("abc")
SCALARS = st.sampled_from([None, False, True, 0, 1, 2, 1.5, "", "a", "ab", "b"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=6,
)
TYPES = st.sampled_from(["string", "number", "integer", "boolean", "null", "array", "object"])
SMALL = st.integers(0, 2)


def keywords(schemas: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    """Values of each keyword that says something."""
    return {
        "type": st.one_of(TYPES, st.lists(TYPES, min_size=1, max_size=3, unique=True)),
        "const": SCALARS,
        "enum": st.lists(SCALARS, min_size=1, max_size=3),
        "pattern": st.sampled_from(["a", "^b", "^.?$"]),
        "minLength": SMALL,
        "maxLength": SMALL,
        "minimum": SMALL,
        "maximum": SMALL,
        "minItems": SMALL,
        "maxItems": SMALL,
        "uniqueItems": st.booleans(),
        "minProperties": SMALL,
        "required": st.lists(NAMES, max_size=2, unique=True),
        "properties": st.dictionaries(NAMES, schemas, max_size=2),
        "additionalProperties": schemas,
        "items": schemas,
        "not": schemas,
        "anyOf": st.lists(schemas, min_size=1, max_size=2),
        "allOf": st.lists(schemas, min_size=1, max_size=2),
    }


ANNOTATIONS = {name for name, keyword in KEYWORDS.items() if keyword.looks_at == "nothing"}
SCHEMAS = st.recursive(
    st.one_of(st.booleans(), st.fixed_dictionaries({}, optional=keywords(st.booleans()))),
    lambda inner: st.fixed_dictionaries({}, optional=keywords(inner)),
    max_leaves=6,
)
