"""HTML reports that are open in Chromium."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from command_folder import Folder
from recordlint import Field, ObjectDefinition, Option, Validator
from recordlint.reporters import Result, Summary, render, reporter, to_bytes
from recordlint.reporters._kinds import Groups

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium")
IN_A_BROWSER = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium"),
    pytest.mark.xdist_group("chromium"),  # One process starts it, so that it is started once for each module.
]
MARKUP = "</script><script>alert(1)</script><img src=x onerror=alert(1)><!--"
FILES = {
    "a.json": '{\n  "properties": {\n    "type_of_ticket": "Bug report",\n    "priority": "urgentt"\n  }\n}',
    "b.json": '{"properties": {"type_of_ticket": "Bug report", "phone_number": "+44 20 7946 0958"}}',
    "c.json": '{"properties": {"section_of_app": {"add": ["option_3_internal_key"], '
    '"remove": ["option_3_internal_key"]}}}',
    "d.json": '{"properties": {"recieved_on": "2023-02-29", "ticket_name": 1, "money": 5, "nobody": 1}}',
    "e.json": "{}",
    "f.json": '{"properties": {"priority": "high",}}',
}


class Opened:
    """A page that is open, and all that it should not do."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.requests: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: (self.faults.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())

    @property
    def status(self) -> str:
        return self.page.inner_text("#status")

    @property
    def messages(self) -> list[str]:
        return self.page.locator("article .message").all_inner_texts()

    @property
    def rules(self) -> list[str]:
        return self.page.locator("article summary code").all_inner_texts()

    def filtered(self, text: str) -> str:
        """The status once the text filter has this text."""
        before = self.status
        self.page.fill("#text", text)
        self.page.wait_for_function("before => document.getElementById('status').textContent !== before", arg=before)
        return self.status


Open = Callable[..., Opened]
"""Opens a page, given its path and Playwright's options of a context."""


def report(folder: Folder, files: Mapping[str, str] = FILES, *options: str) -> Path:
    """The page about files."""
    for name, text in files.items():
        folder.write(name, text)
    assert folder.check("--output", "html=report.html", *options, *files).err == ""
    return folder.path / "report.html"


def data(folder: Folder, files: Mapping[str, str] = FILES) -> dict[str, Any]:
    """The JSON report about the same files."""
    read: dict[str, Any] = json.loads(folder.check("--format", "json", *files).out)
    return read


def hostile_page(folder: Folder) -> Path:
    """The page about values, keys, labels and file names that would be markup."""
    options = (Option("a", MARKUP), Option(MARKUP, "B"))
    fields = (
        Field("kind", MARKUP, "SINGLE_OPTIONS", options=options),
        Field("tags", "Tags", "CHECKBOX", options=options),
    )
    validator = Validator([ObjectDefinition("custom_objects.pet", MARKUP, fields)])
    bodies: list[Any] = [
        {"properties": {"kind": MARKUP, MARKUP: MARKUP, "__proto__": 1, "constructor": 2}, MARKUP: MARKUP},
        {"properties": {"kind": "\u202egnp\u2066\x1b[2J\x00", "tags": [MARKUP, "שלום", "x" * 20_000], "y" * 20_000: 1}},
        {"properties": {"tags": ["$findings", "&lt;b&gt;", "javascript:alert(1)", "${alert(1)}"]}},
    ]
    names = [f"{MARKUP.replace('/', '|')}.json", "\u202etxt.json", "javascript:alert(1).json"]
    texts = [json.dumps(each, ensure_ascii=False) for each in bodies]
    results = [Result(name, validator.check_document(text)) for name, text in zip(names, texts, strict=True)]
    groups = Groups()
    for each in results:
        groups.count(each)
    summary = Summary(3, 0, sum(each.report.errors for each in results), 0, groups=groups.sorted())
    path = folder.path / "hostile.html"
    path.write_bytes(to_bytes("".join(render(reporter("html"), results, lambda: summary))))
    return path
