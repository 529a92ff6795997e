"""Parsed bodies that no JSON text could give: they are `invalid-json`, and nothing is ever raised."""

from __future__ import annotations

from collections import OrderedDict, UserDict, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import OBJECTS, THOROUGH, cases, thorough
from recordlint import Report, Validator

KEY = OBJECTS[0].key
VALIDATORS = [Validator(OBJECTS, engine) for engine in ("jsonschema-rs", "jsonschema")]
RECORD = f"/objects/{KEY}/records/668d681f77af4e5229abd6c0?locationId=l"


def refuse(*_: Any) -> Any:
    raise RuntimeError("this value does not want to be looked at")


SPECIAL = "eq len bool str repr iter getitem contains format lt int float index reduce"
HOSTILE_METHODS = {
    **{f"__{name}__": refuse for name in SPECIAL.split()},
    **dict.fromkeys(("items", "keys", "get", "isascii", "encode"), refuse),
}


class Hostile:
    locals().update(HOSTILE_METHODS)

    def __hash__(self) -> int:
        return 1


class HostileStr(str):
    locals().update(HOSTILE_METHODS)

    def __hash__(self) -> int:
        return 1


class HostileDict(dict[Any, Any]):
    locals().update(HOSTILE_METHODS)


class HostileList(list[Any]):
    locals().update(HOSTILE_METHODS)


class HostileInt(int):
    locals().update({**HOSTILE_METHODS, "__ge__": refuse, "__le__": refuse})

    def __hash__(self) -> int:
        return 1


class HostileFloat(float):
    locals().update({**HOSTILE_METHODS, "__ge__": refuse, "__le__": refuse})

    def __hash__(self) -> int:
        return 1


def itself(*keys: str) -> dict[str, Any]:
    """A body that holds itself, under each of these keys."""
    body: dict[str, Any] = {"properties": {"name": "x"}}
    for key in keys:
        body[key] = body
    return body


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


PARTS: dict[str, Callable[[], Any]] = {
    "an object": Hostile,
    "a str": lambda: HostileStr("x"),
    "a dict": lambda: HostileDict(a=1),
    "a list": lambda: HostileList([1]),
    "an int": lambda: HostileInt(5),
    "a float": lambda: HostileFloat(5),
    "an ordered dict": lambda: OrderedDict(add=["a"]),
    "a default dict": lambda: defaultdict(list, add=["a"]),
    "a user dict": lambda: UserDict(add=["a"]),
    "a huge int": lambda: 10**5_000,
    "nan": lambda: float("nan"),
    "infinity": lambda: float("-inf"),
    "half a surrogate pair": lambda: "a\ud800",
    "a surrogate pair in halves": lambda: "\ud83d\ude00",
    "a deep list": lambda: nested(200),
    "a very deep list": lambda: nested(100_000),
    "itself": lambda: itself("again"),
    "itself twice": lambda: itself("again", "and_again"),
    "a generator": lambda: (each for each in [1]),
    "a class": lambda: dict,
    "bytes": lambda: b"x",
    "a tuple": lambda: (1,),
    "a complex number": lambda: 1j,
}


def reports(body: Any) -> list[Report]:
    checked = [validator.check(body, object=KEY) for validator in VALIDATORS]
    checked += [validator.check(body, object=KEY, operation="create") for validator in VALIDATORS]
    return [*checked, VALIDATORS[0].check_request("PUT", RECORD, {}, body)]


def assert_not_json(report: Report, below: str = "") -> None:
    assert report.violations
    for violation in report.violations:
        assert (violation.rule, violation.severity) == ("invalid-json", "error")
        assert violation.pointer.removeprefix("/body").startswith(below)


@pytest.mark.parametrize("name", PARTS)
def test_a_value(name: str) -> None:
    part = PARTS[name]()
    for report in reports({"properties": {"name": "x", "tags": {"add": [part]}}}):
        assert_not_json(report, "/properties/tags/add/0")


@pytest.mark.parametrize("name", PARTS)
def test_a_whole_body(name: str) -> None:
    part = PARTS[name]()
    for validator in VALIDATORS:
        assert_not_json(validator.check(part, object=KEY))


@pytest.mark.parametrize("key", [Hostile(), HostileStr("name"), 10**5_000, None, 1.5, (1,), b"x", "\udfff"], ids=type)
def test_a_key(key: Any) -> None:
    for report in reports({"locationId": "l", key: 1, "properties": {key: "x", "name": float("nan"), "count": 1j}}):
        assert_not_json(report)
        assert len(report.violations) == 4


def test_violations_stand_in_the_order_of_the_members() -> None:
    body = {"zzz": 1, "properties": {"zz": 1, 5: 1, "name": 1j, "aa": float("nan")}, "aaa": 1j}
    report = VALIDATORS[0].check(body, object=KEY)
    assert [each.pointer for each in report.violations] == [
        "/properties/name",
        "/properties/aa",
        "/properties/5",
        "/aaa",
    ], "what is no name stands behind the names"
    body = {"zzz": 1, "properties": {"zz": 1, "name": 5, "aa": 1}, "aaa": 1}
    report = VALIDATORS[0].check(body, object=KEY)
    assert [each.pointer for each in report.violations] == [
        "/zzz",
        "/properties/zz",
        "/properties/name",
        "/properties/aa",
        "/aaa",
    ]


def test_a_value_that_stands_in_many_places_is_judged_in_each() -> None:
    shared = {"add": ["nothing"]}
    report = VALIDATORS[0].check({"properties": {"tags": shared, "boxes": shared}}, object=KEY)
    assert [each.pointer for each in report.violations] == ["/properties/tags/add/0", "/properties/boxes/add/0"]


class Odd(NamedTuple):
    """Stands for one of PARTS, for hypothesis shows what it draws."""

    name: str


def built(tree: Any) -> Any:
    if isinstance(tree, Odd):
        return PARTS[tree.name]()
    if isinstance(tree, dict):
        return {key: built(each) for key, each in tree.items()}
    return [built(each) for each in tree] if isinstance(tree, list) else tree


LEAVES = st.builds(Odd, st.sampled_from([name for name in PARTS if "very deep" not in name]))
TREES: st.SearchStrategy[Any] = st.recursive(
    LEAVES | st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=3) | st.sampled_from(["properties", "name", "tags", "add"]), inner, max_size=3
        )
        | st.builds(lambda value: {"properties": {"tags": value, "name": value}}, inner)
    ),
    max_leaves=6,
)


@THOROUGH
@given(TREES)
def test_nothing_is_raised(tree: Any) -> None:
    body = built(tree)
    first, *others = [(each.errors, each.warnings, each.violations) for each in reports(body)[:2]]
    assert others == [first]


@thorough(0.2)
@given(st.lists(cases(), min_size=8, max_size=8))
def test_threads_share_a_validator(bodies: list[Any]) -> None:
    """One that is made for this, so that all of them ask for its parts at once."""
    fresh = Validator(OBJECTS)

    def judged(case: Any) -> Any:
        key, operation, body = case
        return fresh.check(body, object=key, operation=operation).violations

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(judged, bodies * 4))
    assert together == [judged(case) for case in bodies] * 4
