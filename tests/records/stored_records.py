"""Stored records for hypothesis, of an object with every field type."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bodies import OBJECTS, RIGHT_VALUES, USERS

DEFINITION = OBJECTS[0]
FILES = [
    {"url": "https://a.b/c.pdf", "meta": {"size": 3}},
    {"url": "https://a.b/d.JPG", "name": "d", "meta": {}},
    {"url": "https://a.b/e.pdf"},
]


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """A record as an answer holds it: files with `meta`, the users in either spelling, unset properties absent."""
    properties = {}
    for key, field in DEFINITION.by_property.items():
        if draw(st.booleans()):
            value = RIGHT_VALUES[field.data_type]
            if field.has_files:
                value = st.lists(
                    st.sampled_from(FILES), min_size=1, max_size=2, unique_by=lambda each: str(each["url"])
                )
            properties[key] = draw(value)
    record: dict[str, Any] = {"id": "661c06b4ffde146bdb469442", "properties": properties, "dateAdded": "2026-11-01"}
    users = st.sampled_from([*USERS, "u3", "u4"])
    if draw(st.booleans()):
        record[draw(st.sampled_from(["owner", "owners"]))] = draw(st.lists(users, max_size=1))
    if draw(st.booleans()):
        record[draw(st.sampled_from(["follower", "followers"]))] = draw(st.lists(users, max_size=4, unique=True))
    return draw(st.sampled_from([record, {"record": record}]))
