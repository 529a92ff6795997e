"""A table in CSV, for `convert` and those that check tables against a schema."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

HEADERS = (
    *("Ticket name", "Priority", "Affected platforms", "Received on", "Customer number", "Phone number"),
    *("Description", "Type of ticket", "Reported via", "Refund amount"),
)
PRIORITIES = {"low": "Low, can wait", "high": "High, within a day", "urgent": "Urgent, work is blocked"}
TYPES = {"option_1_internal_key": "Bug report", "option_2_internal_key": "Feature request"}
PLATFORMS = ("web", "ios;android", "web;desktop", "android")


def write_table(path: Path, count: int, every: int) -> list[int]:
    """Write a table of tickets, and return the numbers of the bad rows, from 1 below the header.

    Args:
        path: the file.
        count: how many rows.
        every: each row of this number has a priority that there is not.
    """
    draw = random.Random(7)
    bad = list(range(every, count + 1, every))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for number in range(1, count + 1):
            writer.writerow(_row(draw, number, is_bad=number % every == 0))
    return bad


def _row(draw: random.Random, number: int, *, is_bad: bool) -> list[object]:
    return [
        f"Ticket {number}",
        "soon" if is_bad else draw.choice([*PRIORITIES, *PRIORITIES.values()]),
        draw.choice(PLATFORMS),
        f"20{draw.randint(10, 24)}-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}",
        draw.randint(1, 99_999),
        f"+4420794{draw.randint(10_000, 99_999)}",
        f"It does not work, says customer {number}",
        draw.choice([*TYPES, *TYPES.values()]),
        draw.choice(["email", "By post"]),
        draw.randint(1, 500),
    ]


def write_schema(path: Path) -> None:
    """Write what a Table Schema can say of the same columns; of phone numbers and deltas it knows nothing."""
    fields: list[dict[str, object]] = [{"name": name, "type": "string"} for name in HEADERS]
    for index, choices in ((1, PRIORITIES), (7, TYPES)):
        fields[index]["constraints"] = {"enum": [*choices, *choices.values()]}
    fields[3]["type"] = "date"
    for index in (4, 9):
        fields[index]["type"] = "integer"
    path.write_text(json.dumps({"fields": fields}), "utf-8")


def bad_rows_of_recordlint(output: bytes) -> frozenset[int]:
    """The rows that a JSON report of `check` calls bad, from 1 below the header."""
    results = json.loads(output)["results"]
    return frozenset([each["cell"]["row"] - 1 for result in results for each in result["violations"]])


def bad_rows_of_frictionless(output: bytes) -> frozenset[int]:
    """The rows that frictionless calls bad, from 1 below the header."""
    (task,) = json.loads(output)["tasks"]
    return frozenset([each["rowNumber"] - 1 for each in task["errors"]])
