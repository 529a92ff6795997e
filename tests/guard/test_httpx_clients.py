"""The guard on clients of httpx."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from guarded_clients import BAD, GOOD, RECORD, VALIDATOR, Server
from recordlint import InvalidPayload, UsageError
from recordlint.guard import guard


def test_hooks_that_are_there_stay(server: Server) -> None:
    seen: list[str] = []
    client = httpx.Client(event_hooks={"request": [lambda request: seen.append(request.method)]})
    hooks = client.event_hooks["response"] = [lambda response: seen.append(str(response.status_code))]
    with guard(guard(client, VALIDATOR), VALIDATOR):
        client.put(server.url + RECORD, json=GOOD)
    assert seen == ["PUT", "200"]
    assert client.event_hooks["response"] == hooks


def test_many_requests_share_a_guard(server: Server) -> None:
    async def all_at_once() -> list[Any]:
        async with guard(httpx.AsyncClient(base_url=server.url), VALIDATOR) as client:
            sent = [client.put(RECORD, json=body) for body in [GOOD, BAD] * 10]
            return await asyncio.gather(*sent, return_exceptions=True)

    answers = asyncio.run(all_at_once())
    assert [type(answer) for answer in answers] == [httpx.Response, InvalidPayload] * 10
    assert len(server.arrived) == 10


def test_what_is_no_client() -> None:
    class Sdk:
        http_client = None

    with pytest.raises(UsageError, match=r"cannot guard a str: httpx and requests have clients that can be$"):
        guard("x", VALIDATOR)  # type: ignore[type-var]
    with pytest.raises(UsageError, match=r"; give its http_client$"):
        guard(Sdk(), VALIDATOR)  # type: ignore[type-var]
    with pytest.raises(UsageError, match="unknown is 'refuse' or 'pass', not 'let'"):
        guard(httpx.Client(), VALIDATOR, unknown="let")  # type: ignore[arg-type]
