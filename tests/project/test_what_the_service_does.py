"""The page of what the service was seen to do: what recordlint says of each body there, and each note that it has."""

from __future__ import annotations

import json
import os
import re

from fixture_files import ROOT
from recordlint import Validator, Violation
from recordlint.rules import notes

PAGE = ROOT / "docs/what-the-service-does.md"
PAIR = re.compile(
    r"((?:```json record\n([^`]*)```\n\n[^`]*\n\n)?```json ?(create|)\n([^`]*)```\n\n```text\n)(.*?)(```)", re.DOTALL
)
NO_BODY_HERE = {"TEXT_REFUSED", "LOCATION_IN_URL"}
"""Of a text of 12,000 characters, and of a request's URL."""


def said(record: str, operation: str, text: str) -> str:
    validator = Validator.from_path(ROOT / "fixtures/objects")
    if record:
        _, report = validator.apply(json.loads(record), text, object="custom_objects.ticket")
        return "".join(map(entry, report.violations))
    report = validator.check_json(text, object="custom_objects.ticket", operation=operation or "update")  # type: ignore[arg-type]
    return "".join(map(entry, report.violations)) or "no problems\n"


def entry(violation: Violation) -> str:
    note = f"  note: {violation.note}\n" if violation.note else ""
    return f"{violation.severity}[{violation.rule}]: {violation.message}\n  hint: {violation.hint}\n{note}"


def test_what_is_said_of_each_body() -> None:
    """`UPDATE_GOLDEN=1 pytest tests/project/test_what_the_service_does.py` writes it anew; read the difference then."""
    text = PAGE.read_text("utf-8")
    assert len(PAIR.findall(text)) == text.count("```json") - text.count("```json record")
    printed = PAIR.sub(lambda match: f"{match[1]}{said(match[2], match[3], match[4])}{match[6]}", text)
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(printed, "utf-8")
    assert printed == text or os.environ.get("UPDATE_GOLDEN")


def test_every_note_is_on_the_page() -> None:
    names = {name for name in vars(notes) if name.isupper()}
    assert names > NO_BODY_HERE
    text = PAGE.read_text("utf-8")
    assert [name for name in names - NO_BODY_HERE if f"note: {getattr(notes, name)}\n" not in text] == []
