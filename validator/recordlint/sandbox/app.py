"""The sandbox as an ASGI application: Starlette's routes around the service's part."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPMethod
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from recordlint.contract.operations import CREATE, UPDATE
from recordlint.sandbox.answers import Answer, refusal
from recordlint.sandbox.arrived import Call
from recordlint.sandbox.log import Log
from recordlint.sandbox.service import Handler, Service

Respond = Callable[[Request], Awaitable[Response]]
_ORIGIN: Final = re.compile(r"\Ahttps?://[^/]*", re.IGNORECASE)
"""At the beginning of a whole URL."""
RECORDS: Final = "/objects/{key}/records"


def make_app(service: Service, log: Log, max_size: int) -> ASGIApp:
    """The application.

    Args:
        service: answers the requests.
        log: is told of each.
        max_size: the most bytes of a body.
    """
    paths: Mapping[str, Mapping[str, Handler]] = {
        RECORDS: {CREATE.method: service.create_record},
        f"{RECORDS}/search": {HTTPMethod.POST.value: service.search_records},
        f"{RECORDS}/{{id}}": {
            "GET": service.get_record,
            UPDATE.method: service.update_record,
            "DELETE": service.delete_record,
        },
        "/objects": {"GET": service.list_objects},
        "/objects/{key}": {"GET": service.get_object},
        "/custom-fields/object-key/{key}": {"GET": service.list_fields},
    }
    http = _Http(service, log, max_size)
    routes = [
        Route(f"{path}{slash}", http.endpoint(handlers)) for path, handlers in paths.items() for slash in ("", "/")
    ]
    routes += [
        Route("/__sandbox/requests", _own(("GET", "HEAD"), lambda: Answer(200, service.arrived.listed()))),
        Route("/__sandbox/reset", _own((HTTPMethod.POST.value,), service.reset)),
    ]
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False
    # No pattern matches all targets of requests: one may be no path.
    app.router.default = http.endpoint(None)
    return _undecoded(app)


def _undecoded(app: ASGIApp) -> ASGIApp:
    """The application with routes that look at paths as they were sent: an encoded slash separates nothing.

    Of a whole URL, which a client sends that takes the sandbox for its proxy, the path is taken.
    """

    async def routed(scope: Scope, receive: Receive, send: Send) -> None:
        path = _ORIGIN.sub("", scope["raw_path"].decode("latin-1"))
        await app({**scope, "path": path or "/"}, receive, send)

    return routed


class _Endpoint:
    """Answers the requests of every method. From a function, Starlette keeps those away that it does not know."""

    def __init__(self, respond: Respond) -> None:
        self._respond: Final = respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._respond(Request(scope, receive, send))
        await response(scope, receive, send)


class _Http:
    """Turns HTTP's requests into calls, and answers into responses."""

    def __init__(self, service: Service, log: Log, max_size: int) -> None:
        self._service: Final = service
        self._log: Final = log
        self._max_size: Final = max_size

    def endpoint(self, handlers: Mapping[str, Handler] | None) -> _Endpoint:
        """What answers the requests to a path.

        Args:
            handlers: by method; None where there is no such path.
        """

        async def respond(request: Request) -> Response:
            start = time.perf_counter()
            try:
                body = await self._body(request)
            except (ClientDisconnect, asyncio.CancelledError):
                # The client is gone, or the server ends before the body is there. Nobody reads the answer.
                return Response(status_code=400)
            call = _call(request, body or b"")
            answer = self._service.answer(self._handler(handlers, call, is_large=body is None), call)
            self._log.write(call, answer, time.perf_counter() - start)
            return _response(answer)

        return _Endpoint(respond)

    def _handler(self, handlers: Mapping[str, Handler] | None, call: Call, *, is_large: bool) -> Handler:
        if handlers is None:
            return self._service.no_route
        handler = handlers.get(call.method)
        if handler is None:
            headers = {"Allow": ", ".join(handlers)}
            return lambda each: self._service.no_route(each)._replace(headers=headers).with_status(405)
        if is_large:
            message = f"the body is larger than {self._max_size:,} bytes"
            return lambda _: refusal(413, message)
        return handler

    async def _body(self, request: Request) -> bytes | None:
        """The body; None where it is too large."""
        parts: list[bytes] = []
        size = 0
        async for part in request.stream():
            size += len(part)
            if size > self._max_size:
                parts.clear()
            else:
                parts.append(part)
        return None if size > self._max_size else b"".join(parts)


def _call(request: Request, body: bytes) -> Call:
    scope = request.scope
    query = scope["query_string"].decode("latin-1")
    path = scope["path"]
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        headers[name.decode("latin-1").lower()] = value.decode("latin-1")
    return Call(
        request.method,
        f"{path}?{query}" if query else path,
        unquote(path),
        dict(parse_qsl(query, keep_blank_values=True)) if query else {},
        headers,
        body,
        {name: unquote(value) for name, value in scope.get("path_params", {}).items()},
    )


def _response(answer: Answer) -> Response:
    text = json.dumps(answer.value, separators=(",", ":"))
    return Response(text.encode(), answer.status, answer.headers, "application/json")


def _own(methods: tuple[str, ...], answer: Callable[[], Answer]) -> _Endpoint:
    """What answers the requests to a path of the sandbox's own, which are not listed, and need no token."""

    async def respond(request: Request) -> Response:
        if _is_foreign(request.headers.get("origin", "")):
            return _response(refusal(403, "a page of another site asks: the sandbox answers pages of this machine"))
        if request.method in methods:
            return _response(answer())
        refused = refusal(405, f"Cannot {request.method} {request.url.path}")
        return _response(refused._replace(headers={"Allow": ", ".join(methods)}))

    return _Endpoint(respond)


def _is_foreign(origin: str) -> bool:
    """Whether a browser sends this for a page that is not of this machine: any site may post to a loopback address."""
    try:
        return origin != "" and urlsplit(origin).hostname not in ("localhost", "127.0.0.1", "::1")
    except ValueError:
        return True
