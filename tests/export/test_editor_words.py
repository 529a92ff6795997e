"""What VS Code shows of a schema that `recordlint vscode` writes, and what other schemas leave out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bodies import OBJECTS
from fixture_files import ROOT
from internals import target_of
from recordlint import Field, ObjectDefinition, Operation, Option, Validator
from recordlint.definitions.reading import load_objects
from recordlint.export.bodies import example_body
from recordlint.export.field_annotations import EDITOR
from recordlint.export.openapi import openapi_document
from recordlint.export.schemas import object_schema
from vscode_service import words

TICKET, *_ = load_objects([str(ROOT / "fixtures" / "objects" / "ticket.json")])
OWN = ("errorMessage", "patternErrorMessage", "defaultSnippets", "enumDescriptions")
"""VS Code's own keywords."""


def shown(*texts: str, operation: Operation = "update", definition: ObjectDefinition = TICKET) -> list[dict[str, Any]]:
    return words(object_schema(target_of(definition, operation), EDITOR), *texts)


def labels(answer: dict[str, Any]) -> dict[str, str]:
    return {label: each["documentation"] for label, each in answer["completions"].items()}


def test_completions_show_labels() -> None:
    one, added, create = (
        *shown('{"properties": {"type_of_ticket": ¦}}', '{"properties": {"section_of_app": {"add": ["¦"]}}}'),
        *shown('{"locationId": "x", "properties": {"section_of_app": ["¦"]}}', operation="create"),
    )
    assert labels(one) == {
        '"option_1_internal_key"': "Bug report",
        '"option_2_internal_key"': "Feature request",
        '"option_3_internal_key"': "Billing question",
        '"option_4_internal_key"': "Account access",
        "null": "Removes the value",
    }
    assert labels(added) == {
        '"option_1_internal_key"': "Contacts",
        '"option_2_internal_key"': "Calendars",
        '"option_3_internal_key"': "Smart lists",
        '"option_4_internal_key"': "Reports – exports",
        '"option_5_internal_key"': "Workflows",
    }
    assert labels(create) == labels(added)


@pytest.mark.parametrize("operation", ["update", "create"])
def test_completions_show_the_labels_of_a_field_that_takes_other_texts_too(operation: Operation) -> None:
    options = (Option("red", "Red one"), Option("blue", "Blue"))
    field = Field("colour", "Colour", "RADIO", options=options, allow_custom_option=True)
    definition = ObjectDefinition("custom_objects.x", "X", (field,))
    empty, other, number = (f'{{"locationId": "x", "properties": {{"colour": {each}}}}}' for each in ("¦", '"x"', "5"))
    listed, right, wrong = shown(empty, other, number, operation=operation, definition=definition)
    assert labels(listed) == {'"red"': "Red one", '"blue"': "Blue", "null": "Removes the value"}
    assert [each for each in right["messages"] if "Colour" in each] == []
    assert 'Colour: The key of one option, or any text of your own. For example: "red"' in wrong["messages"]


def test_hovers_show_field_type_and_options() -> None:
    for answer in shown(
        '{"properties": {"section_of_app": {"add": ["option_1¦_internal_key"]}}}',
        '{"properties": {"section_o¦f_app": {"add": ["option_1_internal_key"]}}}',
    ):
        (text,) = answer["hover"]
        plain = text.replace("\\", "")
        assert plain.startswith("Section of app\n\nThe keys of the options to add and to remove, never their labels.")
        assert "- `option_4_internal_key`: Reports – exports" in plain


def test_snippets() -> None:
    delta, files, file, amount = shown(
        '{"properties": {"section_of_app": ¦}}',
        '{"properties": {"my_files": ¦}}',
        '{"properties": {"my_files": {"add": [¦]}}}',
        '{"properties": {"money": ¦}}',
    )
    assert json.loads(delta["completions"]["Section of app"]["text"]) == {"add": ["$1"], "remove": []}
    assert json.loads(files["completions"]["Attachments"]["text"]) == {"add": [{"url": "https://$1"}], "remove": []}
    assert json.loads(file["completions"]["Attachments"]["text"]) == {"url": "https://$1"}
    assert "".join(amount["completions"]["Refund amount"]["text"].split()) == '{"currency":"default","value":${1:0}}'
    array, more = shown('{"properties": {"section_of_app": ¦}}', '{"properties": {"my_files": ¦}}', operation="create")
    assert json.loads(array["completions"]["Section of app"]["text"]) == ["$1"]
    assert json.loads(more["completions"]["Attachments"]["text"]) == [{"url": "https://$1"}]


def test_messages_are_words() -> None:
    properties = {
        "phone_number": "1",
        "recieved_on": "x",
        "type_of_ticket": "Bug report",
        "section_of_app": {"add": ["Contacts"]},
        "my_files": {"add": [{"url": "x"}]},
        "money": 1,
    }
    (answer,) = shown(json.dumps({"properties": properties}))
    assert answer["messages"] == [
        "Phone number: An E.164 number: +, the country code, then only digits, without a national trunk 0 after the "
        'country code. For example: "+917000000000"',
        "Refund amount: An amount in the location's own currency, which is the only currency that the API supports. "
        'For example: {"currency": "default", "value": 100}',
        'Type of ticket: The key of one option, never its label. For example: "option_1_internal_key"',
        "Section of app: The keys of the options to add and to remove, never their labels. "
        'For example: {"add": ["option_1_internal_key"], "remove": ["option_2_internal_key"]}',
        'Received on: A day of the Gregorian calendar, YYYY-MM-DD, year 0001 to 9999. For example: "2024-07-11"',
        "The absolute http or https URL of the file.",
    ]


@pytest.mark.parametrize("operation", ["update", "create"])
def test_right_bodies_have_no_messages(operation: Operation) -> None:
    for definition in (TICKET, OBJECTS[0]):
        body = example_body(target_of(definition, operation))
        assert Validator([definition]).check(body, operation=operation).violations == ()
        assert [each["messages"] for each in shown(json.dumps(body), operation=operation, definition=definition)] == [
            []
        ]


def test_many_options() -> None:
    options = tuple([Option(f"k{number}", f"Label {number}") for number in range(2_000)])
    fields = [Field(f"f{number}", f"Field {number}", "TEXT") for number in range(300)]
    definition = ObjectDefinition(
        "custom_objects.wide", "Wide", (*fields, Field("w", "W", "CHECKBOX", options=options))
    )
    options_shown, fields_shown = shown(
        '{"properties": {"w": {"add": ["¦"]}}}', '{"properties": {¦}}', definition=definition
    )
    assert labels(options_shown)['"k1999"'] == "Label 1999"
    assert len(fields_shown["completions"]) == 301


def test_other_documents_have_none_of_its_keywords() -> None:
    text = json.dumps([object_schema(target_of(TICKET)), openapi_document([TICKET])])
    assert not any(f'"{each}"' in text for each in OWN)
    assert all(f'"{each}"' in json.dumps(object_schema(target_of(TICKET), EDITOR)) for each in OWN)
