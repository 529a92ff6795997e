"""What the sandbox refuses: what has an error by the check with its record, the warnings that are refused, no more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from bodies import OBJECTS, cases, thorough
from recordlint import Record, Report, Validator
from recordlint.rules.catalogue import rules
from recordlint.rules.refusals import REFUSED_WARNINGS
from recordlint.sandbox.answers import Answer
from recordlint.sandbox.arrived import Call
from recordlint.sandbox.service import Service
from recordlint.sandbox.store import Store
from records.stored_records import records

VALIDATOR = Validator(OBJECTS)


class Direct:
    """Asks a service without a server between."""

    def __init__(self) -> None:
        self.store = Store()
        self.service = Service(VALIDATOR.checkers, self.store)

    def send(self, method: str, path: str, query: str, data: bytes, **parameters: str) -> Answer:
        handler = self.service.create_record if method == "POST" else self.service.update_record
        headers = {"authorization": "Bearer t", "version": "v3", "content-type": "application/json"}
        url = f"{path}?{query}" if query else path
        return self.service.answer(handler, Call(method, url, path, {}, headers, data, parameters))


@pytest.fixture(scope="module")
def direct() -> Iterator[Direct]:
    made = Direct()
    yield made
    made.store.close()


def refuses(report: Report) -> bool:
    return not report.valid or any(each.rule in REFUSED_WARNINGS for each in report.violations)


@given(case=cases(), answer=records())
@thorough()
def test_bodies(direct: Direct, case: tuple[str, Any, Any], answer: dict[str, Any]) -> None:
    key, operation, body = case
    data = json.dumps(body).encode()
    record = Record.from_dict(answer)
    path = f"/objects/{key}/records"
    if operation == "create":
        expected = VALIDATOR.check_json(data, object=key, operation="create")
        answered = direct.send("POST", path, "", data, key=key)
        good, after = 201, None
    else:
        id = str(direct.store.create(key, "l", lambda id: record._replace(id=id)).record.id)
        after, expected = VALIDATOR.apply(record, data, object=key)
        answered = direct.send("PUT", f"{path}/{id}", "locationId=l", data, key=key, id=id)
        good = 200
        kept = direct.store.get(key, id)
        assert kept is not None
        whole = record if refuses(expected) else after
        assert kept.record[1:4] == (dict(whole.properties), whole.owners, whole.followers)
    if not refuses(expected):
        assert answered.status == good
        return
    assert answered.status in (400, 422)
    listed = answered.value["recordlint"]
    wrong = [each for each in expected.violations if each.severity == "error" or each.rule in REFUSED_WARNINGS]
    assert {each["rule"] for each in listed} >= {each.rule for each in wrong} - {"missing-location"}
    assert all(each["severity"] == "error" or each["rule"] in REFUSED_WARNINGS for each in listed)
    assert answered.value["statusCode"] == answered.status


def test_the_pages_say_which_warnings_are_refused() -> None:
    said = {
        each.id
        for each in rules()
        if "warning" in each.severity and re.search(r"^- Source:[^#]*\b(400|422)\b", each.page, re.MULTILINE)
    }
    assert said - {"missing-property"} == REFUSED_WARNINGS  # which is an error where it is refused
