"""Records as the service answers them: read in every shape, and given back as they were."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from recordlint import InputError, Record, UsageError
from recordlint.records.reading import read_records
from records.stored_records import records

NO_RECORD = "this is no record: it has no id, no properties, no owner and no followers"
ANSWER = {"id": "r1", "owner": ["u1"], "properties": {"a": 1, "b": None}, "dateAdded": "2026-11-01"}


@given(records())
def test_a_record_is_given_back_as_it_was(answer: dict[str, Any]) -> None:
    bare = answer.get("record", answer)
    assert Record.from_dict(answer).to_dict() == bare
    assert list(Record.from_dict(answer).to_dict()) == list(bare)


def test_what_a_record_holds() -> None:
    record = Record.from_dict({"record": ANSWER})
    assert record[:4] == ("r1", {"a": 1}, ("u1",), ())
    assert Record.from_dict({"properties": {}}) == Record(None, {}, answer={"properties": {}})
    assert Record.from_dict({"id": "x", "owners": None, "follower": ["u", "v", "u"]}).followers == ("u", "v")
    assert Record("x", {"a": [1]}, ("u",), ("v",)).to_dict() == {
        "id": "x",
        "owner": ["u"],
        "followers": ["v"],
        "properties": {"a": [1]},
    }


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([], "a record is an object, as the service answers it, not an array"),
        (None, "a record is an object, as the service answers it, not null"),
        ({}, "this is no record: it has no id, no properties, no owner and no followers"),
        (
            {"statusCode": 401, "message": "x"},
            "this is no record: it has no id, no properties, no owner and no followers",
        ),
        ({"id": "x", "properties": []}, "the properties of a record are an object, not an array"),
        ({"id": "x", "owner": [1]}, "the owner of a record is a list of user ids"),
        ({"id": "x", "followers": {"add": []}}, "the followers of a record is a list of user ids"),
    ],
)
def test_what_is_no_record(value: object, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        Record.from_dict(value)
    assert str(caught.value) == reason


ONE, TWO = {"id": "r1", "properties": {"a": 1}}, {"id": "r2", "properties": {"a": 2}}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps([ONE, TWO])),
        ("a.json", json.dumps({"records": [ONE, TWO], "total": 2})),
        ("a.json", "\ufeff" + json.dumps({"records": [{"record": ONE}, TWO]})),
        ("a.ndjson", f"{json.dumps(ONE)}\n\n{json.dumps({'record': TWO})}\r\n"),
        ("a.jsonl.gz", f"{json.dumps(ONE)}\n{json.dumps(TWO)}"),
    ],
)
def test_files_of_records(tmp_path: Path, name: str, text: str) -> None:
    data = text.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    read = read_records(str(tmp_path / name))
    assert len(read) == 2
    assert [read.find(id).properties for id in ("r1", "r2")] == [{"a": 1}, {"a": 2}]
    with pytest.raises(InputError, match=r"has no record with this id$"):
        read.find("r3")
    with pytest.raises(InputError, match="has several records: a whole request says by its URL which one is meant"):
        read.find(None)


def test_a_file_of_one_record(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"record": ONE}), "utf-8")
    read = read_records(str(tmp_path / "a.json"))
    assert read.find("r1") == read.find(None)
    (tmp_path / "a.json").write_text('{"properties": {"a": 3}}', "utf-8")
    nameless = read_records(str(tmp_path / "a.json"))
    assert nameless.find("r1") == nameless.find(None)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.json", '{"id": "x",}', ": not JSON, line 1 column 11: "),
        ("a.json", "[]", ": there is no record in it"),
        ("a.ndjson", "\n", ": there is no record in it"),
        ("a.ndjson", f"{json.dumps(ONE)}\n{{", ":2: not JSON, line 1 column "),
        ("a.ndjson", f"{json.dumps(ONE)}\n{json.dumps(ONE)}", ":2: the record r1 is here twice; the first is at "),
        ("a.json", json.dumps([ONE, {"properties": {}}]), ": [1]: this record has no id, and there are several"),
        ("a.json", json.dumps({"records": [{}]}), ": records[0]: this is no record: "),
        ("b.json", "", ": cannot be read: no such file or directory"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, name: str, text: str, reason: str) -> None:
    if name.startswith("a"):
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read_records(str(tmp_path / name))
    assert f"{name}{reason}" in str(caught.value)
