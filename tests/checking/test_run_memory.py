"""Texts of payloads are remembered within a run, with the same reports, and not after it."""

from __future__ import annotations

import gc
import json
import re
from itertools import islice
from typing import Any

import pytest

from command_folder import OBJECTS
from fixture_files import payloads
from internals import rows_of
from recordlint import Report, Validator
from recordlint.checking import row_patterns

KEY = "custom_objects.ticket"
MARK = 918_273_645
"""It is in each text of the payloads below, and nowhere in this file as text."""


def rows() -> list[bytes]:
    """Clean rows that match patterns, and wrong ones of all types of field, each with texts of its own."""
    found = []
    for number in range(MARK, MARK + 3 * row_patterns.SIGHTS):
        clean: dict[str, Any] = {
            "ticket_name": f"Name {number}",
            "phone_number": f"+1{number}5",
            "my_files": {"add": [{"url": f"https://a.b/{number}.pdf", "name": f"x{number}"}]},
        }
        wrong = {
            **dict.fromkeys(
                ("type_of_ticket", "priority", "recieved_on", "email", f"ticket_name{number}"), f"x{number}"
            ),
            "phone_number": f"00{number}",
            "section_of_app": {"add": [f"option {number}", f"option {number}"]},
            "my_files": {"add": [{"url": f"a.b/{number}", "name": f"x{number}"}]},
            "money": {"currency": f"${number}", "value": f"{number}.50"},
            "customer_number": f" {number}",
        }
        found += [json.dumps({"properties": each}).encode() for each in (clean, wrong)]
        found.append(json.dumps({"owners": {"add": [f"u{number}", f"u{number}"]}, f"x{number}": 1}).encode())
    return found


def texts_with_the_mark() -> list[str]:
    """Every text in this process that has the mark in it; other libraries keep addresses, which have more digits."""
    gc.collect()
    mark, marks = str(MARK)[:7], str(MARK)[:7].encode()
    held = {
        id(text): text
        for holder in gc.get_objects()
        for text in gc.get_referents(holder)
        if (type(text) is str and mark in text[1:]) or (type(text) is bytes and marks in text[1:])
    }
    numbers = {key: re.findall(r"\d+", f"{text!r}") for key, text in held.items()}
    return sorted(
        f"{held[key]!r}"[:80] for key, runs in numbers.items() if any(mark in run and len(run) <= 12 for run in runs)
    )


def test_nothing_is_remembered_after_a_run() -> None:
    validator = Validator.from_path(OBJECTS[1])
    for _ in range(2):
        checked = validator.check_rows(rows(), object=KEY)
        wrong = sum(not report.valid for _, report in islice(checked, 9 * row_patterns.SIGHTS - 1))
        assert wrong == 6 * row_patterns.SIGHTS - 1
        assert len(texts_with_the_mark()) > 100, "the run needs them still"
        assert len(list(checked)) == 1
        assert texts_with_the_mark() == []


def test_nothing_is_remembered_of_single_bodies() -> None:
    validator = Validator.from_path(OBJECTS[1])
    for row in rows():
        validator.check_json(row, object=KEY)
        validator.check_document(row, object=KEY)
        validator.check(json.loads(row), object=KEY)
    del row
    assert texts_with_the_mark() == []


def contents(report: Report) -> tuple[object, ...]:
    return (report.object, report.operation, report.violations, report.errors, report.warnings, report.text)


PAYLOADS = [each for each in payloads() if each.object == KEY]


@pytest.mark.parametrize("operation", ["update", "create"])
def test_what_is_remembered_is_what_a_fresh_look_says(operation: Any) -> None:
    """Each row twice, in two orders, by one checker that has seen all the others."""
    validator = Validator.from_path(OBJECTS[1])
    texts = [each.path.read_bytes() for each in PAYLOADS]
    assert len(texts) > 100
    fresh = [contents(rows_of(validator, KEY, operation).report(text, 3)) for text in texts]
    checker = rows_of(validator, KEY, operation)
    assert [contents(checker.report(text, 3)) for text in texts] == fresh
    assert [contents(checker.report(text, 3)) for text in reversed(texts)] == fresh[::-1]


def test_a_text_is_remembered_for_its_own_field_and_operation() -> None:
    """The same wrong text in fields of several types, and of both operations in requests."""
    validator = Validator.from_path(OBJECTS[1])
    fields = validator.require(KEY).by_property
    bodies = [{"properties": {name: text}} for text in ("High", "2024/1/1", "12") for name in fields]
    texts = [json.dumps(body).encode() for body in bodies]
    for body in bodies:
        for method, url in (("PUT", "/668d681f77af4e5229abd6c0?locationId=l"), ("POST", "")):
            whole = {"method": method, "url": f"/objects/{KEY}/records{url}", "body": {"locationId": "l", **body}}
            texts.append(json.dumps(whole).encode())
    checker = rows_of(validator, KEY)
    for _ in range(2):
        for text in texts:
            assert contents(checker.report(text)) == contents(rows_of(validator, KEY).report(text))
