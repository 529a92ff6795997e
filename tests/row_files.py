"""Rows of all kinds, for the tests of files of rows."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from command_folder import Folder

GOOD = b'{"properties": {"priority": "high"}}'
BAD = b'{"properties": {"priority": "HIGH"}}'
WARNED = b'{"properties": {}}'
REQUEST = (
    b'{"method": "PUT", "url": "/objects/custom_objects.asset/records/668d681f77af4e5229abd6c0?locationId=l",'
    b' "body": {"properties": {"units": "1"}}}'
)
MIXED = b"\n".join(
    [
        GOOD + b"\r",
        BAD + b"\r",
        b"",
        b" \t\r",
        b'{"properties": ',
        REQUEST,
        WARNED,
        b"\xff\xfe",
        b'{"a": 1, "a": 2}',
        BAD,
    ]
)
LINE = '{}:{}:{}: error[unknown-option]: "Priority" has this option\'s key in another case'

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")


def report(folder: Folder, *arguments: str, stdin: bytes = b"") -> dict[str, Any]:
    done = folder.check("--format", "json", *arguments, stdin=stdin)
    assert (done.status, done.err) == (1, "")
    found: dict[str, Any] = json.loads(done.out)
    return found


def rows(found: dict[str, Any]) -> list[tuple[int, list[str]]]:
    return [(each["line"], [violation["rule"] for violation in each["violations"]]) for each in found["results"]]


PARTLY = b'{"properties": {"priority": "HIGH", "type_of_ticket": "x"}}'
PARTLY_FIXED = b'{"properties": {"priority": "high", "type_of_ticket": "x"}}'
UNSAFE = b'{"properties": {"affected_platforms": ["web"]}}'
TWO = BAD + b"\n" + PARTLY + b"\n" + GOOD + b"\n"
TWO_FIXED = GOOD + b"\n" + PARTLY_FIXED + b"\n" + GOOD + b"\n"
