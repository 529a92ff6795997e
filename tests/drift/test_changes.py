"""Each kind of change has a page, whose example is a change of that kind and no other; and what is said of them."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from fixture_files import ROOT
from recordlint import ObjectDefinition
from recordlint.definitions.reading import parse_objects
from recordlint.drift.change import LEVELS, Change, is_at_least
from recordlint.drift.compare import compare, kinds
from recordlint.rules.catalogue import rule_ids
from recordlint.rules.change_pages import change_ids, change_page

CASES = ROOT / "tests/data/changes.json"
KEY = "custom_objects.ticket"


def definitions(*documents: Any) -> tuple[ObjectDefinition, ...]:
    """The definitions of documents, each a whole one, one field, or a list of fields."""
    files = [(f"{number}.json", json.dumps(_whole(each)).encode()) for number, each in enumerate(documents)]
    return parse_objects(files)


def _whole(document: Any) -> Any:
    if isinstance(document, dict) and "fields" in document:
        return document
    fields = document if isinstance(document, list) else [document]
    return {
        "object": {"key": KEY},
        "fields": [
            {
                "name": each["fieldKey"].removeprefix(f"{KEY}."),
                **each,
                "fieldKey": f"{KEY}.{each['fieldKey'].removeprefix(f'{KEY}.')}",
            }
            for each in fields
        ],
    }


def _parsed(text: str) -> list[Any]:
    return [json.loads(text)] if text else []


def test_each_kind_has_a_page() -> None:
    assert list(kinds()) == list(change_ids())
    assert not {*change_ids()} & {*rule_ids()}


@pytest.mark.parametrize("kind", change_ids())
def test_example(kind: str) -> None:
    page = change_page(kind)
    assert page.id == kind
    assert page.level == kinds()[kind]
    old, new = (definitions(*_parsed(text)) for text in (page.before, page.after))
    seen = [(each.kind, each.level) for each in compare(old, new)]
    assert (kind, page.level) in seen
    # An option that is renamed is one that is gone and one that is new, and a new label is that of a new option.
    assert {each for each, _ in seen} - {kind} <= {
        "option-gone": {"option-added"},
        "text-became-label": {"option-added"},
    }.get(kind, set())


@pytest.mark.parametrize("kind", change_ids())
def test_page_fits_a_terminal(kind: str) -> None:
    assert max(map(len, change_page(kind).page.splitlines())) <= 80


def _cases() -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in json.loads(CASES.read_text("utf-8"))]


@pytest.mark.parametrize("case", _cases())
def test_words(case: dict[str, Any]) -> None:
    changes = compare(definitions(*case["old"]), definitions(*case["new"]))
    said = [[each.kind, each.field, each.message, each.hint] for each in changes]
    if os.environ.get("UPDATE_GOLDEN"):
        cases = json.loads(CASES.read_text("utf-8"))
        for each in cases:
            if each["name"] == case["name"]:
                each["changes"] = said
        CASES.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n", "utf-8")
    else:
        assert said == case["changes"]


def test_many_options_with_one_label() -> None:
    """Each label is worked out once, and few keys are named."""

    def having(prefix: str) -> tuple[ObjectDefinition, ...]:
        options = [{"key": f"{prefix}{number}", "label": "Same"} for number in range(20_000)]
        return definitions({"fieldKey": "status", "dataType": "RADIO", "options": options})

    changes = compare(having("a"), having("b"))
    assert len(changes) == 40_000
    named = ", ".join([f'"b{number}"' for number in range(8)])
    assert {each.hint for each in changes if each.kind == "option-gone"} == {
        f"its label belongs to {named} or 19,992 more now: the key may have been renamed"
    }
    named = ", ".join([f'"k{number}"' for number in range(8)])
    before = [{"key": f"k{number}", "label": f"{number}"} for number in range(10)]
    one = definitions({"fieldKey": "status", "dataType": "RADIO", "options": before})
    other = definitions(
        {"fieldKey": "status", "dataType": "RADIO", "options": [{**each, "label": "x"} for each in before]}
    )
    assert [each.message for each in compare(one, other)] == [
        f'the options {named} and 2 more of "status" share the label "x"'
    ]


def test_levels() -> None:
    assert [is_at_least("dangerous", least) for least in LEVELS] == [False, True, True]


def test_the_worst_comes_first() -> None:
    old = definitions([{"fieldKey": "a", "dataType": "TEXT"}, {"fieldKey": "b", "dataType": "TEXT"}])
    new = definitions([{"fieldKey": "c", "dataType": "TEXT"}, {"fieldKey": "b", "dataType": "EMAIL"}])
    changes = compare(old, new)
    assert [(each.level, each.kind, each.field) for each in changes] == [
        ("breaking", "field-gone", "a"),
        ("breaking", "type-changed", "b"),
        ("safe", "field-added", "c"),
    ]
    assert changes[1] == Change(
        "type-changed",
        "breaking",
        KEY,
        "b",
        '"b" is EMAIL now, and was TEXT',
        "write its values in the form of the new type",
        "0.json",
    )
