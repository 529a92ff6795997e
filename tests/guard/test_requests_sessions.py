"""The guard on sessions of requests."""

from __future__ import annotations

import json
import pickle

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
