"""Every page: its commands run in a folder as the page describes it, and its links lead somewhere."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from command_folder import COMMAND, ENVIRONMENT, Folder
from fixture_files import OBJECTS, ROOT
from har_session import SESSION

BLOCK = re.compile(r"(?:<!-- status: (?P<status>\d) -->\n)?```sh\n(?P<text>.*?)```", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "benchmarks").glob("*.md"))]
CONFIG = """objects = ["objects/"]

[[files]]
match = "payloads/**/*.json"
object = "custom_objects.ticket"

[[files]]
match = "rows/*"
object = "custom_objects.ticket"

[[files]]
match = "records/*.json"
object = "custom_objects.ticket"

[[files]]
match = "requests/*.json"

[[files]]
match = "*.har"
"""


def commands() -> list[tuple[str, str, int]]:
    """Page, command and exit status; 1 where the page does not say. Those that set up a checkout are left out."""
    return [
        (page.name, line, int(block["status"] or 1))
        for page in PAGES
        for block in BLOCK.finditer(page.read_text("utf-8"))
        for line in block["text"].splitlines()
        if "recordlint " in line and ".venv" not in line
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("page", "command", "status"), commands())
def test_a_command(folder: Folder, page: str, command: str, status: int) -> None:
    for path in OBJECTS.iterdir():
        folder.write(f"objects/{path.name}", path.read_bytes())
    folder.write("recordlint.toml", CONFIG)
    bad = (ROOT / "fixtures/payloads/invalid/option-label.json").read_bytes()
    folder.write("payloads/tickets/bad.json", bad)
    folder.write("payloads/tickets/empty.json", "{}")
    shutil.copytree(ROOT / "fixtures/tables", folder.path / "tables")
    if page == "drift.md":
        shutil.copytree(ROOT / "fixtures/drift", folder.path, dirs_exist_ok=True)
    if page == "baseline.md":
        subprocess.run(
            [COMMAND, "check", "payloads", "--write-baseline", "recordlint-baseline.json"], cwd=folder.path, check=True
        )
    for path in (ROOT / "fixtures/records").iterdir():
        folder.write(f"records/{path.name}", path.read_bytes())
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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for link in LINK.findall(page.read_text("utf-8")):
        path, _, heading = link.partition("#")
        if "://" in path:
            continue
        target = page.parent / path if path else page
        assert target.exists(), link
        if heading:
            headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w\- ]", "", each).lower().replace(" ", "-") for each in headings}, link


def test_every_page_is_linked_from_the_readme() -> None:
    linked = {(ROOT / link).resolve() for link in LINK.findall((ROOT / "README.md").read_text("utf-8"))}
    assert {page for page in PAGES if page.name != "README.md"} <= linked


def test_the_source_distribution_has_every_page() -> None:
    include = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["sdist"]
    pages = {page.relative_to(ROOT).parts[0] for page in PAGES}
    assert pages | {"LICENSE", "pyproject.toml"} <= set(include["include"])


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.name != "rules.md"], ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_one_word_for_fix(page: Path) -> None:
    """In prose; what the program prints, and the names of old functions, are code."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"\bmend(s|ed|ing)?\b", prose, re.IGNORECASE)
