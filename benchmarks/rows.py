"""Seeded rows: bodies of about 750 bytes, some of them with three faults each."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BASE = ROOT / "fixtures" / "payloads" / "valid" / "page-example.json"
WORDS = (
    "login", "export", "invoice", "calendar", "contact", "workflow",
    "reports", "sync", "mobile", "import", "billing", "webhook",
)  # fmt: skip
COUNTRIES = ("+141555", "+4420794", "+9170000", "+4930901", "+612937")


def write_rows(
    path: Path, count: int, bad_every: int, seed: int = 5, *, shuffled: bool = False, warned: bool = False
) -> list[int]:
    """Write rows, of which one in so many is bad; 0 for none. The numbers of the bad ones, from 1.

    Where they are shuffled, each row has its properties in an order of its own, so that no two are alike. Where they
    are warned, each has a placeholder, which is a warning.
    """
    random = Random(seed)
    base = json.loads(BASE.read_text("utf-8"))
    bad = []
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, count + 1):
            body = row(base, random)
            if bad_every and number % bad_every == 0:
                spoil(body, random)
                bad.append(number)
            if warned:
                body["properties"]["ticket_name"] = "{{contact.name}}"
            if shuffled:
                properties = body["properties"]
                body["properties"] = {
                    key: properties[key] for key in random.sample(sorted(properties), len(properties))
                }
            file.write(json.dumps(body) + "\n")
    return bad


def row(base: dict[str, Any], random: Random) -> dict[str, Any]:
    """A right body, with values of its own."""
    about = " ".join(random.choices(WORDS, k=random.randint(3, 9)))
    values = {
        "ticket_name": f"{about} {random.randint(1, 10**6)}",
        "customer_number": random.randint(1, 10**6),
        "phone_number": f"{random.choice(COUNTRIES)}{random.randint(10**4, 10**5 - 1)}",
        "money": {"currency": "default", "value": random.randint(1, 10**6) / 100},
        "type_of_ticket": f"option_{random.randint(1, 4)}_internal_key",
        "recieved_on": f"2024-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
    }
    return {**base, "properties": {**base["properties"], **values}}


def spoil(body: dict[str, Any], random: Random) -> None:
    """Put three faults of different fields into a body."""
    last = f"{random.randint(1000, 9999)}"
    faults = {
        "type_of_ticket": random.choice(["Bug report", "option_1_internal_ky", "bug"]),
        "phone_number": random.choice([f"(415) 555-{last}", f"+1 (415) 555-{last}", f"0044 20 7946 {last}"]),
        "money": random.choice(["12.50", random.randint(1, 999), {"value": 3}]),
        "recieved_on": random.choice(["2024/07/1", "11-07-2024", "2024-02-30"]),
        "customer_number": random.choice(["14", "1,424"]),
        "section_of_app": random.choice([["option_3_internal_key"], {"add": ["Contacts"]}]),
        random.choice(["prioritty", "ticketname", "custom_objects.ticket.priority"]): "high",
    }
    body["properties"].update({key: faults[key] for key in random.sample(sorted(faults), 3)})


def write_definition(path: Path, fields: int = 10, options: int = 10) -> None:
    """Write a definition with so many fields, in turn texts, numbers and choices of so many options."""
    key = "custom_objects.wide"
    choices = [{"key": f"key_{number}", "label": f"Label {number}"} for number in range(options)]
    kinds: list[dict[str, Any]] = [{"dataType": "TEXT"}, {"dataType": "NUMERICAL"}]
    kinds += [{"dataType": "SINGLE_OPTIONS", "options": choices}, {"dataType": "DATE"}]
    listed = [
        {"fieldKey": f"{key}.field_{number}", "name": f"Field {number}", "objectKey": key, **kinds[number % 4]}
        for number in range(fields)
    ]
    about = {"key": key, "labels": {"singular": "Wide", "plural": "Wides"}, "requiredProperties": []}
    path.write_text(json.dumps({"object": about, "fields": listed}), "utf-8")


def wide_row(fields: int, options: int, bad: bool, number: int) -> dict[str, Any]:
    """A body that sets every field; a bad one names the label of the last option in each choice."""
    choice = f"Label {options - 1}" if bad else f"key_{options - 1}"
    values: tuple[Any, ...] = (f"Text {number}", number, choice, "2024-07-11")
    return {"properties": {f"field_{index}": values[index % 4] for index in range(fields)}}
