"""What an update makes of a record, and what only the record shows of it."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import pytest
from hypothesis import given

from bodies import OBJECTS, right_bodies, thorough
from fixture_files import ROOT
from recordlint import InputError, Record, UsageError, Validator
from recordlint.records.values import apply_delta
from records.stored_records import DEFINITION, records

VALIDATOR = Validator(OBJECTS)
TICKET = Validator.from_path(str(ROOT / "fixtures/objects/ticket.json"))
STORED = {
    "id": "661c06b4ffde146bdb469442",
    "owner": ["u1"],
    "followers": [f"f{n}" for n in range(9)],
    "properties": {
        "ticket_name": "Printer",
        "customer_number": 7,
        "priority": "low",
        "affected_platforms": ["web", "ios"],
        "my_files": [{"url": "https://example.com/a.pdf", "meta": {"size": 1}}],
    },
}
FILES = [{"url": f"https://example.com/{each}.pdf"} for each in "abc"]


@pytest.mark.parametrize(
    ("stored", "delta", "after"),
    [
        ([], {}, []),
        ([], {"add": ["a", "b", "a"]}, ["a", "b"]),
        (["a"], {"add": ["a", "b"]}, ["a", "b"]),
        (["a", "b", "c"], {"remove": ["b", "x"]}, ["a", "c"]),
        (["a", "b"], {"add": ["c"], "remove": ["a"]}, ["b", "c"]),
        (
            [{"url": "u", "meta": 1}],
            {"add": [{"url": "u"}, {"url": "v", "name": "V"}]},
            [{"url": "u", "meta": 1}, {"url": "v", "name": "V"}],
        ),
        ([{"url": "u", "meta": 1}, {"url": "v"}], {"remove": [{"url": "u"}]}, [{"url": "v"}]),
    ],
)
def test_deltas(stored: list[Any], delta: dict[str, Any], after: list[Any]) -> None:
    assert apply_delta(stored, delta) == after


def test_the_record_after_an_update() -> None:
    body = {
        "owners": {"add": ["u2"], "remove": ["u1"]},
        "properties": {
            "priority": "high",
            "customer_number": None,
            "affected_platforms": {"remove": ["web", "ios"]},
            "my_files": {"add": [{"url": "https://example.com/b.pdf", "name": "B"}]},
            "my_textbox_list.option_a": "x",
        },
    }
    for answer in (STORED, {"record": STORED}, Record.from_dict(STORED)):
        for given_body in (body, json.dumps(body), json.dumps(body).encode()):
            after, report = TICKET.apply(answer, given_body)
            assert report.violations == ()
            assert after.to_dict() == {
                **STORED,
                "owner": ["u2"],
                "properties": {
                    "ticket_name": "Printer",
                    "priority": "high",
                    "my_files": [*STORED["properties"]["my_files"], {"url": "https://example.com/b.pdf", "name": "B"}],  # type: ignore[index]
                    "my_textbox_list.option_a": "x",
                },
            }


def test_a_body_with_an_error_changes_nothing() -> None:
    record = Record.from_dict(STORED)
    for body in ({"properties": {"priority": "high", "zz": 1}}, '{"properties": {"priority": "high"}', [], None):
        after, report = TICKET.apply(record, body)
        assert not report.valid
        assert after is record


ADD = "/properties/affected_platforms/add"
NO_OP, TOO_MANY, NOT_STORED = ("no-op", "warning"), ("too-many", "error"), ("not-stored", "warning")
MINE, OPTION = "/properties/my_files", ("unknown-option", "error")
CASES: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    ({"owners": {"add": ["u2"]}}, [(*TOO_MANY, "/owners/add")]),
    ({"owners": {"add": ["u2"], "remove": ["u1"]}}, []),
    ({"owners": {"add": ["u1"]}}, [(*NO_OP, "/owners/add/0")]),
    ({"owner": {"add": ["u2"]}}, [("owner-spelling", "warning", "/owner"), (*TOO_MANY, "/owner/add")]),
    ({"followers": {"add": ["g1"]}}, []),
    ({"followers": {"add": ["g1", "g2"]}}, [(*TOO_MANY, "/followers/add")]),
    ({"followers": {"add": ["g1", "g2"], "remove": ["f0"]}}, []),
    ({"followers": {"remove": ["g1", "f1"]}}, [(*NOT_STORED, "/followers/remove/0")]),
    ({"properties": {"my_files": {"add": FILES[1:2]}}}, []),
    ({"properties": {"my_files": {"add": FILES[:1]}}}, [(*NO_OP, f"{MINE}/add/0")]),
    ({"properties": {"my_files": {"add": FILES[1:]}}}, [(*TOO_MANY, f"{MINE}/add")]),
    ({"properties": {"my_files": {"add": FILES[1:], "remove": FILES[:1]}}}, []),
    ({"properties": {"my_files": {"add": FILES}}}, [(*TOO_MANY, f"{MINE}/add")]),
    ({"properties": {"my_files": {"remove": FILES[1:2]}}}, [(*NOT_STORED, f"{MINE}/remove/0")]),
    ({"properties": {"affected_platforms": {"add": ["web", "android"]}}}, [(*NO_OP, f"{ADD}/0")]),
    ({"properties": {"affected_platforms": {"add": ["Android"]}}}, [(*OPTION, f"{ADD}/0")]),
    ({"properties": {"priority": "low"}}, [(*NO_OP, "/properties/priority")]),
    ({"properties": {"customer_number": 7.0}}, [(*NO_OP, "/properties/customer_number")]),
    ({"properties": {"customer_number": True}}, [("wrong-type", "error", "/properties/customer_number")]),
    ({"properties": {"priority": None, "money": None}}, [(*NO_OP, "/properties/money")]),
    (
        {"properties": {"priority": "LOW", "ticket_name": "Printer"}},
        [(*OPTION, "/properties/priority"), (*NO_OP, "/properties/ticket_name")],
    ),
    ({"properties": {"affected_platforms": None}}, []),
    ({"properties": {"affected_platforms": {"add": []}}}, [(*NO_OP, ADD)]),
]


@pytest.mark.parametrize(("body", "violations"), CASES)
def test_what_the_record_shows(body: dict[str, Any], violations: list[tuple[str, str, str]]) -> None:
    expected = sorted(violations)
    for given_body in (body, json.dumps(body, indent=2)):
        _, report = TICKET.apply(STORED, given_body)
        assert sorted((each.rule, each.severity, each.pointer) for each in report.violations) == expected
        assert isinstance(given_body, dict) or all(each.place for each in report.violations)


def test_the_words() -> None:
    _, report = TICKET.apply(
        STORED,
        {
            "owners": {"add": ["u2"]},
            "followers": {"add": ["g1", "g2"]},
            "properties": {
                "my_files": {"add": FILES[1:], "remove": [{"url": "https://example.com/z.pdf"}]},
                "priority": "low",
                "money": None,
            },
        },
    )
    assert [(each.message, each.hint, each.note) for each in report.violations] == [
        ("owners takes at most 1 user: with these, the record would have 2", "remove an owner in the same body", ""),
        (
            "followers takes at most 10 users: with these, the record would have 11",
            "add fewer, or remove followers in the same body",
            "",
        ),
        (
            '"Attachments" takes at most 2 files: with these, the record would have 3',
            "add fewer, or remove files in the same body",
            "the service answers 400 where a field would hold more files than it takes after the change",
        ),
        (
            '"Attachments" does not hold this value, so it cannot be removed',
            "leave it out",
            "the service answers 400 to a value in remove that is not stored",
        ),
        ('"Priority" has this value already', "leave it out", ""),
        ('"Refund amount" has no value to remove', "leave it out", ""),
    ]


STALE = {"properties": {"priority": "urgent_old", "affected_platforms": ["web", "x1", "x2"], "section_of_app": "text"}}


def test_stale_values() -> None:
    _, report = TICKET.apply(STALE, {"properties": {"ticket_name": "x"}})
    assert {(each.rule, each.severity, each.pointer) for each in report.violations} == {("stale-value", "warning", "")}
    assert sorted(each.message for each in report.violations) == [
        'the record holds 2 keys that are no option of "Affected platforms"',
        'the record holds a key that is no option of "Priority"',
        'the record holds one value in "Section of app", which takes several now',
    ]
    body = {"properties": {"priority": "low", "affected_platforms": None, "section_of_app": None}}
    assert TICKET.apply(STALE, body)[1].violations == ()
    body = {"properties": {"affected_platforms": {"add": ["ios"]}, "priority": None, "section_of_app": None}}
    (violation,) = TICKET.apply(STALE, body)[1].violations
    assert violation.hint == 'clear it with "affected_platforms": null, or restore the option in the account'


@thorough()
@given(records(), right_bodies("update"))
def test_without_what_is_in_vain_the_record_becomes_the_same(answer: dict[str, Any], body: dict[str, Any]) -> None:
    """What a hint tells to write passes the next run: `leave it out` is done, and nothing in vain is left."""
    after, report = VALIDATOR.apply(answer, body, object=DEFINITION.key)
    text = json.dumps(without(body, [each.pointer for each in report.violations if each.hint == "leave it out"]))
    again, left = VALIDATOR.apply(answer, text, object=DEFINITION.key)
    assert again.to_dict() == after.to_dict()
    # An array whose items are all left out is empty, which is said without the record too.
    by_itself = VALIDATOR.check_json(text, object=DEFINITION.key)
    assert {each.pointer for each in left.violations if each.rule in ("no-op", "not-stored")} == {
        each.pointer for each in by_itself.violations if each.rule == "no-op"
    }


def without(value: Any, pointers: Collection[str], pointer: str = "") -> Any:
    """A JSON value without what stands at some pointers."""
    if isinstance(value, dict):
        parts = {key: f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}" for key in value}
        return {key: without(each, pointers, parts[key]) for key, each in value.items() if parts[key] not in pointers}
    if isinstance(value, list):
        parts_of = [(each, f"{pointer}/{index}") for index, each in enumerate(value)]
        return [without(each, pointers, part) for each, part in parts_of if part not in pointers]
    return value


def test_records_of_other_objects() -> None:
    with pytest.raises(UsageError, match=r"the record is of custom_objects\.pet"):
        TICKET.apply({**STORED, "objectKey": "custom_objects.pet"}, {})
    with pytest.raises(UsageError, match=r"no property of the record is one of custom_objects\.ticket"):
        TICKET.apply({"properties": {"wings": 2}}, {})
    assert not issubclass(UsageError, InputError)
