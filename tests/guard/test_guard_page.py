"""What docs/guard.md says is so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_folder import Folder
from fixture_files import OBJECTS, ROOT
from guarded_clients import BAD, RECORD, Server


def test_the_page_is_right(server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs/guard.md").read_text("utf-8")
    code = page.split("```python\n")[1].split("```")[0].replace("https://services.leadconnectorhq.com", server.url)
    monkeypatch.chdir(OBJECTS.parent)
    exec(compile(code, "docs/guard.md", "exec"), {})  # noqa: S102 - our own page
    assert capsys.readouterr().out == page.split("```text\n")[1].split("```")[0]
    assert server.arrived == []


def test_the_page_has_a_command_that_runs(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for path in OBJECTS.iterdir():
        folder.write(f"objects/{path.name}", path.read_bytes())
    folder.write("requests/update.json", json.dumps({"method": "PUT", "url": RECORD, "body": BAD}))
    command = (ROOT / "docs/guard.md").read_text("utf-8").split("```sh\n")[1].split("```")[0].split()
    done = folder.run(*command[1:])
    assert (done.status, done.out.splitlines()[0][:40]) == (1, "requests/update.json:1:167: error[option")
