"""A client of a sandbox, which the tests of it share."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, NamedTuple

import httpx
import pytest

from recordlint.sandbox.serving import Sandbox

TICKETS = "/objects/custom_objects.ticket/records"
ASSETS = "/objects/custom_objects.asset/records"
LOCATION = {"locationId": "loc1"}
HEADERS = {"Authorization": "Bearer t", "Version": "2021-07-28"}
PLATFORMS = {"ticket_name": "Printer", "affected_platforms": ["web", "ios"]}

IN_H11 = pytest.mark.skipif(
    find_spec("httptools") is not None, reason="httptools refuses it before the sandbox sees it"
)


class Answered(NamedTuple):
    status: int
    value: Any
    headers: httpx.Headers

    @property
    def rules(self) -> list[tuple[str, str]]:
        """The rules and pointers of a refusal."""
        return [(each["rule"], each["pointer"]) for each in self.value["recordlint"]]


class Client:
    """Sends requests to a sandbox, and takes the answers apart."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.http = httpx.Client(base_url=sandbox.url, headers=HEADERS)

    def send(self, method: str, path: str, **request: Any) -> Answered:
        response = self.http.request(method, path, **request)
        return Answered(response.status_code, response.json(), response.headers)

    def create(self, properties: Any, **members: Any) -> Answered:
        return self.send("POST", TICKETS, json={**LOCATION, "properties": properties, **members})

    def created(self, properties: Any = PLATFORMS, **members: Any) -> str:
        answered = self.create(properties, **members)
        assert answered.status == 201, answered
        return str(answered.value["record"]["id"])

    def update(self, id: str, body: Any) -> Answered:
        return self.send("PUT", f"{TICKETS}/{id}", params=LOCATION, json=body)

    def get(self, id: str) -> Answered:
        return self.send("GET", f"{TICKETS}/{id}")

    def search(self, **body: Any) -> Answered:
        return self.send("POST", f"{TICKETS}/search", json={**LOCATION, **body})
