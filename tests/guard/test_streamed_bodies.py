"""Streamed bodies are read, and arrive as they would have."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from guarded_clients import (
    BAD_TEXT,
    GOOD,
    LABEL,
    RECORD,
    Arrived,
    Client,
    Server,
    refused,
    with_async_httpx,
    with_httpx,
    with_requests,
)


def chunks(text: bytes) -> Iterator[bytes]:
    yield text[:10]
    yield text[10:]


GOOD_TEXT = json.dumps(GOOD).encode()


@pytest.mark.parametrize("client", [with_httpx, with_requests])
@pytest.mark.parametrize("stream", [chunks, io.BytesIO], ids=["generator", "file"])
def test_a_stream(client: Client, server: Server, stream: Callable[[bytes], Any]) -> None:
    send = client(server)
    assert refused(send, "PUT", RECORD, content=stream(BAD_TEXT)) == [LABEL]
    assert server.arrived == []
    send("PUT", RECORD, content=stream(GOOD_TEXT))
    assert server.arrived == [Arrived("PUT", RECORD, GOOD_TEXT)]


def test_an_asynchronous_stream(server: Server) -> None:
    async def stream(text: bytes) -> Any:
        for chunk in chunks(text):
            yield chunk

    send = with_async_httpx(server)
    assert refused(send, "PUT", RECORD, content=stream(BAD_TEXT)) == [LABEL]
    send("PUT", RECORD, content=stream(GOOD_TEXT))
    assert server.arrived == [Arrived("PUT", RECORD, GOOD_TEXT)]


def test_a_file_is_read_from_where_it_stands(server: Server) -> None:
    file = io.BytesIO(b"xx" + GOOD_TEXT)
    file.seek(2)
    with_requests(server)("PUT", RECORD, content=file)
    assert server.arrived[0].body == GOOD_TEXT


def test_a_stream_elsewhere_is_not_read(server: Server) -> None:
    given = iter([b"x", b"y"])
    with_httpx(server)("POST", "/medias/upload-file", content=given)
    assert server.arrived[0].body == b"xy"
