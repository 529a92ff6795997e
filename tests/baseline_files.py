"""Baselines that check writes and reads, for several tests."""

from __future__ import annotations

import json

from command_folder import Folder

WRITE = ("--write-baseline", "b.json")
WITH = ("--baseline", "b.json")
ROW = '{"properties": {"priority": "HIGH"}}\n'
KNOWN = [
    ("gone.json", "no-op", "", 2),
    ("invalid.json", "unknown-option", "/properties/priority", 1),
    ("invalid.json", "wrong-type", "/properties/ticket_name", 3),
    ("other.json", "no-op", "", 1),
    ("warning.json", "no-op", "", 1),
]
RECORDED = (
    "recordlint: b.json: recorded {}\n"
    'recordlint: report only what is new with --baseline b.json, or with baseline = "b.json" in the configuration\n'
)


def entries(folder: Folder, name: str = "b.json") -> list[tuple[str, str, str, int]]:
    listed = json.loads((folder.path / name).read_bytes())["violations"]
    return [(each["path"], each["rule"], each["pointer"], each["count"]) for each in listed]


def write_baseline(folder: Folder, known: list[tuple[str, str, str, int]], name: str = "b.json") -> None:
    listed = [dict(zip(("path", "rule", "pointer", "count"), each, strict=True)) for each in known]
    folder.write(name, json.dumps({"version": 1, "violations": listed}))
