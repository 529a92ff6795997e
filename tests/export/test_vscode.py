"""VS Code's settings: what is written, that settings which are there stay, and what VS Code makes of it."""

from __future__ import annotations

import json

import pytest

from command_folder import Folder
from fixture_files import OBJECTS
from recordlint.export.vscode import FOLDER
from vscode_service import problem_counts

CONFIG = """objects = ["objects/"]
exclude = ["payloads/old/**"]

[[files]]
match = "payloads/new/*.json"
object = "custom_objects.ticket"
operation = "create"

[[files]]
match = "payloads/**/*.json"
object = "custom_objects.ticket"

[[files]]
match = "requests/*.json"

[[files]]
match = "rows/*.ndjson"
object = "custom_objects.asset"
"""
ENTRIES = [
    {
        "fileMatch": ["/payloads/new/*.json", "!/payloads/old/**/*"],
        "url": f"./{FOLDER}/custom_objects.ticket.create.schema.json",
    },
    {
        "fileMatch": ["/payloads/**/*.json", "!/payloads/new/*.json", "!/payloads/old/**/*"],
        "url": f"./{FOLDER}/custom_objects.ticket.update.schema.json",
    },
]
WRITTEN = json.dumps({"json.schemas": ENTRIES}, indent=4) + "\n"
WHY = "left out, because VS Code checks single bodies, and these are whole requests or rows\n"
SAID = f"recordlint: requests/*.json: {WHY}recordlint: rows/*.ndjson: {WHY}recordlint: wrote 2 schemas to {FOLDER}\n"


@pytest.fixture
def workspace(folder: Folder) -> Folder:
    for path in OBJECTS.iterdir():
        folder.write(f"objects/{path.name}", path.read_bytes())
    folder.write("recordlint.toml", CONFIG)
    return folder


def settings(folder: Folder) -> str:
    return (folder.path / ".vscode/settings.json").read_bytes().decode()


# The command.


def test_what_it_writes(workspace: Folder) -> None:
    assert workspace.run("vscode") == (0, "", f"{SAID}recordlint: wrote .vscode/settings.json\n")
    assert settings(workspace) == WRITTEN
    names = sorted(path.name for path in (workspace.path / FOLDER).iterdir())
    assert names == [f"custom_objects.ticket.{each}.schema.json" for each in ("create", "update")]
    assert workspace.run("vscode") == (0, "", f"{SAID}recordlint: .vscode/settings.json has these settings already\n")
    assert settings(workspace) == WRITTEN


@pytest.mark.parametrize(
    "text",
    [
        '{\n  // mine\n  "json.schemas": [{"fileMatch": ["/x.json"], "url": "./x.json"},],\n}',
        '{"json.schemas": []}',
        '{"json.schemas": {}}',
        '{"a": 1}}',
        "[]",
        "",
        "\ufeff{}",
        "\x00",
    ],
)
def test_settings_that_are_there_stay(workspace: Folder, text: str) -> None:
    workspace.write(".vscode/settings.json", text)
    done = workspace.run("vscode")
    assert (done.status, settings(workspace)) == (0, text)
    where = "add this to it, or to its json.schemas"
    assert done.err == f"{SAID}recordlint: .vscode/settings.json exists and is not changed: {where}\n"
    assert json.loads(f"{{{done.out}}}") == {"json.schemas": ENTRIES}


def test_settings_that_have_more_than_is_needed(workspace: Folder) -> None:
    others = [{"fileMatch": ["/x.json"], "url": "./x.json"}, *ENTRIES]
    workspace.write(".vscode/settings.json", json.dumps({"a": 1, "json.schemas": others}))
    done = workspace.run("vscode")
    assert (done.out, done.err) == ("", f"{SAID}recordlint: .vscode/settings.json has these settings already\n")


def test_without_entries(folder: Folder) -> None:
    done = folder.run("vscode")
    assert done.status == 2
    assert "no configuration here has [[files]] entries" in done.err


def test_an_object_without_a_definition(workspace: Folder) -> None:
    workspace.write("recordlint.toml", CONFIG.replace("custom_objects.ticket", "custom_objects.tickets", 1))
    done = workspace.run("vscode")
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith("recordlint.toml:6: files.object: no definition of custom_objects.tickets\n")


# VS Code.


def test_what_vscode_makes_of_it(workspace: Folder) -> None:
    assert workspace.run("vscode").status == 0
    new = '{"locationId": "l", "properties": {"ticket_name": "x", "affected_platforms": ["web"]}}'
    update = '{"properties": {"affected_platforms": {"add": ["web"]}}}'
    files = {
        "payloads/new/a.json": new,
        "payloads/new/b.json": update,
        "payloads/deep/down/a.json": update,
        "payloads/deep/down/b.json": new,
        "payloads/old/a.json": new,
        "payloads/older/a.json": new,
        "package.json": new,
        "requests/a.json": new,
    }
    counts = problem_counts(json.loads(settings(workspace))["json.schemas"], files, workspace.path)
    wrong = {"payloads/new/b.json", "payloads/deep/down/b.json", "payloads/older/a.json"}
    assert {path for path, count in counts.items() if count} == wrong
