"""What must always hold, over bodies of every field type, right ones and mutated ones."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from referencing import Registry

from recordlint import Field, ObjectDefinition, Operation, Option, Report, Validator
from recordlint.body import body_problems
from recordlint.bundle import object_schema

OPTIONS = (Option("bug", "Bug report"), Option("idea", "Feature – idea"), Option("q$1.b", "Same"), Option("z", "Same"))
KEYS = [option.key for option in OPTIONS]
FIELDS = (
    Field("name", "Name", "TEXT"),
    Field("notes", "Notes", "LARGE_TEXT"),
    Field("count", "Count", "NUMERICAL"),
    Field("tel", "Telephone", "PHONE"),
    Field("price", "Price", "MONETORY"),
    Field("kind", "Kind", "SINGLE_OPTIONS", options=OPTIONS),
    Field("tags", "Tags", "MULTIPLE_OPTIONS", options=OPTIONS),
    Field("boxes", "Boxes", "CHECKBOX", options=OPTIONS),
    Field("choice", "Choice", "RADIO", options=OPTIONS),
    Field("free", "Free choice", "RADIO", options=OPTIONS, allow_custom_option=True),
    Field("day", "Day", "DATE"),
    Field("files", "Files", "FILE_UPLOAD", max_files=2, accepted_formats=("pdf", "jpg")),
    Field("any_files", "Any files", "FILE_UPLOAD"),
    Field("lines", "Lines", "TEXTBOX_LIST", options=(Option("a", "First"), Option("b", "Second"))),
    Field("mail", "Mail", "EMAIL"),
)
OBJECTS = (
    ObjectDefinition("custom_objects.all", "All", FIELDS, required=(FIELDS[0], FIELDS[13])),
    ObjectDefinition("custom_objects.odd", "Odd", (*FIELDS, Field("odd", "Odd", "SIGNATURE", known=False))),
)
BEYOND_SCHEMA = {"phone-trunk-zero", "delta-overlap", "delta-duplicate"}
"""Errors that JSON Schema cannot say; a file named twice is one where the two differ in their names."""


@cache
def validator(engine: str) -> Validator:
    return Validator(OBJECTS, engine)


@cache
def bundle(key: str, operation: Operation) -> jsonschema.Draft202012Validator:
    definition = next(each for each in OBJECTS if each.key == key)
    return jsonschema.Draft202012Validator(object_schema(definition, operation), registry=Registry())


KEY_TEXTS = st.sampled_from(
    [*KEYS, *[option.label for option in OPTIONS], "BUG", "bgu", "", " ", "bug\n", "FEATURE - IDEA"]
)
PHONES = st.sampled_from(
    [
        "+917000000000",
        "+91 70000 00000",
        "00917000000000",
        "917",
        "+4407123456",
        "+390612345678",
        "+999123456",
        "+12345",
        "+1",
        "+44\n",
        "+447123456\n",
        "+0123",
        "+4400000000",
        "+49030123456",
        "+٤٤١",
        "+1415555012345678",
    ]
)
DAYS = st.sampled_from(
    [
        "2024-02-29",
        "2023-02-29",
        "0000-01-01",
        "2024/02/03",
        "20240203",
        "03/04/2024",
        "2024-7-1",
        "2024-01-01\n",
        "9999-12-31",
        "2024-13-01",
        "2024-07-11T10:00:00Z",
        "٢٠٢٤-٠١-٠١",
        "1900-02-29",
        "2000-02-29",
    ]
)
URLS = st.sampled_from(
    [
        "https://a.b/c.pdf",
        "HTTP://a.b",
        "https://a b.c/d",
        "ftp://a.b",
        "https:///x",
        "https://[::1]/x",
        "https://a.b\n",
        "https://u@h:80/?q#f",
        "https://a.b/\xa0",
        "https://a.b/ü",
        "https://a.b/%zz",
        "https://a.b/x.exe",
        "https://a.b:c/",
        "https://a.b/[x]",
        "https://a@b@c/",
        "http://?x",
        "https://a.b/v.pdf?x",
        "https://a.b/.pdf",
    ]
)
MAILS = st.sampled_from(
    ["ada@example.com", "ada@localhost", "a b@c.de", "a@b@c", "ü@é.de", "a@b..c", "@b.c", "a@b.c\n", "a.@b.co"]
)
TEXTS = st.one_of(
    st.text(max_size=12), KEY_TEXTS, PHONES, DAYS, URLS, MAILS, st.sampled_from(["\n", "x" * 12_001, "1", "1e400"])
)
NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False), st.just(1.7976931348623157e308)
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
PARTS = st.sampled_from(["add", "remove", "Add", "url", "name", "currency", "value", "x"])
FILES = st.fixed_dictionaries({"url": TEXTS}, optional={"name": SCALARS, "x": SCALARS})
ITEMS = st.lists(st.one_of(st.sampled_from(KEYS), FILES, SCALARS), max_size=4)
ANYTHING = st.one_of(
    SCALARS,
    ITEMS,
    st.fixed_dictionaries({}, optional={"add": ITEMS, "remove": ITEMS}),
    st.fixed_dictionaries({}, optional={"currency": st.sampled_from(["default", "USD", None]), "value": SCALARS}),
    st.dictionaries(PARTS, st.one_of(SCALARS, ITEMS), max_size=3),
)
KEY_LISTS = st.one_of(
    st.lists(st.sampled_from(KEYS), max_size=3), st.lists(st.one_of(KEY_TEXTS, KEY_TEXTS, SCALARS), max_size=5)
)
FILE_LISTS = st.lists(
    st.one_of(st.fixed_dictionaries({"url": URLS}, optional={"name": st.just("n")}), FILES, SCALARS), max_size=4
)


def deltas(items: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[Any]:
    return st.one_of(items, st.fixed_dictionaries({}, optional={"add": items, "remove": items}))


NEAR_MISSES: dict[str, st.SearchStrategy[Any]] = {
    "NUMERICAL": SCALARS,
    "PHONE": PHONES,
    "MONETORY": st.fixed_dictionaries(
        {}, optional={"currency": st.sampled_from(["default", "USD", None]), "value": SCALARS, "x": SCALARS}
    ),
    "SINGLE_OPTIONS": KEY_TEXTS,
    "RADIO": KEY_TEXTS,
    "MULTIPLE_OPTIONS": deltas(KEY_LISTS),
    "CHECKBOX": deltas(KEY_LISTS),
    "DATE": DAYS,
    "FILE_UPLOAD": deltas(FILE_LISTS),
    "EMAIL": MAILS,
}
"""Values that are nearly right for a type, so that its own rules are reached often."""
USER_LISTS = st.lists(st.one_of(st.sampled_from(["u1", "u2", "u3", ""]), SCALARS), max_size=12)
PROPERTY_KEYS = st.one_of(
    st.sampled_from([*OBJECTS[1].by_property, "lines", "lines.First", "lines.c", "Name", "Telephone", "NAME", "nmae"]),
    st.sampled_from(["custom_objects.all.name", "custom_object.odd.day", "custom_objects.all.lines", "x", ""]),
)
TOP_KEYS = st.sampled_from(["owner", "owners", "followers", "properties", "locationId", "name", "record", "Owner", "x"])
USERS = ["u1", "u2"]


def right(field: Field, operation: Operation) -> st.SearchStrategy[Any]:
    """Values of which there is nothing to report."""
    files = st.lists(
        st.sampled_from([{"url": "https://a.b/c.pdf"}, {"url": "https://a.b/d.JPG", "name": "d"}]),
        min_size=1, max_size=2, unique_by=lambda file: str(file["url"]),
    )  # fmt: skip
    keys = st.lists(st.sampled_from(KEYS), min_size=1, unique=True)

    def delta(items: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[Any]:
        halves = st.one_of(items.map(lambda a: {"add": a}), items.map(lambda a: {"remove": a}))
        return items if operation == "create" else halves

    values: dict[str, st.SearchStrategy[Any]] = {
        "TEXT": st.text(max_size=20),
        "LARGE_TEXT": st.text(max_size=20),
        "TEXTBOX_LIST": st.text(max_size=20),
        "NUMERICAL": NUMBERS,
        "PHONE": st.sampled_from(["+917000000000", "+14155550123", "+390612345678"]),
        "MONETORY": NUMBERS.map(lambda amount: {"currency": "default", "value": amount}),
        "SINGLE_OPTIONS": st.sampled_from(KEYS),
        "RADIO": st.sampled_from(KEYS),
        "MULTIPLE_OPTIONS": delta(keys),
        "CHECKBOX": delta(keys),
        "DATE": st.dates().map(str),
        "FILE_UPLOAD": delta(files),
        "EMAIL": st.sampled_from(["ada@example.com", "a.b+c@d-e.co.uk"]),
    }
    value = values[field.data_type]
    return value if operation == "create" else st.one_of(st.none(), value)


@st.composite
def right_bodies(draw: st.DrawFn, operation: Operation) -> dict[str, Any]:
    properties = {
        key: draw(right(field, operation))
        for key, field in OBJECTS[0].by_property.items()
        if draw(st.booleans()) or (operation == "create" and key in ("name", "lines.a"))
    }
    body: dict[str, Any] = {"properties": properties or {"name": "x"}}
    if draw(st.booleans()):
        body["followers"] = USERS if operation == "create" else {"add": USERS, "remove": ["u3"]}
    if operation == "create":
        body["locationId"] = "l"
    return body


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, Operation, Any]:
    """An object, an operation, and a body that was right until a few things were changed."""
    operation: Operation = draw(st.sampled_from(("update", "create")))
    key = draw(st.sampled_from([each.key for each in OBJECTS]))
    if draw(st.integers(0, 40)) == 0:
        return key, operation, draw(ANYTHING)
    body = draw(right_bodies(operation))
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.integers(0, 7))
        if kind == 0:
            body[draw(TOP_KEYS)] = draw(ANYTHING)
        elif kind == 1:
            body[draw(st.sampled_from(["owner", "owners", "followers"]))] = draw(deltas(USER_LISTS))
        elif not isinstance(body.get("properties"), dict):
            continue
        elif kind == 2:
            body["properties"][draw(PROPERTY_KEYS)] = draw(ANYTHING)
        else:
            field = draw(st.sampled_from([field for field in FIELDS if field.data_type in NEAR_MISSES]))
            body["properties"][field.key] = draw(NEAR_MISSES[field.data_type])
    if draw(st.integers(0, 9)) == 0:
        body.pop(draw(TOP_KEYS), None)
    return key, operation, body


def words(report: Report) -> list[tuple[str, str, str, str]]:
    return [(v.rule, v.severity, v.pointer, v.message) for v in report.violations]


THOROUGH = settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@THOROUGH
@given(cases())
def test_engines_agree(case: tuple[str, Operation, Any]) -> None:
    key, operation, body = case
    default = validator("jsonschema-rs").check(body, object=key, operation=operation)
    reference = validator("jsonschema").check(body, object=key, operation=operation)
    assert words(default) == words(reference)


@THOROUGH
@given(cases())
def test_error_exactly_when_the_exported_schema_refuses(case: tuple[str, Operation, Any]) -> None:
    key, operation, body = case
    report = validator("jsonschema-rs").check(body, object=key, operation=operation)
    errors = {violation.rule for violation in report.violations if violation.severity == "error"}
    assert "contract" not in errors, "a mistake without a name"
    accepted = bundle(key, operation).is_valid(body)
    if accepted:
        assert errors <= BEYOND_SCHEMA
    else:
        assert errors


@THOROUGH
@given(cases())
def test_clean_means_nothing_to_report(case: tuple[str, Operation, Any]) -> None:
    key, operation, body = case
    judge = validator("jsonschema-rs")._judge(key, operation)
    if judge.accepts(body):
        assert list(body_problems(judge.definition, body, operation)) == []


@THOROUGH
@given(st.data(), st.sampled_from(("update", "create")))
def test_right_bodies_are_clean(data: st.DataObject, operation: Operation) -> None:
    body = data.draw(right_bodies(operation))
    report = validator("jsonschema-rs").check(body, object=OBJECTS[0].key, operation=operation)
    assert words(report) == []


@THOROUGH
@given(cases(), st.sampled_from([None, 1, "\t"]), st.booleans())
def test_places_are_those_of_the_pointers(case: tuple[str, Operation, Any], indent: Any, ascii_only: bool) -> None:
    key, operation, body = case
    text = json.dumps(body, indent=indent, ensure_ascii=ascii_only).encode()
    parsed = validator("jsonschema-rs").check(body, object=key, operation=operation)
    placed = validator("jsonschema-rs").check_json(text, object=key, operation=operation)
    assert sorted(words(parsed)) == sorted(words(placed))
    starts = []
    for violation in placed.violations:
        assert violation.place
        starts.append(violation.place.start)
        value, last = body, None
        for step in violation.pointer.split("/")[1:]:
            last = step.replace("~1", "/").replace("~0", "~")
            value = value[int(last) if isinstance(value, list) else last]
        piece = text[violation.place.start : violation.place.end].decode()
        assert piece == "{" or json.loads(piece) in (value, last)
        line = text.decode().split("\n")[violation.place.line - 1]
        assert line[violation.place.column - 1 :].startswith(piece.split("\n")[0])
    assert starts == sorted(starts)


@settings(THOROUGH, max_examples=120)
@pytest.mark.parametrize("field", [field for field in FIELDS if field.data_type in NEAR_MISSES], ids=lambda f: f.key)
@given(st.data(), st.sampled_from(("update", "create")))
def test_one_field_alone(field: Field, data: st.DataObject, operation: Operation) -> None:
    """Nothing else in the body can hide what is said, or not said, of this one value."""
    value = data.draw(st.one_of(NEAR_MISSES[field.data_type], ANYTHING))
    body: dict[str, Any] = {"properties": {"name": "x", "lines.a": "y", field.key: value}}
    if operation == "create":
        body["locationId"] = "l"
    key = OBJECTS[0].key
    report = validator("jsonschema-rs").check(body, object=key, operation=operation)
    assert words(report) == words(validator("jsonschema").check(body, object=key, operation=operation))
    errors = {violation.rule for violation in report.violations if violation.severity == "error"}
    assert "contract" not in errors
    if bundle(key, operation).is_valid(body):
        assert errors <= BEYOND_SCHEMA
    else:
        assert errors
    assert all(violation.pointer.startswith(f"/properties/{field.key}") for violation in report.violations)
