"""One unknown key takes as many steps beside many fields as beside few, also where all of them are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from recordlint import Field, ObjectDefinition, Option
from recordlint.body.property_keys import meant_property, times_named, wrong_property
from steps import steps

FEW, MANY = 300, 3_000
LETTERS = "bcdfghjklmnpqrst"


def letters(index: int) -> str:
    return "".join(LETTERS[index >> 4 * place & 15] for place in range(3))


def cased(index: int) -> str:
    return "".join(letter.upper() if index >> place & 1 else letter for place, letter in enumerate("abcdefghijkl"))


ALIKE: dict[str, Callable[[int], tuple[Field, ...]]] = {
    "numbers": lambda count: tuple([Field(f"field_{index}", f"Field {index}", "TEXT") for index in range(count)]),
    "one name": lambda count: tuple([Field(letters(index), "Name", "TEXT") for index in range(count)]),
    "one beginning": lambda count: tuple(
        [Field(f"field{letters(index)}", letters(index), "TEXT") for index in range(count)]
    ),
    "case": lambda count: tuple([Field(cased(index), "Name", "TEXT") for index in range(count)]),
    "labels": lambda count: (
        Field(
            "lines", "Lines", "TEXTBOX_LIST", options=tuple([Option(letters(each), "Same") for each in range(count)])
        ),
    ),
    "one id": lambda count: tuple([Field(letters(index), letters(index), "TEXT", id="1") for index in range(count)]),
}
WRONG: tuple[tuple[str, Any], ...] = (
    ("nothing like it", 1),
    ("feild_7", 1),
    ("Field 9999", 1),
    ("fieldbbbx", 1),
    ("NAME", 1),
    ("AbCdEfGhIjKL", 1),
    ("lines", "x"),
    ("Lines", {"same": "x"}),
    ("lines.same", "x"),
    ("lines.bbbx", "x"),
    ("custom_objects.x.other", 1),
    ("1", 1),
    ("more", {"field_1": 1, "lines.bbb": 2}),
)


@pytest.mark.parametrize("alike", ALIKE)
def test_an_unknown_key_beside_many_fields(alike: str) -> None:
    few, many = (taken(ObjectDefinition("custom_objects.x", "X", ALIKE[alike](count))) for count in (FEW, MANY))
    assert {key: (few[key], many[key]) for key, _ in WRONG if many[key] > 1.5 * few[key] + 1_000} == {}


def taken(definition: ObjectDefinition) -> dict[str, int]:
    """The steps that each wrong key takes in the end, when what is known of the fields has been worked out."""
    times = times_named([key for key, _ in WRONG], ())

    def ask(key: str, value: object) -> object:
        return wrong_property(definition, key, value, meant_property(definition, key), times)

    return {key: [steps(partial(ask, key, value)) for _ in range(2)][1] for key, value in WRONG}


class Times(Counter[str]):
    """How often properties are named, where a look at each takes a step."""

    def values(self) -> Iterator[int]:  # type: ignore[override]  # a view of a Counter takes no step of Python
        yield from super().values()


def test_an_unknown_key_that_holds_fields_beside_many_others() -> None:
    definition = ObjectDefinition("custom_objects.x", "X", (Field("name", "Name", "TEXT"),))

    def ask(count: int) -> Callable[[], object]:
        times = Times(f"other_{index}" for index in range(count))
        return partial(wrong_property, definition, "more", {"name": 1}, None, times)

    ask(1)()
    assert steps(ask(3_000)) == steps(ask(300))
