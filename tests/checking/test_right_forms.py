"""What has nothing to report passes the quick test, in every form of every field type; and nothing else passes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from bodies import FIELDS, OBJECTS, THOROUGH, UNKNOWN, cases, of_each_type
from internals import body_checker, rows_of
from recordlint import ObjectDefinition, Operation, Validator
from recordlint.body.top_level import body_problems
from recordlint.checking.row_patterns import SIGHTS
from recordlint.contract.engines import ENGINES

FORMS: dict[str, dict[str, list[Any]]] = json.loads(
    (Path(__file__).parent.parent / "data" / "right_forms.json").read_text("utf-8")
)
"""Right values by property, for both operations or for one of them; and whole bodies."""
OBJECT = ObjectDefinition("custom_objects.odd", "Odd", (*FIELDS, UNKNOWN))
KEY = OBJECT.key
VALIDATORS = {engine: Validator([OBJECT], engine) for engine in ENGINES}
VALIDATOR = VALIDATORS[ENGINES[0]]
BOTH = Validator(OBJECTS)
OPERATIONS: tuple[Operation, ...] = ("update", "create")
STYLES = {"as Python writes it": (", ", ": "), "as JavaScript writes it": (",", ":")}
TOO_MUCH = ["1e400", "-1e400", "1" * 400, f"[{'1' * 400}]", '{"a": [1e999]}', "[" * 127 + "]" * 127, r'"\ud800"']
"""What no JSON document may have, however little is said of a field."""


def right_values(key: str, operation: Operation) -> list[Any]:
    values = FORMS[key].get("both", []) + FORMS[key].get(operation, [])
    return [*values, None] if operation == "update" else values


def bodies(operation: Operation) -> Iterator[Any]:
    yield from FORMS["bodies"][operation]
    for key in OBJECT.by_property:
        for value in right_values(key, operation):
            yield {"properties": {key: value}, **({"locationId": "l"} if operation == "create" else {})}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_field_type_has_forms(operation: Operation) -> None:
    of_each_type({field.data_type: field for field in FIELDS}, "sample field")
    assert FORMS.keys() == {*OBJECT.by_property, "bodies"}
    assert [key for key in OBJECT.by_property if not right_values(key, operation)] == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_bodies(engine: str, operation: Operation) -> None:
    checker = body_checker(VALIDATORS[engine], KEY, operation)
    for body in bodies(operation):
        assert list(body_problems(checker.target, body)) == []
        assert checker.is_clean(body), body


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
@pytest.mark.parametrize("operation", OPERATIONS)
def test_rows(operation: Operation, style: tuple[str, str]) -> None:
    rows = rows_of(VALIDATOR, KEY, operation)
    for body in bodies(operation):
        row = json.dumps(body, separators=style, ensure_ascii=False).encode()
        assert rows.report(row).violations == ()
        assert rows.is_clean(row), row


@pytest.mark.parametrize("text", TOO_MUCH, ids=lambda text: text[:12])
@pytest.mark.parametrize("place", ['"odd": {}', '"files": {{"remove": [{{"url": "https://a.b/c", "name": {}}}]}}'])
def test_what_no_document_may_have_is_seen_where_a_schema_says_nothing(text: str, place: str) -> None:
    row = f'{{"properties": {{{place.format(text)}}}}}'.encode()
    assert not rows_of(VALIDATOR, KEY).is_clean(row)
    assert {each.rule for each in VALIDATOR.check_json(row, object=KEY).violations} == {"invalid-json"}


@pytest.mark.parametrize("label", ["Bug report", "Same", "Feature \u2013 idea", "Bug report\ufe0f"])
def test_a_label_among_custom_texts_is_seen(label: str) -> None:
    body = {"properties": {"free": label}}
    assert not body_checker(VALIDATOR, KEY).is_clean(body)
    rows = rows_of(VALIDATOR, KEY)
    for number in range(SIGHTS + 1):
        assert rows.is_clean(f'{{"properties": {{"free": "my own {number}"}}}}'.encode())
    row = json.dumps(body, ensure_ascii=False).encode()
    assert not rows.is_clean(row)
    assert {each.rule for each in rows.report(row).violations} == {"option-label"}


@THOROUGH
@given(cases())
def test_a_body_is_clean_exactly_if_it_has_no_problem(case: tuple[str, Operation, Any]) -> None:
    key, operation, body = case
    checker = body_checker(BOTH, key, operation)
    assert checker.is_clean(body) == (not list(body_problems(checker.target, body)))
