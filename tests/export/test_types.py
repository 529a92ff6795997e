"""Generated types take every right body, and no body that is wrong in a way that types can say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bodies import FIELDS, LABELS, OBJECTS, SAMPLES
from command_folder import OBJECTS as DEFINITIONS
from command_folder import Folder
from fixture_files import ROOT, body_of, payloads
from recordlint import Field, ObjectDefinition, Option, Validator
from recordlint.contract.operations import OPERATIONS
from recordlint.definitions.reading import load_objects
from recordlint.definitions.target import Target
from recordlint.export.bodies import example_body
from recordlint.export.generated_files import as_document
from recordlint.export.names import OF_EVERY_OBJECT, class_names
from recordlint.export.older import as_openapi_3_0
from recordlint.export.openapi import openapi_document
from recordlint.export.python_types import python_types
from recordlint.export.typescript_types import typescript_types

pytestmark = pytest.mark.slow

FIXTURES = load_objects([str(ROOT / "fixtures" / "objects")])
NASTY = Option("a\"b'c\\d\n\u202e*/😀", '*/ """ \\ \n # 😀')
ODD = ObjectDefinition(
    "custom_objects.odd_2",
    'Odd """ */ \\',
    (
        *[
            Field(key, f'{key} */ """ \\N{{x}}', "CHECKBOX", options=(NASTY, Option("b", "B"), Option("c", "b")))
            for key in (
                "class",
                "None",
                "__init__",
                "a-b",
                "a b",
                "1a",
                "é",
                "self",
                "type",
                "print",
                "$ref",
            )
        ],
        Field("choice", "Choice", "SINGLE_OPTIONS", options=(NASTY,)),
        Field("from", "From", "TEXTBOX_LIST", options=LABELS),
        Field("what", "What", "SIGNATURE", known=False),
        *SAMPLES["FILE_UPLOAD"],
    ),
    required=(Field("choice", "Choice", "SINGLE_OPTIONS", options=(NASTY,)),),
)
BUSINESS = ObjectDefinition("business", "Company", FIELDS)
CLASHING = [
    ObjectDefinition(
        f"custom_objects.{key}",
        key,
        (
            *[
                Field(each, each, "RADIO", options=LABELS)
                for each in ("update", "create", "type", "final", "update_properties")
            ],
            Field("lines", "type: ignore", "TEXTBOX_LIST", options=LABELS),
            Field("text", "@ts-expect-error", "TEXT", description="@deprecated"),
        ),
    )
    for key in (
        *("business", "delta", "final", "file", "typed_dict", "none", "_1", "__", "_ticket"),
        *("ticket_update", "ticket_type", "ticket_type_option"),
    )
]
"""Objects and fields that are called as something else in the module."""
ALL = (*FIXTURES, OBJECTS[0], ODD, BUSINESS, *CLASHING)
OWN_MEMBERS = ObjectDefinition(
    "custom_objects.own_members",
    "Own members",
    tuple([Field(key, key, "TEXT") for key in ("name", *sorted(OF_EVERY_OBJECT))]),
)
"""Fields that every object has in JavaScript, which other makers of types do not take for optional."""
NAMES = class_names((*ALL, OWN_MEMBERS))
WRONG = json.loads((ROOT / "tests" / "data" / "wrong_for_types.json").read_text("utf-8"))
ONE_OWNER = {"why": "owner and owners", "body": {"owner": {"add": ["a"]}, "owners": {"add": ["b"]}}}
"""What TypeScript can say, and Python cannot."""
PEERS = ROOT / "tests" / "peers" / "node_modules"

Typed = tuple[str, Any]
"""The name of a type, and a value for it."""


def right(*more: ObjectDefinition) -> Iterator[Typed]:
    """Every right fixture, and an example of each object."""
    for payload in payloads():
        read = body_of(payload)
        if read and Validator(FIXTURES).check(read[2], object=read[0], operation=read[1]).valid:
            yield f"{NAMES[read[0]]}{read[1].capitalize()}", read[2]
    for definition in (*ALL, *more):
        for operation in OPERATIONS.values():
            body = example_body(Target(definition, operation))
            yield f"{NAMES[definition.key]}{operation.name.capitalize()}", body
            more_properties: dict[str, Any] = {"what": [1]} if definition is ODD else {}
            more_properties |= dict.fromkeys(OF_EVERY_OBJECT, "x") if definition is OWN_MEMBERS else {}
            if more_properties:
                whole = {**body, "properties": {**body["properties"], **more_properties}}
                yield f"{NAMES[definition.key]}{operation.name.capitalize()}", whole


def wrong(*more: Any) -> list[Typed]:
    return [(f"Ticket{'Create' if 'create' in each else 'Update'}", each["body"]) for each in (*WRONG, *more)]


def refused_by_mypy(values: Sequence[Typed], folder: Path) -> list[int]:
    """The numbers of the values that mypy refuses."""
    (folder / "records.py").write_text(python_types(ALL), "utf-8")
    lines = ["from records import *", *[f"v{n}: {type_} = {value!r}" for n, (type_, value) in enumerate(values)]]
    (folder / "use.py").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "records.py", "use.py"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "records.py:" not in run.stdout, run.stdout
    return sorted({int(each.split(":")[1]) - 2 for each in run.stdout.splitlines() if each.startswith("use.py:")})


def refused_by_tsc(values: Sequence[Typed], folder: Path, form: str = "r.{}") -> list[int]:
    """The numbers of the values that tsc refuses, by the types of `records.ts`."""
    lines = ['import type * as r from "./records";']
    for number, (type_, value) in enumerate(values):
        lines.append(f"export const v{number}: {form.format(type_)} = {json.dumps(value)};")
    (folder / "use.ts").write_text("\n".join(lines), "utf-8")
    command = [str(PEERS / ".bin" / "tsc"), "--strict", "--noEmit", "--target", "es2022", "records.ts", "use.ts"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "records.ts(" not in run.stdout, run.stdout
    return sorted({int(each[7:].split(",")[0]) - 2 for each in run.stdout.splitlines() if each.startswith("use.ts(")})


def test_python(tmp_path: Path) -> None:
    good, bad = list(right()), wrong()
    assert len(good) > 40
    assert len(bad) >= 30
    assert refused_by_mypy([*good, *bad], tmp_path) == [*range(len(good), len(good) + len(bad))]


def test_typescript(tmp_path: Path) -> None:
    good, bad = list(right(OWN_MEMBERS)), wrong(ONE_OWNER)
    (tmp_path / "records.ts").write_text(typescript_types([*ALL, OWN_MEMBERS]), "utf-8")
    assert refused_by_tsc([*good, *bad], tmp_path) == [*range(len(good), len(good) + len(bad))]


@pytest.mark.parametrize("older", [False, True], ids=["3.1", "3.0"])
def test_openapi_typescript(tmp_path: Path, older: bool) -> None:
    """It makes the same of the OpenAPI document, but for what its types have no words for."""
    document = openapi_document(ALL)
    text = as_document(as_openapi_3_0(document) if older else document)
    (tmp_path / "openapi.json").write_text(text, "utf-8")
    command = [str(PEERS / ".bin" / "openapi-typescript"), "openapi.json", "-o", "records.ts"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    good, bad = list(right()), wrong()
    form = 'r.components["schemas"]["{}"]'
    assert refused_by_tsc([*good, *bad], tmp_path, form) == [*range(len(good), len(good) + len(bad))]


def test_swagger_parser(tmp_path: Path) -> None:
    document = openapi_document(ALL)
    (tmp_path / "new.json").write_text(as_document(document), "utf-8")
    (tmp_path / "old.json").write_text(as_document(as_openapi_3_0(document)), "utf-8")
    (tmp_path / "wrong.json").write_text('{"openapi": "3.0.3", "info": {"title": "x"}, "paths": {}}', "utf-8")
    names = [str(tmp_path / name) for name in ("new.json", "old.json", "wrong.json")]
    command = ["node", str(ROOT / "tests" / "peers" / "openapi.mjs"), *names]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [line.split(": ")[0] for line in run.stdout.splitlines() if line.startswith("/")] == names[2:], run.stdout


def test_what_is_wrong_is_wrong_for_check_too() -> None:
    validator = Validator(FIXTURES)
    for each in (*WRONG, ONE_OWNER):
        operation = "create" if "create" in each else "update"
        assert not validator.check(each["body"], object="custom_objects.ticket", operation=operation).valid, each["why"]


def test_constants_are_taken_where_their_options_are(tmp_path: Path) -> None:
    body = '{"properties": {"type_of_ticket": Ticket.TypeOfTicket.BUG_REPORT}}'
    python = f"from records import *\nupdate: TicketUpdate = {body}\n"
    (tmp_path / "records.py").write_text(python_types(ALL), "utf-8")
    (tmp_path / "use.py").write_text(python, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "use.py"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    code = "from use import *; assert update['properties']['type_of_ticket'] == 'option_1_internal_key'"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    text = typescript_types(ALL)
    text += "export const v: TicketUpdate = { properties: { type_of_ticket: Ticket.TypeOfTicket.BUG_REPORT } };"
    (tmp_path / "all.ts").write_text(text, "utf-8")
    run = subprocess.run([str(PEERS / ".bin" / "tsc"), "--strict", "--noEmit", "all.ts"], cwd=tmp_path, check=False)
    assert run.returncode == 0


def test_the_module_of_odd_names_can_be_imported(tmp_path: Path) -> None:
    (tmp_path / "records.py").write_text(python_types(ALL), "utf-8")
    code = f"import records; assert records.Odd_2.Choice.A_B_C_D == {NASTY.key!r}"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)


@pytest.mark.parametrize("lang", ["python", "typescript"])
def test_the_command(folder: Folder, lang: str) -> None:
    options = (*DEFINITIONS, "--lang", lang)
    written = {"python": python_types, "typescript": typescript_types}[lang](FIXTURES)
    assert folder.run("types", *options) == (0, written, "")
    assert folder.run("types", *options, "-o", "out/records") == (0, "", "")
    assert (folder.path / "out/records").read_text("utf-8") == written
    assert folder.run("types", *options, "-o", "out/records", "--check") == (0, "", "")
    folder.write("out/records", "old")
    message = "recordlint: out/records is out of date; run the command without --check\n"
    assert folder.run("types", *options, "-o", "out/records", "--check") == (1, "", message)
    done = folder.run("types", *options, "--check")
    assert (done.status, done.err.splitlines()[-1]) == (
        2,
        "Error: --check compares with a file: name it with -o FILE",
    )
