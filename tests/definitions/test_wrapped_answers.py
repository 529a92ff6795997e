"""Definition files as tools write them: an answer within what they put around it, in the encodings of shells."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recordlint import DefinitionError, ObjectDefinition
from recordlint.definitions.reading import load_objects

PLANT = {
    "object": {"key": "custom_objects.plant", "primaryDisplayProperty": "custom_objects.plant.name"},
    "fields": [{"fieldKey": "custom_objects.plant.name", "name": "Name", "dataType": "TEXT"}],
    "cache": False,
}
SOIL = {
    "fields": [{"fieldKey": "custom_objects.soil.ph", "objectKey": "custom_objects.soil", "dataType": "NUMERICAL"}],
    "folders": [],
}
SHAPES: dict[str, Any] = {"object and fields": PLANT, "fields and folders": SOIL, "a list": [PLANT, SOIL]}

AROUND: dict[str, Callable[[Any], Any]] = {
    "nothing": lambda answer: answer,
    "body, status and headers": lambda answer: {"statusCode": 200, "headers": {}, "body": answer},
    "data and status": lambda answer: {"data": answer, "status": 200, "config": {"data": None}},
    "json beside text": lambda answer: {"json": answer, "pairedItem": 0},
    "response": lambda answer: {"request": {"url": "x"}, "response": answer},
    "an empty wrapper before": lambda answer: {"body": {}, "json": None, "data": answer},
    "a list of one": lambda answer: [{"json": answer, "pairedItem": 0}],
}
ENCODINGS: dict[str, tuple[bytes, str]] = {
    "UTF-8": (b"", "utf-8"),
    "UTF-8 with a byte order mark": (codecs.BOM_UTF8, "utf-8"),
    "UTF-16 LE with a byte order mark": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "UTF-16 BE with a byte order mark": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "UTF-16 LE": (b"", "utf-16-le"),
    "UTF-16 BE": (b"", "utf-16-be"),
}


def loaded(path: Path, document: Any, encoding: str = "UTF-8") -> list[tuple[str, list[tuple[str, str]], list[str]]]:
    mark, codec = ENCODINGS[encoding]
    path.write_bytes(mark + json.dumps(document, ensure_ascii=False).encode(codec))
    return [as_data(definition) for definition in load_objects([str(path)])]


def as_data(definition: ObjectDefinition) -> tuple[str, list[tuple[str, str]], list[str]]:
    fields = [(field.key, field.data_type) for field in definition.fields]
    return definition.key, fields, [field.key for field in definition.required]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_wrapper_is_taken_off(shape: str, around: str, tmp_path: Path) -> None:
    expected = {
        "object and fields": [("custom_objects.plant", [("name", "TEXT")], ["name"])],
        "fields and folders": [("custom_objects.soil", [("ph", "NUMERICAL")], [])],
    }
    expected["a list"] = [*expected["object and fields"], *expected["fields and folders"]]
    assert loaded(tmp_path / "a.json", AROUND[around](SHAPES[shape])) == expected[shape]


def test_a_list_of_wrappers(tmp_path: Path) -> None:
    keys = [key for key, _, _ in loaded(tmp_path / "a.json", [{"json": PLANT}, SOIL])]
    assert keys == ["custom_objects.plant", "custom_objects.soil"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_of_shells(encoding: str, tmp_path: Path) -> None:
    named = {**PLANT, "object": {**PLANT["object"], "labels": {"singular": "Blüte 🌱"}}}  # type: ignore[dict-item]
    assert loaded(tmp_path / "a.json", named, encoding) == loaded(tmp_path / "b.json", PLANT)
    (definition,) = load_objects([str(tmp_path / "a.json")])
    assert definition.name == "Blüte 🌱"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (codecs.BOM_UTF16_LE + "{,}".encode("utf-16-le"), "not JSON, line 1 column 2: "),
        (codecs.BOM_UTF16_LE + b"{", "not JSON, line 1 column 1: "),
        (b"{\xff}", "not JSON, line 1 column 2: "),
    ],
    ids=["no JSON in UTF-16", "half a character", "Latin-1"],
)
def test_what_cannot_be_read_is_an_error_with_its_place(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with pytest.raises(DefinitionError) as caught:
        load_objects([str(path)])
    (fault,) = caught.value.faults
    assert fault.reason.startswith(reason)


def test_data_beside_a_definition_is_no_wrapper(tmp_path: Path) -> None:
    document = {**PLANT, "data": {"fields": SOIL["fields"]}}
    assert loaded(tmp_path / "a.json", document)[0][0] == "custom_objects.plant"
