"""The call before sending: an HTTP client that sends no record that breaks the contract.

    client = guard(httpx.Client(base_url="https://services.leadconnectorhq.com"), validator)

Each `PUT` and `POST` to a records path is judged by the bytes that would be sent, before any of them is. httpx and
requests are not dependencies: whoever makes a client has imported its package.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from recordlint.checking.validator import Validator
from recordlint.errors import UsageError, WrongType
from recordlint.requests.request import Unknown
from recordlint.requests.routes import writes_record

if TYPE_CHECKING:
    import httpx

    import requests

Client = TypeVar("Client", bound="httpx.Client | httpx.AsyncClient | requests.Session")


def guard(client: Client, validator: Validator, *, unknown: Unknown = "refuse") -> Client:
    """Make a client refuse to send what the contract does not take. Other requests pass untouched.

    Guard a client once it is set up: request hooks of httpx and adapters of requests that are added later run after
    the guard. Of the official SDK, guard `HighLevel(…).http_client`.

    Args:
        client: an `httpx.Client`, an `httpx.AsyncClient` or a `requests.Session`; it is changed.
        validator: holds the objects' definitions; one may guard many clients.
        unknown: `refuse` a write to an object that has no definition, or let it `pass`.

    Returns:
        The client.

    Raises:
        UsageError: it is none of these clients. The client's calls raise `InvalidPayload` instead of sending; it
            carries the report.
        WrongType: the validator is not a Validator.
    """
    if not isinstance(validator, Validator):
        raise WrongType(f"guard takes a client and a Validator, not {type(validator).__name__}")
    check = _Check(validator, unknown)
    any_client: Any = client
    # Whoever has made such a client has imported its package.
    httpx, requests = sys.modules.get("httpx"), sys.modules.get("requests")
    if httpx and isinstance(any_client, httpx.AsyncClient):
        any_client.event_hooks["request"].append(check.on_request_async)
    elif httpx and isinstance(any_client, httpx.Client):
        any_client.event_hooks["request"].append(check.on_request)
    elif requests and isinstance(any_client, requests.Session):
        for prefix, adapter in list(any_client.adapters.items()):
            any_client.mount(prefix, _Adapter(adapter, check))
    else:
        hint = "; give its http_client" if hasattr(client, "http_client") else ""
        raise UsageError(f"cannot guard a {type(client).__name__}: httpx and requests have clients that can be{hint}")
    return client


class _Check:
    """Judges requests. It keeps nothing of them, so it may see one twice."""

    def __init__(self, validator: Validator, unknown: Unknown) -> None:
        validator.check_request("GET", "/", unknown=unknown)
        self.validator: Final = validator
        self.unknown: Final[Unknown] = unknown

    def __call__(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> None:
        report = self.validator.check_request(method, url, headers, body, unknown=self.unknown)
        report.raise_for_errors()

    def on_request(self, request: httpx.Request) -> None:
        """A request hook; a streamed body is read, and sent from memory."""
        if writes_record(request.method, str(request.url)):
            self(request.method, str(request.url), request.headers, request.read())

    async def on_request_async(self, request: httpx.Request) -> None:
        """The same for the asynchronous client, which awaits its hooks."""
        if writes_record(request.method, str(request.url)):
            self(request.method, str(request.url), request.headers, await request.aread())


class _Adapter:
    """A transport adapter of requests that judges what the adapter behind it would send."""

    def __init__(self, adapter: Any, check: _Check) -> None:
        self.adapter = adapter
        self.check = check

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        """As the adapter does, if the request is right."""
        method, url = request.method or "", request.url or ""
        if writes_record(method, url):
            headers = {name: _text(value) for name, value in request.headers.items()}
            self.check(method, url, headers, _body(request))
        response: requests.Response = self.adapter.send(request, *arguments, **options)
        return response

    def close(self) -> None:
        """Close the adapter."""
        self.adapter.close()


def _body(request: requests.PreparedRequest) -> bytes:
    """The bytes that will be sent. A stream that can be read only once is replaced by them."""
    body: Any = request.body
    if body is None:
        return b""
    if hasattr(body, "read"):
        start = body.tell() if hasattr(body, "seek") else None
        data = body.read()
        if start is None or isinstance(data, str):
            _replace_body(request, _bytes(data))
        else:
            body.seek(start)
    elif isinstance(body, str):
        # What becomes of a str depends on the libraries below; bytes are sent as they are.
        data = body.encode()
        _replace_body(request, data)
    elif isinstance(body, bytes | bytearray | memoryview):
        data = body
    else:
        chunks = [_bytes(chunk) for chunk in body]
        request.body = chunks  # type: ignore[assignment] # requests sends any iterable in chunks
        data = b"".join(chunks)
    return _bytes(data)


def _replace_body(request: requests.PreparedRequest, data: bytes) -> None:
    request.body = data
    if "Content-Length" in request.headers:
        request.headers["Content-Length"] = str(len(data))


def _bytes(data: Any) -> bytes:
    return data.encode() if isinstance(data, str) else bytes(data)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
