"""The server that guarded clients send to."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from guarded_clients import Server


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, daemon=True)
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def server(running: Server) -> Server:
    running.arrived.clear()
    running.statuses.clear()
    return running
