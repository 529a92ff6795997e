"""recordlint schema: files that are written, compared and left over."""

from __future__ import annotations

import pytest

from command_folder import OBJECTS, ROOT, TICKET, Folder

SCHEMA_USAGE = "Usage: recordlint schema [OPTIONS]\nTry 'recordlint schema --help' for help.\n\nError: "


def test_schema(folder: Folder) -> None:
    assert folder.run("schema", *OBJECTS, "-o", "schemas") == (0, "", "recordlint: wrote 4 schemas to schemas\n")
    names = sorted(path.name for path in (folder.path / "schemas").iterdir())
    assert names == [
        f"custom_objects.{key}.{operation}.schema.json"
        for key in ("asset", "ticket")
        for operation in ("create", "update")
    ]
    assert folder.run("schema", *OBJECTS, "-o", "schemas", "--check") == (0, "", "")
    stale, missing = "custom_objects.asset.create.schema.json", "custom_objects.ticket.update.schema.json"
    folder.write(f"schemas/{stale}", "{}\n")
    (folder.path / "schemas" / missing).unlink()
    line = "recordlint: schemas/{} is out of date; run the command without --check\n"
    assert folder.run("schema", *OBJECTS, "-o", "schemas", "--check") == (
        1,
        "",
        line.format(stale) + line.format(missing),
    )
    assert (folder.path / "schemas" / stale).read_text() == "{}\n"
    assert not (folder.path / "schemas" / missing).exists()


def test_schema_on_standard_output(folder: Folder) -> None:
    done = folder.run("schema", *TICKET, "--operation", "create")
    expected = (ROOT / "spec/objects/custom_objects.ticket.create.schema.json").read_text("utf-8")
    assert done == (0, expected, "")


def test_schema_in_wrong_usage(folder: Folder) -> None:
    several = "several schemas: name a folder with -o DIR, or one --object and --operation\n"
    assert folder.run("schema", *OBJECTS) == (2, "", SCHEMA_USAGE + several)
    assert folder.run("schema", *TICKET) == (2, "", SCHEMA_USAGE + several)
    reason = "--check compares with files: name their folder with -o DIR\n"
    assert folder.run("schema", *OBJECTS, "--check") == (2, "", SCHEMA_USAGE + reason)
    done = folder.run("schema", *OBJECTS, "-o", "valid.json")
    assert done == (2, "", "recordlint: valid.json: is a file, and a folder is needed there\n")


def test_the_schemas_in_spec_are_those_of_the_fixtures(folder: Folder) -> None:
    spec = str(ROOT / "spec/objects")
    assert folder.run("schema", *OBJECTS, "-o", spec, "--check") == (0, "", "")


# Objects that are gone.

GONE = [f"custom_objects.pet.{operation}.schema.json" for operation in ("create", "update")]
SAID = "".join(
    f"recordlint: schemas/{name} belongs to an object without a definition; delete the file\n" for name in GONE
)
NOT_OURS = (
    "pet.create.schema.json",
    "custom_objects.pet.schema.json",
    "custom_objects.pet.delete.schema.json",
    "custom_objects.Pet.create.schema.json",
    "custom_objects.pet.create.json",
    "custom_objects.pet.create.schema.json.bak",
    "contact.update.schema.json",
)


@pytest.fixture
def with_gone(folder: Folder) -> Folder:
    assert folder.run("schema", *OBJECTS, "-o", "schemas").status == 0
    for name in (*GONE, *NOT_OURS):
        folder.write(f"schemas/{name}", "{}")
    return folder


def test_a_file_of_an_object_that_is_gone_fails_the_comparison(with_gone: Folder) -> None:
    assert with_gone.run("schema", *OBJECTS, "-o", "schemas", "--check") == (1, "", SAID)


def test_a_file_of_an_object_that_is_gone_stays(with_gone: Folder) -> None:
    wrote = "recordlint: wrote 4 schemas to schemas\n"
    assert with_gone.run("schema", *OBJECTS, "-o", "schemas") == (0, "", wrote + SAID)
    assert {path.name for path in (with_gone.path / "schemas").iterdir()} > {*GONE, *NOT_OURS}


@pytest.mark.parametrize("options", [TICKET[2:], ("--operation", "create"), (*TICKET[2:], "--operation", "create")])
def test_a_part_of_the_schemas_tells_nothing_of_the_others(with_gone: Folder, options: tuple[str, ...]) -> None:
    assert with_gone.run("schema", *OBJECTS, *options, "-o", "schemas", "--check") == (0, "", "")


def test_a_folder_that_is_missing_is_out_of_date(folder: Folder) -> None:
    done = folder.run("schema", *OBJECTS, "-o", "schemas", "--check")
    assert (done.status, done.err.count("is out of date; run the command without --check\n")) == (1, 4)
    assert not (folder.path / "schemas").exists()
