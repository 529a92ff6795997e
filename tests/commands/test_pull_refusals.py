"""recordlint pull with a server that answers as badly as it can: a sentence, exit status 2, and no file touched."""

from __future__ import annotations

import gzip
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bad_server import Act, answer, bad_server
from fixture_files import OBJECTS, ROOT
from recordlint.cli import run
from recordlint.definitions.fetching import client, waits
from recordlint.jsontext.parse import is_json
from token_traces import SPELLINGS, traces

TOKEN = "pit-2f61c0de-77aa-4b3c-9d10-0b1c2d3e4f5a"
CASES = json.loads((ROOT / "tests/data/pull_refusals.json").read_text("utf-8"))
TICKET = json.loads((OBJECTS / "ticket.json").read_bytes())
LIST = answer({"objects": [{"key": "custom_objects.ticket", "standard": False}], "traceId": "x"})
RIGHT = answer(TICKET)
CUT = (
    "URL ends the connection before its answer is whole, or does not speak HTTP; "
    "run the command again, or correct --base-url"
)
LARGE = "the answer is larger than 16 MiB, and no definition is; correct --base-url"
SILENT = "URL does not answer everything within 0.5 seconds; run the command again, or give a longer --timeout"
AGAIN = "the service fails with {}; run the command again later"

Pull = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "FIRST", 0.001)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def pull(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Pull]:
    """Run the command in a folder with definitions; the folder and all output are looked through for the token."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECORDLINT_TOKEN", TOKEN)
    shutil.copytree(OBJECTS, tmp_path / "objects")
    shown: list[str] = []

    def pulled(url: str, *options: str) -> tuple[int, str, str]:
        status = run(["pull", "--location", "loc1", "--base-url", url, *options])
        captured = capfd.readouterr()
        shown.extend((captured.out, captured.err))
        return status, captured.out, captured.err.replace(url, "URL")

    yield pulled
    assert [traces(TOKEN, each) for each in shown if traces(TOKEN, each)] == []
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or traces(TOKEN, path.read_text("utf-8")) == []


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def refused(pull: Pull, *acts: Act, options: tuple[str, ...] = ("--timeout", "9")) -> str:
    """What is said on standard error; nothing else may have happened."""
    before = files(Path())
    with bad_server(*acts) as server:
        status, out, err = pull(server.url, *options)
    assert (status, out, files(Path())) == (2, "", before)
    return err


@pytest.mark.parametrize("first", [(), (LIST,)], ids=["the list", "an object"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_refusal(pull: Pull, case: dict[str, Any], first: tuple[Act, ...]) -> None:
    bad = answer(case["body"], case["status"], **case.get("headers", {}))
    path = "/objects/custom_objects.ticket" if first else "/objects/"
    assert refused(pull, *first, bad) == f"recordlint: {case['says']}\n".replace("PATH", path)


def again(trouble: str) -> list[str]:
    seconds = ["0 seconds"] * 4  # they are thousandths here
    return [f"recordlint: {trouble.partition(';')[0]}; trying again in {each}\n" for each in seconds]


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 520, 522, 524, 529, 599])
@pytest.mark.parametrize("is_page", [False, True], ids=["JSON", "a page"])
def test_a_failure_again_and_again(pull: Pull, status: int, is_page: bool) -> None:
    """The networks before the service have statuses and pages of their own, and the service fails all the same."""
    page = answer("<html>Bad gateway</html>", status, Content_Type="text/html")
    bad = page if is_page else answer({"statusCode": status, "message": "Internal error"}, status)
    trouble = AGAIN.format(status if is_page else f"{status}: 'Internal error'")
    assert refused(pull, LIST, bad) == "".join([*again(trouble), f"recordlint: {trouble}\n"])


def test_too_many_requests_with_a_page(pull: Pull) -> None:
    trouble = "the service answers 429, too many requests; run the command again later"
    bad = answer("<html>slow down", 429, Content_Type="text/html")
    assert refused(pull, bad) == "".join([*again(trouble), f"recordlint: {trouble}\n"])


def test_it_waits_even_if_it_is_asked_not_to(pull: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "FIRST", 0.1)
    past = answer("", 429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT")
    says = refused(pull, answer("", 429, Retry_After="0"), past, answer("", 403)).splitlines()
    assert [each.rpartition(" in ")[2] for each in says[:2]] == ["0.1 seconds", "0.2 seconds"]


def test_too_many_requests_again_and_again(pull: Pull) -> None:
    trouble = "the service answers 429, too many requests: 'Too Many Requests'; run the command again later"
    bad = answer({"message": "Too Many Requests"}, 429)
    assert refused(pull, bad) == "".join([*again(trouble), f"recordlint: {trouble}\n"])


GONE = (
    "objects/asset.json: breaking[object-gone]: custom_objects.asset has no definition any more\n"
    "    = hint: take its payloads out, or save its definition again\n"
)


def test_a_failure_that_passes(pull: Pull) -> None:
    acts = [answer("", 429, Retry_After="0"), LIST, answer("", 503), answer("", 500), RIGHT]
    with bad_server(*acts) as server:
        status, out, err = pull(server.url)
    assert (status, out) == (0, GONE)
    assert err == (
        "recordlint: the service answers 429, too many requests; trying again in 0 seconds\n"
        "recordlint: the service fails with 503; trying again in 0 seconds\n"
        "recordlint: the service fails with 500; trying again in 0 seconds\n"
        "recordlint: objects/asset.json defines custom_objects.asset, which the service does not have; "
        "delete the file\n"
        "recordlint: fetched 1 object for objects: 0 new, 0 changed, 1 up to date\n"
    )
    assert len(server.requests) == 5


def test_it_waits_as_long_as_it_is_asked_to(pull: Pull) -> None:
    start = time.monotonic()
    with bad_server(answer("", 429, Retry_After="1"), LIST, RIGHT) as server:
        assert pull(server.url)[0] == 0
    assert time.monotonic() - start >= 1


def cut_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Ty")


def cut_body(connection: socket.socket) -> None:
    connection.sendall(RIGHT[:-50])


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def no_http(connection: socket.socket) -> None:
    connection.sendall(b"SSH-2.0-OpenSSH_9.9\r\n")


def long_header(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1_000_000)


@pytest.mark.parametrize("act", [cut_head, cut_body, reset, no_http, long_header], ids=lambda act: act.__name__)
def test_a_connection_that_ends(pull: Pull, act: Act) -> None:
    assert refused(pull, LIST, act) == "".join([*again(CUT), f"recordlint: {CUT}\n"])


def silent(connection: socket.socket) -> None:
    connection.recv(1)


def slow_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        connection.sendall(b"x")
        time.sleep(0.05)


def slow_body(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.05)


def endless_continue(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


@pytest.mark.parametrize("act", [silent, slow_head, slow_body, endless_continue], ids=lambda act: act.__name__)
def test_a_server_that_takes_its_time(pull: Pull, act: Act) -> None:
    assert refused(pull, LIST, act, options=("--timeout", "0.5")) == f"recordlint: {SILENT}\n"


def test_a_name_server_that_takes_its_time(pull: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(2))
    status, _, err = pull("https://service.example.com", "--timeout", "0.5")
    assert (status, err) == (2, f"recordlint: {SILENT}\n")


def without_end(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n{")
    for _ in range(2048):
        connection.sendall(b" " * 2**20)


def gzip_bomb(connection: socket.socket) -> None:
    packed = gzip.compress(b" " * 2**27)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed) * 32}\r\n\r\n"
    connection.sendall(head.encode() + packed * 32)


@pytest.mark.parametrize("act", [without_end, gzip_bomb], ids=lambda act: act.__name__)
def test_an_answer_of_two_gigabytes(pull: Pull, act: Act) -> None:
    assert refused(pull, LIST, act, options=()) == f"recordlint: {LARGE}\n"


def test_a_packed_answer(pull: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    data = gzip.compress(json.dumps(TICKET).encode())
    with bad_server(answer(b"\xef\xbb\xbf" + LIST.partition(b"\r\n\r\n")[2]), RIGHT) as server:
        assert pull(server.url)[0] == 0
    with bad_server(LIST, answer(data, Content_Encoding="gzip")) as server:
        assert pull(server.url)[0] == 0
    half = answer(data[: len(data) // 2], Content_Encoding="gzip")
    says = "URL answers with JSON that is cut short or damaged; run the command again"
    assert refused(pull, LIST, half) == f"recordlint: {says}\n"
    monkeypatch.setattr(client, "LARGEST", 2**20)
    exact = json.dumps(TICKET).encode().ljust(2**20)
    with bad_server(LIST, answer(exact)) as server:
        assert pull(server.url)[0] == 0
    for headers in ({}, {"Content_Encoding": "gzip"}):
        larger = gzip.compress(exact + b" ") if headers else exact + b" "
        assert "larger than 1 MiB" in refused(pull, LIST, answer(larger, **headers))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_token_that_is_repeated(pull: Pull, spelling: str) -> None:
    """In what is refused, in text, in the place of a redirect, and in a definition."""
    spelled = SPELLINGS[spelling](TOKEN)
    assert traces(TOKEN, spelled)
    refused(pull, answer({"message": f"no such token: {spelled}"}, 401))
    refused(pull, answer({"message": f"{'x' * 150} {spelled}"}, 403))
    refused(pull, answer(f"Authorization: Bearer {spelled}", 400))
    refused(pull, answer(f"GET /\r\nAuthorization: Bearer {spelled}", 200, Content_Type="text/plain"))
    if "\0" in spelled:
        return
    if spelled.isprintable():
        place = f"https://example.com/?token={spelled}".encode().decode("latin-1")
        refused(pull, answer("", 302, Location=place))
    if "half" in spelling:
        return
    text = json.dumps({**TICKET, "object": {**TICKET["object"], "description": "HERE"}})
    says = "URL repeats the token in its answer, so nothing is saved; correct --base-url"
    for written in (spelled, json.dumps(spelled)[1:-1]):
        if is_json(text.replace("HERE", written).encode()):
            assert refused(pull, LIST, answer(text.replace("HERE", written))) == f"recordlint: {says}\n"


ODD_LISTS = [
    ({"objects": 5}, "URL answers without a list of objects; correct --base-url"),
    ({"statusCode": 401, "message": "x"}, "URL answers without a list of objects; correct --base-url"),
    ({"objects": [5]}, "the service lists an object without a key; run the command again"),
    ({"objects": [{"key": None}]}, "the service lists an object without a key; run the command again"),
    (
        {"objects": [{"key": "custom_objects.../../etc/passwd", "standard": False}]},
        "the service lists 'custom_objects.../../etc/passwd', which is no key of an object; correct --base-url",
    ),
    (
        {"objects": [{"key": "contact", "standard": True}, {"key": "opportunity"}]},
        "the service lists neither custom objects nor business for the location 'loc1'; correct --location",
    ),
    (
        {"objects": []},
        "the service lists neither custom objects nor business for the location 'loc1'; correct --location",
    ),
]


@pytest.mark.parametrize(("value", "says"), ODD_LISTS)
def test_an_odd_list(pull: Pull, value: Any, says: str) -> None:
    assert refused(pull, answer(value)) == f"recordlint: {says}\n"


def test_definitions_that_cannot_be_used(pull: Pull) -> None:
    both = answer({"objects": [{"key": f"custom_objects.{each}"} for each in ("asset", "ticket", "pet")]})
    pet = {"object": {"key": "custom_objects.pet"}, "fields": [{"fieldKey": "custom_objects.pet.name"}]}
    assert refused(pull, both, answer({"object": {"key": "custom_objects.asset"}}), RIGHT, answer(pet)) == (
        "recordlint: nothing is written, because a definition cannot be used; name the other objects with --object\n"
        "recordlint: GET /objects/custom_objects.asset: the answer has no list of fields; run the command again later\n"
        "recordlint: GET /objects/custom_objects.pet: custom_objects.pet.name: has no dataType\n"
    )


def test_the_definition_of_another_object(pull: Pull) -> None:
    both = answer({"objects": [{"key": "custom_objects.pet"}]})
    err = refused(pull, both, RIGHT).splitlines()[1]
    assert err == "recordlint: GET /objects/custom_objects.pet: the answer defines custom_objects.ticket instead"


def test_what_is_asked(pull: Pull) -> None:
    with bad_server(LIST, RIGHT) as server:
        pull(f"{server.url}/", "--api-version", "v3", "--location", "a&b=c%d")
    first, second = [each.split("\r\n") for each in server.requests]
    assert first[0] == "GET /objects/?locationId=a%26b%3Dc%25d HTTP/1.1"
    assert second[0] == "GET /objects/custom_objects.ticket?locationId=a%26b%3Dc%25d&fetchProperties=true HTTP/1.1"
    for head in (first, second):
        assert {"Accept: application/json", f"Authorization: Bearer {TOKEN}", "Version: v3"} <= set(head)


def test_no_proxy_reads_what_is_not_encrypted(pull: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    with bad_server(answer("", 500)) as proxy, bad_server(LIST, RIGHT) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert pull(server.url)[0] == 0
    assert proxy.requests == []


def test_a_proxy_tunnels_and_never_gets_the_token(pull: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    says = "the proxy refuses to connect to URL; correct HTTPS_PROXY, or name the host in NO_PROXY"
    with bad_server(answer("<html>no", 403)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        status, _, err = pull("https://service.example.com")
    assert (status, err) == (2, f"recordlint: {says}\n")
    (head,) = proxy.requests
    assert head.startswith("CONNECT service.example.com:443 ")
    assert traces(TOKEN, head) == []


@pytest.mark.parametrize(
    "proxy", ["socks5://127.0.0.1:1", "ftp://127.0.0.1", "://", "http://127.0.0.1:99999", "127.0.0.1:0"]
)
def test_a_proxy_that_cannot_be_used(pull: Pull, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    says = (
        "the proxy of the environment cannot be used; write the URL of an HTTP proxy to HTTPS_PROXY or ALL_PROXY, "
        "and names of hosts to NO_PROXY"
    )
    status, _, err = pull("https://service.example.com")
    assert (status, err) == (2, f"recordlint: {says}\n")


def test_certificates_that_are_none(pull: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("company.pem").write_text("-----BEGIN CERTIFICATE-----\nx\n")
    monkeypatch.setenv("SSL_CERT_FILE", "company.pem")
    says = "a file of the environment for TLS cannot be used; correct SSL_CERT_FILE, SSL_CERT_DIR or SSLKEYLOGFILE"
    status, _, err = pull("https://127.0.0.1:1")
    assert (status, err) == (2, f"recordlint: {says}\n")


def test_a_port_that_nobody_listens_on(pull: Pull) -> None:
    with bad_server(LIST) as server:
        url = server.url
    trouble = "URL cannot be reached: connection refused; correct --base-url, or look whether there is a network"
    status, _, err = pull(url)
    assert (status, err) == (2, "".join([*again(trouble), f"recordlint: {trouble}\n"]))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl here")
def test_a_certificate_that_is_not_trusted(
    pull: Pull, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("certificate")
    names = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    request = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names)
    subprocess.run(
        [*request, "-keyout", "key.pem", "-out", "certificate.pem"], cwd=folder, check=True, capture_output=True
    )
    certificate = (folder / "certificate.pem", folder / "key.pem")
    with bad_server(LIST, RIGHT, certificate=certificate) as server:
        status, _, err = pull(server.url)
        assert (status, err) == (
            2,
            "recordlint: the certificate of URL is not trusted: self-signed certificate; "
            "name the certificates to trust in SSL_CERT_FILE, or correct --base-url\n",
        )
        assert server.requests == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        assert pull(server.url)[0] == 0
