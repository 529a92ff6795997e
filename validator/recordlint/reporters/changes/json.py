"""One JSON document, version 1, described by `spec/drift.json`: the changes, and the payloads that they break."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from recordlint.drift.change import LEVELS, Change
from recordlint.files.paths import readable
from recordlint.reporters import Format, Summary, json
from recordlint.reporters._json_line import json_line
from recordlint.reporters.changes import Compared


def report(compared: Compared) -> Format:
    """The format of a comparison."""
    changes = ",".join([f"\n  {json_line(_data(each))}" for each in compared.changes])
    head = f'{{"version":1,\n "changes":[{changes}],\n "results":['
    return Format(head, json.entry, json.SEPARATOR, partial(_tail, compared))


def _data(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "level": change.level,
        "object": change.object,
        "field": change.field,
        "message": change.message,
        "hint": change.hint,
        "path": readable(change.path),
        "line": change.line,
    }


def _tail(compared: Compared, summary: Summary) -> str:
    numbers = Counter([each.level for each in compared.changes])
    data: dict[str, Any] = {"objects": compared.objects, **{level: numbers[level] for level in LEVELS}}
    if compared.has_payloads:
        data["checked"] = summary.checked
        data["wrong_now"] = summary.checked - summary.valid
        data["errors"] = summary.errors
        data["warnings"] = summary.warnings
    return f'],\n "summary":{json_line(data)}}}\n'
