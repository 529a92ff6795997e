"""What the schema of usual bodies takes, the clean schema takes too: it only saves the time to make that ready."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import THOROUGH
from internals import body_checker, target_of
from recordlint import Field, ObjectDefinition, Operation, Option, Validator
from recordlint.body.schema import clean_frame, usual_frame
from recordlint.checking import doubts
from recordlint.contract.engines import ENGINES, make_engine

NAME = Field("name", "Name", "TEXT")
LINES = Field("lines", "Lines", "TEXTBOX_LIST", options=(Option("a", "A"), Option("b", "B")))
OBJECTS = [
    ObjectDefinition("custom_objects.all", "All", (NAME, LINES)),
    ObjectDefinition("custom_objects.all", "All", (NAME, LINES), required=(NAME, LINES)),
    ObjectDefinition("business", "Company", (NAME,)),
]

IDS = st.from_regex("[A-Za-z0-9]{1,3}", fullmatch=True) | st.sampled_from(["null", "", "a b", "{{a}}", "a\n", 1, None])
USERS = st.lists(IDS, max_size=2) | st.lists(IDS, min_size=9, max_size=12)
DELTAS = st.fixed_dictionaries({}, optional={"add": USERS, "remove": USERS, "set": USERS})
VALUES = st.dictionaries(st.sampled_from(["name", "lines.a", "lines.b", "lines"]), st.sampled_from(["x", None]))
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "properties": VALUES | st.none(),
        "locationId": IDS,
        "owners": USERS | DELTAS,
        "owner": USERS,
        "followers": USERS | DELTAS,
        "other": IDS,
    },
)


@cache
def taking(engine: str, number: int, operation: Operation) -> list[Callable[[Any], bool]]:
    """Whether a body is usual, and whether it is clean."""
    target = target_of(OBJECTS[number], operation)
    return [make_engine(engine, frame(target)).is_valid for frame in (usual_frame, clean_frame)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("operation", ["update", "create"])
@pytest.mark.parametrize("number", range(len(OBJECTS)))
@THOROUGH
@given(BODIES)
def test_usual_bodies_are_clean(number: int, operation: Operation, engine: str, body: Any) -> None:
    is_usual, is_clean = [takes(body) for takes in taking(engine, number, operation)]
    assert is_clean or not is_usual


FEW: dict[Operation, list[Any]] = {
    "update": [
        {"properties": {"name": "x"}},
        {"properties": {"name": "x"}, "owners": {"add": ["a1"], "remove": ["B2"]}},
        {"properties": {"name": "x"}, "followers": {"add": ["a1", "B2"]}},
    ],
    "create": [
        {"locationId": "Loc1", "properties": {"name": "x"}},
        {"locationId": "Loc1", "properties": {"name": "x"}, "owners": ["a1"], "followers": ["a1", "B2"]},
    ],
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("operation", FEW)
def test_a_usual_body_is_all_that_is_asked_about(
    operation: Operation, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubts, "clean_frame", lambda target: pytest.fail("the clean schema is made ready"))
    for body in FEW[operation]:
        assert body_checker(Validator(OBJECTS[:1], engine=engine), operation=operation).is_clean(body)


def test_after_a_body_that_is_not_usual() -> None:
    checker = body_checker(Validator(OBJECTS[:1]))
    for id, is_clean in {"a1": True, "a b": False, "a-1": True, "b2": True, "": False}.items():
        assert checker.is_clean({"properties": {"name": "x"}, "owners": {"add": [id]}}) is is_clean
