"""Definitions that the service sends with faults: what is said of them is short, and holds no piece of the token."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, cast

import pytest

from recordlint.definitions.fetching.access_token import Token
from recordlint.definitions.fetching.client import Fetcher
from recordlint.definitions.fetching.pulling import pull
from recordlint.definitions.fetching.refusals import Asked
from recordlint.errors import RecordlintError
from token_traces import SPELLINGS, traces

TOKEN = "pit-2f61c0de-77aa-4b3c-9d10-0b1c2d3e4f5a"
PIECE = TOKEN[:16]
KEY = "custom_objects.pet"
PATH = f"GET /objects/{KEY}"


class Service:
    """Answers the list first, and then the definition of every object."""

    def __init__(self, listed: Any, answer: Any = None) -> None:
        self.asked = Asked("https://example.com", "loc1", "v3", Token(TOKEN))
        self._listed, self._answer = listed, answer

    async def fetch(self, path: str, parameters: Mapping[str, str]) -> Any:
        return self._listed if path == "/objects/" else self._answer


def says(listed: Any, answer: Any = None, *keys: str) -> str:
    with pytest.raises(RecordlintError) as raised:
        asyncio.run(pull(cast(Fetcher, Service(listed, answer)), keys))
    return str(raised.value)


def named(*keys: str) -> dict[str, Any]:
    return {"objects": [{"key": key} for key in keys]}


ANSWERS = {
    "nothing": ({}, "the answer has no list of fields; run the command again later"),
    "an object alone": ({"object": {"key": KEY}}, "the answer has no list of fields; run the command again later"),
    "no list": ({"fields": {}}, "the answer has no list of fields; run the command again later"),
    "an error": (
        {"statusCode": 401, "message": "Invalid JWT"},
        "the answer has no list of fields: 'Invalid JWT'; run the command again later",
    ),
    "a long error": (
        {"statusCode": 401, "message": ["x" * 150, "y" * 5000]},
        f"the answer has no list of fields: '{'x' * 150}; {'y' * 48}…'; run the command again later",
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_is_no_definition(name: str) -> None:
    answer, reason = ANSWERS[name]
    assert says(named(KEY), answer) == f"{PATH}: {reason}"


@pytest.mark.parametrize("spelling", [None, *SPELLINGS])
def test_no_fault_shows_the_token(spelling: str | None) -> None:
    spelled = SPELLINGS[spelling](TOKEN) if spelling else PIECE
    field = {"fieldKey": f"{KEY}.a", "dataType": "RADIO", "options": [{"key": spelled}, {"key": spelled}]}
    for answer in (
        {"message": spelled},
        {"object": {"key": spelled}, "fields": []},
        {"object": {"key": KEY}, "fields": [{"fieldKey": spelled, "dataType": "TEXT"}]},
        {"object": {"key": KEY}, "fields": [field]},
    ):
        assert traces(TOKEN, says(named(KEY), answer)) == []
    assert traces(TOKEN, says(named(f"a {spelled}"))) == []


def test_many_faults() -> None:
    options = [{"label": "x"} for _ in range(100_000)]
    field = {"fieldKey": f"{KEY}.a", "dataType": "RADIO", "options": options}
    *first, last = says(named(KEY), {"object": {"key": KEY}, "fields": [field]}).splitlines()
    assert len(first) == 10
    assert first[9] == f"{PATH}: {KEY}.a: option 9 has no key; an option is an object with key and label"
    assert last == f"{PATH}: has 99,990 more faults"


def test_a_key_without_end() -> None:
    shown = f"{'x' * 200}…"
    expected = f"the service lists '{shown}', which is no key of an object; correct --base-url"
    assert says(named("x" * 10**6)) == expected


@pytest.mark.parametrize(
    ("count", "end"), [(10, "k8 or custom_objects.k9"), (11, "k9 or one of 1 other"), (999, "k9 or one of 989 others")]
)
def test_many_objects(count: int, end: str) -> None:
    listed = named(*[f"custom_objects.k{number}" for number in range(count)])
    assert says(listed, None, "custom_objects.zzz").endswith(end)
