"""Wrong values of the types with one value, and of files, with all that is said of them."""

from __future__ import annotations

import json
from typing import Any

from fixture_files import ROOT
from recordlint import Field, ObjectDefinition, Validator

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/data/values.json").read_text("utf-8"))
"""Values as JSON text, with the rule, severity, pointer below the value, message and hint of each violation."""

FIELDS = (
    Field("number", "Size", "NUMERICAL"),
    Field("money", "Price", "MONETORY"),
    Field("text", "Name", "TEXT"),
    Field("long", "Notes", "LARGE_TEXT"),
    Field("date", "Day", "DATE"),
    Field("mail", "Mail", "EMAIL"),
    Field("files", "Files", "FILE_UPLOAD", max_files=2, accepted_formats=("pdf", ".JPG")),
    Field("any", "Any", "FILE_UPLOAD"),
)
VALIDATOR = Validator([ObjectDefinition("custom_objects.item", "Item", FIELDS)])


def outcome(field: str, value: str) -> dict[str, Any]:
    """What is said of a value, as the cases have it."""
    around = f'{{"properties": {{"{field}": ', "}}"
    report = VALIDATOR.check_json(value.join(around))
    said = [
        [v.rule, v.severity, v.pointer.removeprefix(f"/properties/{field}"), v.message, v.hint]
        for v in report.violations
    ]
    texts = [report.fixed(unsafe=unsafe).decode() for unsafe in (False, True)]
    fixed, unsafe = [text.removeprefix(around[0]).removesuffix(around[1]) for text in texts]
    return (
        {"said": said} | ({"fixed": fixed} if fixed != value else {}) | ({"unsafe": unsafe} if unsafe != fixed else {})
    )
