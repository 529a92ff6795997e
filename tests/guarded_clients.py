"""Guarded clients, and a server that keeps what arrives, for the tests of the guard."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import httpx
import pytest

import requests
from fixture_files import OBJECTS
from recordlint import InvalidPayload, Validator
from recordlint.guard import guard

VALIDATOR = Validator.from_path(OBJECTS)
RECORD = "/objects/custom_objects.ticket/records/668d681f77af4e5229abd6c0?locationId=Q9DT3OAqEXDLYuob1G32"
RECORDS = "/objects/custom_objects.ticket/records"
GOOD = {"properties": {"ticket_name": "Günther \u2028", "priority": None}}
BAD = {"properties": {"type_of_ticket": "Bug report"}}
BAD_TEXT = json.dumps(BAD).encode()
LABEL = ("option-label", "/body/properties/type_of_ticket")


class Arrived(NamedTuple):
    method: str
    path: str
    body: bytes


class Server:
    """Answers every request with 200, or what `statuses` says, and keeps it."""

    def __init__(self) -> None:
        self.arrived: list[Arrived] = []
        self.statuses: list[int] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                if self.headers.get("Transfer-Encoding") == "chunked":
                    body = b""
                    while size := int(self.rfile.readline(), 16):
                        body += self.rfile.read(size)
                        self.rfile.readline()
                    self.rfile.readline()
                else:
                    body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                server.arrived.append(Arrived(self.command, self.path, body))
                status = server.statuses.pop(0) if server.statuses else 200
                answer = b'{"record": {"id": "1"}}'
                self.send_response(status)
                if status == 307:
                    self.send_header("Location", RECORDS)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - the names that http.server asks for

            def log_message(self, *arguments: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"


Send = Callable[..., Any]
"""Send a request: method, path, and what the client's own `request` takes."""


def with_httpx(server: Server, **options: Any) -> Send:
    def send(method: str, path: str, **request: Any) -> Any:
        with guard(httpx.Client(base_url=server.url, follow_redirects=True), VALIDATOR, **options) as client:
            return client.request(method, path, **request)

    return send


def with_async_httpx(server: Server, **options: Any) -> Send:
    async def sent(method: str, path: str, **request: Any) -> Any:
        client = httpx.AsyncClient(base_url=server.url, follow_redirects=True)
        async with guard(client, VALIDATOR, **options):
            return await client.request(method, path, **request)

    return lambda *arguments, **request: asyncio.run(sent(*arguments, **request))


def with_requests(server: Server, **options: Any) -> Send:
    def send(method: str, path: str, **request: Any) -> Any:
        if "content" in request:
            request["data"] = request.pop("content")
        with guard(requests.Session(), VALIDATOR, **options) as session:
            return session.request(method, server.url + path, **request)

    return send


CLIENTS = [with_httpx, with_async_httpx, with_requests]
every_client = pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
Client = Callable[..., Send]


def refused(send: Send, *arguments: Any, **request: Any) -> list[tuple[str, str]]:
    """The rules and pointers of a request that is not sent."""
    with pytest.raises(InvalidPayload) as caught:
        send(*arguments, **request)
    return [(violation.rule, violation.pointer) for violation in caught.value.report.violations]
