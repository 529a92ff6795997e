"""Names for generated code are identifiers, and tell apart what is different."""

from __future__ import annotations

import keyword
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordlint import ObjectDefinition, Option
from recordlint.export.names import class_names, constant_names, distinct_titles

KEYS = st.text(st.sampled_from("ab1_"), min_size=1, max_size=5).map("custom_objects.{}".format)
LABELS = st.text(st.sampled_from("aAé -/1中😀"), max_size=4)


def named(*keys: str) -> list[str]:
    return [*class_names([ObjectDefinition(key, key, ()) for key in keys]).values()]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("custom_objects.ticket", "Ticket"),
        ("custom_objects.vehicle_intake", "VehicleIntake"),
        ("custom_objects.a_1", "A_1"),
        ("custom_objects.a1", "A1"),
        ("custom_objects.2fa", "Object_2fa"),
        ("custom_objects.a__b", "A_B"),
        ("custom_objects._a", "Object_A"),
        ("custom_objects.none", "NoneObject"),
        ("custom_objects.delta", "DeltaObject"),
        ("business", "Business"),
    ],
)
def test_the_name_of_an_object(key: str, name: str) -> None:
    assert named(key) == [name]


@given(st.lists(KEYS, unique=True, max_size=8))
def test_objects_have_different_names(keys: list[str]) -> None:
    names = named("business", "custom_objects.business", *[key for key in keys if key != "custom_objects.business"])
    assert len({*names}) == len(names)
    assert all(name.isidentifier() and name.isascii() and not keyword.iskeyword(name) for name in names)


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([("a", "Bug report"), ("b", "Très élégant"), ("c", "2 weeks")], ["BUG_REPORT", "TRES_ELEGANT", "N_2_WEEKS"]),
        ([("x", "A+"), ("y", "A-")], ["X", "Y"]),
        ([("中", "中"), ("😀", "😀"), ("ok", "")], ["OPTION", "OPTION_2", "OK"]),
        ([("b", "A B"), ("a", "B")], ["A_B", "B"]),
        ([("b", "!"), ("a", "B")], ["B", "B_2"]),
    ],
)
def test_the_names_of_options(options: list[tuple[str, str]], names: list[str]) -> None:
    assert constant_names([Option(*each) for each in options]) == names


@given(st.lists(st.tuples(LABELS.filter(bool), LABELS), unique_by=lambda each: each[0], max_size=8))
def test_options_have_different_names(options: list[tuple[str, str]]) -> None:
    names = constant_names([Option(*each) for each in options])
    assert len({*names}) == len(options)
    assert all(re.fullmatch("[A-Z_][A-Z0-9_]*", name) for name in names)


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ({"a": "Status", "b": "Kind"}, ["Status", "Kind"]),
        ({"a": "Status", "b": "status!"}, ["Status (a)", "status! (b)"]),
        ({"a": "🚗", "b": "—", "c": "?"}, ["🚗 (a)", "— (b)", "? (c)"]),
        ({"-": "!", "+": "?"}, ["! (-) 2", "? (+) 3"]),
        ({"a": "Pet", "b": "Pet", "c": "Pet (a)"}, ["Pet (a)", "Pet (b)", "Pet (a) (c)"]),
    ],
)
def test_titles_of_which_tools_make_names(titles: dict[str, str], expected: list[str]) -> None:
    assert list(distinct_titles(titles).values()) == expected
