"""One wrong option takes as many steps with many options as with few, also where all of them are alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from recordlint import Field, ObjectDefinition, Option
from recordlint.contract.operations import UPDATE
from recordlint.definitions.target import Target
from recordlint.fieldtypes import field_type
from recordlint.problems.problem import Problem
from steps import steps

FEW, MANY = 300, 3_000
LETTERS = "bcdfghjklmnpqrst"


def letters(index: int) -> str:
    return "".join(LETTERS[index >> 4 * place & 15] for place in range(3))


ALIKE: dict[str, Callable[[int], Option]] = {
    "numbers": lambda index: Option(f"option_{index}", f"Option {index}"),
    "one word": lambda index: Option(letters(index), f"Same word {letters(index)}"),
    "one label": lambda index: Option(letters(index), "Same"),
    "one beginning": lambda index: Option(f"option{letters(index)}", f"option{letters(index)}"),
    "one end": lambda index: Option(f"o{letters(index)}ption", f"O{letters(index)}ption"),
    "one character": lambda index: Option(chr(0x4E00 + index), chr(0x4E00 + index)),
    "signs and accents": lambda index: Option(letters(index), f"Größe – {letters(index)} 🎉"),
    "case": lambda index: Option(
        "".join(letter.upper() if index >> place & 1 else letter for place, letter in enumerate("abcdefghijkl")), "Same"
    ),
}
WRONG = (
    "nothing like it",
    "option 1",
    "OPTION_1 ",
    "option_99999",
    "optoin_7",
    "optionbbbx",
    "obbbptoin",
    "bbb",
    "word same",
    "same",
    "same word bbbx",
    "größe - bbc",
    "größe - bbc ccc",
    "AbCdEfGhIjKl",
    "一二",
    "yes",
)


@pytest.mark.parametrize("alike", ALIKE)
@pytest.mark.parametrize("data_type", ["SINGLE_OPTIONS", "CHECKBOX"])
def test_a_wrong_option_among_many(alike: str, data_type: str) -> None:
    def field(count: int) -> Field:
        return Field("x", "X", data_type, options=tuple([ALIKE[alike](index) for index in range(count)]))

    few, many = (taken(field(count)) for count in (FEW, MANY))
    assert {text: (few[text], many[text]) for text in WRONG if many[text] > 1.5 * few[text] + 1_000} == {}


def taken(field: Field) -> dict[str, int]:
    """The steps that each wrong text takes in the end, when what is known of the options has been worked out."""
    problems_of(field, WRONG[0])
    return {text: [steps(partial(problems_of, field, text)) for _ in range(2)][1] for text in WRONG}


def problems_of(field: Field, text: str) -> list[Problem]:
    value = {"add": [text]} if field.has_several_values else text
    target = Target(ObjectDefinition("custom_objects.x", "X", (field,)), UPDATE)
    return list(field_type(field.data_type).problems(field, value, target))


class Counted(str):
    """A text that counts how often it is compared."""

    times = 0

    def __eq__(self, other: object) -> bool:
        Counted.times += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def test_a_list_in_one_text_is_not_compared_with_each_item_beside_it() -> None:
    field = Field("x", "X", "CHECKBOX", options=(Option("a", "First"), Option("b", "Second")))
    target = Target(ObjectDefinition("custom_objects.x", "X", (field,)), UPDATE)

    def compared(count: int) -> int:
        Counted.times = 0
        value = {"add": [Counted(f"a, b{' ' * index}") for index in range(count)]}
        problems = list(field_type(field.data_type).problems(field, value, target))
        assert [each.message for each in problems] == ['"X" has several options in one text'] * count
        return Counted.times

    assert compared(200) <= 11 * compared(20)


@pytest.mark.parametrize(("count", "listed"), [(64, False), (65, True)])
def test_a_question_names_a_readable_number_of_options(count: int, listed: bool) -> None:
    field = Field("x", "X", "SINGLE_OPTIONS", options=tuple([Option(f"k{index}", "Same") for index in range(count)]))
    (problem,) = problems_of(field, "same")
    keys = [f'"k{index}"' for index in range(count)]
    assert problem.message == '"X" has no option with this key, and several options share this label'
    if listed:
        shown = ", ".join(f"{key} (Same)" for key in keys[:8])
        hint = f"use one of {shown}; there are 65 keys, and recordlint objects --object custom_objects.x lists them all"
    else:
        hint = f"did you mean {', '.join(keys[:-1])} or {keys[-1]}?"
    assert problem.hint == hint
