"""How the cost grows with rows, fields, options and the size of one body."""

from __future__ import annotations

import json
from pathlib import Path

from measuring import side_by_side
from rows import wide_row, write_definition, write_rows
from tables import seconds, table

TICKET = Path(__file__).resolve().parent.parent / "fixtures" / "objects" / "ticket.json"


def growth(recordlint: str, work: Path, *, quick: bool) -> str:
    """Tables of how the time of a row grows, start taken off."""
    rounds = 1 if quick else 3
    start = side_by_side({"start": [*_check(recordlint, TICKET), _file(work / "none.jsonl", "")]}, 5)["start"].median
    parts = [
        _of_rows(recordlint, work, start, (100, 1_000) if quick else (10_000, 100_000, 1_000_000), rounds),
        _of_width(recordlint, work, "fields", (10, 100, 1_000), 200 if quick else 2_000, rounds),
        _of_width(recordlint, work, "options", (10, 100, 1_000, 10_000), 200 if quick else 2_000, rounds),
        _of_one_body(recordlint, work, (9_000, 90_000) if quick else (90_000, 900_000, 9_000_000), rounds),
    ]
    return "\n".join(parts)


def memory(recordlint: str, work: Path, *, quick: bool) -> tuple[str, float]:
    """A table of what is held for rows of several kinds, and the most of it in megabytes."""
    megabytes = 1 if quick else 8
    names = ", ".join([f'"no_such_field_{number}": 1' for number in range(2_500)])
    kinds = {
        "empty bodies": "{}",
        "64 KiB, one text": json.dumps({"properties": {"ticket_name": "x" * 65_000}}),
        "64 KiB, 2,500 errors": f'{{"properties": {{{names}}}}}',
    }
    found, most = [], 0.0
    for name, row in kinds.items():
        path = work / "held.jsonl"
        # What is said of empty bodies is a hundred times as long as they are.
        count = megabytes * 1_000_000 // len(row) // (20 if len(row) < 10 else 1)
        path.write_text(f"{row}\n" * count, "utf-8")
        commands = {
            jobs: [recordlint, "check", "--jobs", jobs, "--format", "json", "--objects", str(TICKET), str(path)]
            for jobs in ("1", "2")
        }
        times = side_by_side(commands, 1)
        most = max(most, *(timed.megabytes for timed in times.values()))
        found.append([name, f"{count:,}", *(f"{times[jobs].megabytes:.0f} MB" for jobs in commands)])
        path.unlink()
    return table(["rows", "count", "--jobs 1", "--jobs 2, the largest process"], found), most


def _check(recordlint: str, definition: Path) -> list[str]:
    return [recordlint, "check", "--jobs", "1", "--format", "json", "--objects", str(definition)]


def _file(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return str(path)


def _of_rows(recordlint: str, work: Path, start: float, counts: tuple[int, ...], rounds: int) -> str:
    found = []
    for count in counts:
        path = work / "growing.jsonl"
        write_rows(path, count, 100)
        timed = side_by_side({"rows": [*_check(recordlint, TICKET), str(path)]}, rounds)["rows"]
        took = timed.median - start
        found.append([f"{count:,}", seconds(timed.median), seconds(took / count), f"{timed.megabytes:.0f} MB"])
        path.unlink()
    return table(["rows, 1 in 100 bad", "median", "per row", "memory"], found)


def _of_width(recordlint: str, work: Path, what: str, sizes: tuple[int, ...], count: int, rounds: int) -> str:
    """All rows right, and all wrong: in each choice, a label and not a key."""
    found = []
    for size in sizes:
        fields, options = (size, 10) if what == "fields" else (12, size)
        definition = work / "wide.json"
        write_definition(definition, fields, options)
        commands = {"start": [*_check(recordlint, definition), _file(work / "none.jsonl", "")]}
        # As many rows as make about the same number of values.
        rows = max(20, count * 10 // fields)
        for bad in (False, True):
            text = "".join(f"{json.dumps(wide_row(fields, options, bad, number))}\n" for number in range(rows))
            commands[f"{bad}"] = [*_check(recordlint, definition), _file(work / f"wide-{bad}.jsonl", text)]
        times = side_by_side(commands, rounds)
        a_row = [(times[name].median - times["start"].median) / rows for name in ("False", "True")]
        found.append([f"{size:,}", *map(seconds, [times["start"].median, *a_row]), seconds(a_row[1] / fields)])
    return table([what, "start", "per valid row", "per invalid row", "of that, per field"], found)


def _of_one_body(recordlint: str, work: Path, sizes: tuple[int, ...], rounds: int) -> str:
    """One body with a text of so many bytes, and one with so many bytes of users, each named twice."""
    found = []
    for size in sizes:
        text = json.dumps({"properties": {"ticket_name": "x" * size}})
        wrong = json.dumps({"followers": {"add": ["v5cEPM428h8vShlRW1KT"] * (size // 24)}})
        commands = {
            "right": [*_check(recordlint, TICKET), _file(work / "right.json", text)],
            "wrong": [*_check(recordlint, TICKET), _file(work / "wrong.json", wrong)],
        }
        times = side_by_side(commands, rounds)
        found.append([f"{size / 1e6:g} MB", seconds(times["right"].median), seconds(times["wrong"].median)])
    return table(["one body", "valid", "invalid, one violation per 24 bytes"], found)
