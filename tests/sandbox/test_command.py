"""recordlint sandbox on the command line: what it says, what it logs, and what it leaves out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from command_folder import COMMAND, ENVIRONMENT, OBJECTS, Folder
from recordlint.sandbox.answers import Answer, refusal
from recordlint.sandbox.arrived import Call
from recordlint.sandbox.log import Log, startup
from sandbox_client import HEADERS, LOCATION, TICKETS

ID = "668d681f77af4e5229abd6c0"


@contextmanager
def serving(folder: Folder, *options: str) -> Iterator[tuple[str, httpx.Client]]:
    """A sandbox in a process of its own: what it says first, and a client."""
    with open(folder.path / "log.txt", "w") as log:
        process = subprocess.Popen(
            [COMMAND, "sandbox", *OBJECTS, "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=ENVIRONMENT,
            cwd=folder.path,
        )
    assert process.stdout
    with process.stdout:
        try:
            line = process.stdout.readline()
            with httpx.Client(base_url=line.split()[2], headers=HEADERS) as client:
                yield line, client
        finally:
            process.terminate()
            assert process.wait(10) == 130


def log_of(folder: Folder) -> str:
    return (folder.path / "log.txt").read_text("utf-8")


@pytest.mark.slow
def test_what_it_says_and_logs(folder: Folder) -> None:
    with serving(folder, "--db", "records.db") as (line, client):
        assert line == (
            f"recordlint sandbox: {str(client.base_url).rstrip('/')} serves the records of custom_objects.asset, "
            "custom_objects.ticket, which are kept in records.db\n"
        )
        client.post(TICKETS, json={**LOCATION, "properties": {"ticket_name": "secret", "priority": "HIGHH"}})
        client.put(f"{TICKETS}/{ID}", params=LOCATION, json={})
    first, refused, second, last = log_of(folder).splitlines()
    assert first[8:].startswith(f" POST {TICKETS} 400 ")
    assert refused.startswith("  error[unknown-option] /body/properties/priority: ")
    assert second[8:].startswith(f" PUT {TICKETS}/{ID}?locationId=loc1 404 ")
    assert last == "recordlint: interrupted"
    assert "secret" not in log_of(folder)


@pytest.mark.slow
def test_a_redacted_log(folder: Folder) -> None:
    with serving(folder, "--redact", "--db", ":memory:") as (line, client):
        assert line.endswith(", which are kept in memory\n")
        client.post(TICKETS, json={**LOCATION, "properties": {"ticket_name": 4711, "x": "4712"}})
        client.put(f"{TICKETS}/{ID}", params=LOCATION, json={})
    log = log_of(folder)
    assert f" PUT {TICKETS}/… 404 " in log
    assert not [each for each in ("4711", "4712", ID, "loc1") if each in log]


@pytest.mark.slow
def test_records_outlive_a_restart(folder: Folder) -> None:
    with serving(folder, "--db", "records.db") as (_, client):
        made = client.post(TICKETS, json={**LOCATION, "properties": {"ticket_name": "Printer"}}).json()
    with serving(folder, "--db", "records.db") as (_, client):
        assert client.get(f"{TICKETS}/{made['record']['id']}").json() == made


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        (f"{TICKETS}/{ID}", f"{TICKETS}/…"),
        (f"{TICKETS}/{ID}/", f"{TICKETS}/…/"),
        (f"{TICKETS}/a\n/{ID}", f"{TICKETS}/…/…"),
        (f"{TICKETS}/search", f"{TICKETS}/search"),
        (f"{TICKETS}/search/", f"{TICKETS}/search/"),
        (f"{TICKETS}/search/{ID}", f"{TICKETS}/search/…"),
        (f"{TICKETS}/searching", f"{TICKETS}/…"),
        (f"{TICKETS.title()}/{ID}", "/…/…/…/…"),
        (f"/contacts/{ID}", "/…/…"),
        (f"{ID}:443", "…"),
        (f"http://{ID}/objects/", "…//…/objects/"),
        ("/custom-fields/object-key/custom_objects.ticket", "/custom-fields/object-key/custom_objects.ticket"),
        ("/objects/business", "/objects/business"),
        (f"/objects/{ID}/records", "/objects/…/records"),
        ("*", "…"),
        ("/", "/"),
    ],
)
def test_a_redacted_path(capsys: pytest.CaptureFixture[str], path: str, logged: str) -> None:
    Log(sys.stdout, is_redacted=True).write(Call("GET", path, path, {}, {}, b""), Answer(200, {}), 0.0012)
    assert capsys.readouterr().out[8:] == f" GET {logged} 200 1.2 ms\n"


def test_a_redacted_method(capsys: pytest.CaptureFixture[str]) -> None:
    for is_redacted in (True, False):
        Log(sys.stdout, is_redacted=is_redacted).write(Call("SECRET", "/", "/", {}, {}, b""), Answer(200, {}), 0.0012)
    assert [line[8:] for line in capsys.readouterr().out.splitlines()] == [" … / 200 1.2 ms", " SECRET / 200 1.2 ms"]


def test_a_quirk_is_red(capsys: pytest.CaptureFixture[str]) -> None:
    call = Call("PUT", "/a\x1b", "/a\x1b", {}, {}, b"")
    Log(sys.stdout, colour=True).write(call, Answer(200, {}, quirks=["/properties/x: lost"]), 0.0012)
    line, quirk = capsys.readouterr().out.splitlines()
    assert line[8:] == " PUT /a\\u001b \x1b[31;1m200\x1b[0m 1.2 ms"
    assert quirk == "\x1b[31;1m  quirk /properties/x: lost\x1b[0m"


def test_a_refusal_without_a_rule_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    log = Log(sys.stdout)
    call = Call("POST", "/a", "/a", {}, {}, b"")
    log.write(call, refusal(401, "version header was not found."), 0)
    log.write(call, refusal(422, ["page must be a whole number from 1", "query must be a string\n"]), 0)
    log.write(call, refusal(404, "Cannot POST /a"), 0)
    log.write(call, Answer(200, {"message": "not a refusal"}), 0)
    assert [line for line in capsys.readouterr().out.splitlines() if " POST /a " not in line] == [
        "  version header was not found.",
        "  page must be a whole number from 1",
        "  query must be a string\\u000a",
    ]


def test_a_first_line_stays_one_line() -> None:
    said = startup("http://127.0.0.1:1", ["custom_objects.ticket"], "which are kept in a\n\x1b[31m.db", colour=True)
    assert said == (
        "recordlint sandbox: \x1b[1mhttp://127.0.0.1:1\x1b[0m serves the records of custom_objects.ticket, "
        "which are kept in a\\u000a\\u001b[31m.db\n"
    )


@pytest.mark.parametrize("host", ["a..b", "a" * 300])
def test_hosts_that_are_no_names(folder: Folder, host: str) -> None:
    message = f"recordlint: {host}: cannot be listened on: this is no name of a host\n"
    assert folder.run("sandbox", *OBJECTS, "--host", host) == (2, "", message)


def test_wrong_calls(folder: Folder) -> None:
    assert folder.run("sandbox").status == 2
    assert folder.run("sandbox", *OBJECTS, "--quirks", "dead").status == 2
    assert folder.run("sandbox", *OBJECTS, "--rate-limit", "0").status == 2
    done = folder.run("sandbox", *OBJECTS, "--db", "")
    assert done == (2, "", "recordlint: --db takes the name of a file, and it is empty\n")
    done = folder.run("sandbox", *OBJECTS, "--db", "nowhere/records.db")
    assert done == (
        2,
        "",
        "recordlint: nowhere/records.db: cannot be used as a database: unable to open database file\n",
    )
    done = folder.run("sandbox", *OBJECTS, "--db", "valid.json")
    assert done == (2, "", "recordlint: valid.json: cannot be used as a database: file is not a database\n")


def test_without_the_extra() -> None:
    code = """
import sys, importlib.util
from recordlint import cli
importlib.util.find_spec = lambda name: None
sys.exit(cli.run(["sandbox", "--objects", "x"]))
"""
    done = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True)
    message = "recordlint: the sandbox needs Starlette and uvicorn: pip install 'recordlint[sandbox]'\n"
    assert (done.returncode, done.stderr) == (2, message)
