"""recordlint pull with a sandbox: what is written, what is left alone, and what is said of it."""

from __future__ import annotations

import copy
import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bad_server import answer, bad_server
from fixture_files import OBJECTS
from recordlint import Validator
from recordlint.cli import run
from recordlint.definitions.fetching.saved import as_file
from recordlint.sandbox.serving import Sandbox
from token_traces import traces

TOKEN = "pit-2f61c0de-77aa-4b3c-9d10-0b1c2d3e4f5a"
BUSINESS = {
    "object": {"key": "business", "standard": True, "primaryDisplayProperty": "business.name"},
    "fields": [{"fieldKey": "business.name", "name": "Name", "dataType": "TEXT"}],
}
PET = {
    "object": {"key": "custom_object.pet"},
    "fields": [{"fieldKey": "custom_object.pet.name", "dataType": "TEXT"}],
}
ASSET = json.loads((OBJECTS / "asset.json").read_bytes())
TICKET = json.loads((OBJECTS / "ticket.json").read_bytes())


def new(key: str, folder: str = "objects") -> str:
    return f"{folder}/{key.removeprefix('custom_objects.')}.json: safe[object-added]: {key} is new\n"


def renamed(name: str = "ticket.json", field: str = "ticket_name", label: str = "Ticket name") -> str:
    what = f'the field "{field}" has the name "{label}" now, and had "Old"'
    return f"objects/{name}: safe[label-changed]: {what}\n"


GONE = (
    "objects/old.json: breaking[object-gone]: custom_objects.old has no definition any more\n"
    "    = hint: take its payloads out, or save its definition again\n"
)
REQUIRED = (
    'objects/ticket.json: breaking[newly-required]: a new record requires "Ticket name" now\n'
    "    = hint: give each new record a value for it\n"
    "objects/ticket.json: safe[description-changed]: the object has another description\n"
    'objects/ticket.json: safe[label-changed]: the object is called "Ticket" now, and was "ticket"\n'
)
ALL = "fetched 3 objects for objects: {}\n"
NEW = "".join([new(key) for key in ("custom_objects.asset", "business", "custom_objects.ticket")])
NEW_SUMMARY = f"recordlint: {ALL.format('3 new, 0 changed, 0 up to date')}"
SAME = f"recordlint: {ALL.format('0 new, 0 changed, 3 up to date')}"
CHANGED = f"recordlint: {ALL.format('0 new, 1 changed, 2 up to date')}"

Pull = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("definitions")
    for name, document in (("a", ASSET), ("b", BUSINESS), ("c", TICKET)):
        (folder / f"{name}.json").write_text(json.dumps(document), "utf-8")
    made = Sandbox(Validator.from_path(str(folder)).checkers)
    yield made
    made.stop()


@pytest.fixture
def pull(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Pull:
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECORDLINT_TOKEN", TOKEN)

    def pulled(*options: str, url: str = sandbox.url) -> tuple[int, str, str]:
        status = run(["pull", "--location", "loc1", "--base-url", url, *options])
        out, err = capfd.readouterr()
        return status, out, err

    return pulled


def state(folder: Path = Path("objects")) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))}


def saved(name: str) -> Any:
    return json.loads(Path("objects", name).read_bytes())


def test_a_first_pull_and_a_second(pull: Pull, sandbox: Sandbox) -> None:
    sandbox.reset()
    assert pull() == (0, NEW, NEW_SUMMARY)
    before = state()
    assert list(before) == ["asset.json", "business.json", "ticket.json"]
    assert pull() == (0, "", SAME)
    assert pull("--check") == (0, "", "")
    assert state() == before
    paths = [each["path"] for each in sandbox.requests[:4]]
    assert paths == ["/objects/", *[f"/objects/{each}" for each in ("custom_objects.asset", "business")], paths[3]]
    assert {each["query"]["locationId"] for each in sandbox.requests} == {"loc1"}
    assert run(["objects", "--objects", "objects"]) == 0


def test_what_is_written(pull: Pull) -> None:
    pull()
    for name, (data, _) in state().items():
        document = json.loads(data)
        assert data.decode() == json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n", name
        assert b"dateUpdated" not in data
        assert b'"cache"' not in data
        assert b'"dateAdded"' in data


def test_a_check(pull: Pull) -> None:
    assert pull("--check") == (
        1,
        NEW,
        "".join(
            f"recordlint: objects/{each}.json is out of date; run the command without --check\n"
            for each in ("asset", "business", "ticket")
        ),
    )
    assert not Path("objects").exists()


def changed(document: Any, *, label: str) -> Any:
    """A definition in which a field has another name."""
    made = copy.deepcopy(document)
    made["fields"][0]["name"] = label
    return made


def test_a_change(pull: Pull) -> None:
    pull()
    before = state()
    Path("objects/ticket.json").write_text(json.dumps(changed(saved("ticket.json"), label="Old")), "utf-8")
    edited = state()
    expected = "recordlint: objects/ticket.json is out of date; run the command without --check\n"
    assert pull("--check") == (1, renamed(), expected)
    assert state() == edited
    assert pull() == (0, renamed(), CHANGED)
    after = state()
    assert {name: data for name, (data, _) in after.items()} == {name: data for name, (data, _) in before.items()}
    assert [after[name] == before[name] for name in after] == [True, True, False]


def test_a_change_that_no_payload_sees(pull: Pull) -> None:
    pull()
    document = saved("asset.json")
    document["fields"][0]["showInForms"] = False
    Path("objects/asset.json").write_bytes(as_file(document))
    assert pull() == (0, "", CHANGED)
    assert saved("asset.json")["fields"][0]["showInForms"] is True


AROUND: dict[str, Callable[[Any], bytes]] = {
    "other white space": lambda each: json.dumps(each).encode(),
    "other times": lambda each: json.dumps(
        {**each, "cache": True, "traceId": "x", "object": {**each["object"], "dateUpdated": "x"}}
    ).encode(),
    "a wrapper": lambda each: json.dumps([{"json": each, "pairedItem": 0}]).encode(),
    "UTF-16": lambda each: json.dumps(each).encode("utf-16"),
    "the order of keys": lambda each: json.dumps(dict(reversed(each.items()))).encode(),
}


@pytest.mark.parametrize("around", AROUND)
def test_a_definition_that_is_saved_in_another_way(pull: Pull, around: str) -> None:
    pull()
    path = Path("objects/ticket.json")
    document = saved("ticket.json")
    path.write_bytes(AROUND[around](document))
    path.rename("objects/my tickets.json")
    before = state()
    assert pull() == (0, "", SAME)
    assert state() == before
    Path("objects/my tickets.json").write_bytes(AROUND[around](changed(document, label="Old")))
    assert pull() == (0, renamed("my tickets.json"), CHANGED)
    assert saved("my tickets.json") == document
    assert list(state()) == ["asset.json", "business.json", "my tickets.json"]


def test_the_other_answer_of_the_service(pull: Pull) -> None:
    """It has no object, and so does not say what a new record requires."""
    pull()
    document = saved("ticket.json")
    Path("objects/ticket.json").write_text(json.dumps({"fields": document["fields"], "folders": []}), "utf-8")
    assert pull() == (0, REQUIRED, CHANGED)
    assert saved("ticket.json") == document


def test_a_file_with_several_objects(pull: Pull) -> None:
    pull()
    both = [saved("asset.json"), saved("ticket.json")]
    for name in ("asset", "ticket"):
        Path(f"objects/{name}.json").unlink()
    Path("objects/all.json").write_text(json.dumps(both), "utf-8")
    before = state()
    assert pull() == (0, "", SAME)
    Path("objects/all.json").write_text(json.dumps([changed(both[0], label="Old"), both[1]]), "utf-8")
    edited = state()
    says = "recordlint: objects/all.json: holds more than custom_objects.asset; move the others to files of their own\n"
    assert pull() == (2, "", says)
    assert state() == edited
    assert list(before) == ["all.json", "business.json"]


@pytest.mark.parametrize("other", [{"mine": 1}, 5, {"object": {"key": "custom_objects.a"}}, {"fields": []}])
def test_a_file_with_something_else(pull: Pull, other: Any) -> None:
    """It may be all that is left of someone's work."""
    pull("--object", "custom_objects.ticket")
    Path("objects/ticket.json").write_text(json.dumps([changed(saved("ticket.json"), label="Old"), other]), "utf-8")
    before = state()
    says = "objects/ticket.json: holds more than custom_objects.ticket; move the others to files of their own"
    assert pull() == (2, "", f"recordlint: {says}\n")
    assert state() == before


def test_an_object_that_is_gone_from_a_file_with_others(pull: Pull) -> None:
    pull()
    old = json.loads(json.dumps(PET).replace("custom_object.pet", "custom_objects.old"))
    Path("objects/ticket.json").write_text(json.dumps([saved("ticket.json"), old]), "utf-8")
    status, _, err = pull("--check")
    name = "objects/ticket.json"
    says = f"{name} defines custom_objects.old, which the service does not have; delete it there"
    assert (status, err) == (1, f"recordlint: {says}\n")


def test_a_definition_with_faults_is_replaced(pull: Pull) -> None:
    pull()
    expected = state()["ticket.json"][0]
    document = saved("ticket.json")
    document["fields"][0].pop("dataType")
    Path("objects/ticket.json").write_text(json.dumps(document), "utf-8")
    assert pull() == (0, new("custom_objects.ticket"), CHANGED)
    assert state()["ticket.json"][0] == expected


@pytest.mark.parametrize(
    "data", [b"<<<<<<< HEAD", b"{}", b"", json.dumps(BUSINESS).encode().replace(b"business", b"custom_objects.b")]
)
def test_a_file_in_the_way(pull: Pull, data: bytes) -> None:
    Path("objects").mkdir()
    Path("objects/ticket.json").write_bytes(data)
    reason = "is in the way, because it does not define custom_objects.ticket; move it, or delete it"
    assert pull() == (2, "", f"recordlint: objects/ticket.json: {reason}\n")
    assert [(name, each[0]) for name, each in state().items()] == [("ticket.json", data)]


def test_an_object_that_is_gone(pull: Pull) -> None:
    pull()
    Path("objects/old.json").write_text(json.dumps(PET).replace("custom_object.pet", "custom_objects.old"), "utf-8")
    before = state()
    says = "recordlint: objects/old.json defines custom_objects.old, which the service does not have; delete the file\n"
    assert pull("--check") == (1, GONE, says)
    assert pull() == (0, GONE, says + SAME)
    assert pull("--object", "business") == (
        0,
        "",
        "recordlint: fetched 1 object for objects: 0 new, 0 changed, 1 up to date\n",
    )
    assert state() == before


def test_some_objects(pull: Pull) -> None:
    done = pull("--object", "custom_objects.ticket", "--object", "business", "--object", "business", "-o", "a/b")
    assert done == (
        0,
        new("custom_objects.ticket", "a/b") + new("business", "a/b"),
        "recordlint: fetched 2 objects for a/b: 2 new, 0 changed, 0 up to date\n",
    )
    assert list(state(Path("a/b"))) == ["business.json", "ticket.json"]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("custom_objects.tickte", "did you mean custom_objects.ticket?"),
        ("ticket", "did you mean custom_objects.ticket?"),
        ("contact", "use custom_objects.asset, business or custom_objects.ticket"),
        ("../x\x1b", "use custom_objects.asset, business or custom_objects.ticket"),
    ],
)
def test_an_object_that_is_not_there(pull: Pull, key: str, hint: str) -> None:
    shown = key.replace("\x1b", "\\u001b")
    assert pull("--object", key) == (2, "", f"recordlint: the location 'loc1' has no object '{shown}'; {hint}\n")
    assert not Path("objects").exists()


def test_the_same_object_twice_in_the_folder(pull: Pull) -> None:
    pull()
    shutil.copy("objects/ticket.json", "objects/a.json")
    says = "custom_objects.ticket is defined twice, here and in objects/a.json; keep only one"
    assert pull() == (2, "", f"recordlint: objects/ticket.json: {says}\n")


def test_a_folder_that_is_a_file(pull: Pull) -> None:
    Path("objects").write_text("x")
    assert pull() == (2, "", "recordlint: objects: is a file, and a folder is needed there\n")


def test_the_published_spelling_of_a_key(pull: Pull) -> None:
    with bad_server(answer({"objects": [{"key": "custom_object.pet"}]}), answer(PET)) as server:
        assert pull(url=server.url)[:2] == (0, new("custom_objects.pet"))
    assert list(state()) == ["pet.json"]


def test_the_limit_of_requests_is_told(pull: Pull, tmp_path: Path) -> None:
    limited = Sandbox(Validator.from_path(str(OBJECTS)).checkers, rate_limit=1)
    try:
        status, out, err = pull("--timeout", "5", url=limited.url)
    finally:
        limited.stop()
    says = "the service asks to wait 10 seconds, and --timeout is 5 seconds"
    assert (status, out, err) == (
        2,
        "",
        f"recordlint: {says}; run the command again later, or give a longer --timeout\n",
    )


def test_a_token_file(pull: Pull, monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.delenv("RECORDLINT_TOKEN")
    says = "recordlint: no token: set RECORDLINT_TOKEN, or name a file with --token-file\n"
    assert pull() == (2, "", says)
    gone = "recordlint: the file of --token-file cannot be read: no such file or directory\n"
    assert pull("--token-file", TOKEN) == (2, "", gone)
    Path("token").write_text(f"{TOKEN}\n")
    assert pull("--token-file", "token") == (0, NEW, NEW_SUMMARY)
    assert all(traces(TOKEN, path.read_text()) == [] for path in Path("objects").iterdir())


class Panic(BaseException):
    """As libraries in Rust raise it."""


@pytest.mark.parametrize("kind", [RuntimeError, Panic])
def test_a_fault_of_ours_shows_no_token(pull: Pull, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise kind(f"Bearer {TOKEN}")

    monkeypatch.setattr("recordlint.definitions.fetching.pulling.read_answer", fail)
    status, out, err = pull()
    assert (status, out) == (3, "")
    assert err.startswith(f"recordlint: a fault of recordlint, not of your files: {kind.__name__} at test_pull.py:")
    assert traces(TOKEN, err) == []


def test_a_file_that_is_written_in_the_meantime(pull: Pull) -> None:
    def save(connection: socket.socket) -> None:
        Path("objects/pet.json").write_text("mine")
        connection.sendall(answer(PET))

    Path("objects").mkdir()
    says = "objects/pet.json: is in the way, because it does not define custom_objects.pet; move it, or delete it"
    with bad_server(answer({"objects": [{"key": "custom_object.pet"}]}), save) as server:
        assert pull(url=server.url) == (2, "", f"recordlint: {says}\n")
    assert Path("objects/pet.json").read_text() == "mine"


def test_a_full_disk(pull: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    pull("--object", "business")
    before = state()

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert pull()[::2] == (2, "recordlint: objects/asset.json: cannot be written: no space left on device\n")
    assert state() == before
