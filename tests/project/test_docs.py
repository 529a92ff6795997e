"""Each page of docs/: every command in it is run in a folder as the page describes it, and ends as the page says."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from pathlib import Path

import pytest

from command_folder import COMMAND, ENVIRONMENT, Folder
from fixture_files import OBJECTS, ROOT
from har_session import SESSION

BLOCK = re.compile(r"(?:<!-- status: (?P<status>\d) -->\n)?```sh\n(?P<text>.*?)```", re.DOTALL)
CONFIG = """objects = ["objects/"]

[[files]]
match = "payloads/**/*.json"
object = "custom_objects.ticket"

[[files]]
match = "rows/*"
object = "custom_objects.ticket"

[[files]]
match = "requests/*.json"

[[files]]
match = "*.har"
"""


def commands() -> list[tuple[str, str, int]]:
    """Page, command and exit status; 1 where the page does not say."""
    found = []
    for page in sorted((ROOT / "docs").glob("*.md")):
        for block in BLOCK.finditer(page.read_text("utf-8")):
            status = int(block["status"] or 1)
            found += [(page.name, line, status) for line in block["text"].splitlines() if "recordlint " in line]
    return found


@pytest.mark.parametrize(("page", "command", "status"), commands())
def test_a_command(folder: Folder, page: str, command: str, status: int) -> None:
    for path in OBJECTS.iterdir():
        folder.write(f"objects/{path.name}", path.read_bytes())
    folder.write("recordlint.toml", CONFIG)
    bad = (ROOT / "fixtures/payloads/invalid/option-label.json").read_bytes()
    folder.write("payloads/tickets/bad.json", bad)
    folder.write("payloads/tickets/empty.json", "{}")
    folder.write("session.har", json.dumps(SESSION))
    request = ROOT.joinpath("docs/requests.md").read_text("utf-8").split("```json\n")[1].split("```")[0]
    folder.write("requests/update.json", request)
    rows = b'{"properties": {"priority": "high"}}\n{"properties": {"priority": "HIGH"}}\n'
    folder.write("rows/tickets.ndjson", rows)
    folder.write("rows/tickets.ndjson.gz", gzip.compress(rows))
    environment = {**ENVIRONMENT, "PATH": f"{Path(COMMAND).parent}:{ENVIRONMENT['PATH']}"}
    done = subprocess.run(["bash", "-c", command], cwd=folder.path, env=environment, capture_output=True, text=True)
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_every_place_of_use_has_a_command() -> None:
    pages = {page for page, _, _ in commands()}
    places = {"pre-commit", "configuration", "github-actions", "gitlab-ci", "shell", "requests", "guard", "editors"}
    assert {f"{name}.md" for name in places} <= pages
