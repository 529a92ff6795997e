"""recordlint pull that is interrupted: every file is new or as it was, and nothing but one line is said."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bad_server import BadServer, answer, bad_server
from command_folder import COMMAND, ENVIRONMENT
from fixture_files import OBJECTS

TOKEN = {"RECORDLINT_TOKEN": "pit-2f61c0de-77aa-4b3c-9d10-0b1c2d3e4f5a"}
KEYS = [f"custom_objects.k{number}" for number in range(6)]
LIST = answer({"objects": [{"key": key} for key in KEYS]})
IN_A_LOOP = """
import asyncio.base_events as events
make = events.BaseEventLoop.__init__
def interrupted(self):
    os.kill(os.getpid(), number)
    make(self)
events.BaseEventLoop.__init__ = interrupted
"""
IN_A_WRITE = """
replace, calls = os.replace, []
def interrupted(*paths):
    calls.append(paths)
    if {where} == "before" and len(calls) == 4:
        os.kill(os.getpid(), number)
    replace(*paths)
    if {where} == "after" and len(calls) == 4:
        os.kill(os.getpid(), number)
os.replace = interrupted
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has other signals")


def definition(key: str, name: str) -> dict[str, Any]:
    return {"object": {"key": key}, "fields": [{"fieldKey": f"{key}.a", "name": name, "dataType": "TEXT"}]}


@pytest.fixture
def server() -> Iterator[BadServer]:
    with bad_server(LIST, *[answer(definition(key, "New")) for key in KEYS]) as made:
        yield made


@pytest.fixture
def objects(tmp_path: Path) -> Path:
    folder = tmp_path / "objects"
    folder.mkdir()
    for key in KEYS[:4]:
        (folder / f"{key.rpartition('.')[2]}.json").write_text(json.dumps(definition(key, "Old")))
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def interrupted(objects: Path, url: str, code: str, number: int) -> tuple[int, str]:
    """The exit status of the command, and what it says, with some code before it."""
    before = f"import os, sys\nnumber = {number}\n{code}\n"
    arguments = ["recordlint", "pull", "--location", "loc1", "--base-url", url]
    program = f"{before}sys.argv = {arguments}\nfrom recordlint.cli import main\nmain()\n"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=objects.parent,
        env={**ENVIRONMENT, **TOKEN},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_between_two_steps_of_asyncio(objects: Path, server: BadServer, name: str) -> None:
    before = content(objects)
    says = interrupted(objects, server.url, IN_A_LOOP, getattr(signal, name))
    assert (says, content(objects)) == ((130, "recordlint: interrupted\n"), before)


@pytest.mark.parametrize("where", ["before", "after"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_in_the_middle_of_writing(objects: Path, server: BadServer, name: str, where: str) -> None:
    before = content(objects)
    says = interrupted(objects, server.url, IN_A_WRITE.replace("{where}", repr(where)), getattr(signal, name))
    assert (says, content(objects)) == ((130, "recordlint: interrupted\n"), before)


def test_killed_in_the_middle_of_writing(objects: Path, server: BadServer) -> None:
    """Each file is whole; the next run removes what is left over, and writes the others."""
    status, _ = interrupted(objects, server.url, IN_A_WRITE.replace("{where}", "'after'"), signal.SIGKILL)
    names = [
        json.loads(path.read_bytes())["fields"][0]["name"]
        for path in sorted(objects.iterdir())
        if path.suffix == ".json"
    ]
    assert (status, names) == (-9, ["New", "New", "New", "New"])
    with bad_server(LIST, *[answer(definition(key, "New")) for key in KEYS]) as again:
        assert interrupted(objects, again.url, "", 0)[0] == 0
    assert sorted(content(objects)) == [f"k{number}.json" for number in range(6)]


def test_while_the_service_is_silent(tmp_path: Path) -> None:
    shutil.copytree(OBJECTS, tmp_path / "objects")
    before = content(tmp_path / "objects")
    with bad_server(LIST, lambda connection: connection.recv(1)) as server:
        process = subprocess.Popen(
            [COMMAND, "pull", "--location", "loc1", "--base-url", server.url],
            cwd=tmp_path,
            env={**ENVIRONMENT, **TOKEN},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        while len(server.requests) < 2 and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "recordlint: interrupted\n")
    assert content(tmp_path / "objects") == before
