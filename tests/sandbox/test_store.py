"""The records of a sandbox outlive what can happen to it: many writers, a full disk, another process, kill -9."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import httpx
import pytest

from command_folder import COMMAND, ENVIRONMENT, OBJECTS, Folder
from recordlint import InputError, Record
from recordlint.sandbox.service import Service
from recordlint.sandbox.store import Store
from sandbox.conftest import CHECKERS
from sandbox_client import HEADERS, LOCATION, TICKETS, Client

TICKET = "custom_objects.ticket"


@contextmanager
def serving(*options: str, log: IO[str] | int = subprocess.DEVNULL) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A sandbox in a process of its own, and its URL."""
    process = subprocess.Popen(
        [COMMAND, "sandbox", *OBJECTS, "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        env=ENVIRONMENT,
    )
    assert process.stdout
    with process.stdout:
        try:
            yield process, process.stdout.readline().split()[2]
        finally:
            process.kill()
            process.wait()


def write(url: str, number: int, made: list[str]) -> None:
    with httpx.Client(base_url=url, headers=HEADERS) as client:
        for index in range(number):
            body = {**LOCATION, "properties": {"ticket_name": f"Ticket {index}"}}
            try:
                response = client.post(TICKETS, json=body)
            except httpx.HTTPError:
                return
            assert response.status_code == 201
            made.append(response.json()["record"]["id"])


def together(*calls: tuple[Any, ...]) -> None:
    threads = [threading.Thread(target=function, args=arguments) for function, *arguments in calls]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def test_eight_writers_lose_nothing(sandbox: Client) -> None:
    made: list[str] = []
    together(*[(write, sandbox.sandbox.url, 25, made)] * 8)
    assert len(made) == 200
    assert {each["id"] for each in sandbox.sandbox.records(TICKET)} == set(made)


def test_two_change_one_record_at_once(sandbox: Client) -> None:
    """Each adds a follower of its own: neither overwrites what the other added."""
    id = sandbox.created()

    def add(name: str) -> None:
        with httpx.Client(base_url=sandbox.sandbox.url, headers=HEADERS) as client:
            for index in range(5):
                body = {"followers": {"add": [f"{name}{index}"]}}
                assert client.put(f"{TICKETS}/{id}", params=LOCATION, json=body).status_code == 200

    together((add, "a"), (add, "b"))
    followers = sandbox.get(id).value["record"]["followers"]
    assert sorted(followers) == sorted(f"{name}{index}" for name in "ab" for index in range(5))


def record(id: str) -> Record:
    return Record(id, {"ticket_name": "Printer"})


def test_a_file_is_opened_again(tmp_path: Path) -> None:
    path = str(tmp_path / "records.db")
    with closing(Store(path)) as store:
        stored = store.create(TICKET, "loc1", record)
    with closing(Store(path)) as store:
        assert store.get(TICKET, str(stored.record.id)) == stored


@pytest.mark.parametrize("content", ["not a database, and long enough to be seen as one" * 9, None])
def test_files_that_are_no_sandbox(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "other.db"
    if content is None:
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE a (b)")
    else:
        path.write_text(content)
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"cannot be used as a database|this is another database"):
        Store(str(path))
    assert path.read_bytes() == before
    with pytest.raises(InputError, match="cannot be used as a database"):
        Store(str(tmp_path / "nowhere" / "records.db"))


def test_a_full_disk(tmp_path: Path) -> None:
    with closing(Store(str(tmp_path / "records.db"))) as store:
        service = Service(CHECKERS, store)
        store._database.execute("PRAGMA max_page_count = 12")  # a disk of that size
        statuses = []
        texts = {}
        for number in range(60):
            text = f"{number} " + "x" * 2_000
            body = {**LOCATION, "properties": {"ticket_name": "Printer", "description": text}}
            answer = service.answer(service.create_record, call("POST", TICKETS, body, key=TICKET))
            statuses.append(answer.status)
            if answer.status == 201:
                texts[answer.value["record"]["id"]] = text
        assert statuses[0] == 201
        assert statuses[-1] == 507
        assert answer.value["message"] == "nothing was changed: the disk under --db is full"
        assert {
            str(each.record.id): each.record.properties["description"] for each in store.newest(TICKET).part(-1)
        } == texts
        id = next(iter(texts))
        gone = service.answer(service.delete_record, call("DELETE", f"{TICKETS}/{id}", None, key=TICKET, id=id))
        assert gone.status == 200


def call(method: str, path: str, body: Any, **parameters: str) -> Any:
    from recordlint.sandbox.arrived import Call

    headers = {"authorization": "Bearer t", "version": "v3", "content-type": "application/json"}
    return Call(method, path, path, {}, headers, json.dumps(body).encode(), parameters)


def test_another_process_writes_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recordlint.sandbox.store.WAIT", 0.05)
    path = str(tmp_path / "records.db")
    with closing(Store(path)) as store, closing(Store(path)) as other:
        service = Service(CHECKERS, store)
        body = {**LOCATION, "properties": {"ticket_name": "Printer"}}
        with other._changes():
            busy = service.answer(service.create_record, call("POST", TICKETS, body, key=TICKET))
            reset = service.reset()
        assert (busy.status, reset.status) == (503, 503)
        assert len(service.arrived.listed()["requests"]) == 1
        assert service.answer(service.create_record, call("POST", TICKETS, body, key=TICKET)).status == 201
        assert other.newest(TICKET).count() == 1


def test_a_file_that_breaks_while_it_is_served(start: Callable[..., Client]) -> None:
    client = start()
    id = client.created()
    client.sandbox._ask(lambda: client.sandbox._service.store._database.execute("DROP TABLE records"))
    body = {"properties": {"priority": "high"}}
    reset = client.send("POST", "/__sandbox/reset")
    others = (client.create({"ticket_name": "x"}), client.get(id), client.update(id, body), client.search())
    for answered in (reset, *others):
        message = "nothing was changed: the file of --db cannot be used: no such table: records"
        assert answered[:2] == (500, {"statusCode": 500, "message": message, "error": "Internal Server Error"})


@pytest.mark.slow
def test_kill_9_in_the_middle_of_writes(tmp_path: Path) -> None:
    path = str(tmp_path / "records.db")
    made: list[str] = []
    for _ in range(3):
        with serving("--db", path) as (process, url):
            killer = threading.Timer(0.4, process.send_signal, (signal.SIGKILL,))
            killer.start()
            together(*[(write, url, 100_000, made)] * 4)
            killer.join()
    assert made
    with closing(Store(path)) as store:
        ids = [str(each.record.id) for each in store.newest(TICKET).part(-1)]
    assert len(ids) == len(set(ids))
    assert set(made) <= set(ids)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_it(tmp_path: Path) -> None:
    with serving("--db", str(tmp_path / "records.db")) as (process, url), httpx.Client(base_url=url) as client:
        assert client.get("/__sandbox/requests").json() == {"requests": [], "omitted": 0}
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_it_while_a_body_is_on_its_way(folder: Folder) -> None:
    with open(folder.path / "log.txt", "w") as log, serving(log=log) as (process, url):
        address = urlsplit(url)
        with socket.create_connection((address.hostname, address.port)) as connection:
            connection.sendall(f"POST {TICKETS} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{{".encode())
            httpx.get(f"{url}/__sandbox/requests")
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 130
    said = (folder.path / "log.txt").read_text()
    assert said.endswith("recordlint: interrupted\n")
    assert "Traceback" not in said


@pytest.mark.slow
def test_a_port_that_is_in_use(folder: Folder) -> None:
    with serving() as (_, url):
        port = url.rpartition(":")[2]
        done = folder.run("sandbox", *OBJECTS, "--port", port)
    assert done == (2, "", f"recordlint: 127.0.0.1:{port}: cannot be listened on: address already in use\n")
