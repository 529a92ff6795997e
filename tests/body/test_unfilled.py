"""Texts that say nothing: where a program had no value, or a template was not filled in."""

from __future__ import annotations

from recordlint import Field, ObjectDefinition, Option, Validator

TAGS = Field("tags", "Tags", "MULTIPLE_OPTIONS", options=(Option("a", "A"), Option("b", "B")))
VALIDATOR = Validator([ObjectDefinition("custom_objects.all", "All", (TAGS,))])


def test_the_same_text_twice_in_an_array_says_nothing_both_times() -> None:
    """That the later one is there already is no sign that an option is meant."""
    report = VALIDATOR.check({"properties": {"tags": {"add": ["a"], "remove": ["undefined", "undefined"]}}})
    assert [(each.rule, each.pointer, each.hint) for each in report.violations] == [
        ("placeholder", "/properties/tags/remove/0", "remove the item"),
        ("placeholder", "/properties/tags/remove/1", "remove the item"),
    ]
