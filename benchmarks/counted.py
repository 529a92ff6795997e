"""One body with very many violations of a kind: what each costs that is counted and not listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measuring import side_by_side
from tables import seconds, table

TICKET = Path(__file__).resolve().parent.parent / "fixtures" / "objects" / "ticket.json"


def _added(key: str, items: list[Any]) -> dict[str, Any]:
    return {"properties": {key: {"add": items}}}


KINDS: dict[str, Callable[[int], dict[str, Any]]] = {
    "unknown keys": lambda count: {"properties": {f"no_such_{number}": 1 for number in range(count)}},
    "unknown labels": lambda count: {"properties": {f"my_textbox_list.{number}": "x" for number in range(count)}},
    "unknown members of the body": lambda count: {f"no_such_{number}": 1 for number in range(count)},
    "unknown keys of a delta": lambda count: {"properties": {"section_of_app": {f"k{n}": ["x"] for n in range(count)}}},
    "unknown options": lambda count: _added("section_of_app", [f"no_{number}" for number in range(count)]),
    "files with a wrong URL": lambda count: _added("my_files", [{"url": f"htp://x/{n}"} for n in range(count)]),
    "files with an unknown key": lambda count: _added(
        "my_files", [{"url": f"https://example.com/{number}.pdf", "k": 1} for number in range(count)]
    ),
    "files of another format": lambda count: _added(
        "my_files", [{"url": f"https://example.com/{number}.exe"} for number in range(count)]
    ),
    "the same file again": lambda count: _added("my_files", [{"url": "https://example.com/a.pdf"}] * count),
    "numbers for users": lambda count: {"properties": {}, "followers": {"add": list(range(count))}},
}
"""Bodies with so many violations, and perhaps a few more."""


def counted(recordlint: str, work: Path, count: int, rounds: int) -> tuple[str, float]:
    """A table of the kinds, start taken off, and the most microseconds that a violation costs."""
    one = work / "one.json"
    one.write_text('{"properties": {"ticket_name": 1}}', "utf-8")
    commands = {"": _check(recordlint, one)}
    files = {}
    for number, (kind, body) in enumerate(KINDS.items()):
        files[kind] = work / f"counted-{number}.json"
        files[kind].write_text(json.dumps(body(count)), "utf-8")
        commands[kind] = _check(recordlint, files[kind])
    times = side_by_side(commands, rounds)
    took = {kind: (times[kind].median - times[""].median) / count for kind in KINDS}
    for file in files.values():
        file.unlink()
    rows = [[kind, seconds(times[kind].median), seconds(took[kind])] for kind in KINDS]
    text = f"{count:,} violations of one kind in one body, of which 1,000 are listed.\n\n"
    return text + table(["violations", "median", "per violation"], rows), max(took.values()) * 1e6


def _check(recordlint: str, body: Path) -> list[str]:
    return [recordlint, "check", "--objects", str(TICKET), str(body)]
