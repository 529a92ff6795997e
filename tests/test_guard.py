"""The guard on real clients, against a server that keeps what arrives."""

from __future__ import annotations

import asyncio
import io
import json
import pickle
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import highlevel
import httpx
import pytest
import requests

from command_folder import Folder
from fixture_files import OBJECTS, ROOT
from recordlint import InvalidPayload, UsageError, Validator
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


# Every client.


@every_client
def test_a_bad_body_is_not_sent_and_a_good_one_arrives_byte_for_byte(client: Client, server: Server) -> None:
    send = client(server)
    assert refused(send, "PUT", RECORD, json=BAD) == [LABEL]
    assert server.arrived == []
    text = '{"properties" : {"ticket_name":"Günther\\u2028",\n"priority":null}}'.encode()
    answer = send("PUT", RECORD, content=text, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200
    assert server.arrived == [Arrived("PUT", RECORD, text)]


@every_client
def test_null_survives(client: Client, server: Server) -> None:
    client(server)("PUT", RECORD, json=GOOD)
    assert json.loads(server.arrived[0].body) == GOOD


@every_client
def test_a_creation_is_judged_as_one(client: Client, server: Server) -> None:
    send = client(server)
    body = {"locationId": "l", "properties": {"ticket_name": "x", "affected_platforms": {"add": ["web"]}}}
    assert refused(send, "POST", RECORDS, json=body) == [("array-expected", "/body/properties/affected_platforms")]
    body = {"locationId": "l", "properties": {"ticket_name": "x"}}
    assert send("POST", f"{RECORDS}/", json=body).status_code == 200
    assert len(server.arrived) == 1


@every_client
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"{RECORDS}/search"),
        ("POST", f"{RECORDS}/search/"),
        ("PUT", f"{RECORDS}/search"),
        ("PUT", "/contacts/668d681f77af4e5229abd6c0"),
        ("PUT", "/objects/custom_objects.ticket"),
        ("POST", "/objects/custom_objects.ticket/recordss"),
        ("POST", "/xobjects/custom_objects.ticket/records"),
        ("PUT", f"{RECORDS}/668d681f77af4e5229abd6c0/notes"),
        ("PUT", "/contacts/1?next=/objects/custom_objects.ticket/records/1"),
        ("PUT", "/contacts/1#/objects/custom_objects.ticket/records/1"),
        ("PUT", "/objects%2Fcustom_objects.ticket/records/1"),
        ("DELETE", RECORD),
        ("GET", RECORD),
    ],
)
def test_other_requests_pass_untouched(client: Client, server: Server, method: str, path: str) -> None:
    client(server)(method, path, content=BAD_TEXT)
    assert server.arrived == [Arrived(method, path.partition("#")[0], BAD_TEXT)]


@every_client
@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/objects/custom_objects.ticket/records/1?locationId=l", LABEL),
        ("/api/v1" + RECORD, LABEL),
        (
            "/objects/custom_objects%2Eticket/records/1?locationId=l",
            LABEL,
        ),
        ("/objects/custom_objects.ticket%2Fx/records/1?locationId=l", ("object-key", "/url")),
        (RECORD.partition("?")[0], ("missing-location", "/url")),
        (f"{RECORDS}?locationId=l", ("record-id", "/url")),
        ("/objects/custom_objects.tickets/records/1?locationId=l", ("unknown-object", "/url")),
        ("/objects/business/records/1?locationId=l", ("standard-object", "/url")),
    ],
)
def test_what_is_judged(client: Client, server: Server, path: str, found: tuple[str, str]) -> None:
    assert found in refused(client(server), "PUT", path, json=BAD)
    assert server.arrived == []


@every_client
def test_objects_without_a_definition_pass_where_that_is_asked_for(client: Client, server: Server) -> None:
    send = client(server, unknown="pass")
    paths = ["/objects/custom_objects.other/records/1?locationId=l", "/objects/business/records/1?locationId=l"]
    for path in paths:
        send("PUT", path, content=BAD_TEXT)
    assert server.arrived == [Arrived("PUT", path, BAD_TEXT) for path in paths]
    assert refused(send, "PUT", "/objects/ticket/records/1?locationId=l", json=BAD)[0] == ("object-key", "/url")
    assert refused(send, "PUT", RECORD, json=BAD) == [LABEL]


@every_client
def test_a_form_is_refused(client: Client, server: Server) -> None:
    send = client(server)
    form = {"properties": "x"}
    assert [rule for rule, _ in refused(send, "PUT", RECORD, data=form)] == ["content-type"]
    assert [rule for rule, _ in refused(send, "PUT", RECORD, files={"a": b"x"})] == ["content-type"]
    assert server.arrived == []


@every_client
def test_no_body_and_what_is_not_json(client: Client, server: Server) -> None:
    send = client(server)
    assert refused(send, "PUT", RECORD) == [("missing-body", "")]
    assert refused(send, "PUT", RECORD, content=b'{"properties": {"cost": NaN}}') == [("invalid-json", "/body")]
    assert refused(send, "PUT", RECORD, content=b"\x1f\x8b\x08\x00") == [("encoding", "/body")]
    assert server.arrived == []


@every_client
def test_a_redirected_body_is_judged_where_it_goes(client: Client, server: Server) -> None:
    """307 keeps method and body: an update of a ticket is no creation of one."""
    server.statuses = [307]
    assert refused(client(server), "PUT", RECORD, json=GOOD) == [("record-id", "/url"), ("missing-location", "/url")]
    assert len(server.arrived) == 1


# Streams are read, and arrive as they would have.


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


# requests.


def test_text_is_sent_as_utf8(server: Server) -> None:
    text = json.dumps(GOOD, ensure_ascii=False)
    with_requests(server)("PUT", RECORD, content=text)
    assert server.arrived[0].body == text.encode()


def test_adapters_stay_what_they_are(server: Server) -> None:
    session = requests.Session()
    own = requests.adapters.HTTPAdapter(max_retries=3)
    session.mount(server.url, own)
    prefixes = list(session.adapters)
    guard(guard(session, VALIDATOR), VALIDATOR)
    assert list(session.adapters) == prefixes
    session.put(server.url + RECORD, data=GOOD_TEXT)
    assert server.arrived == [Arrived("PUT", RECORD, GOOD_TEXT)]
    copied = pickle.loads(pickle.dumps(session))  # noqa: S301 - our own
    with pytest.raises(InvalidPayload):
        copied.put(server.url + RECORD, json=BAD)
    session.close()


# httpx.


def test_hooks_that_are_there_stay(server: Server) -> None:
    seen: list[str] = []
    client = httpx.Client(event_hooks={"request": [lambda request: seen.append(request.method)]})
    hooks = client.event_hooks["response"] = [lambda response: seen.append(str(response.status_code))]
    with guard(guard(client, VALIDATOR), VALIDATOR):
        client.put(server.url + RECORD, json=GOOD)
    assert seen == ["PUT", "200"]
    assert client.event_hooks["response"] == hooks


def test_many_requests_share_a_guard(server: Server) -> None:
    async def all_at_once() -> list[Any]:
        async with guard(httpx.AsyncClient(base_url=server.url), VALIDATOR) as client:
            sent = [client.put(RECORD, json=body) for body in [GOOD, BAD] * 10]
            return await asyncio.gather(*sent, return_exceptions=True)

    answers = asyncio.run(all_at_once())
    assert [type(answer) for answer in answers] == [httpx.Response, InvalidPayload] * 10
    assert len(server.arrived) == 10


# The official SDK.


def sdk(server: Server) -> Any:
    made = highlevel.HighLevel(private_integration_token="t", log_level="none")  # noqa: S106 - no secret
    made.http_client.base_url = httpx.URL(server.url)
    guard(made.http_client, VALIDATOR)
    return made


def update(made: Any, body: Any) -> Any:
    return made.objects.update_object_record("custom_objects.ticket", "668d681f77af4e5229abd6c0", "loc", body)


def test_the_sdk(server: Server) -> None:
    async def calls() -> Any:
        made = sdk(server)
        try:
            with pytest.raises(InvalidPayload):
                await update(made, BAD)
            made.set_private_integration_token("other")
            with pytest.raises(InvalidPayload):
                await update(made, BAD)
            assert server.arrived == []
            return await update(made, GOOD)
        finally:
            await made.close()

    assert asyncio.run(calls()) == {"record": {"id": "1"}}
    (arrived,) = server.arrived
    assert (arrived.method, json.loads(arrived.body)) == ("PUT", GOOD)
    assert arrived.path == "/objects/custom_objects.ticket/records/668d681f77af4e5229abd6c0?locationId=loc"


def test_the_sdk_still_handles_responses(server: Server) -> None:
    async def call() -> None:
        made = sdk(server)
        try:
            await update(made, GOOD)
        finally:
            await made.close()

    server.statuses = [422]
    with pytest.raises(highlevel.GHLError) as caught:
        asyncio.run(call())
    assert caught.value.status_code == 422


def test_the_sdk_searches_records(server: Server) -> None:
    async def call() -> None:
        made = sdk(server)
        try:
            await made.objects.search_object_records({"query": "x"}, "custom_objects.ticket")
        finally:
            await made.close()

    asyncio.run(call())
    assert [arrived.path for arrived in server.arrived] == [f"{RECORDS}/search"]


# The page.


def test_the_page_is_right(server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs/guard.md").read_text("utf-8")
    code = page.split("```python\n")[1].split("```")[0].replace("https://services.leadconnectorhq.com", server.url)
    monkeypatch.chdir(OBJECTS.parent)
    exec(compile(code, "docs/guard.md", "exec"), {})  # noqa: S102 - our own page
    assert capsys.readouterr().out == page.split("```text\n")[1].split("```")[0]
    assert server.arrived == []


def test_the_page_has_a_command_that_runs(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for path in OBJECTS.iterdir():
        folder.write(f"objects/{path.name}", path.read_bytes())
    folder.write("requests/update.json", json.dumps({"method": "PUT", "url": RECORD, "body": BAD}))
    command = (ROOT / "docs/guard.md").read_text("utf-8").split("```sh\n")[1].split("```")[0].split()
    done = folder.run(*command[1:])
    assert (done.status, done.out.splitlines()[0][:40]) == (1, "requests/update.json:1:167: error[option")


# What cannot be guarded.


def test_what_is_no_client() -> None:
    class Sdk:
        http_client = None

    with pytest.raises(UsageError, match=r"cannot guard a str: httpx and requests have clients that can be$"):
        guard("x", VALIDATOR)  # type: ignore[type-var]
    with pytest.raises(UsageError, match=r"; give its http_client$"):
        guard(Sdk(), VALIDATOR)  # type: ignore[type-var]
    with pytest.raises(UsageError, match="unknown is 'refuse' or 'pass', not 'let'"):
        guard(httpx.Client(), VALIDATOR, unknown="let")  # type: ignore[arg-type]
