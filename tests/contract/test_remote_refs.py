"""A reference to a remote document is refused by both engines, and nothing is fetched."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from recordlint.contract.engines import Engine, compiled, reference
from recordlint.contract.spec_files import DIALECT
from recordlint.errors import InternalError


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    http = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_port}/x.json", asked
    http.shutdown()
    http.server_close()


@pytest.mark.parametrize("make", [compiled, reference])
def test_nothing_is_fetched(make: Callable[[dict[str, object]], Engine], server: tuple[str, list[str]]) -> None:
    url, asked = server
    with pytest.raises(InternalError):
        make({"$schema": DIALECT, "type": "object", "properties": {"a": {"$ref": url}}}).is_valid({"a": 1})
    assert asked == []
