"""The guard on sessions of requests."""

from __future__ import annotations

import io
import json
import pickle
from typing import Any

import pytest

import requests
from guarded_clients import BAD, GOOD, RECORD, VALIDATOR, Arrived, Server, with_requests
from recordlint import InvalidPayload
from recordlint.guard import guard

GOOD_TEXT = json.dumps(GOOD).encode()


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


class Recorder(requests.adapters.BaseAdapter):
    """Keeps what it would send."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[requests.PreparedRequest] = []

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        self.sent.append(request)
        response = requests.Response()
        response.status_code = 200
        return response

    def close(self) -> None:
        pass


class Stream:
    """A stream that can be read once only."""

    def __init__(self, data: Any) -> None:
        self.data = data

    def __iter__(self) -> Any:
        raise AssertionError("it is read, not iterated over")

    def read(self) -> Any:
        data, self.data = self.data, None
        return data


TEXT = json.dumps(GOOD, ensure_ascii=False)


@pytest.mark.parametrize(
    "body",
    [TEXT, io.StringIO(TEXT), Stream(TEXT), Stream(TEXT.encode()), io.BytesIO(TEXT.encode()), TEXT.encode()],
    ids=["str", "text file", "text stream", "byte stream", "binary file", "bytes"],
)
def test_the_length_that_is_sent_is_that_of_the_bytes(body: Any) -> None:
    """One of characters would cut the body short, where a character takes several bytes."""
    recorder = Recorder()
    session = requests.Session()
    session.mount("https://", recorder)
    prepared = session.prepare_request(requests.Request("PUT", f"https://example.com{RECORD}"))
    prepared.body = body
    prepared.headers["Content-Length"] = str(len(TEXT if isinstance(body, str | io.StringIO) else TEXT.encode()))
    guard(session, VALIDATOR).send(prepared)
    (sent,) = recorder.sent
    data = sent.body.read() if hasattr(sent.body, "read") else sent.body
    assert data == TEXT.encode()
    assert sent.headers["Content-Length"] == str(len(TEXT.encode())) != str(len(TEXT))


def test_a_body_in_chunks_has_no_length() -> None:
    recorder = Recorder()
    session = requests.Session()
    session.mount("https://", recorder)
    guard(session, VALIDATOR).put(f"https://example.com{RECORD}", data=iter([GOOD_TEXT[:5], GOOD_TEXT[5:]]))
    (sent,) = recorder.sent
    assert "Content-Length" not in sent.headers
    assert sent.headers["Transfer-Encoding"] == "chunked"
    assert list(sent.body) == [GOOD_TEXT[:5], GOOD_TEXT[5:]]  # type: ignore[arg-type]
