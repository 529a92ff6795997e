"""A digest is the same for what means the same, and another for what does not."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from fixture_files import OBJECTS
from recordlint.definitions.digest import digest, named_digest
from recordlint.definitions.reading import load_objects, parse_objects

TICKET: dict[str, Any] = json.loads((OBJECTS / "ticket.json").read_text("utf-8"))


def of(document: object, name: str = "ticket.json") -> str:
    return digest(parse_objects([(name, json.dumps(document).encode())]))


def test_form() -> None:
    (definition,) = load_objects([str(OBJECTS / "ticket.json")])
    assert named_digest(definition) == f"sha256:{of(TICKET)}"
    assert len(of(TICKET)) == 64


def test_how_it_is_saved_does_not_matter() -> None:
    saved = {**TICKET, "cache": True, "traceId": "x", "object": {**TICKET["object"], "dateUpdated": "2026-01-01"}}
    for document in (saved, {"data": saved}, [saved], dict(reversed(saved.items()))):
        assert of(document, "other.json") == of(TICKET)


@pytest.mark.parametrize("member", ["name", "description", "placeholder", "id", "fieldKey"])
def test_what_is_read_matters(member: str) -> None:
    changed = deepcopy(TICKET)
    changed["fields"][0][member] = f"{changed['fields'][0].get(member, '')}x"
    assert of(changed) != of(TICKET)


def test_the_order_of_objects_does_not_matter() -> None:
    one, other = load_objects([str(OBJECTS)])
    assert digest([one, other]) == digest([other, one])
