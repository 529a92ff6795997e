"""Cells of tables: what each type reads, and that it reads nothing that `--fix` would not write."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import AMOUNTS, FIELDS, OBJECTS, TEXTS, THOROUGH
from cells import SETTINGS, outcome_of, read
from fixture_files import ROOT
from recordlint import Operation, Validator
from recordlint.contract.operations import OPERATIONS
from recordlint.contract.spec_files import field_types
from recordlint.definitions.target import Target
from recordlint.fieldtypes._cells import Reading
from table_objects import OBJECTS as TABLES

CASES: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/data/cells.toml").read_text("utf-8"))["case"]
VALIDATOR = Validator(OBJECTS)


def reading_of(case: dict[str, Any]) -> Reading:
    settings = {SETTINGS[name]: value for name, value in case.get("reading", {}).items()}
    return Reading(**{name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()})


def expected(case: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What is expected of each cell: the cell, its value, what is said, and the hint of a question."""
    read = [(cell, value, [(rule[0], "error")] if rule else [], None) for cell, value, *rule in case.get("reads", ())]
    warned = [(cell, value, [(rule, "warning")], None) for cell, value, rule in case.get("warns", ())]
    asked = [
        (cell, value[0] if value else cell, [(rule, "error")], hint)
        for cell, rule, hint, *value in case.get("says", ())
    ]
    return [*read, *warned, *asked]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_cells_are_read_as(case: dict[str, Any]) -> None:
    short, key = case["field"].split(".")
    definition = TABLES[short]
    reading = reading_of(case)
    for cell, value, said, hint in expected(case):
        cell = cell if not isinstance(cell, str) or hint is None else cell.replace("\\n", "\n")
        outcome = outcome_of(definition, definition.by_key[key], cell, case.get("operation", "update"), reading)
        assert (cell, outcome.value, type(outcome.value)) == (cell, value, type(value))
        assert (cell, [*outcome.said]) == (cell, said)
        if hint is not None:
            assert outcome.hints == (hint,)


def test_every_type_has_a_case() -> None:
    types = {TABLES[short].by_key[key].data_type for short, key in (case["field"].split(".") for case in CASES)}
    assert {*field_types()} - types == {"LARGE_TEXT", "TEXTBOX_LIST"}  # which are read as TEXT is


@pytest.mark.parametrize("case", [case for case in CASES if "says" in case], ids=lambda case: case["name"])
def test_a_cell_passes_with_the_settings_that_its_hint_names(case: dict[str, Any]) -> None:
    short, key = case["field"].split(".")
    definition = TABLES[short]
    for cell, _, _, hint in expected(case):
        if hint is None or not hint.startswith("set "):
            continue
        for choice in choices(hint.removeprefix("set ").partition(" for this column")[0]):
            reading = reading_of(case)._replace(**choice)
            assert (
                outcome_of(definition, definition.by_key[key], cell, case.get("operation", "update"), reading).said
                == ()
            )


def choices(text: str) -> list[dict[str, str]]:
    """The settings of a hint: `a = "x" and b = "y"`, or one of several joined by `or`."""
    listed: list[dict[str, str]] = []
    name = ""
    for choice in text.split(" or "):
        settings: dict[str, str] = {}
        for setting in choice.split(" and "):
            before, equals, value = setting.rpartition(" = ")
            name = SETTINGS[before] if equals else name
            settings[name] = json.loads(value if equals else setting)
        listed.append(settings)
    return listed


STRINGS = st.one_of(TEXTS, AMOUNTS, st.text("0123456789-+., '’eE$€%()/:", max_size=12))
TEXT_CELLS = st.deferred(lambda: STRINGS)


@THOROUGH
@given(
    st.sampled_from([each for each in FIELDS if not each.has_several_values]),
    TEXT_CELLS,
    st.sampled_from([*OPERATIONS]),
)
def test_a_text_is_read_as_what_safe_fixes_make_of_it(field: Any, cell: str, operation: Operation) -> None:
    if not cell:
        return
    definition = OBJECTS[0]
    noted = read(field, cell, Target(definition, OPERATIONS[operation]), Reading())
    report = VALIDATOR.check_json(
        json.dumps({"locationId": "l", "properties": {field.properties[0]: cell}}),
        object=definition.key,
        operation=operation,
    )
    fixed = json.loads(report.fixed())["properties"][field.properties[0]]
    assert noted.value == fixed
    assert type(noted.value) is type(fixed) or cell == "-0"  # which only a float can be


@THOROUGH
@given(
    st.sampled_from(FIELDS),
    st.one_of(
        TEXT_CELLS,
        st.integers(),
        st.floats(),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.decimals(allow_nan=False, allow_infinity=False),
        st.lists(st.one_of(TEXT_CELLS, st.integers(), st.dates()), max_size=3),
    ),
    st.sampled_from([*OPERATIONS]),
    st.builds(
        Reading,
        separator=st.sampled_from([None, ";", ",", "\n", "|"]),
        decimal_mark=st.sampled_from([None, ".", ","]),
        thousands_mark=st.sampled_from([None, " ", "'", "_"]),
        date_order=st.sampled_from([None, "ymd", "dmy", "mdy"]),
        currency=st.sampled_from([None, "$", "EUR"]),
        true_words=st.sampled_from([(), ("x",)]),
        digits_kept=st.sampled_from([None, 15]),
    ),
)
def test_any_cell_becomes_a_value_that_json_has(field: Any, cell: Any, operation: Operation, reading: Reading) -> None:
    noted = read(field, cell, Target(OBJECTS[0], OPERATIONS[operation]), reading)
    json.dumps(noted.value)
    again = read(field, cell, Target(OBJECTS[0], OPERATIONS[operation]), reading)
    assert repr(again) == repr(noted)
    values = [cell] if isinstance(cell, str) else cell if isinstance(cell, list) else []
    for problem in noted.problems:
        assert not any(isinstance(each, str) and len(each) > 3 and each in problem.message for each in values)
