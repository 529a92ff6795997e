"""What the schemas of usual values take, the clean schemas take too: they only save the time to make those ready."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import THOROUGH
from internals import body_checker, target_of
from recordlint import Field, ObjectDefinition, Operation, Option, Validator
from recordlint.body.schema import clean_property, usual_property
from recordlint.checking import doubts
from recordlint.contract.engines import ENGINES, make_engine
from recordlint.contract.inline_refs import flatten
from recordlint.contract.spec_files import read_spec

OPERATIONS: tuple[Operation, ...] = ("update", "create")
PHONE = Field("phone", "Phone", "PHONE")
FORMATS: list[tuple[str, ...]] = [(), ("pdf",), (".PDF", "jpg"), ("docx", "tar.gz"), ("é",)]
FILES = [
    Field(f"files_{number}", "Files", "FILE_UPLOAD", accepted_formats=formats, max_files=most)
    for number, (formats, most) in enumerate([(formats, most) for formats in FORMATS for most in (None, 0, 1, 2)])
]
LABELS = (Option("a", "A"),)
TEXTS = {
    "PHONE": PHONE,
    "TEXT": Field("text", "Text", "TEXT"),
    "TEXTBOX_LIST": Field("lines", "Lines", "TEXTBOX_LIST", options=LABELS),
    "DATE": Field("day", "Day", "DATE"),
}
OBJECT = ObjectDefinition("custom_objects.odd", "Odd", (*TEXTS.values(), *FILES), required=(TEXTS["TEXT"],))
URL = read_spec("field-types/file_upload.json")["$defs"]["usualFile"]["properties"]["url"]["pattern"]
URLS = st.one_of(
    st.from_regex(URL, fullmatch=True),
    st.builds(
        "https://{}.{}/{}.{}".format,
        st.from_regex("([a-z0-9-]{0,3}[.])*[a-z0-9-]{0,3}", fullmatch=True),
        st.from_regex("[a-z0-9]{1,7}", fullmatch=True) | st.sampled_from(["local", "localhost", "example", "x1"]),
        st.sampled_from(["a", "a/b", "", "A_-", "a.exe"]),
        st.sampled_from(["pdf", "jpg", "PDF", "exe", "gz", "tar.gz", "docx", "x", ""]),
    ),
)
FILE = st.fixed_dictionaries(
    {"url": URLS}, optional={"name": st.sampled_from(["a.pdf", "", " ", "{{a}}", "<b>", "null"])}
)
SOME = st.lists(FILE, max_size=2)


@cache
def taking(engine: str, field: Field, operation: Operation) -> list[Callable[[Any], bool]]:
    """Whether a value is usual, and whether it is clean."""
    target = target_of(OBJECT, operation)
    key = field.properties[0]
    usual = usual_property(target, key)
    clean = make_engine(engine, clean_property(target, key))
    return [make_engine(engine, usual).is_valid if usual else lambda value: False, clean.is_valid]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("data_type", TEXTS)
@given(st.data())
def test_a_usual_text_is_clean(engine: str, operation: Operation, data_type: str, data: st.DataObject) -> None:
    field = TEXTS[data_type]
    usual = usual_property(target_of(OBJECT, operation), field.properties[0])
    assert usual
    pattern = flatten(usual)["pattern"]
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    assert [takes(text) for takes in taking(engine, field, operation)] == [True, True]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("operation", OPERATIONS)
@THOROUGH
@given(st.data())
def test_usual_files_are_clean(engine: str, operation: Operation, data: st.DataObject) -> None:
    deltas = st.fixed_dictionaries({}, optional={"add": SOME, "remove": SOME})
    value = data.draw(SOME if operation == "create" else deltas)
    for field in FILES:
        is_usual, is_clean = taking(engine, field, operation)
        assert is_clean(value) or not is_usual(value)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_usual(engine: str) -> None:
    added, removed = (
        [{"url": "https://example.com/a.pdf"}],
        [{"url": "https://example.com/a.exe", "name": "A file.exe"}],
    )
    usual = {field.key: taking(engine, field, "update")[0] for field in FILES}
    takes_pdf = [f"files_{number}" for number in (0, 2, 3, 4, 6, 7, 8, 10, 11)]
    assert [key for key in usual if usual[key]({"add": added, "remove": removed})] == takes_pdf
    assert [key for key in usual if usual[key]({"add": removed})] == ["files_0", "files_2", "files_3"]
    assert taking(engine, FILES[0], "create")[0](added)
    assert taking(engine, PHONE, "update")[0]("+14155550123")


def test_usual_values_are_all_that_a_few_bodies_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubts, "clean_property", lambda target, key: pytest.fail(f"{key} is made ready"))
    body = {"properties": {"phone": "+14155550123", "files_4": {"add": [{"url": "https://example.com/a.pdf"}]}}}
    assert body_checker(Validator([OBJECT])).is_clean(body)


def test_a_usual_value_may_hide_a_problem() -> None:
    file = {"url": "https://example.com/a.pdf"}
    body = {"properties": {"files_4": {"add": [file], "remove": [file]}}}
    assert taking("jsonschema-rs", FILES[4], "update")[0](body["properties"]["files_4"])
    assert not body_checker(Validator([OBJECT])).is_clean(body)


def test_after_a_value_that_is_not_usual() -> None:
    checker = body_checker(Validator([OBJECT]))
    for number, is_clean in {"+14155550123": True, "4155550123": False, "+4930123": True, "+1": False}.items():
        assert checker.takes("phone", number) is is_clean
        assert checker.is_clean({"properties": {"phone": number}}) is is_clean
