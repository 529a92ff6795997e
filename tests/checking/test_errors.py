"""All that is raised is a RecordlintError: every public callable, called with wrong arguments."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import recordlint
from bodies import thorough
from fixture_files import OBJECTS
from recordlint import (
    DefinitionError,
    DefinitionFault,
    Field,
    InvalidPayload,
    ObjectDefinition,
    Option,
    RecordlintError,
    UnknownObject,
    UsageError,
    Validator,
    WrongType,
    errors,
)
from recordlint.guard import guard
from recordlint.spark import validate, violations

TICKET = "custom_objects.ticket"
VALIDATOR = Validator.from_path(OBJECTS)
TEXT = Field("name", "Name", "TEXT")
PET = ObjectDefinition("custom_objects.pet", "Pet", (TEXT,))
RECORD = f"/objects/{TICKET}/records/668d681f77af4e5229abd6c0?locationId=l"

# Wrong calls, and what they say.

WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "a body for a text": (
        lambda: VALIDATOR.check_json({"properties": {}}),  # type: ignore[arg-type]
        "check_json takes JSON text, which is bytes or str, not dict; for a parsed body, call check",
    ),
    "a number for a text": (
        lambda: VALIDATOR.check_json(5),  # type: ignore[arg-type]
        "check_json takes JSON text, which is bytes or str, not int; for a parsed body, call check",
    ),
    "a number for a document": (
        lambda: VALIDATOR.check_document(5),  # type: ignore[arg-type]
        "check_document takes JSON text, which is bytes or str, not int; for a parsed body, call check",
    ),
    "a number for an object": (
        lambda: VALIDATOR.check({}, object=5),  # type: ignore[arg-type]
        "object takes an object's key, such as custom_objects.ticket, not int",
    ),
    "a list for an object": (
        lambda: VALIDATOR.check_json(b"{}", object=[]),  # type: ignore[arg-type]
        "object takes an object's key, such as custom_objects.ticket, not list",
    ),
    "a number for an operation": (
        lambda: VALIDATOR.check({}, operation=5),  # type: ignore[arg-type]
        "operation takes 'update' or 'create', not int",
    ),
    "a list for an operation": (
        lambda: VALIDATOR.check_json(b"{}", object=TICKET, operation=[]),  # type: ignore[arg-type]
        "operation takes 'update' or 'create', not list",
    ),
    "a number for rows": (
        lambda: VALIDATOR.check_rows(5, object=TICKET),  # type: ignore[arg-type]
        "check_rows takes a path, an open file or lines, not int",
    ),
    "a body for rows": (
        lambda: VALIDATOR.check_rows({"properties": {}}, object=TICKET),
        "check_rows takes a path, an open file or lines, not dict",
    ),
    "a number for a row": (
        lambda: list(VALIDATOR.check_rows([5], object=TICKET)),  # type: ignore[list-item]
        "check_rows takes JSON text, which is bytes or str, not int; for a parsed body, call check",
    ),
    "a number for a method": (
        lambda: VALIDATOR.check_request(5, RECORD),  # type: ignore[arg-type]
        "check_request takes a str as its method, not int",
    ),
    "bytes for a URL": (
        lambda: VALIDATOR.check_request("PUT", b"/"),  # type: ignore[arg-type]
        "check_request takes a str as its url, not bytes",
    ),
    "a list for headers": (
        lambda: VALIDATOR.check_request("PUT", RECORD, [("Content-Type", "x")]),  # type: ignore[arg-type]
        "check_request takes headers as a mapping of values by name, not list",
    ),
    "a number for a key": (
        lambda: VALIDATOR.require(5),  # type: ignore[arg-type]
        "require takes an object's key, such as custom_objects.ticket, not int",
    ),
    "a number for a path": (
        lambda: Validator.from_path(5),  # type: ignore[arg-type]
        "from_path takes paths of files, not int",
    ),
    "a number for definitions": (
        lambda: Validator(5),  # type: ignore[arg-type]
        "Validator takes a list of ObjectDefinitions, not int; Validator.from_path reads their files",
    ),
    "a number for a definition": (
        lambda: Validator([5]),  # type: ignore[list-item]
        "Validator takes ObjectDefinitions, not int; Validator.from_path reads their files",
    ),
    "no engine": (
        lambda: Validator([PET], None),  # type: ignore[arg-type]
        "engine takes 'jsonschema-rs' or 'jsonschema', not NoneType",
    ),
    "a number for a rule": (
        lambda: Validator([PET], severity={5: "off"}),  # type: ignore[dict-item]
        "severity takes a mapping of severities by rule, such as {'no-op': 'off'}",
    ),
    "a huge number for a severity": (
        lambda: Validator([PET], severity={"no-op": 10**5_000}),  # type: ignore[dict-item]
        "severity takes a mapping of severities by rule, such as {'no-op': 'off'}",
    ),
    "a huge number for what is unknown": (
        lambda: VALIDATOR.check_request("GET", "/", unknown=10**5_000),  # type: ignore[arg-type]
        "unknown is 'refuse' or 'pass', not int",
    ),
    "a number for severities": (
        lambda: Validator([PET], severity=5),  # type: ignore[arg-type]
        "severity takes a mapping of severities by rule, such as {'no-op': 'off'}",
    ),
    "a number for fields": (
        lambda: Validator([ObjectDefinition(PET.key, "Pet", 5)]),  # type: ignore[arg-type]
        "ObjectDefinition takes a tuple of Fields as its fields",
    ),
    "a number for a field": (
        lambda: Validator([ObjectDefinition(PET.key, "Pet", (5,))]),  # type: ignore[arg-type]
        "ObjectDefinition takes a tuple of Fields as its fields",
    ),
    "half a surrogate pair in a key": (
        lambda: Validator([ObjectDefinition(PET.key, "Pet", (Field("\ud800", "x", "TEXT"),))]),
        "Field takes text as its key",
    ),
    "a text for an option": (
        lambda: Validator([with_field("kind", "Kind", "RADIO", options=("a",))]),
        "Field takes a tuple of Options as its options, each with a key and a label",
    ),
    "a list for a type": (
        lambda: Validator([with_field("kind", "Kind", [])]),
        "Field takes text as its data_type",
    ),
    "fewer files than none": (
        lambda: Validator([with_field("files", "Files", "FILE_UPLOAD", max_files=-1)]),
        "Field takes a number of files or None as its max_files",
    ),
    "a number for a validator": (
        lambda: guard(httpx.Client(), 5),  # type: ignore[arg-type]
        "guard takes a client and a Validator, not int",
    ),
    "a number for a DataFrame": (
        lambda: validate(5, VALIDATOR),  # type: ignore[arg-type]
        "validate takes a Spark DataFrame, not int",
    ),
    "a number for another DataFrame": (
        lambda: violations(5, VALIDATOR),  # type: ignore[arg-type]
        "violations takes a Spark DataFrame, not int",
    ),
}


def with_field(*arguments: Any, **options: Any) -> ObjectDefinition:
    return ObjectDefinition(PET.key, "Pet", (Field(*arguments, **options),))


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_call_says_which_is_right(name: str) -> None:
    call, sentence = WRONG[name]
    with pytest.raises(WrongType) as raised:
        call()
    assert str(raised.value) == sentence
    assert isinstance(raised.value, UsageError)
    assert isinstance(raised.value, TypeError)


UNUSABLE: dict[str, tuple[list[ObjectDefinition], list[str]]] = {
    "two of one object": ([PET, PET], [": custom_objects.pet is defined twice; keep one"]),
    "two fields of one key": (
        [ObjectDefinition(PET.key, "Pet", (TEXT, TEXT))],
        [": name: two fields have the key 'name'"],
    ),
    "a label with the key of a field": (
        [
            ObjectDefinition(
                PET.key,
                "Pet",
                (Field("a.b", "A", "TEXT"), Field("a", "A", "TEXTBOX_LIST", options=(Option("b", "B"),))),
            )
        ],
        [": a: two fields have the key 'a.b'"],
    ),
    "no options": ([with_field("kind", "Kind", "RADIO")], [": kind: is a RADIO field with no options"]),
    "no labels": ([with_field("kind", "Kind", "TEXTBOX_LIST")], [": kind: is a TEXTBOX_LIST field with no options"]),
    "two options of one key": (
        [with_field("kind", "Kind", "RADIO", options=(Option("a", "A"), Option("a", "B")))],
        [": kind: two options have the key 'a'"],
    ),
    "empty keys": (
        [with_field("", "Kind", "", options=(Option("", "A"),))],
        [": a field has no key", ": has no dataType", ": an option has no key"],
    ),
    "a required field of another object": (
        [ObjectDefinition(PET.key, "Pet", (), required=(TEXT,))],
        [": name: is required, and is not one of the fields"],
    ),
    "a standard object": (
        [ObjectDefinition("contact", "Contact", (TEXT,), path="a.json")],
        ["a.json: 'contact' is a standard object, and the Records API writes only custom objects and business"],
    ),
    "another key": (
        [ObjectDefinition("pet", "Pet", (TEXT,), path="a.json")],
        ["a.json: 'pet' is not an object's key: custom_objects. and then only a-z, 0-9 and _, or business"],
    ),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_definitions_that_cannot_be_used(name: str) -> None:
    definitions, faults = UNUSABLE[name]
    with pytest.raises(DefinitionError) as raised:
        Validator(definitions)
    assert str(raised.value).splitlines() == faults
    assert [str(fault) for fault in raised.value.faults] == faults


def test_a_radio_with_texts_of_its_own_needs_no_options() -> None:
    validator = Validator([with_field("kind", "Kind", "RADIO", allow_custom_option=True)])
    assert validator.check({"properties": {"kind": "x"}}).violations == ()


def test_a_field_of_an_unknown_type_is_not_judged() -> None:
    validator = Validator([with_field("signature", "Signature", "SIGNATURE")])
    assert validator.check({"properties": {"signature": [{"any": "thing"}]}}).violations == ()
    assert validator.check({"properties": {"signatur": 1}}).errors == 1


# Any wrong arguments at all.

NUMBERS = [None, True, 0, -1, 1.5, float("nan"), 10**400, 10**5_000, 1j]
TEXTS = ["", "x", "\ud800", "\0", "http://[", b"", b"\xff", bytearray(b"{"), memoryview(b"x"), b'{"properties": {}}']
CONTAINERS = [(), [], {}, set(), [None], [5], {5: 5}, {"x": 5}, {"no-op": "off"}, [PET], (TEXT,), range(3), iter([5])]
RIGHT_ELSEWHERE = [
    PET,
    TEXT,
    Option("a", "b"),
    VALIDATOR,
    "update",
    TICKET,
    "PUT",
    RECORD,
    "jsonschema",
    Path("nowhere"),
]
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [*NUMBERS, *TEXTS, *CONTAINERS, *RIGHT_ELSEWHERE, object(), object, print, Exception()]
)
MADE_BY_RECORDLINT_ALONE = {"Report", *(name for name, each in vars(errors).items() if inspect.isclass(each))}
"""Their arguments are ours: callers get them, and make none."""


def callables() -> dict[str, Callable[..., Any]]:
    """Every public function, class and method."""
    named: dict[str, Callable[..., Any]] = {
        name: getattr(recordlint, name) for name in recordlint.__all__ if inspect.isclass(getattr(recordlint, name))
    }
    for name in MADE_BY_RECORDLINT_ALONE:
        named.pop(name, None)
    report = VALIDATOR.check_json('{"properties": {"Priority": "high"}}', object=TICKET)
    for name in dir(VALIDATOR):
        if not name.startswith("_") and callable(getattr(VALIDATOR, name)):
            named[f"Validator.{name}"] = getattr(VALIDATOR, name)
    for name in ("fixed", "apply_fixes", "redacted", "raise_for_errors"):
        named[f"Report.{name}"] = getattr(report, name)
    return {**named, "guard": guard, "spark.validate": validate, "spark.violations": violations}


def test_every_public_callable_is_called() -> None:
    assert {name.partition(".")[0] for name in callables()} | MADE_BY_RECORDLINT_ALONE >= {
        name for name in recordlint.__all__ if name not in ("Operation", "Severity")
    }
    assert {"Validator.check", "Validator.check_rows", "Validator.from_path"} <= set(callables())


@pytest.mark.parametrize("name", callables())
@thorough(1.5)
@given(st.data())
def test_wrong_arguments_raise_nothing_else(name: str, data: st.DataObject) -> None:
    call = callables()[name]
    arguments: list[Any] = []
    options: dict[str, Any] = {}
    for parameter in inspect.signature(call).parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            arguments += data.draw(st.lists(ODD, max_size=2), parameter.name)
        elif parameter.default is parameter.empty or data.draw(st.booleans(), f"{parameter.name} is given"):
            options[parameter.name] = data.draw(ODD, parameter.name)
    try:
        result = call(*arguments, **options)
        if name == "Validator.check_rows":
            list(result)
        if isinstance(result, ObjectDefinition):
            Validator([result])
        if isinstance(result, Field):
            Validator([ObjectDefinition(PET.key, "Pet", (result,))]).check({"properties": {"x": 1}})
        if isinstance(result, Option):
            Validator([with_field("kind", "Kind", "RADIO", options=(result,))]).check({"properties": {"kind": "x"}})
    except RecordlintError as error:
        assert str(error)  # noqa: PT017 - any of them is right


# The errors themselves.


def test_the_drawing_of_errors_is_complete() -> None:
    classes = {
        name: each for name, each in vars(errors).items() if inspect.isclass(each) and issubclass(each, Exception)
    }
    drawn: dict[str, str] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"((?:│   |    )*(?:├── |└── )?)([A-Z]\w+)(?:  .+)?$", line)
        if match and match[2] in classes | {"RecordlintError": None}:
            depth = len(match[1]) // 4
            above[depth:] = [match[2]]
            drawn[match[2]] = above[depth - 1] if depth else "Exception"
    assert drawn == {name: each.__bases__[0].__name__ for name, each in classes.items()}
    assert set(classes) <= set(recordlint.__all__)


REPORT = VALIDATOR.check_json('{"properties": {"type_of_ticket": "Bug report"}}', object=TICKET)
RAISED = [
    UsageError("a"),
    WrongType("a"),
    UnknownObject("custom_objects.x", "no definition of it"),
    DefinitionError([DefinitionFault("a.json", "name", "is wrong"), DefinitionFault("b.json", "", "is wrong too")]),
    InvalidPayload(REPORT),
]
COPIES = [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))]  # noqa: S301 - our own bytes


@pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("copied", COPIES, ids=["copy", "deepcopy", "pickle"])
def test_errors_can_be_copied(error: Any, copied: Callable[[Any], Any]) -> None:
    other = copied(error)
    assert (type(other), str(other)) == (type(error), str(error))
    assert getattr(other, "key", None) == getattr(error, "key", None)
    assert getattr(other, "faults", None) == getattr(error, "faults", None)
    if isinstance(error, InvalidPayload):
        assert other.report.violations == error.report.violations


@pytest.mark.parametrize("copied", COPIES, ids=["copy", "deepcopy", "pickle"])
def test_validators_and_reports_can_be_copied(copied: Callable[[Any], Any]) -> None:
    text = '{"properties": {"recieved_on": "2024/7/1"}}'
    validator = Validator.from_path(OBJECTS, severity={"no-op": "off"})
    validator.check({}, object=TICKET)
    report = copied(validator).check_json(text, object=TICKET)
    assert report.violations == validator.check_json(text, object=TICKET).violations != ()
    assert copied(validator).check({}, object=TICKET).violations == ()
    assert copied(validator).objects.keys() == validator.objects.keys()
    for each in (report, VALIDATOR.check({}, object=TICKET), VALIDATOR.check_request("GET", "/")):
        other = copied(each)
        for attribute in ("object", "operation", "violations", "omitted", "errors", "warnings", "text", "claim"):
            assert getattr(other, attribute) == getattr(each, attribute)
    assert copied(report).fixed() == report.fixed() != text.encode()
