"""What a value for an option is read as: the rule, the hint, and whether a fix is safe."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fixture_files import ROOT
from recordlint import Field, ObjectDefinition, Option, Validator
from recordlint.fieldtypes._options import split_list

DATA: dict[str, Any] = json.loads((ROOT / "tests/data/options.json").read_text("utf-8"))
"""Fields, and for each value of one: nothing, or the rule, the hint, and whether the fix is safe (null without one)."""
FIELDS = {
    key: Field(
        key,
        key.title(),
        entry["type"],
        options=tuple([Option(*option) for option in entry["options"]]),
        allow_custom_option=entry.get("custom", False),
    )
    for key, entry in DATA["fields"].items()
}
VALIDATOR = Validator([ObjectDefinition("custom_objects.trip", "Trip", tuple(FIELDS.values()))])


@pytest.mark.parametrize(("field", "value", "expected"), DATA["cases"], ids=repr)
def test_what_a_value_is_read_as(field: str, value: Any, expected: list[Any] | None) -> None:
    text = json.dumps({"properties": {field: value}})
    report = VALIDATOR.check_json(text)
    problems = [[each.rule, each.hint, each.fix.safe if each.fix else None] for each in report.violations]
    assert problems == ([expected] if expected else [])
    for violation in report.violations:
        if violation.fix and "write " in violation.hint:
            (edit,) = violation.fix.edits
            assert violation.hint.startswith(f"write {edit.text}")
            fixed = text.encode()[: edit.start] + edit.text.encode() + text.encode()[edit.end :]
            assert VALIDATOR.check_json(fixed).violations == ()
        assert violation.redacted_hint == (
            f'run recordlint objects --object custom_objects.trip to list the keys of "{field.title()}"'
        )


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("deck", "cafe\u0301", '"Deck" has this option\'s key in another Unicode form'),
        ("deck", "sun ", '"Deck" has this option\'s key without the white space around it'),
        ("deck", "SUN", '"Deck" has this option\'s key in another case'),
        ("deck", "Sun deck", "\"Deck\" takes an option's key, but this is an option's label"),
        ("tag", "QUIET", '"Tag" has no option with this key, and several options share this label'),
        ("meal", "halal | veggie", '"Meal" takes one option, not several'),
        ("meal", ["halal", "veggie"], '"Meal" takes one option, not several'),
        ("meal", {"key": "halal"}, '"Meal" takes an option\'s key as a string, not an object'),
    ],
)
def test_what_is_said_of_a_value(field: str, value: Any, message: str) -> None:
    (violation,) = VALIDATOR.check({"properties": {field: value}}).violations
    assert violation.message == message


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("veggie, halal", ["veggie", "halal"]),
        ("Vegetarian;HALAL", ["veggie", "halal"]),
        ("veggie|halal|m4", ["veggie", "halal", "m4"]),
        ("veggie\nhalal\n", ["veggie", "halal"]),
        ("veggie, halal; m4", ["veggie", "halal", "m4"]),
        ("veggie,veggie", ["veggie"]),
        ("Kids, small portion | Halal", ["kids", "halal"]),
        # The whole is a label, a part is unknown, or there is only one part.
        ("Kids, small portion", None),
        ("veggie, vegan", None),
        ("veggie,", None),
        ("veggie", None),
        ("veggie halal", None),
        (",", None),
        ("", None),
    ],
)
def test_a_list_in_one_string(text: str, keys: list[str] | None) -> None:
    assert split_list(FIELDS["meal"], text) == keys


def test_a_label_of_two_options_is_no_part_of_a_list() -> None:
    assert split_list(FIELDS["tag"], "Loud, 🔴 Hot") is None
    assert split_list(FIELDS["tag"], "🔴 Hot, 🔵 Hot") == ["t5", "t6"]


def test_a_label_that_holds_other_labels_is_no_list() -> None:
    labels = (Option("a", "Soup"), Option("b", "Bread"), Option("both", "Soup, bread"))
    field = Field("lunch", "Lunch", "CHECKBOX", options=labels)
    assert split_list(field, "soup, Bread") is None
    assert split_list(field, "bread, soup") == ["b", "a"]


def test_long_hostile_texts_are_read_in_one_go() -> None:
    for text in (" " * 1_000_000 + "x", "HALAL," * 100_000 + "x", "x," * 100_000, "- " * 100_000):
        (violation,) = VALIDATOR.check({"properties": {"meal": text}}).violations
        assert violation.rule == "unknown-option"
