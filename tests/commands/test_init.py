"""A first configuration, by what is there."""

from __future__ import annotations

import gzip
import json
import os
import tomllib
from typing import Any

import pytest

from command_folder import USAGE, Folder
from fixture_files import ROOT

TICKET, ASSET = ((ROOT / f"fixtures/objects/{name}.json").read_text("utf-8") for name in ("ticket", "asset"))
UPDATE = '{"properties": {"priority": "low"}}'
CREATE = '{"locationId": "x", "properties": {"ticket_name": "A"}}'
URL = "https://a.example/objects/custom_objects.ticket/records/668d681f77af4e5229abd6c0?locationId=x"
REQUEST = json.dumps({"method": "PUT", "url": URL, "body": json.loads(UPDATE)})
HAR = json.dumps({"log": {"entries": []}})


def written(folder: Folder, files: dict[str, str | bytes]) -> dict[str, Any]:
    """The configuration that is written for some files. The folder has others, which are no payloads."""
    for name, data in files.items():
        (folder.path / name).parent.mkdir(parents=True, exist_ok=True)
        folder.write(name, data)
    done = folder.run("init")
    assert (done.status, done.err) == (0, "")
    return tomllib.loads((folder.path / "recordlint.toml").read_text("utf-8"))


@pytest.fixture
def empty(tmp_path: Any) -> Folder:
    return Folder(tmp_path)


def test_folders_of_payloads(empty: Folder) -> None:
    files: dict[str, str | bytes] = {
        "api/ticket.json": TICKET,
        "api/asset.json": ASSET,
        "package.json": '{"name": "x"}',
        "node_modules/a/b.json": UPDATE,
        "updates/a.json": UPDATE,
        "updates/b.json": '{"properties": {"priority": "HIGH"}}',
        "updates/broken.json": "{",
        "new/a.json": CREATE,
        "rows/a.ndjson": f"\n{UPDATE}\n{UPDATE}\n",
        "rows/b.ndjson.gz": gzip.compress(UPDATE.encode()),
        "sent/a.json": REQUEST,
        "sent/b.har": HAR,
    }
    ticket = {"object": "custom_objects.ticket"}
    assert written(empty, files) == {
        "objects": ["api/"],
        "files": [
            {"match": "new/*.json", **ticket, "operation": "create"},
            {"match": "rows/*.ndjson", **ticket},
            {"match": "rows/*.gz", **ticket},
            {"match": "sent/*.json"},
            {"match": "sent/*.har"},
            {"match": "updates/*.json", **ticket},
        ],
    }
    done = empty.run("check")
    assert done.status == 1
    assert done.out.endswith("2 errors in 8 bodies checked, 6 valid; 1 fixable with --fix\n")


def test_what_it_says(empty: Folder) -> None:
    empty.write("ticket.json", TICKET)
    empty.write("a.json", UPDATE)
    empty.write("rows.ndjson", UPDATE)
    assert empty.run("init") == (
        0,
        "wrote ./recordlint.toml\n  1 object: custom_objects.ticket\n  2 payload files, 1 of them with rows\n"
        "next: recordlint check, and a hook for each commit: docs/pre-commit.md\n",
        "",
    )
    assert empty.run("check").status == 0


def test_files_for_different_things_have_entries_of_their_own(empty: Folder) -> None:
    files: dict[str, str | bytes] = {
        "ticket.json": TICKET,
        "asset.json": ASSET,
        "a [1].json": UPDATE,
        "b.json": '{"properties": {"serial_number": "x"}}',
        "c/ä.json": CREATE,
        "c/d.json": UPDATE,
    }
    assert written(empty, files) == {
        "objects": ["asset.json", "ticket.json"],
        "files": [
            {"match": "a [[]1].json", "object": "custom_objects.ticket"},
            {"match": "b.json", "object": "custom_objects.asset"},
            {"match": "c/ä.json", "object": "custom_objects.ticket", "operation": "create"},
            {"match": "c/*.json", "object": "custom_objects.ticket"},
        ],
    }
    done = empty.run("check", "--format", "json")
    assert json.loads(done.out)["summary"]["checked"] == 4


def test_files_whose_names_begin_alike_have_one_entry(empty: Folder) -> None:
    bodies = {"ticket_name": "ticket", "serial_number": "asset"}
    files: dict[str, str | bytes] = {"api/ticket.json": TICKET, "api/asset.json": ASSET}
    files |= {
        f"bodies/{name}-{n}.json": f'{{"properties": {{"{key}": "x"}}}}'
        for key, name in bodies.items()
        for n in range(3)
    }
    assert written(empty, files)["files"] == [
        {"match": f"bodies/{name}-*.json", "object": f"custom_objects.{name}"} for name in ("asset", "ticket")
    ]
    (empty.path / "recordlint.toml").unlink()
    more: dict[str, str | bytes] = {"bodies/asset-9.json": '{"properties": {"ticket_name": "x"}}'}
    assert written(empty, more)["files"] == [
        *[{"match": f"bodies/asset-{n}.json", "object": "custom_objects.asset"} for n in range(3)],
        {"match": "bodies/*.json", "object": "custom_objects.ticket"},
    ]
    assert "# All other files there, by what most are for. " in (empty.path / "recordlint.toml").read_text("utf-8")
    empty.write("bodies/new.json", '{"properties": {"ticket_name": 1}}')
    assert "bodies/new.json:1:32: error[wrong-type]" in empty.run("check").out


def test_files_that_are_not_json_are_named(empty: Folder) -> None:
    files: dict[str, str | bytes] = {
        "api/ticket.json": TICKET,
        "bodies/a.json": UPDATE,
        "bodies/b.json": "{'properties': {}}",
        "rows/c.ndjson": "no",
        "d.json": "{",
    }
    for name, text in files.items():
        empty.write(name, text)
    done = empty.run("init")
    assert done.status == 0
    assert done.err == (
        "recordlint: warning: ./d.json is not JSON, and no entry claims it\n"
        "recordlint: warning: ./rows/c.ndjson is not JSON, and no entry claims it\n"
    )


def test_bodies_that_could_be_for_several_objects(empty: Folder) -> None:
    two = TICKET.replace("custom_objects.ticket", "custom_objects.task")
    files: dict[str, str | bytes] = {"api/a.json": TICKET, "api/b.json": two, "bodies/a.json": UPDATE}
    assert written(empty, files)["files"] == [{"match": "bodies/*.json", "object": "custom_objects.ticket"}]
    text = (empty.path / "recordlint.toml").read_text("utf-8")
    question = "# Bodies that could be for any of custom_objects.ticket, custom_objects.task: is it the right one?\n"
    assert question in text


def test_definitions_alone(empty: Folder) -> None:
    assert written(empty, {"api/a.json": TICKET}) == {"objects": ["api/"]}
    assert '# match = "payloads/**/*.json"\n' in (empty.path / "recordlint.toml").read_text("utf-8")


def test_nothing_that_is_there_is_changed(empty: Folder) -> None:
    empty.write("ticket.json", TICKET)
    for name, text in (("recordlint.toml", "objects = []\n"), ("pyproject.toml", "[tool.recordlint]\nobjects = []\n")):
        empty.write(name, text)
        done = empty.run("init")
        assert (done.status, done.out) == (2, "")
        assert f"./{name} is a configuration already" in done.err
        assert (empty.path / name).read_text("utf-8") == text
        (empty.path / name).unlink()
    empty.write("pyproject.toml", "[project]\nname = 'x'\n")
    assert empty.run("init").status == 0


def test_without_definitions(empty: Folder) -> None:
    empty.write("a.json", UPDATE)
    done = empty.run("init")
    usage = USAGE.replace("[FILES]...", "[FOLDER]").replace("recordlint check", "recordlint init")
    message = f"{usage}.: there are no object definitions; fetch them, and check again:"
    assert (done.status, done.out, done.err[: len(message)]) == (2, "", message)
    assert not (empty.path / "recordlint.toml").exists()


def test_a_definition_with_faults_is_named(empty: Folder) -> None:
    empty.write("api.json", TICKET)
    empty.write("b.json", ASSET.replace('"dataType": "TEXT"', '"dataType": 5', 1))
    done = empty.run("init")
    assert done.status == 0
    assert done.err.startswith("recordlint: warning: left out: ./b.json: ")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_definition_as_powershell_writes_it(empty: Folder, encoding: str) -> None:
    assert written(empty, {"api/ticket.json": TICKET.encode(encoding)})["objects"] == ["api/"]


def test_a_name_that_no_configuration_can_hold(empty: Folder) -> None:
    empty.write("ticket.json", TICKET)
    (empty.path / "out").mkdir()
    (empty.path / "out" / os.fsdecode(b"\xff.json")).write_text(UPDATE)
    done = empty.run("init")
    assert done.status == 0
    assert "out/\\udcff.json: its name is not UTF-8, as TOML is" in done.err
    assert "files" not in tomllib.loads((empty.path / "recordlint.toml").read_text("utf-8"))
