"""Right rows of each kind that programs write, which should cost little more than to parse them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

from measuring import Command, side_by_side
from rows import WORDS
from tables import seconds, table

KEY = "custom_objects.order"
CHOICES = [{"key": f"key_{number}", "label": f"Label {number}"} for number in range(10)]
FIELDS: Mapping[str, dict[str, Any]] = {
    "name": {"dataType": "TEXT"},
    "number": {"dataType": "NUMERICAL"},
    "price": {"dataType": "MONETORY"},
    "day": {"dataType": "DATE"},
    "state": {"dataType": "SINGLE_OPTIONS", "options": CHOICES},
    "source": {"dataType": "RADIO", "options": CHOICES, "allowCustomOption": True},
    "tags": {"dataType": "MULTIPLE_OPTIONS", "options": CHOICES},
    "files": {"dataType": "FILE_UPLOAD", "acceptedFormats": ".pdf, .jpg"},
    "signature": {"dataType": "SIGNATURE"},
}
Properties = Callable[[Random], dict[str, Any]]
"""Makes what a kind of row has beside the usual properties."""
HEADERS = {"Authorization": "Bearer x", "Version": "2021-07-28", "Content-Type": "application/json"}


def _url(*forms: str) -> Properties:
    def properties(random: Random) -> dict[str, Any]:
        return {"files": {"add": [{"url": random.choice(forms).format(random.randint(1, 10**6))}]}}

    return properties


BODIES: Mapping[str, Properties] = {
    "usual values": lambda random: {
        "source": f"key_{random.randint(0, 9)}",
        **_url("https://a.example/{}.pdf")(random),
    },
    "custom texts of a radio": lambda random: {"source": " ".join(random.choices(WORDS, k=3))},
    "deltas with an empty half": lambda random: {"tags": {"add": [f"key_{random.randint(0, 9)}"], "remove": []}},
    "integers past 2^53": lambda random: {"number": random.randint(2**53, 2**63)},
    "numbers such as 1e20": lambda random: {"price": {"currency": "default", "value": random.randint(1, 9) * 1e20}},
    "URLs with a query": _url("https://a.example/{}.pdf?token=a%20b&x=1"),
    "URLs without an ending": _url("https://a.example/files/{}"),
    "URLs with an ending that is no kind of file": _url("https://a.example/get.php?id={}"),
    "URLs with a port, a user or an IPv6 host": _url(
        "https://a.example:8443/{}.pdf", "https://me@a.example/{}.pdf", "https://[2606:4700::1111]/{}.pdf"
    ),
    "texts in a field of an unknown type": lambda random: {"signature": " ".join(random.choices(WORDS, k=3))},
    "objects in a field of an unknown type": lambda random: {"signature": {"by": random.choice(WORDS), "at": [1, 2]}},
}
REQUESTS: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "whole requests": lambda body: {"headers": HEADERS, "body": body},
    "whole requests, the body as JSON text": lambda body: {"headers": HEADERS, "data": json.dumps(body)},
}


def write_definition(path: Path) -> None:
    """Write the definition of the object that the rows are for."""
    listed = [{"fieldKey": f"{KEY}.{key}", "name": key, "objectKey": KEY, **field} for key, field in FIELDS.items()]
    path.write_text(json.dumps({"object": {"key": KEY, "labels": {"singular": "Order"}}, "fields": listed}), "utf-8")


def write_rows(path: Path, kind: str, count: int) -> None:
    """Write right rows of one kind."""
    random = Random(7)
    with path.open("w", encoding="utf-8") as file:
        for _ in range(count):
            file.write(json.dumps(_row(kind, random)) + "\n")


def _row(kind: str, random: Random) -> dict[str, Any]:
    usual = {
        "name": " ".join(random.choices(WORDS, k=9)),
        "number": random.randint(1, 10**6),
        "price": {"currency": "default", "value": random.randint(1, 10**6) / 100},
        "day": f"2024-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
        "state": f"key_{random.randint(0, 9)}",
    }
    body = {"properties": {**usual, **BODIES.get(kind, BODIES["usual values"])(random)}}
    if kind not in REQUESTS:
        return body
    url = f"https://services.leadconnectorhq.com/objects/{KEY}/records/{random.getrandbits(96):024x}?locationId=loc5"
    return {"method": "PUT", "url": url, **REQUESTS[kind](body)}


def right_rows(
    work: Path, check: Callable[[str], Command], bare: Callable[[str], Command], count: int, rounds: int
) -> str:
    """A table of the times of each kind.

    Args:
        work: a folder for the rows.
        check: how recordlint judges a file of rows.
        bare: how the bare loop judges it.
        count: rows of each kind.
        rounds: how often each file is judged.
    """
    found = []
    for kind in [*BODIES, *REQUESTS]:
        rows = work / "right.jsonl"
        write_rows(rows, kind, count)
        times = side_by_side({"ours": check(str(rows)), "bare": bare(str(rows))}, rounds, (0,))
        if times["bare"].output.strip():
            raise SystemExit(f"rows of {kind} are not right")
        ours, loop = times["ours"], times["bare"]
        found.append([kind, seconds(ours.median / count), seconds(loop.median / count), f"{ours.over(loop):.2f}"])
        rows.unlink()
    return table(["rows of", "recordlint, per row", "bare loop, per row", "times bare loop"], found)
