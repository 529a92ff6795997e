"""recordlint pull with wrong options: nothing is asked, nothing is written, and no option shows the token."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from command_folder import ENVIRONMENT
from recordlint.cli import run
from token_traces import traces

TOKEN = "pit-2f61c0de-77aa-4b3c-9d10-0b1c2d3e4f5a"

Pull = Callable[..., tuple[int, str, str]]


@pytest.fixture
def pull(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Pull:
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECORDLINT_TOKEN", TOKEN)

    def pulled(*options: str) -> tuple[int, str, str]:
        status = run(["pull", "--location", "loc1", "--base-url", "http://127.0.0.1:1", *options])
        out, err = capfd.readouterr()
        assert list(tmp_path.iterdir()) == []
        return status, out, err

    return pulled


TIMEOUT = "--timeout takes a number of seconds above 0, and at most 86,400"
PLACE = "--location takes the id of a location, such as ve9EPM428h8vShlRW1KT"
WHOLE = "--base-url takes a URL such as https://services.leadconnectorhq.com"
BARE = "--base-url takes a URL without a name, a password, a query or a fragment"
OPEN = "{} would get the token unencrypted; write https:// in --base-url"
WRONG = [
    (("--base-url", "http://example.com"), OPEN.format("example.com")),
    (("--base-url", "http://127.0.0.1.example.com"), OPEN.format("127.0.0.1.example.com")),
    (("--base-url", "http://0x7f000001.example"), OPEN.format("0x7f000001.example")),
    (("--base-url", "example.com"), WHOLE),
    (("--base-url", "ftp://example.com"), WHOLE),
    (("--base-url", "https://["), WHOLE),
    (("--base-url", "https://xn--"), WHOLE),
    (("--base-url", "https://example.com:99999"), WHOLE),
    (("--base-url", "https://127.0.0.1:0"), WHOLE),
    (("--base-url", "https://me:secret@example.com"), BARE),
    (("--base-url", "https://example.com/?a=b"), BARE),
    *[
        ((each, f"https://example.com/{TOKEN}"), f"{each} holds the token, which is a secret; correct {each}")
        for each in ("--base-url", "--location", "--object", "--output", "--api-version", "--timeout")
    ],
]


@pytest.mark.parametrize(("options", "says"), WRONG)
def test_wrong_options(pull: Pull, options: tuple[str, ...], says: str) -> None:
    status, out, err = pull(*options)
    assert (status, out, err) == (2, "", f"recordlint: {says}\n")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((TOKEN,), "pull takes no arguments beside its options; the token is never one of them"),
        *[(("--location", each), PLACE) for each in ("", " ", "a b", "ü", "\udcff", "x" * 201)],
        (("--output", ""), "--output takes the name of a folder, such as objects"),
        (("--api-version", "1\n2"), "--api-version takes a version such as 2021-07-28"),
        (("--api-version", "ü"), "--api-version takes a version such as 2021-07-28"),
        *[((f"--timeout={each}",), TIMEOUT) for each in ("0", "-1", "nan", "inf", "86401", "soon")],
    ],
)
def test_wrong_usage(pull: Pull, options: tuple[str, ...], says: str) -> None:
    status, out, err = pull(*options)
    assert (status, out) == (2, "")
    assert err.endswith(f"Error: {says}\n")
    assert traces(TOKEN, err) == []


def test_without_the_extra() -> None:
    code = """
import sys, importlib.util
from recordlint import cli
importlib.util.find_spec = lambda name: None
sys.exit(cli.run(["pull", "--location", "x"]))
"""
    done = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "recordlint: pull needs httpx: pip install 'recordlint[pull]'\n")


@pytest.mark.parametrize("options", [("--token", TOKEN), (f"--token={TOKEN}",)])
def test_there_is_no_option_for_the_token(pull: Pull, options: tuple[str, ...]) -> None:
    status, out, err = pull(*options)
    assert (status, out) == (2, "")
    # Its marks differ between versions of click.
    assert re.search(r"\nError: No such option:? '?--token'?\.? Did you mean '?--token-file'?\?\n$", err)
    assert traces(TOKEN, err) == []
