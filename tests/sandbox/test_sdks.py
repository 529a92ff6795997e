"""The official SDKs against a sandbox, unmodified but for their URL."""

from __future__ import annotations

import asyncio
import json
import subprocess
from typing import Any

import highlevel
import pytest

from fixture_files import ROOT
from sandbox_client import Client

PEERS = ROOT / "tests/peers"
KEY = "custom_objects.ticket"
PLATFORMS = {"ticket_name": "Printer", "affected_platforms": ["web"]}


@pytest.mark.slow
def test_the_python_sdk(sandbox: Client) -> None:
    class Local(highlevel.HighLevel):  # type: ignore[misc] # it has no types
        BASE_URL = sandbox.sandbox.url

    async def calls() -> None:
        made = Local(private_integration_token="t", log_level="none")  # noqa: S106 - no secret
        objects = made.objects
        try:
            answer = await objects.create_object_record(KEY, {"locationId": "loc1", "properties": PLATFORMS})
            id = answer["record"]["id"]
            change = {"properties": {"affected_platforms": {"add": ["ios"]}}}
            changed = await objects.update_object_record(KEY, id, "loc1", change)
            assert changed["record"]["properties"]["affected_platforms"] == ["web", "ios"]
            assert await objects.get_record_by_id(KEY, id) == changed
            body = {"locationId": "loc1", "page": 1, "pageLimit": 10, "query": "printer", "searchAfter": []}
            listed = await objects.search_object_records(body, KEY)
            assert [each["id"] for each in listed["records"]] == [id]
            schema = await objects.get_object_schema_by_key(KEY, "loc1", "true")
            assert len(schema["fields"]) == 14
            keys = [each["key"] for each in (await objects.get_object_by_location_id("loc1"))["objects"]]
            assert keys == ["custom_objects.asset", KEY]
            fields = await made.custom_fields.get_custom_fields_by_object_key(KEY, "loc1")
            assert len(fields["fields"]) == 14
            with pytest.raises(highlevel.GHLError) as caught:
                await objects.update_object_record(KEY, id, "loc1", {"properties": {"affected_platforms": ["web"]}})
            assert caught.value.status_code == 422
            assert await objects.delete_object_record(KEY, id) == {"id": id, "success": True}
        finally:
            await made.close()

    asyncio.run(calls())
    assert sandbox.sandbox.records() == []


@pytest.mark.slow
@pytest.mark.skipif(
    not (PEERS / "node_modules/@gohighlevel/api-client").exists(), reason="npm ci has not been run in tests/peers"
)
def test_the_javascript_sdk(sandbox: Client) -> None:
    done = subprocess.run(
        ["node", "sdk.mjs", sandbox.sandbox.url], cwd=PEERS, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout)
    id = answers["made"]["record"]["id"]
    assert answers["changed"]["record"]["properties"]["affected_platforms"] == ["web", "ios"]
    assert answers["read"] == answers["changed"]
    assert [each["id"] for each in answers["listed"]["records"]] == [id]
    assert (answers["fields"], answers["refused"]) == (14, 422)
    assert answers["keys"] == ["custom_objects.asset", KEY]
    assert answers["gone"] == {"id": id, "success": True}
