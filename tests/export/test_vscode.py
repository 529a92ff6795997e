"""VS Code's settings: what is written, that all else stays to the byte, and what VS Code makes of it."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_folder import ROOT, Folder
from fixture_files import OBJECTS
from recordlint import InputError
from recordlint.export.jsonc import read
from recordlint.export.vscode import FOLDER, with_section

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
CREATE = f'"url": "./{FOLDER}/custom_objects.ticket.create.schema.json"'
UPDATE = f'"url": "./{FOLDER}/custom_objects.ticket.update.schema.json"'
WRITTEN = f"""{{
    "json.schemas": [
        {{
            "fileMatch": ["/payloads/new/*.json", "!/payloads/old/**"],
            {CREATE}
        }},
        {{
            "fileMatch": ["/payloads/**/*.json", "!/payloads/new/*.json", "!/payloads/old/**"],
            {UPDATE}
        }}
    ]
}}
"""
ENTRY = {"fileMatch": ["/a.json"], "url": f"./{FOLDER}/a.schema.json"}
OTHER = {"fileMatch": ["/b.json"], "url": f"./{FOLDER}/b.schema.json"}


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
    done = workspace.run("vscode")
    why = "left out: VS Code checks single bodies, and these are whole requests or rows\n"
    assert done == (
        0,
        "",
        f"recordlint: requests/*.json: {why}recordlint: rows/*.ndjson: {why}"
        f"recordlint: .vscode/settings.json: json.schemas has 2 of {FOLDER}\n",
    )
    assert settings(workspace) == WRITTEN
    names = sorted(path.name for path in (workspace.path / FOLDER).iterdir())
    assert names == [f"custom_objects.ticket.{each}.schema.json" for each in ("create", "update")]
    assert workspace.run("vscode").status == 0
    assert settings(workspace) == WRITTEN


def test_without_entries(folder: Folder) -> None:
    done = folder.run("vscode")
    assert done.status == 2
    assert "no configuration here has [[files]] entries" in done.err


def test_an_object_without_a_definition(workspace: Folder) -> None:
    workspace.write("recordlint.toml", CONFIG.replace("custom_objects.ticket", "custom_objects.tickets", 1))
    done = workspace.run("vscode")
    assert (done.status, "no definition of custom_objects.tickets" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{\n  "a": 1 "b": 2\n}', "settings.json:2:10: not JSON with comments, so it is left as it is"),
        ('{"a": /* 1}', "settings.json:1:7: not JSON with comments, so it is left as it is"),
        ('{"a": 1}}', "settings.json:1:9: not JSON with comments, so it is left as it is"),
        ('{"a": nul}', "settings.json:1:7: not JSON with comments, so it is left as it is"),
        ("[]", "settings.json: the settings are no object, so they are left as they are"),
        ('{"json.schemas": {}}', "settings.json: json.schemas is no array, so it is left as it is"),
    ],
)
def test_settings_that_are_none(workspace: Folder, text: str, fault: str) -> None:
    workspace.write(".vscode/settings.json", text)
    done = workspace.run("vscode")
    assert (done.status, done.err) == (2, f"recordlint: .vscode/{fault}\n")
    assert settings(workspace) == text


# The text.

A = f'{{\n    "fileMatch": ["/a.json"],\n    "url": "./{FOLDER}/a.schema.json"\n}}'


def indented(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)


CASES = {
    "": f'{{\n    "json.schemas": [\n        {indented(A, 8)}\n    ]\n}}\n',
    "{}": f'{{\n    "json.schemas": [\n        {indented(A, 8)}\n    ]\n}}',
    '{\n    "a": 1 // one\n}\n': '{\n    "a": 1, // one\n    "json.schemas": [\n        '
    f"{indented(A, 8)}\n    ]\n}}\n",
    '{"a": 1}': f'{{"a": 1,\n    "json.schemas": [\n        {indented(A, 8)}\n    ]\n}}',
    '{\n    "json.schemas": [],\n}': f'{{\n    "json.schemas": [\n        {indented(A, 8)}\n    ],\n}}',
    '{\n    "json.schemas": [\n        {"url": "./x"}, // mine\n    ]\n}': '{\n    "json.schemas": [\n'
    f'        {{"url": "./x"}}, // mine\n        {indented(A, 8)}\n    ]\n}}',
    f'{{"json.schemas": [{{"url": "./{FOLDER}/old"}}, {{"url": "./x"}}]}}': '{"json.schemas": ['
    f'{indented(A, 4)}, {{"url": "./x"}}]}}',
}


@pytest.mark.parametrize(("before", "after"), CASES.items())
def test_a_text(before: str, after: str) -> None:
    found = with_section(before, [ENTRY], "s")
    assert _plain(found) == _plain(after)
    assert with_section(found, [ENTRY], "s") == found


def _plain(text: str) -> str:
    """Indentation aside, which follows that of the file."""
    return re.sub(r"\n +", "\n", text)


def test_entries_that_are_gone_are_taken_out() -> None:
    both = with_section('{"json.schemas": [{"url": "./x"}]}', [ENTRY, OTHER], "s")
    assert json.loads(both)["json.schemas"] == [{"url": "./x"}, ENTRY, OTHER]
    one = with_section(both, [OTHER], "s")
    assert json.loads(one)["json.schemas"] == [{"url": "./x"}, OTHER]
    assert json.loads(with_section(one, [], "s"))["json.schemas"] == [{"url": "./x"}]


def test_line_endings_and_tabs_stay() -> None:
    found = with_section('\ufeff{\r\n\t"a": [1,],\r\n}\r\n', [ENTRY], "s")
    assert found.startswith('\ufeff{\r\n\t"a": [1,],\r\n\t"json.schemas": [\r\n\t\t{\r\n\t\t\t"fileMatch"')
    assert "\n" not in found.replace("\r\n", "")


space = st.sampled_from(["", " ", "\n", "\r\n", "\t", "// c, {\n", "/* c ] */", " /**/ "])
name = st.sampled_from(['"a"', '"json.schema"', '"\\u0061"', '"x\\"{"'])


@st.composite
def jsonc(draw: st.DrawFn, depth: int = 2) -> str:
    """JSON with comments, trailing commas and white space at every place."""

    def gap() -> str:
        return draw(space)

    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(["1", "true", "null", '"x"', '"// no comment"', "-1.5e3"]))
    in_object = draw(st.booleans())
    items = [
        gap() + (draw(name) + gap() + ":" + gap() if in_object else "") + draw(jsonc(depth - 1)) + gap()
        for _ in range(draw(st.integers(0, 3)))
    ]
    comma = "," + gap() if items and draw(st.booleans()) else ""
    return ("{" if in_object else "[") + ",".join(items) + comma + gap() + ("}" if in_object else "]")


@given(jsonc(), jsonc(), space, st.sampled_from(["", ",", "/**/"]), st.booleans())
def test_all_else_stays(first: str, second: str, gap: str, comma: str, listed: bool) -> None:
    section = f',{gap}"json.schemas"{gap}:{gap}[{gap}{first}{gap}{comma}]' if listed else ""
    before = f'{gap}{{{gap}"a"{gap}:{gap}{second}{gap}{section}{gap}{comma}{gap}}}{gap}'
    after = with_section(before, [ENTRY, OTHER], "s")
    read(after, "s")
    assert with_section(after, [ENTRY, OTHER], "s") == after
    left = iter(after)
    assert all(character in left for character in before.rstrip("\r\n\t ") if character not in " \r\n\t")
    assert len(after) > len(before)


@given(jsonc())
def test_what_is_read_is_what_stands_there(text: str) -> None:
    assert read(f" {text} // end", "s")[:2] == (1, 1 + len(text))
    with pytest.raises(InputError):
        read(f"{text} x", "s")


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
        "package.json": new,
        "requests/a.json": new,
    }
    given: dict[str, Any] = {
        "schemas": json.loads(settings(workspace))["json.schemas"],
        "files": files,
        "folder": str(workspace.path),
    }
    done = subprocess.run(
        ["node", "vscode.mjs"],
        input=json.dumps(given),
        cwd=ROOT / "tests/peers",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found = json.loads(done.stdout)
    assert {path for path, count in found.items() if count} == {"payloads/new/b.json", "payloads/deep/down/b.json"}
