"""A server that answers as badly as it is told, on this machine."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Act = bytes | Callable[[socket.socket], None]
"""What is sent before the connection ends, or what is done with the connection."""


class BadServer:
    """Answers each request with the next act; the last is repeated.

    Attributes:
        requests: the heads of the requests that came in.
    """

    def __init__(self, *acts: Act, certificate: tuple[Path, Path] | None = None) -> None:
        self._acts = list(acts)
        self.requests: list[str] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self._listening.getsockname()[1]}"
        self._tls: ssl.SSLContext | None = None
        if certificate:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(*certificate)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                if self._tls:
                    with self._tls.wrap_socket(connection, server_side=True) as wrapped:
                        self._answer(wrapped)
                else:
                    self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            part = connection.recv(65536)
            if not part:
                return
            head += part
        act = self._acts.pop(0) if len(self._acts) > 1 else self._acts[0]
        self.requests.append(head.decode("latin-1"))
        if callable(act):
            act(connection)
        else:
            connection.sendall(act)


def answer(body: Any, status: int = 200, **headers: str) -> bytes:
    """A whole answer: a value is sent as JSON, text and bytes as they are."""
    data = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    named = {"Content-Type": "application/json", "Content-Length": str(len(data)), "Connection": "close"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status} x", *[f"{name}: {value}" for name, value in named.items()]]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + data


@contextlib.contextmanager
def bad_server(*acts: Act, certificate: tuple[Path, Path] | None = None) -> Iterator[BadServer]:
    server = BadServer(*acts, certificate=certificate)
    try:
        yield server
    finally:
        server.close()
