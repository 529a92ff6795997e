"""A row with the names of rows before has the report that it has by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import ANYTHING, FIELDS, NEAR_MISSES, OBJECTS, THOROUGH, USER_LISTS, deltas, right
from internals import rows_of
from recordlint import Field, ObjectDefinition, Operation, Option, Report, Validator
from recordlint.checking import row_shapes
from recordlint.checking.rows import RowChecker

VALIDATOR = Validator(OBJECTS)
STYLES = ((", ", ": "), (",", ":"))
FIELD_OF = {key: field for field in FIELDS for key in field.properties}
UNKNOWN = ["odd", "naem", "Name", "custom_objects.all.kind", "lines.First", "owners", "x y", "add"]
WRONG = {"owners": {"add": ["u1"]}, "properties": {"name": "Ann", "kind": "Bug report", "prioritty": "high"}}


def text_of(body: Any, style: tuple[str, str] = STYLES[0], *, escapes: bool = False) -> bytes:
    return json.dumps(body, separators=style, ensure_ascii=escapes).encode("utf-8", "surrogatepass")


def taught(row: bytes, validator: Validator = VALIDATOR, key: str = "custom_objects.all") -> RowChecker:
    """Rows that have seen one wrong row often enough."""
    rows = rows_of(validator, key)
    for _ in range(row_shapes.SIGHTS):
        assert not rows.is_clean(row)
        rows.report(row)
    return rows


def said(report: Report) -> tuple[Any, ...]:
    """All that a report says."""
    return report.object, report.violations, report.errors, report.warnings, report.omitted, report.text


def fixed(report: Report) -> list[Any]:
    """What its fixes write."""
    return [report.apply_fixes(unsafe=unsafe) for unsafe in (False, True)]


def require_the_same(rows: RowChecker, data: Sequence[bytes], validator: Validator, key: str) -> int:
    """Each row has the report that it has by itself. The number of rows that were not looked at as a whole."""
    seen = 0
    for line, row in enumerate(data, 1):
        alone = rows_of(validator, key).report(row, line)
        if rows.is_clean(row + b"\n"):
            assert not alone.violations
            continue
        seen += rows._last[2] is not None
        report = rows.report(row, line)
        assert said(report) == said(alone)
        assert fixed(report) == fixed(alone)
    return seen


@st.composite
def similar_bodies(draw: st.DrawFn) -> list[Any]:
    """Bodies with the same names in the same order, and other values."""
    keys = draw(st.lists(st.sampled_from([*FIELD_OF, *UNKNOWN]), min_size=1, max_size=8, unique=True))
    users = draw(st.lists(st.sampled_from(["owner", "owners", "followers"]), max_size=2, unique=True))
    at = draw(st.integers(0, len(users)))

    def value(key: str) -> st.SearchStrategy[Any]:
        field = FIELD_OF.get(key)
        return ANYTHING if field is None else st.one_of(NEAR_MISSES[field.data_type], right(field, "update"), ANYTHING)

    user = st.one_of(deltas(USER_LISTS), st.just({"add": ["u1"]}))
    bodies = []
    for _ in range(draw(st.integers(2, 6))):
        beside = {key: draw(user) for key in users}
        properties = {key: draw(value(key)) for key in keys}
        bodies.append({**dict([*beside.items()][:at]), "properties": properties, **dict([*beside.items()][at:])})
    return bodies


@THOROUGH
@given(similar_bodies(), st.sampled_from(STYLES), st.booleans(), st.sampled_from([each.key for each in OBJECTS]))
def test_similar_rows_have_their_own_reports(
    bodies: list[Any], style: tuple[str, str], escapes: bool, key: str
) -> None:
    rows = rows_of(VALIDATOR, key)
    data = [text_of(body, style, escapes=escapes) for body in bodies]
    for row in data:
        if not rows.is_clean(row):
            for _ in range(row_shapes.SIGHTS):
                rows.is_clean(row)
                rows.report(row)
            break
    require_the_same(rows, [*data, *data[::-1]], VALIDATOR, key)


@pytest.mark.parametrize("style", STYLES, ids=["python", "javascript"])
@pytest.mark.parametrize("ending", [b"", b"\r"])
def test_values_that_were_not_seen_before_are_looked_at_by_themselves(style: tuple[str, str], ending: bytes) -> None:
    rows = taught(text_of(WRONG, style))
    bodies = [
        {"owners": {"add": ["u1"]}, "properties": {"name": "Bea", "kind": "bgu", "prioritty": "high"}},
        {"owners": {"add": ["u2"]}, "properties": {"name": 7, "kind": "bug", "prioritty": ["high"]}},
        {"owners": {"add": ["a b"]}, "properties": {"name": "", "kind": {"x": [1]}, "prioritty": "Feature"}},
        {"owners": None, "properties": {"name": "{{x}}", "kind": None, "prioritty": {"name": "x"}}},
        {
            "owners": {"add": ["\u00fc 1"]},
            "properties": {"name": "\u00e9", "kind": "\u00e9\u00e9", "prioritty": "\U0001f600"},
        },
        {
            "owners": {"add": ["u1"]},
            "properties": {"name": "\u00e9", "kind": {"\u00e9": ["\u00e9"]}, "prioritty": {"x": 1}},
        },
        {"owners": {"add": ["u1"]}, "properties": {"name": 'a "b" \\ \n', "kind": "\tBug report", "prioritty": 1}},
    ]
    data = [text_of(body, style, escapes=escapes) + ending for body in bodies for escapes in (False, True)]
    assert require_the_same(rows, data, VALIDATOR, "custom_objects.all") == len(data)


@pytest.mark.parametrize(
    "row",
    [
        b'{"owners": {"add": ["u1"]}, "properties": {"name": 01, "kind": "bug", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"]}, "properties": {"name": tru, "kind": "bug", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"]}, "properties": {"name": 1e999, "kind": "bug", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"], "add": ["u2"]}, "properties": {"name": "", "kind": "bug", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"]}, "properties": {"name": {"a": 1, "a": 2}, "kind": "bug", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"]}, "properties": {"name": [1,], "kind": "bug", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"]}, "properties": {"name": {]}, "kind": "bug", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"]}, "properties": {"name": "\xff", "kind": "Bug report", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"]}, "properties": {"name": "a\\ud800", "kind": "Bug report", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"]}, "properties": {"name": "a\\x", "kind": "Bug report", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"]}, "properties": {"n\\u0061me": "x", "kind": "Bug report", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"]}, "properties": {"name": "a\tb", "kind": "Bug report", "prioritty": "high"}}',
        b'{"owners": {"add": ["u1"]}, "properties": {"name": "x", "kind": "Bug report", "prioritty": "high"}} x',
        b'{"owners": {"add": ["u1"]}, "properties": {"name": ["a"], "kind": ["bug"], "prioritty": ["high"]}}',
    ],
)  # fmt: skip
def test_what_is_not_certain_is_looked_at_as_a_whole(row: bytes) -> None:
    """Text that is not JSON, or that orjson reads otherwise, and what only the whole row shows."""
    rows = taught(text_of(WRONG))
    assert require_the_same(rows, [row, row], VALIDATOR, "custom_objects.all") == 0


def test_arrays_in_several_fields_are_another_operation() -> None:
    body: Mapping[str, Any] = {"properties": {"tags": "bug", "boxes": "idea", "kind": "bug"}}
    rows = taught(text_of(body))
    bodies = [{"properties": {**body["properties"], **more}} for more in ({"tags": ["bug"]}, {"boxes": ["bug"]})]
    assert require_the_same(rows, [*map(text_of, bodies)], VALIDATOR, "custom_objects.all") == 2
    both = text_of({"properties": {**body["properties"], "tags": ["bug"], "boxes": ["idea"]}})
    assert require_the_same(rows, [both], VALIDATOR, "custom_objects.all") == 0
    assert [each.rule for each in VALIDATOR.check_document(both, object="custom_objects.all").violations] == [
        "other-operation"
    ]


@pytest.mark.parametrize("severity", [{"option-label": "off"}, {"option-label": "warning", "unknown-property": "off"}])
def test_the_severities_of_the_user_hold(severity: Mapping[str, str]) -> None:
    validator = Validator(OBJECTS, severity=severity)
    row = text_of({"properties": {"kind": "Bug report", "day": "2024/1/2"}})
    rows = taught(row, validator)
    labels = text_of({"properties": {"kind": "Bug report", "day": "2024-01-02"}})
    others = text_of({"properties": {"kind": "bgu", "day": "x"}})
    require_the_same(rows, [labels, row, others, labels], validator, "custom_objects.all")


def test_owner_and_owners_together_are_looked_at_as_a_whole() -> None:
    row = text_of({"owner": {"add": ["u1"]}, "owners": {"add": ["u1"]}, "properties": {"name": "x"}})
    rows = taught(row)
    assert require_the_same(rows, [row], VALIDATOR, "custom_objects.all") == 0
    rows = taught(text_of({"owner": {"add": ["u1"]}, "properties": {"name": "x"}}))
    other = text_of({"owner": {"add": ["u2", "u3"]}, "properties": {"name": "y"}})
    assert require_the_same(rows, [other], VALIDATOR, "custom_objects.all") == 1


def test_an_object_without_users_has_none_in_a_shape() -> None:
    validator = Validator([ObjectDefinition("business", "Company", (Field("name", "Name", "TEXT"),))])
    row = text_of({"owners": {"add": ["u1"]}, "properties": {"name": 1}})
    rows = taught(row, validator, "business")
    assert require_the_same(rows, [row], validator, "business") == 0


@pytest.mark.parametrize("operation", ["create"])
def test_a_new_record_is_looked_at_as_a_whole(operation: Operation) -> None:
    """What it lacks depends on all of it."""
    rows = rows_of(VALIDATOR, "custom_objects.all", operation)
    row = text_of({"locationId": "l", "properties": {"name": None, "lines.a": "x"}})
    for _ in range(row_shapes.SIGHTS + 1):
        assert not rows.is_clean(row)
        assert rows._last[2] is None
        rows.report(row)


def test_shapes_are_told_apart_wherever_their_names_differ() -> None:
    base = {"name": "x", "kind": "Bug report", "day": "2024/1/2"}
    bodies = [
        {"properties": base},
        {"properties": {"first": 1, **base}},
        {"properties": {**base, "last": 1}},
        {"properties": {"name": "x", "middle": 1, "kind": "bgu", "day": "y"}},
        {"properties": {"day": "2024/1/2", "kind": "Bug report", "name": "x"}},
    ]
    rows = rows_of(VALIDATOR, "custom_objects.all")
    data = [text_of(body) for body in bodies]
    for row in data:
        for _ in range(row_shapes.SIGHTS):
            rows.is_clean(row)
            rows.report(row)
    assert require_the_same(rows, data, VALIDATOR, "custom_objects.all") == len(data)


def test_a_run_remembers_a_limited_number_of_short_values() -> None:
    options = tuple([Option(f"k{number}", f"Label {number}") for number in range(3)])
    definition = ObjectDefinition(
        "custom_objects.all", "All", (Field("kind", "Kind", "SINGLE_OPTIONS", options=options), FIELD_OF["name"])
    )
    rows = taught(text_of({"properties": {"kind": "zz", "name": "x"}}), Validator([definition]))
    for number in range(row_shapes.OF_A_NAME + 9):
        assert not rows.is_clean(text_of({"properties": {"kind": f"z{number}", "name": "n" * (600 + number)}}))
    (shape,) = rows._shapes._shapes if rows._shapes else ()
    assert [len(name.known) for name in shape.names] == [row_shapes.OF_A_NAME, 0]


def test_a_row_with_more_than_is_listed_is_looked_at_as_a_whole() -> None:
    """Whether one value has more violations than are listed, or two together."""
    body = {"properties": {"tags": {"add": ["x"]}, "boxes": {"add": ["x"]}}}
    rows = taught(text_of(body))
    wrong = {"add": [f"x{number}" for number in range(600)]}
    many = {"add": [f"x{number}" for number in range(1_200)]}
    bodies = [{"tags": wrong, "boxes": wrong}, {"tags": many, "boxes": {"add": ["bug"]}}]
    assert (
        require_the_same(rows, [text_of({"properties": each}) for each in bodies], VALIDATOR, "custom_objects.all") == 0
    )


def test_the_values_of_all_names_together_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_shapes, "REMEMBERED", 3)
    rows = taught(text_of({"properties": {"kind": "x", "day": "y"}}))
    for number in range(9):
        rows.is_clean(text_of({"properties": {"kind": f"x{number}", "day": f"y{number}"}}))
    (shape,) = rows._shapes._shapes if rows._shapes else ()
    assert sum(len(name.known) for name in shape.names) == 3


def test_what_the_contract_refuses_without_a_name_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = taught(text_of({"properties": {"kind": "x", "day": "y"}}))
    assert rows._shapes
    monkeypatch.setattr(rows._shapes._checker, "_find_in_value", lambda *_: ())
    row = text_of({"properties": {"kind": "bug", "day": "never seen"}})
    assert not rows.is_clean(row)
    assert [each.rule for each in rows.report(row).violations] == ["contract"]
