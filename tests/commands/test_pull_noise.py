"""recordlint pull with a server that sends noise: never a fault of ours, and the files are new or as they were."""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bad_server import answer, bad_server
from fixture_files import OBJECTS
from recordlint.cli import run
from recordlint.definitions.fetching import waits

TICKET = json.loads((OBJECTS / "ticket.json").read_bytes())
LIST = answer({"objects": [{"key": "custom_objects.ticket", "standard": False}]})
RIGHT = answer({**TICKET, "fields": TICKET["fields"][:2]})
KEYS = ("object", "objects", "key", "fields", "fieldKey", "dataType", "options", "message", "statusCode", "data", "")
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(KEYS), each, max_size=4),
    max_leaves=8,
)


def spoilt(data: bytes) -> st.SearchStrategy[bytes]:
    """An answer with a part of it replaced by something else."""
    places = st.integers(0, len(data))
    return st.builds(lambda at, end, part: data[:at] + part + data[at + end :], places, places, st.binary(max_size=8))


NOISE = st.one_of(
    st.binary(max_size=200),
    spoilt(LIST),
    spoilt(RIGHT),
    st.builds(answer, JSON, st.sampled_from([200, 200, 200, 201, 301, 400, 401, 403, 429, 500])),
    st.builds(lambda value: answer({"objects": value}), JSON),
    st.builds(lambda value: answer({**TICKET, "fields": value}), JSON),
    st.builds(lambda value: answer({**TICKET, "object": value}), JSON),
)


@pytest.mark.slow
@given(NOISE, st.booleans())
def test_noise(noise: bytes, is_second: bool) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, {"RECORDLINT_TOKEN": "pit-0123456789abcdef"}),
        mock.patch.object(waits, "FIRST", 0.0001),
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()) as err,
        bad_server(*([LIST] if is_second else []), noise, RIGHT) as server,
    ):
        status = run(["pull", "--location", "l", "-o", folder, "--base-url", server.url, "--timeout", "5"])
        written = sorted(os.listdir(folder))
        assert (status, written) in [(2, []), (0, ["ticket.json"])], err.getvalue()
        assert (out.getvalue().endswith("safe[object-added]: custom_objects.ticket is new\n")) == (status == 0)
        if written:
            assert run(["objects", "--objects", str(Path(folder))]) == 0
