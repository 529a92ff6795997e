"""business, the one standard object whose records can be written: from its definition to each way to check a body."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from referencing import Registry

from command_folder import Folder
from har_session import entry, har
from internals import target_of
from recordlint import InvalidPayload, ObjectDefinition, Operation, Report, Validator
from recordlint.export.openapi import openapi_document
from recordlint.export.schemas import object_schema
from recordlint.har.checking import check_har

DEFINITION = {
    "object": {
        "key": "business",
        "standard": True,
        "labels": {"singular": "Company", "plural": "Companies"},
        "requiredProperties": ["business.name"],
    },
    "fields": [
        {"fieldKey": "business.name", "name": "Company Name", "dataType": "TEXT", "standard": True},
        {"fieldKey": "business.phone", "name": "Phone", "dataType": "PHONE"},
        {
            "fieldKey": "business.sectors",
            "name": "Sectors",
            "dataType": "MULTIPLE_OPTIONS",
            "options": [{"key": "food", "label": "Food & drink"}, {"key": "wood", "label": "Wood"}],
        },
    ],
}
RECORDS = "https://services.leadconnectorhq.com/objects/business/records"
RECORD = f"{RECORDS}/66c2a4f1d09b7e335a1f8c04?locationId=loc5"
UPDATE = {"properties": {"phone": "+4930123456", "sectors": {"add": ["food"], "remove": ["wood"]}}}
CREATE = {"locationId": "loc5", "properties": {"name": "Mill Ltd", "sectors": ["wood"]}}
BODIES: list[tuple[Operation, dict[str, Any]]] = [("update", UPDATE), ("create", CREATE)]


@pytest.fixture(scope="module")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Validator:
    path = tmp_path_factory.mktemp("objects") / "business.json"
    path.write_text(json.dumps(DEFINITION))
    return Validator.from_path(path)


@pytest.fixture
def business(validator: Validator) -> ObjectDefinition:
    return validator.require("business")


def listed(report: Report) -> list[tuple[str, str, str]]:
    return [(each.rule, each.severity, each.pointer) for each in report.violations]


def sent(validator: Validator, operation: Operation, body: object) -> Report:
    method, url = ("PUT", RECORD) if operation == "update" else ("POST", RECORDS)
    return validator.check_request(method, url, {"Version": "v3"}, json.dumps(body))


@pytest.mark.parametrize(("operation", "body"), BODIES)
def test_right_bodies(validator: Validator, operation: Operation, body: dict[str, Any]) -> None:
    assert listed(validator.check(body, operation=operation)) == []
    assert listed(validator.check_json(json.dumps(body), object="business", operation=operation)) == []
    assert listed(sent(validator, operation, body)) == []


def test_wrong_bodies(validator: Validator) -> None:
    body = {"properties": {"business.phone": "+49 30 123456", "sectors": ["food"], "colour": "red"}}
    report = validator.check_json(json.dumps(body))
    assert listed(report) == [
        ("full-field-key", "error", "/properties/business.phone"),
        ("phone-format", "error", "/properties/business.phone"),
        ("delta-expected", "error", "/properties/sectors"),
        ("unknown-property", "error", "/properties/colour"),
    ]
    assert json.loads(report.fixed())["properties"]["phone"] == "+4930123456"
    assert listed(validator.check({"locationId": "loc5", "properties": {}}, operation="create"))[0] == (
        "missing-property",
        "error",
        "/properties",
    )


@pytest.mark.parametrize("key", ["owner", "owners", "followers"])
@pytest.mark.parametrize(("operation", "body"), BODIES)
def test_it_has_no_users(
    validator: Validator, business: ObjectDefinition, operation: Operation, body: dict[str, Any], key: str
) -> None:
    assert business.has_users is False
    value = {"add": ["user5"]} if operation == "update" else ["user5"]
    with_users = {**body, key: value}
    assert listed(validator.check(with_users, operation=operation)) == [("standard-object", "error", f"/{key}")]
    report = sent(validator, operation, with_users)
    assert listed(report) == [("standard-object", "error", f"/body/{key}")]
    with pytest.raises(InvalidPayload):
        report.raise_for_errors()


@pytest.mark.parametrize(("operation", "body"), BODIES)
def test_its_schema_has_no_users(business: ObjectDefinition, operation: Operation, body: dict[str, Any]) -> None:
    schema = object_schema(target_of(business, operation))
    assert "owner" not in json.dumps(schema)
    assert "followers" not in json.dumps(schema)
    engine = jsonschema.Draft202012Validator(schema, registry=Registry())
    assert engine.is_valid(body)
    assert not engine.is_valid({**body, "owners": {"add": ["user5"]} if operation == "update" else ["user5"]})


def test_its_openapi_document(business: ObjectDefinition) -> None:
    own = ObjectDefinition("custom_objects.business", "Business", business.fields)
    document = openapi_document([business, own])
    keys = ("business", "custom_objects.business")
    assert sorted(document["paths"]) == sorted(
        f"/objects/{key}{path}" for key in keys for path in ("", "/records", "/records/{recordId}")
    )
    ids = [each["operationId"] for item in document["paths"].values() for each in item.values()]
    assert sorted(ids) == [
        "create-record-business",
        "create-record-business-object",
        "delete-record-business",
        "delete-record-business-object",
        "get-object-business",
        "get-object-business-object",
        "get-record-business",
        "get-record-business-object",
        "update-record-business",
        "update-record-business-object",
    ]
    alone = openapi_document([business])
    for name, schema in alone["components"]["schemas"].items():
        if name != "RecordAnswer":
            assert not {"owner", "owners", "followers"} & schema.get("properties", {}).keys(), name


def test_a_har_file(validator: Validator) -> None:
    entries = [entry("PUT", RECORD, json.dumps(UPDATE)), entry("PUT", RECORD, '{"properties": {"sectors": "food"}}')]
    checked = check_har(validator, json.dumps(har(*entries)).encode())
    assert checked
    assert [listed(report) for _, report in checked.reports] == [
        [],
        [("delta-expected", "error", "/body/properties/sectors")],
    ]


def test_the_commands(folder: Folder) -> None:
    folder.write("objects/business.json", json.dumps(DEFINITION))
    folder.write("a.json", json.dumps({"method": "put", "url": RECORD, "data": json.dumps(UPDATE)}))
    folder.write("b.json", json.dumps(UPDATE))
    options = ("--objects", "objects")
    assert folder.run("check", *options, "a.json", "b.json").status == 0
    assert folder.run("schema", *options, "-o", "schemas").status == 0
    names = sorted(path.name for path in (folder.path / "schemas").iterdir())
    assert names == ["business.create.schema.json", "business.update.schema.json"]
    assert folder.run("schema", *options, "-o", "schemas", "--check") == (0, "", "")
    assert "business  Company" in folder.run("objects", *options).out
