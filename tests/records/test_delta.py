"""The update from one record to another: it is right, it is enough, and it is no longer than it has to be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import OBJECTS, UNKNOWN, thorough
from fixture_files import ROOT
from recordlint import Field, ObjectDefinition, Record, UnknownObject, UsageError, Validator, WrongType
from records.stored_records import DEFINITION, records

VALIDATOR = Validator(OBJECTS)
TICKET = Validator.from_path(str(ROOT / "fixtures/objects/ticket.json"))


def as_sets(record: Record) -> tuple[Any, ...]:
    """What a record holds: several values as sets, and files by their URLs."""
    properties = {
        key: frozenset([each["url"] if isinstance(each, dict) else each for each in value])
        if isinstance(value, list)
        else value
        for key, value in record.properties.items()
    }
    return properties, frozenset(record.owners), frozenset(record.followers)


@thorough(6)
@given(records(), records())
def test_the_update_makes_the_record_what_is_wanted(current: dict[str, Any], wanted: dict[str, Any]) -> None:
    delta = VALIDATOR.delta(current, wanted, object=DEFINITION.key)
    assert delta.report.valid
    body = dict(delta.body)
    before, goal = Record.from_dict(current), Record.from_dict(wanted)
    assert (body == {}) == (as_sets(before) == as_sets(goal))
    if body:
        assert VALIDATOR.check(body, object=DEFINITION.key).valid
        after, report = VALIDATOR.apply(current, body, object=DEFINITION.key)
        assert report.valid
        # Nothing in it is in vain.
        assert not {each.rule for each in report.violations} & {"no-op", "not-stored", "stale-value"}
        assert as_sets(after) == as_sets(goal)
    assert VALIDATOR.delta(wanted, wanted, object=DEFINITION.key).body == {}


@thorough()
@given(records(), records(), st.data())
def test_no_part_of_the_update_can_be_left_out(
    current: dict[str, Any], wanted: dict[str, Any], data: st.DataObject
) -> None:
    body = json.loads(json.dumps(VALIDATOR.delta(current, wanted, object=DEFINITION.key).body))
    parts = [(key,) for key in body if key != "properties"] + [
        ("properties", key) for key in body.get("properties", ())
    ]
    for part in list(parts):
        value = body
        for key in part:
            value = value[key]
        if isinstance(value, dict):
            parts += [(*part, half) for half in ("add", "remove") if half in value]
    if not parts:
        return
    *above, last = data.draw(st.sampled_from(parts))
    holder = body
    for key in above:
        holder = holder[key]
    del holder[last]
    after, _ = VALIDATOR.apply(current, body, object=DEFINITION.key)
    assert as_sets(after) != as_sets(Record.from_dict(wanted))


@thorough()
@given(records(), records())
def test_what_is_not_named_can_be_left_alone(current: dict[str, Any], wanted: dict[str, Any]) -> None:
    before, goal = Record.from_dict(current), Record.from_dict(wanted)
    delta = VALIDATOR.delta(current, wanted, object=DEFINITION.key, keep_missing=True)
    assert delta.removed == ()
    after, _ = VALIDATOR.apply(current, dict(delta.body), object=DEFINITION.key)
    merged = goal._replace(
        properties={**before.properties, **goal.properties},
        owners=goal.owners if goal.answer.keys() & {"owner", "owners"} else before.owners,
        followers=goal.followers if goal.answer.keys() & {"follower", "followers"} else before.followers,
    )
    assert as_sets(after) == as_sets(merged)


@thorough()
@given(records(), records(), st.sets(st.sampled_from([*DEFINITION.by_property, "lines", "owners", "followers"])))
def test_what_is_asked_for_alone_changes(current: dict[str, Any], wanted: dict[str, Any], only: set[str]) -> None:
    body = VALIDATOR.delta(current, wanted, object=DEFINITION.key, only=only).body
    whole = VALIDATOR.delta(current, wanted, object=DEFINITION.key).body
    names = {*only, *(key for key in DEFINITION.by_property if key.partition(".")[0] in only)}
    properties = {key: value for key, value in whole.get("properties", {}).items() if key in names}
    users = {key: value for key, value in whole.items() if key in names}
    assert body == ({"properties": properties} if properties else {}) | users


STORED = {
    "id": "661c06b4ffde146bdb469442",
    "owner": ["u1"],
    "followers": ["u1", "u2"],
    "properties": {
        "ticket_name": "Printer",
        "priority": "low",
        "affected_platforms": ["web", "ios"],
        "my_files": [{"url": "https://example.com/a.pdf", "name": "A", "meta": {"size": 1}}],
        "my_textbox_list.option_a": "x",
    },
}


def changed(**changes: Any) -> dict[str, Any]:
    return {**STORED, "properties": {**STORED["properties"], **changes}}  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("wanted", "body"),
    [
        (STORED, {}),
        (changed(priority="high"), {"properties": {"priority": "high"}}),
        (changed(priority=None), {"properties": {"priority": None}}),
        (changed(affected_platforms=["ios", "web"]), {}),
        (
            changed(affected_platforms=["ios", "android"]),
            {"properties": {"affected_platforms": {"add": ["android"], "remove": ["web"]}}},
        ),
        (changed(affected_platforms=["web"]), {"properties": {"affected_platforms": {"remove": ["ios"]}}}),
        (changed(affected_platforms=[]), {"properties": {"affected_platforms": None}}),
        (
            changed(my_files=[{"url": "https://example.com/b.pdf", "name": "B", "meta": {"size": 2}}]),
            {
                "properties": {
                    "my_files": {
                        "add": [{"url": "https://example.com/b.pdf", "name": "B"}],
                        "remove": [{"url": "https://example.com/a.pdf"}],
                    }
                }
            },
        ),
        ({**STORED, "owner": ["u2"]}, {"owners": {"add": ["u2"], "remove": ["u1"]}}),
        ({**STORED, "owner": []}, {"owners": {"remove": ["u1"]}}),
        ({**STORED, "followers": ["u2", "u3"]}, {"followers": {"add": ["u3"], "remove": ["u1"]}}),
        (
            {**STORED, "properties": {**STORED["properties"], "customer_number": 7}},
            {"properties": {"customer_number": 7}},
        ),  # type: ignore[dict-item]
    ],
)
def test_updates(wanted: dict[str, Any], body: dict[str, Any]) -> None:
    delta = TICKET.delta(STORED, wanted)
    assert delta.body == body
    assert delta.report.violations == ()
    assert delta.removed == ()


def test_what_is_not_named_is_removed_and_said() -> None:
    delta = TICKET.delta(STORED, {"properties": {"ticket_name": "Printer", "priority": "low"}})
    assert delta.removed == ("affected_platforms", "my_files", "my_textbox_list.option_a", "owners", "followers")
    assert delta.body == {
        "properties": {"affected_platforms": None, "my_files": None, "my_textbox_list.option_a": None},
        "owners": {"remove": ["u1"]},
        "followers": {"remove": ["u1", "u2"]},
    }


@pytest.mark.parametrize(
    ("wanted", "violations"),
    [
        (changed(priority="LOW"), [("unknown-option", "/properties/priority")]),
        (changed(affected_platforms=["web", "Web"]), [("unknown-option", "/properties/affected_platforms/1")]),
        (changed(affected_platforms={"add": ["web"]}), [("array-expected", "/properties/affected_platforms")]),
        (changed(zz=1), [("unknown-property", "/properties/zz")]),
        (changed(money=3), [("monetary-shape", "/properties/money")]),
        ({**STORED, "owner": ["u1", "u2"]}, [("too-many", "/owner")]),
        ({**STORED, "followers": [f"u{n}" for n in range(11)]}, [("too-many", "/followers")]),
        ({"record": changed(customer_number="7")}, [("wrong-type", "/record/properties/customer_number")]),
    ],
)
def test_a_wrong_value_makes_no_body(wanted: dict[str, Any], violations: list[tuple[str, str]]) -> None:
    delta = TICKET.delta(STORED, wanted)
    assert [(each.rule, each.pointer) for each in delta.report.violations if each.severity == "error"] == violations
    assert delta.body == {}
    text = TICKET.delta(STORED, json.dumps(wanted, indent=1)).report
    assert all(each.place for each in text.violations)
    assert [(each.rule, each.pointer) for each in text.violations if each.severity == "error"] == violations


OLD = changed(affected_platforms=["web", "symbian"], priority="urgent_old")
STALE = ("stale-value", "warning")


@pytest.mark.parametrize(
    ("stored", "wanted", "body", "told"),
    [
        (OLD, OLD, {}, []),
        (OLD, changed(affected_platforms=["web", "symbian"], priority="low"), {"properties": {"priority": "low"}}, []),
        (
            OLD,
            changed(affected_platforms=["ios"], priority="urgent_old"),
            {"properties": {"affected_platforms": {"add": ["ios"], "remove": ["web"]}}},
            [(*STALE, "/properties/affected_platforms")],
        ),
        (
            OLD,
            changed(affected_platforms=None, priority=None),
            {"properties": {"priority": None, "affected_platforms": None}},
            [],
        ),
        (
            changed(affected_platforms="web"),
            changed(affected_platforms=["ios"]),
            {},
            [(*STALE, "/properties/affected_platforms")],
        ),
        (
            changed(affected_platforms="web"),
            changed(affected_platforms=None),
            {"properties": {"affected_platforms": None}},
            [],
        ),
        (
            STORED,
            changed(my_files=[{"url": "https://example.com/a.pdf", "name": "B"}]),
            {},
            [("file-name", "warning", "/properties/my_files/0/name")],
        ),
        (STORED, changed(my_files=[{"url": "https://example.com/a.pdf"}]), {}, []),
    ],
)
def test_what_no_update_can_do_is_said_and_left_out(
    stored: dict[str, Any], wanted: dict[str, Any], body: dict[str, Any], told: list[tuple[str, str, str]]
) -> None:
    delta = TICKET.delta(stored, wanted)
    assert [(each.rule, each.severity, each.pointer) for each in delta.report.violations] == told
    assert delta.body == body


def test_what_cannot_be_asked() -> None:
    with pytest.raises(UsageError, match="has no field 'prioritty'; did you mean priority"):
        TICKET.delta(STORED, STORED, only=["prioritty"])
    with pytest.raises(UnknownObject):
        TICKET.delta(STORED, STORED, object="custom_objects.pet")
    with pytest.raises(UsageError, match="is it a record of another object"):
        TICKET.delta({"properties": {"wings": 2}}, STORED)
    with pytest.raises(UsageError, match=r"the record is of custom_objects\.pet, and not of custom_objects\.ticket"):
        TICKET.delta({**STORED, "objectKey": "custom_objects.pet"}, STORED)
    with pytest.raises(UsageError, match="this is no record"):
        TICKET.delta(STORED, {})


# What is stored may be odd, and what is wanted may be anything.

ODD = [
    5,
    "web",
    "",
    [1],
    [None],
    [["x"]],
    {"add": ["web"]},
    {},
    [{"name": "q"}],
    ["https://x.com/a.pdf"],
    True,
    {"url": "u"},
]
KEYS = ("affected_platforms", "my_files", "priority", "money", "customer_number", "my_textbox_list.option_a", "zz")


@pytest.mark.parametrize("odd", ODD, ids=json.dumps)
@pytest.mark.parametrize("key", KEYS)
def test_any_value_has_an_answer(key: str, odd: Any) -> None:
    """A wrong value that is wanted is an error, and one that is stored is left or removed."""
    wanted = TICKET.delta(STORED, changed(**{key: odd}))
    if not wanted.report.valid:
        assert wanted.body == {}
        assert wanted.report.violations[0].pointer.startswith(f"/properties/{key}")
    for other in (STORED, changed(**{key: None}), changed(**{key: odd})):
        delta = TICKET.delta(changed(**{key: odd}), other)
        assert delta.report.valid or key == "zz" or other["properties"].get(key) is not None
        if delta.body:
            assert TICKET.check(dict(delta.body)).errors == 0
    same = TICKET.delta(changed(**{key: odd}), changed(**{key: odd}))
    assert (same.body, same.report.errors) == ({}, 0)


def test_a_record_from_apply_can_be_wanted() -> None:
    properties = {"priority": "high", "affected_platforms": {"add": ["android"]}}
    body = {"properties": properties, "owners": {"remove": ["u1"]}}
    after, _ = TICKET.apply(STORED, body)
    assert TICKET.delta(STORED, after).body == body
    assert TICKET.delta(STORED, after, keep_missing=True).body == body
    assert not TICKET.delta(STORED, after._replace(properties={"priority": "bogus"})).report.valid
    made = Record(None, {"priority": "high"})
    assert TICKET.delta({"properties": {"priority": "low", "ticket_name": "x"}}, made).body == {
        "properties": {"ticket_name": None, "priority": "high"}
    }
    assert TICKET.delta(Record("x", {"priority": "low"}), Record("x", {"priority": "high"})).removed == ()


def test_what_is_stored_and_may_not_be_named_is_left() -> None:
    odd = [{"url": "https://x.com/a b.pdf"}, {"name": "q"}, {"url": "https://x.com/c.pdf"}]
    stored = {"properties": {"my_files": odd}, "followers": ["", "a", "b"]}
    delta = TICKET.delta(stored, {"properties": {"my_files": odd[2:]}, "followers": ["a"]})
    assert delta.body == {"followers": {"remove": ["b"]}}
    assert {each.rule for each in delta.report.violations} == {"stale-value"}
    assert delta.left_out == 3


FOLLOWERS = [f"f{n}" for n in range(13)]


@pytest.mark.parametrize(
    ("stored", "wanted", "properties"),
    [
        ({}, {}, {"deleted_field": 1}),
        ({"followers": FOLLOWERS}, {"followers": FOLLOWERS[1:]}, {}),
        ({"owner": ["u1", "u2"]}, {"owners": ["u2", "u1"]}, {}),
        ({}, {}, {"section_of_app": "text"}),
        ({}, {}, {"my_textbox_list": {"option_a": "x"}}),
        ({}, {}, {"my_files": [{"url": f"https://example.com/{n}.pdf"} for n in range(4)]}),
    ],
)
def test_what_is_stored_and_stays_is_not_checked(
    stored: dict[str, Any], wanted: dict[str, Any], properties: dict[str, Any]
) -> None:
    before, after = [{**properties, "priority": priority} for priority in ("low", "high")]
    delta = TICKET.delta({**stored, "properties": before}, {**wanted, "properties": after})
    assert delta.report.errors == 0
    assert delta.body["properties"] == {"priority": "high"}


def test_what_is_stored_twice_is_removed_once() -> None:
    stored = changed(affected_platforms=["web", "web", "ios"])
    delta = TICKET.delta(stored, changed(affected_platforms=["ios"]))
    assert delta.body == {"properties": {"affected_platforms": {"remove": ["web"]}}}


def test_a_key_that_is_none_is_wrong_with_null_too() -> None:
    (violation,) = TICKET.delta(STORED, changed(prioritty=None)).report.violations
    assert (violation.rule, violation.pointer) == ("unknown-property", "/properties/prioritty")


def test_places_of_users_that_occur_twice() -> None:
    text = '{"followers": ["a", "a", "a b"], "properties": {"priority": "low"}}'
    violations = TICKET.delta(STORED, text, keep_missing=True).report.violations
    (violation,) = [each for each in violations if each.rule == "id-format"]
    assert violation.pointer == "/followers/2"
    assert violation.place is not None
    assert violation.place.column == text.index('"a b"') + 1


def test_the_answer_to_a_search_can_be_wanted() -> None:
    wanted = {"records": [changed(priority="LOW")], "total": 1}
    (violation,) = TICKET.delta(STORED, wanted).report.violations
    assert violation.pointer == "/records/0/properties/priority"
    assert TICKET.delta(STORED, {"records": [changed(priority="high")]}).body == {"properties": {"priority": "high"}}


def test_the_configuration_makes_no_wrong_value_right() -> None:
    for severity in ("warning", "off"):
        lenient = Validator(TICKET.objects.values(), severity={"wrong-type": severity, "array-expected": severity})
        for value in ({"affected_platforms": "web"}, {"customer_number": "x"}):
            delta = lenient.delta(STORED, changed(**value))
            assert (delta.body, delta.report.valid) == ({}, False)
        strict = Validator(TICKET.objects.values(), severity={"delta-expected": severity})
        after, _ = strict.apply(STORED, {"properties": {"affected_platforms": ["web"]}})
        assert after.to_dict() == STORED
        assert strict.apply(STORED, '{"properties": {"affected_platforms": "web"}}')[0].to_dict() == STORED


@pytest.mark.parametrize("value", [1, [1]])
def test_equality_is_that_of_json(value: Any) -> None:
    odd = Validator([ObjectDefinition("custom_objects.odd", "Odd", (UNKNOWN, Field("n", "N", "NUMERICAL")))])
    other = [True] if isinstance(value, list) else True
    body = odd.delta({"properties": {"odd": value}}, {"properties": {"odd": other}}).body
    assert body == {"properties": {"odd": other}}
    assert odd.delta({"properties": {"odd": value, "n": 1}}, {"properties": {"odd": value, "n": 1.0}}).body == {}


def test_wrong_arguments() -> None:
    for only in ("priority", [1]):
        with pytest.raises(WrongType):
            TICKET.delta(STORED, STORED, only=only)  # type: ignore[arg-type]
    for odd in ({"properties": {"x": {1, 2}}}, {"properties": {"x": float("nan")}}):
        with pytest.raises(UsageError, match="a record holds what JSON can hold: /properties/x"):
            TICKET.delta(odd, STORED)
    assert TICKET.delta({**STORED, "objectKey": "custom_object.ticket"}, STORED).body == {}
