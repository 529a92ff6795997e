"""Serves a sandbox on a port: until a signal comes, or in a thread beside a test."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any, Final, TextIO, TypeVar

import uvicorn

from recordlint.checking.checkers import Checkers
from recordlint.config.loading import MAX_SIZE
from recordlint.errors import InputError
from recordlint.files.paths import reason
from recordlint.sandbox.answers import listed_record
from recordlint.sandbox.app import make_app
from recordlint.sandbox.log import Log
from recordlint.sandbox.objects import object_id
from recordlint.sandbox.service import Service
from recordlint.sandbox.store import Store

T = TypeVar("T")
LOOPBACK: Final = "127.0.0.1"
KEEP_ALIVE: Final = 75
"""Seconds that a connection may wait for its next request."""
SHUTDOWN: Final = 2
"""Seconds that requests have to end in."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections.

    Args:
        host: a name or an address of this machine.
        port: 0 for a free one.

    Raises:
        InputError: the port is in use, or the host is none of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # Without the protocol, asyncio would not send small answers at once.
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        raise InputError(f"{host}: cannot be listened on: {reason(error)}") from error
    except UnicodeError as error:
        raise InputError(f"{host}: cannot be listened on: this is no name of a host") from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(2048)
    except OSError as error:
        made.close()
        raise InputError(f"{host}:{port}: cannot be listened on: {reason(error)}") from error
    return made


def url_of(listening: socket.socket) -> str:
    """The URL of what listens."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def make_server(service: Service, log: Log, max_size: int) -> uvicorn.Server:
    """A server for a sandbox.

    Args:
        service: answers the requests.
        log: is told of each.
        max_size: the most bytes of a body.
    """
    config = uvicorn.Config(
        make_app(service, log, max_size),
        access_log=False,
        lifespan="off",
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN,
        timeout_keep_alive=KEEP_ALIVE,
        ws="none",
    )
    return uvicorn.Server(config)


class Sandbox:
    """A sandbox that runs in a thread of this process.

    Attributes:
        url: where it is.
    """

    def __init__(
        self,
        checkers: Checkers,
        *,
        has_quirks: bool = False,
        rate_limit: int | None = None,
        max_size: int = MAX_SIZE,
        log: TextIO | None = None,
    ) -> None:
        """Start it on a free port of this machine, with records in memory.

        Args:
            checkers: have the definitions, and judge bodies.
            has_quirks: whether what the service takes and loses is taken and lost.
            rate_limit: requests in ten seconds; None for no limit.
            max_size: the most bytes of a body.
            log: takes a line for each request.

        Raises:
            InputError: there is no port.
        """
        service = Service(checkers, Store(), has_quirks=has_quirks, rate_limit=rate_limit)
        self._service: Final = service
        self._listening: Final = listen(LOOPBACK, 0)
        self.url: Final = url_of(self._listening)
        self._server: Final = make_server(service, Log(log), max_size)
        self._loop: Final = asyncio.new_event_loop()
        self._thread: Final = threading.Thread(target=self._run, name="recordlint sandbox", daemon=True)
        self._thread.start()

    def records(self, object: str | None = None) -> list[dict[str, Any]]:
        """The records of an object, or of all, as a search lists them; the oldest first."""
        return self._ask(lambda: self._records(object))

    @property
    def requests(self) -> list[dict[str, Any]]:
        """The requests that came in, the oldest first: what `GET /__sandbox/requests` lists."""
        listed: list[dict[str, Any]] = self._ask(self._service.arrived.listed)["requests"]
        return listed

    def reset(self) -> None:
        """Forget all records and requests."""
        self._ask(self._service.clear)

    def stop(self) -> None:
        """End it."""
        self._server.should_exit = True
        self._thread.join()
        self._service.store.close()

    def _records(self, object: str | None) -> list[dict[str, Any]]:
        objects = self._service.checkers.objects
        wanted = list(objects) if object is None else [self._service.checkers.require(object).key]
        return [
            listed_record(each, object_id(objects[key]))
            for key in wanted
            for each in reversed(self._service.store.newest(key).part(-1))
        ]

    def _ask(self, question: Callable[[], T]) -> T:
        async def ask() -> T:
            return question()

        return asyncio.run_coroutine_threadsafe(ask(), self._loop).result()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        with contextlib.closing(self._loop):
            self._loop.run_until_complete(self._server.serve(sockets=[self._listening]))
        self._listening.close()
