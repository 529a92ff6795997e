"""What JSON Schema cannot say about an otherwise clean body: one value in both halves, or one file twice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from internals import body_checker
from recordlint import Field, ObjectDefinition, Operation, Option, Validator

KEYS = [f"k{number}" for number in range(8)]
OBJECT = ObjectDefinition(
    "custom_objects.all",
    "All",
    (
        Field("tags", "Tags", "MULTIPLE_OPTIONS", options=tuple(Option(key, key) for key in KEYS)),
        Field("boxes", "Boxes", "CHECKBOX", options=tuple(Option(key, key) for key in KEYS)),
        Field("files", "Files", "FILE_UPLOAD"),
        Field("more", "More", "FILE_UPLOAD"),
    ),
)


def files(*names: str) -> list[dict[str, str]]:
    return [{"url": f"https://example.com/{name}", "name": f"{index}"} for index, name in enumerate(names)]


def update(**properties: Any) -> dict[str, Any]:
    return {"properties": properties}


APART: list[tuple[Operation, Any]] = [
    ("update", {"owners": {"add": ["a"], "remove": ["b"]}}),
    ("update", {"followers": {"add": ["a", "b"], "remove": ["c"]}}),
    ("update", {"followers": {"add": KEYS[:6], "remove": KEYS[6:]}}),
    ("update", update(tags={"add": KEYS[:2]}, boxes={"remove": KEYS[:2]})),
    ("update", update(tags={"add": KEYS[:5], "remove": KEYS[5:]})),
    ("update", update(tags=None, files=None)),
    ("update", update(files={"add": files("a"), "remove": files("b")})),
    ("update", update(files={"add": files("a", "b"), "remove": files("c", "d")}, more={"add": files("a")})),
    ("update", update(files={"remove": files("a", "b")})),
    ("create", {"locationId": "l", "properties": {"files": files("a", "b"), "more": files("a")}}),
    ("create", {"locationId": "l", "followers": ["a", "b"], "properties": {"tags": KEYS}}),
]
TWICE: list[tuple[Operation, Any, str, str]] = [
    ("update", {"owners": {"add": ["a"], "remove": ["a"]}}, "delta-overlap", "/owners/remove/0"),
    ("update", {"owners": {"add": ["a"], "remove": ["a"]}}, "delta-overlap", "/owners/remove/0"),
    ("update", {"followers": {"add": ["a", "b"], "remove": ["c", "b"]}}, "delta-overlap", "/followers/remove/1"),
    ("update", {"followers": {"remove": KEYS[5:], "add": KEYS[:6]}}, "delta-overlap", "/followers/add/5"),
    ("update", update(tags={"add": ["k1"], "remove": ["k0", "k1"]}), "delta-overlap", "/properties/tags/remove/1"),
    ("update", update(boxes={"add": KEYS[:6], "remove": KEYS[5:]}), "delta-overlap", "/properties/boxes/remove/0"),
    (
        "update",
        update(files={"add": files("a"), "remove": files("a")}),
        "delta-overlap",
        "/properties/files/remove/0",
    ),
    (
        "update",
        update(files={"add": files("a", "b"), "remove": files("c", "b")}),
        "delta-overlap",
        "/properties/files/remove/1",
    ),
    ("update", update(more={"add": files("a", "b", "a")}), "delta-duplicate", "/properties/more/add/2"),
    ("update", update(more={"remove": files("a", "a")}), "delta-duplicate", "/properties/more/remove/1"),
    (
        "create",
        {"locationId": "l", "properties": {"more": files("b", "a", "b")}},
        "delta-duplicate",
        "/properties/more/2",
    ),
]


@pytest.mark.parametrize(("operation", "body"), APART)
def test_nothing_twice(operation: Operation, body: Any) -> None:
    checker = body_checker(Validator([OBJECT]), None, operation)
    assert checker.is_clean(body)


@pytest.mark.parametrize(("operation", "body", "rule", "pointer"), TWICE)
def test_one_thing_twice(operation: Operation, body: Any, rule: str, pointer: str) -> None:
    """The clean schema takes it, so only this check finds it."""
    validator = Validator([OBJECT])
    assert body_checker(validator, None, operation).is_valid(body)
    report = validator.check(body, operation=operation)
    assert [(each.rule, each.pointer) for each in report.violations] == [(rule, pointer)]


TEXTS = st.lists(st.sampled_from(["k1", "k2", "One", " One", "one", "Two", "K1", "", "zzz"]), max_size=4)


@given(TEXTS, TEXTS, st.booleans())
def test_what_the_contract_refuses_has_a_name(added: list[str], removed: list[str], is_update: bool) -> None:
    """However often keys and labels stand in a delta or an array, no error is without words of its own."""
    operation: Operation = "update" if is_update else "create"
    value = {"add": added, "remove": removed} if is_update else [*added, *removed]
    body = {"properties": {"tags": value}, **({} if is_update else {"locationId": "l"})}
    options = (Option("k1", "One"), Option("k2", "Two"))
    for data_type in ("MULTIPLE_OPTIONS", "CHECKBOX"):
        field = Field("tags", "Tags", data_type, options=options)
        validator = Validator([ObjectDefinition("custom_objects.all", "All", (field,))])
        violations = validator.check(body, operation=operation).violations
        errors = {each.rule for each in violations if each.severity == "error"}
        assert "contract" not in errors
        if body_checker(validator, None, operation)._contract.is_valid(body):
            assert errors <= {"delta-overlap"}
        else:
            assert errors


def test_what_is_remembered_of_a_text_is_of_its_field_and_operation() -> None:
    """The same wrong text in two fields, and in two operations, at once and again."""
    one = Field("sort", "Sort", "SINGLE_OPTIONS", options=(Option("bug", "Bug report"),))
    other = Field("state", "State", "SINGLE_OPTIONS", options=(Option("bugs", "Bug report"),))
    validator = Validator([ObjectDefinition("custom_objects.all", "All", (one, other))])
    body = {"properties": {"sort": "Bug report", "state": "Bug report"}}
    for _ in range(2):
        for operation in ("update", "create"):
            whole = {"locationId": "l", **body} if operation == "create" else body
            violations = validator.check(whole, operation=operation).violations
            assert [(each.pointer, each.hint) for each in violations] == [
                ("/properties/sort", 'write "bug"'),
                ("/properties/state", 'write "bugs"'),
            ]
