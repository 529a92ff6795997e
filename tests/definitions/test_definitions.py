"""Definition files: what is read from each shape, and every fault that makes one useless."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
from pathlib import Path
from typing import Any

import pytest

import recordlint
from recordlint import DefinitionError, ObjectDefinition, Option, Validator, fieldtypes
from recordlint.contract.spec_files import field_types, read_spec
from recordlint.definitions.model import DELTA_TYPES, option_list
from recordlint.definitions.reading import load_objects

ROOT = Path(__file__).parents[2]
CASES: dict[str, dict[str, Any]] = json.loads((ROOT / "tests/data/definitions.json").read_text("utf-8"))


def cases(group: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES[group].items()])


def saved(folder: Path, name: str, document: object) -> str:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return str(path)


def faults(*paths: str) -> list[tuple[str, str, str]]:
    with pytest.raises(DefinitionError) as caught:
        load_objects(paths)
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    return [tuple(fault) for fault in caught.value.faults]


def as_data(definition: ObjectDefinition) -> dict[str, Any]:
    return {
        "key": definition.key,
        "name": definition.name,
        "fields": [
            {
                "key": field.key,
                "name": field.name,
                "data_type": field.data_type,
                "options": [list(option) for option in field.options],
                "allow_custom_option": field.allow_custom_option,
                "max_files": field.max_files,
                "accepted_formats": list(field.accepted_formats),
                "known": field.known,
            }
            for field in definition.fields
        ],
        "required": [field.key for field in definition.required],
        "warnings": list(definition.warnings),
    }


@cases("read")
def test_reads(case: dict[str, Any], tmp_path: Path) -> None:
    path = saved(tmp_path, "definition.json", json.dumps(case["document"]))
    definitions = load_objects([path])
    assert [as_data(definition) for definition in definitions] == case["objects"]
    assert {definition.path for definition in definitions} == {path}
    # A folder is its files.
    assert [as_data(definition) for definition in load_objects([str(tmp_path)])] == case["objects"]
    # Bodies can be checked against what was read, for each operation.
    validator = Validator(definitions)
    for key in validator.objects:
        for operation in ("update", "create"):
            assert validator.check({}, object=key, operation=operation).object == key


@cases("refused")
def test_refuses(case: dict[str, Any], tmp_path: Path) -> None:
    path = saved(tmp_path, "definition.json", json.dumps(case["document"]))
    expected = [(path, field, reason.replace("{path}", path)) for field, reason in case["faults"]]
    assert faults(path) == expected


@cases("not_json")
def test_refuses_what_is_no_json(case: dict[str, str], tmp_path: Path) -> None:
    path = saved(tmp_path, "definition.json", case["text"])
    assert faults(path) == [(path, "", case["reason"])]


@pytest.mark.parametrize(
    ("limit", "expected"), [("1", 1), ("2.9", 2), ("1e308", int(1e308)), ("9" * 300, int("9" * 300))]
)
def test_a_limit_of_files_is_rounded_down(tmp_path: Path, limit: str, expected: int) -> None:
    text = (
        '{"object": {"key": "custom_objects.pet"}, "fields": [{"fieldKey": "custom_objects.pet.doc", '
        f'"dataType": "FILE_UPLOAD", "maxFileLimit": {limit}}}]}}'
    )
    (definition,) = load_objects([saved(tmp_path, "a.json", text)])
    assert definition.fields[0].max_files == expected
    body = {"properties": {"doc": {"add": [{"url": "https://example.com/a.pdf"}]}}}
    assert not Validator([definition]).check(body).violations


def test_a_limit_may_be_zero(tmp_path: Path) -> None:
    field = {"fieldKey": "custom_objects.pet.doc", "dataType": "FILE_UPLOAD", "maxFileLimit": 0}
    (definition,) = load_objects(
        [saved(tmp_path, "a.json", {"object": {"key": "custom_objects.pet"}, "fields": [field]})]
    )
    assert definition.fields[0].max_files == 0


def test_a_list_of_options_is_cut() -> None:
    options = [Option(f"k{number}", f"k{number}") for number in range(10)]
    eight = '"k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7"'
    assert option_list(options[:8]) == eight
    assert option_list(options[:9]) == f"{eight} and 1 more"
    assert option_list(options) == f"{eight} and 2 more"
    assert option_list([Option("a", "First")]) == '"a" (First)'


PET = {"object": {"key": "custom_objects.pet"}, "fields": []}
SINGULAR_PET = {"object": {"key": "custom_object.pet"}, "fields": []}
SHAPE = (
    "is not an object definition; save the answer of GET /objects/{key}?fetchProperties=true "
    "or GET /custom-fields/object-key/{key}"
)


@pytest.mark.parametrize("second", [PET, SINGULAR_PET], ids=["one key", "one key by two prefixes"])
def test_refuses_one_object_in_two_files(tmp_path: Path, second: object) -> None:
    first, later = saved(tmp_path, "a.json", PET), saved(tmp_path, "b.json", second)
    reason = f"custom_objects.pet is defined twice, here and in {first}; keep only one"
    assert faults(str(tmp_path)) == [(later, "", reason)]
    assert faults(first, later) == [(later, "", reason)]


def test_refuses_a_missing_file(tmp_path: Path) -> None:
    path = str(tmp_path / "nowhere.json")
    assert faults(path) == [(path, "", "no such file or folder")]


def test_refuses_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("{}")
    assert faults(str(tmp_path)) == [(str(tmp_path), "", "no *.json file in this folder")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_refuses_an_unreadable_file(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.json", PET)
    Path(path).chmod(0)
    assert faults(path) == [(path, "", "cannot be read: permission denied")]


def test_one_bad_file_fails_the_folder_with_all_faults_of_all_files(tmp_path: Path) -> None:
    missing = str(tmp_path / "nowhere")
    folder = tmp_path / "objects"
    (folder / "below").mkdir(parents=True)
    saved(folder, "good.json", PET)
    broken = saved(folder, "broken.json", "{")
    shape = saved(folder, "shape.json", {})
    fields = [{"dataType": "TEXT"}, {"fieldKey": "custom_objects.car.a"}]
    two = saved(folder / "below", "two.json", {"object": {"key": "custom_objects.car"}, "fields": fields})
    assert faults(missing, str(folder)) == [
        (missing, "", "no such file or folder"),
        (two, "fields[0]", "has no fieldKey"),
        (two, "custom_objects.car.a", "has no dataType"),
        (broken, "", "not JSON, line 1 column 2: the text ends before this { is closed"),
        (shape, "", SHAPE),
    ]


def test_a_validator_refuses_the_same(tmp_path: Path) -> None:
    with pytest.raises(recordlint.DefinitionError, match="no such file or folder"):
        Validator.from_path(tmp_path / "nowhere")


def test_a_folder_is_walked_and_sorted(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name, key in (("c.json", "c"), ("a.JSON", "a"), ("b/b.json", "b")):
        saved(tmp_path, name, {"object": {"key": f"custom_objects.{key}"}, "fields": []})
    saved(tmp_path, "notes.txt", "no definition")
    keys = [definition.key for definition in load_objects([str(tmp_path)])]
    assert keys == ["custom_objects.a", "custom_objects.b", "custom_objects.c"]


def test_the_maps_of_a_definition(tmp_path: Path) -> None:
    fields = [
        {"fieldKey": "custom_objects.pet.name", "name": "The Name", "dataType": "TEXT"},
        {
            "fieldKey": "custom_objects.pet.size",
            "dataType": "TEXTBOX_LIST",
            "options": [{"key": "w", "label": "Same"}, {"key": "h", "label": "same"}, {"key": "d", "label": "Same"}],
        },
    ]
    path = saved(tmp_path, "a.json", {"object": {"key": "custom_objects.pet"}, "fields": fields})
    (definition,) = load_objects([path])
    name, size = definition.fields
    assert definition.prefixes == ("custom_objects.pet.", "custom_object.pet.")
    assert definition.by_key == {"name": name, "size": size}
    assert definition.by_property == {"name": name, "size.w": size, "size.h": size, "size.d": size}
    assert definition.by_normalized_name == {"the name": (name,), "size": (size,)}
    assert size.option_keys == {"w", "h", "d"}
    assert size.keys_by_label == {"Same": ("w", "d"), "same": ("h",)}
    assert size.keys_by_normalized_label == {"same": ("w", "h", "d")}


@pytest.mark.parametrize(("given", "expected"), [({"id": "f1"}, "f1"), ({"id": 5}, ""), ({}, "")], ids=repr)
def test_a_field_knows_its_id(tmp_path: Path, given: dict[str, Any], expected: str) -> None:
    entry = {"fieldKey": "custom_objects.pet.name", "dataType": "TEXT", **given}
    path = saved(tmp_path, "a.json", {"object": {"key": "custom_objects.pet"}, "fields": [entry]})
    (definition,) = load_objects([path])
    assert definition.fields[0].id == expected
    assert definition.by_id == ({expected: definition.fields} if expected else {})


def test_every_data_type_has_a_module_and_a_schema() -> None:
    modules = {each.name.upper() for each in pkgutil.iter_modules(fieldtypes.__path__) if each.name[0] != "_"}
    assert modules == field_types()
    for name in modules:
        module = importlib.import_module(f"recordlint.fieldtypes.{name.lower()}")
        assert callable(module.schema)
        assert callable(module.problems)
        assert module.__doc__


@pytest.mark.parametrize("data_type", sorted(field_types()))
def test_the_types_with_several_values_are_those_whose_schema_depends_on_the_operation(data_type: str) -> None:
    assert ("create" in read_spec(f"field-types/{data_type.lower()}.json").get("$defs", {})) == (
        data_type in DELTA_TYPES
    ), f"definitions/model.py: DELTA_TYPES and the spec disagree about {data_type}"


@pytest.mark.parametrize("data_type", sorted(field_types()))
def test_the_fixtures_have_every_data_type(data_type: str) -> None:
    definitions = load_objects([str(ROOT / "fixtures/objects")])
    types = {field.data_type for definition in definitions for field in definition.fields}
    assert data_type in types, f"no object in fixtures/objects has a field of the type {data_type}"


def test_the_fixtures_have_no_doubtful_definition() -> None:
    assert [each.warnings for each in load_objects([str(ROOT / "fixtures/objects")])] == [(), ()]
