"""What the documents say: names, words, examples, answers."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import yaml
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from bodies import OBJECTS
from command_folder import OBJECTS as DEFINITIONS
from command_folder import Folder
from fixture_files import ROOT
from internals import target_of
from recordlint import Field, ObjectDefinition, Operation, Option, Validator
from recordlint.definitions.digest import digest
from recordlint.definitions.reading import load_objects
from recordlint.export.answers import example_record
from recordlint.export.bodies import example_body
from recordlint.export.older import as_openapi_3_0
from recordlint.export.openapi import openapi_document
from recordlint.export.schemas import object_schema

OPERATIONS: tuple[Operation, ...] = ("update", "create")
FIXTURES = load_objects([str(ROOT / "fixtures" / "objects")])
LABELS = ["<18 years", "*VIP*", "_internal_ only", "[x] done, see (list)", "`a`", "A,\n B"]
ODD = ObjectDefinition(
    "custom_objects.lab",
    "Lab *1*",
    (
        Field("name", "Name", "TEXT", description="As on the <passport>\n- or not", placeholder="Ada *L*"),
        Field("age", "Age", "SINGLE_OPTIONS", options=tuple([Option(f"k{n}", each) for n, each in enumerate(LABELS)])),
        Field("free", "Free", "RADIO", allow_custom_option=True),
        Field("no_files", "No files", "FILE_UPLOAD", max_files=0),
        Field("odd_files", "Odd files", "FILE_UPLOAD", max_files=1, accepted_formats=("é", "tar.gz", "PNG")),
        Field("one", "One", "CHECKBOX", options=(Option("a`b", "A"),)),
        Field("what", "What", "SIGNATURE_*", known=False),
        *[Field(f"more_{n}", f"More {n}", "NUMERICAL") for n in range(30)],
        Field("last", "Last", "EMAIL"),
    ),
    required=(Field("last", "Last", "EMAIL"),),
    description="# What the lab <needs>",
)
BUSINESS = ObjectDefinition("business", "Company", (Field("name", "Name", "TEXT"),))
ALL = (*OBJECTS, *FIXTURES, ODD, BUSINESS)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("definition", ALL, ids=[each.key for each in ALL])
def test_an_example_body_is_right(definition: ObjectDefinition, operation: Operation) -> None:
    body = example_body(target_of(definition, operation))
    assert Validator([definition]).check(body, operation=operation).violations == ()
    assert body["properties"]
    for key, schema in object_schema(target_of(definition, operation))["properties"]["properties"][
        "properties"
    ].items():
        for example in schema.get("examples", ()):
            alone = {**body, "properties": {**body["properties"], key: example}}
            assert Validator([definition]).check(alone, operation=operation).violations == ()


def test_an_example_shows_the_first_of_many_properties_and_those_that_are_required() -> None:
    assert len(example_body(target_of(ODD))["properties"]) == 18  # of the first 20, two take no value
    assert "last" in example_body(target_of(ODD, "create"))["properties"]


@pytest.mark.parametrize("definition", ALL, ids=[each.key for each in ALL])
def test_an_answer_is_what_its_schema_says(definition: ObjectDefinition) -> None:
    document = openapi_document([definition])
    (schema,) = [each for name, each in document["components"]["schemas"].items() if name.endswith("Record")]
    record = example_record(definition)
    jsonschema.Draft202012Validator(schema).validate(record)
    assert schema["required"] == [
        *("id", *(["owner", "followers"] if definition.has_users else []), "properties", "dateAdded", "dateUpdated")
    ]
    assert schema["properties"]["properties"]["properties"].keys() == {*definition.by_property}
    stored = {"files": [{"url": "https://x.y/z", "name": "z", "meta": {"size": 1}}], "kind": "an option of last year"}
    if definition is OBJECTS[0]:
        jsonschema.Draft202012Validator(schema).validate({**record, "properties": stored})


@pytest.mark.parametrize("definitions", [ALL[:1], FIXTURES, [ODD], [BUSINESS], [OBJECTS[0], ODD, BUSINESS]])
def test_documents_are_valid(definitions: Any) -> None:
    document = openapi_document(definitions)
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert list(OpenAPIV30SpecValidator(as_openapi_3_0(document)).iter_errors()) == []
    text = json.dumps(document)
    assert not any(each in text for each in ("jsonSchemaDialect", "$comment", "MIT"))
    assert not any("." in name for kind in document["components"].values() for name in kind)
    assert "jsonSchemaDialect" not in document


def test_what_a_document_is_called_and_made_of() -> None:
    document = openapi_document([OBJECTS[0], ODD, BUSINESS])
    assert document["info"]["title"] == "Records of All, Lab *1* and Company"
    assert document["info"]["description"].splitlines()[2:5] == [
        "- All: `custom_objects.all`",
        "- Lab \\*1\\*: `custom_objects.lab`",
        "- Company: `business`",
    ]
    assert document["x-recordlint"]["definitions"] == f"sha256:{digest([BUSINESS, ODD, OBJECTS[0]])}"
    assert document["tags"][1] == {
        "name": "Lab *1*",
        "description": "\\# What the lab &lt;needs\\>\n\nThe records of `custom_objects.lab`.",
    }
    assert {each["operationId"]: each["tags"] for item in document["paths"].values() for each in item.values()} == {
        f"{what}-{suffix}": [name]
        for suffix, name in (("all", "All"), ("lab", "Lab *1*"), ("business-object", "Company"))
        for what in ("get-object", "get-record", "update-record", "delete-record", "create-record")
    }
    assert [*document["paths"]][:3] == [
        "/objects/custom_objects.all",
        "/objects/custom_objects.all/records/{recordId}",
        "/objects/custom_objects.all/records",
    ]


def test_a_title_of_many_objects() -> None:
    objects = [ObjectDefinition(f"custom_objects.o{n}", f"O{n}", ()) for n in range(5)]
    assert openapi_document(objects)["info"]["title"] == "Records of O0, O1 and 3 other objects"


def test_tags_are_different() -> None:
    names = {"a": "Pet", "b": "Pet", "c": "Pet (custom_objects.a)"}
    objects = [ObjectDefinition(f"custom_objects.{key}", name, ()) for key, name in names.items()]
    tags = [each["name"] for each in openapi_document(objects)["tags"]]
    assert tags == [
        "Pet (custom_objects.a)",
        "Pet (custom_objects.b)",
        "Pet (custom_objects.a) (custom_objects.c)",
    ]


def test_where_only_labels_are_required() -> None:
    lines = Field("lines", "Lines", "TEXTBOX_LIST", options=(Option("a", "A"),))
    definition = ObjectDefinition("custom_objects.note", "Note", (lines,), required=(lines,))
    document = openapi_document([definition])
    older = as_openapi_3_0(document)
    assert list(OpenAPIV30SpecValidator(older).iter_errors()) == []
    missing = older["components"]["schemas"]["NoteCreate"]["properties"]["properties"]["not"]
    # Some tools want a type beside nullable, which says that null is of this type too.
    assert missing == {"properties": {"lines.a": {"type": "string", "enum": [None], "nullable": True}}}
    assert "required" not in document["components"]["schemas"]["NoteCreate"]["properties"]["properties"]
    record = document["components"]["schemas"]["NoteRecord"]["properties"]["properties"]
    assert record["properties"]["lines.a"]["title"] == "Lines: A"


def test_a_value_of_a_type_that_is_not_judged_is_shown_where_one_is_needed() -> None:
    odd = Field("odd", "Odd", "MYSTERY")
    definition = ObjectDefinition("custom_objects.note", "Note", (odd, *FIXTURES[0].fields[:1]), required=(odd,))
    assert "odd" not in example_body(target_of(definition))["properties"]
    body = example_body(target_of(definition, "create"))
    assert body["properties"]["odd"] == "Any value"
    alone = ObjectDefinition("business", "Company", (odd,))
    for each, operation in ((definition, "create"), (alone, "update"), (alone, "create")):
        shown = example_body(target_of(each, operation))  # type: ignore[arg-type]
        assert Validator([each]).check(shown, operation=operation).violations == ()  # type: ignore[arg-type]


def test_a_key_with_underscores_is_no_emphasis() -> None:
    schemas = openapi_document([ObjectDefinition("custom_objects._x_", "X", ())])["components"]["schemas"]
    description = "The body of PUT /objects/custom\\_objects.\\_x\\_/records/\\{id\\}."
    assert schemas["Object_X_Update"]["description"] == description


@pytest.mark.parametrize(
    "options", [("--title", ""), ("--title", "a\n"), ("--server", ""), ("--server", "https://{x}/")]
)
def test_options_that_no_document_can_have(folder: Folder, options: tuple[str, str]) -> None:
    done = folder.run("openapi", *DEFINITIONS, *options)
    assert (done.status, done.out) == (2, "")
    assert f"Error: {options[0]} takes a " in done.err


def test_objects_of_one_name_have_tags_of_their_own() -> None:
    objects = [ObjectDefinition(f"custom_objects.{key}", "Pet", ()) for key in ("a", "b")]
    names = [each["name"] for each in openapi_document(objects)["tags"]]
    assert names == ["Pet (custom_objects.a)", "Pet (custom_objects.b)"]


def test_the_words_of_a_field() -> None:
    plain = object_schema(target_of(ODD))["properties"]["properties"]["properties"]
    schemas = openapi_document([ODD])["components"]["schemas"]
    update, create = (schemas[name]["properties"]["properties"]["properties"] for name in ("LabUpdate", "LabCreate"))
    assert update["name"]["description"] == (
        "As on the &lt;passport\\>  \n\\- or not\n\n"
        "One line of text. Null removes the value.\n\n"
        "Placeholder in the account's forms: Ada \\*L\\*"
    )
    assert plain["name"]["description"] == (
        "As on the <passport>\n- or not\nOne line of text. Null removes the value.\n"
        "Placeholder in the account's forms: Ada *L*"
    )
    assert create["name"]["description"].split("\n\n")[1] == "One line of text."
    assert update["age"]["description"].split("\n\n")[1:] == [
        "Options:",
        "- `k0`: &lt;18 years\n- `k1`: \\*VIP\\*\n- `k2`: \\_internal\\_ only\n- `k3`: \\[x\\] done, see (list)\n"
        "- `k4`: \\`a\\`\n- `k5`: A, B",
    ]
    assert update["age"]["x-enum-varnames"] == ["N_18_YEARS", "VIP", "INTERNAL_ONLY", "X_DONE_SEE_LIST", "A", "A_B"]
    assert update["age"]["x-enum-descriptions"] == LABELS
    assert update["one"]["description"].endswith("- ``a`b``: A")
    assert update["no_files"]["description"].endswith("No files can be added.")
    assert "Accepted: é, tar.gz, PNG." in update["odd_files"]["description"]
    assert update["what"]["description"] == (
        "A value of type SIGNATURE\\_\\*, which recordlint does not check. Null removes the value."
    )


def test_a_digest_is_of_what_is_read() -> None:
    one, other = (ObjectDefinition("custom_objects.a", "A", (Field("x", name, "TEXT"),)) for name in ("X", "Y"))
    assert digest([one]) != digest([other])
    assert digest([one, ODD]) == digest([ODD, one])
    assert digest([one]) == digest([ObjectDefinition("custom_objects.a", "A", one.fields, path="a.json")])


# The commands.


def test_openapi_in_other_words(folder: Folder) -> None:
    def written(*options: str) -> str:
        done = folder.run("openapi", *DEFINITIONS, *options)
        assert (done.status, done.err) == (0, "")
        return done.out

    document = json.loads(written())
    assert yaml.safe_load(written("--format", "yaml")) == document
    assert json.loads(written("--spec-version", "3.0")) == as_openapi_3_0(document)
    named = json.loads(written("--title", "Ours", "--server", "https://a.example", "--server", "https://b.example"))
    assert named["info"]["title"] == "Ours"
    assert named["servers"] == [{"url": "https://a.example"}, {"url": "https://b.example"}]
    for name in ("a.yaml", "a.yml", "a.json"):
        assert written("-o", name) == ""
        assert written("-o", name, "--check") == ""
        text = (folder.path / name).read_text("utf-8")
        assert (json.loads if name == "a.json" else yaml.safe_load)(text) == document
    done = folder.run("openapi", *DEFINITIONS, "-o", "a.yaml", "--title", "Other", "--check")
    assert (done.status, done.err) == (1, "recordlint: a.yaml is out of date; run the command without --check\n")


def test_schema_in_draft_7(folder: Folder) -> None:
    options = ("--object", "custom_objects.ticket", "--operation", "update")
    done = folder.run("schema", *DEFINITIONS, *options, "--draft", "7")
    assert (done.status, done.err) == (0, "")
    schema = json.loads(done.out)
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["dependencies"].keys() == {"owner"}
