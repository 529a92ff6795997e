"""The guard on the official SDK."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import highlevel
import httpx
import pytest

from guarded_clients import BAD, GOOD, RECORDS, VALIDATOR, Server
from recordlint import InvalidPayload
from recordlint.guard import guard


def sdk(server: Server) -> Any:
    made = highlevel.HighLevel(private_integration_token="t", log_level="none")  # noqa: S106 - no secret
    made.http_client.base_url = httpx.URL(server.url)
    guard(made.http_client, VALIDATOR)
    return made


def update(made: Any, body: Any) -> Any:
    return made.objects.update_object_record("custom_objects.ticket", "668d681f77af4e5229abd6c0", "loc", body)


def test_the_sdk(server: Server) -> None:
    async def calls() -> Any:
        made = sdk(server)
        try:
            with pytest.raises(InvalidPayload):
                await update(made, BAD)
            made.set_private_integration_token("other")
            with pytest.raises(InvalidPayload):
                await update(made, BAD)
            assert server.arrived == []
            return await update(made, GOOD)
        finally:
            await made.close()

    assert asyncio.run(calls()) == {"record": {"id": "1"}}
    (arrived,) = server.arrived
    assert (arrived.method, json.loads(arrived.body)) == ("PUT", GOOD)
    assert arrived.path == "/objects/custom_objects.ticket/records/668d681f77af4e5229abd6c0?locationId=loc"


def test_the_sdk_still_handles_responses(server: Server) -> None:
    async def call() -> None:
        made = sdk(server)
        try:
            await update(made, GOOD)
        finally:
            await made.close()

    server.statuses = [422]
    with pytest.raises(highlevel.GHLError) as caught:
        asyncio.run(call())
    assert caught.value.status_code == 422


def test_the_sdk_searches_records(server: Server) -> None:
    async def call() -> None:
        made = sdk(server)
        try:
            await made.objects.search_object_records({"query": "x"}, "custom_objects.ticket")
        finally:
            await made.close()

    asyncio.run(call())
    assert [arrived.path for arrived in server.arrived] == [f"{RECORDS}/search"]
