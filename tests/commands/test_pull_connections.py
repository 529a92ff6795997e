"""recordlint pull where no connection is made: the sentence names what stands in the way."""

from __future__ import annotations

import contextlib
import errno
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from recordlint.cli import run
from recordlint.definitions.fetching import waits

Pull = Callable[[str], str]


@pytest.fixture
def pull(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Pull:
    """Run the command where it fails; the last line of standard error, without the URL."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECORDLINT_TOKEN", "pit-2f61c0de-77aa-4b3c-9d10-0b1c2d3e4f5a")
    monkeypatch.setattr(waits, "FIRST", 0.001)
    for name in ("HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)

    def pulled(url: str) -> str:
        assert run(["pull", "--location", "loc1", "--base-url", url, "--timeout", "9"]) == 2
        out, err = capfd.readouterr()
        assert (out, list(tmp_path.iterdir())) == ("", [])
        return err.replace(url, "URL").splitlines()[-1].removeprefix("recordlint: ")

    return pulled


@pytest.mark.parametrize("where", ["asyncio.new_event_loop", "httpx.AsyncClient.stream"])
def test_an_error_of_the_system(pull: Pull, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Its own text may hold anything, and is not shown."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOBUFS, "Bearer pit-2f61c0de")

    monkeypatch.setattr(where, fail)
    assert pull("http://127.0.0.1:1") == "URL cannot be asked: no buffer space available; run the command again"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def test_a_proxy_that_cannot_be_reached(pull: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"https://127.0.0.1:{free_port()}"
    behind = "URL cannot be reached through the proxy: {}; correct HTTPS_PROXY, or name the host in NO_PROXY"
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret@127.0.0.1:{free_port()}")
    assert pull(url) == behind.format("connection refused")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    direct = "URL cannot be reached: connection refused; correct --base-url, or look whether there is a network"
    assert pull(url) == direct


@pytest.mark.parametrize("names", ["[::1]", "fe80::/10", "a,xn--,[::1]:80"])
def test_hosts_without_a_proxy_that_are_none(pull: Pull, monkeypatch: pytest.MonkeyPatch, names: str) -> None:
    monkeypatch.setenv("NO_PROXY", names)
    assert pull("https://service.example.com").endswith("and names of hosts to NO_PROXY")


def test_a_file_of_keys_that_cannot_be_written(pull: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", "there/is/no/folder")
    assert pull("https://service.example.com").endswith("correct SSL_CERT_FILE, SSL_CERT_DIR or SSLKEYLOGFILE")


def test_a_server_without_tls(pull: Pull) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"https://127.0.0.1:{listening.getsockname()[1]}"
        thread = threading.Thread(target=_greet, args=(listening,), daemon=True)
        thread.start()
        says = pull(url)
    wrong = "URL cannot be reached: TLS fails with wrong version number; "
    assert says == f"{wrong}correct --base-url, or look whether there is a network"


def _greet(listening: socket.socket) -> None:
    """Answer each connection as a server does that expects no TLS."""
    with contextlib.suppress(OSError):
        while True:
            connection, _ = listening.accept()
            with connection:
                connection.recv(1024)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
