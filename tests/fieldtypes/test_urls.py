"""URLs beside what browsers read in them, and those that the clean schema takes without a closer look."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bodies import URLS, thorough
from field_values import VALIDATOR
from internals import body_checker
from recordlint.fieldtypes import _urls
from recordlint.fieldtypes._file_endings import KINDS_OF_FILE, accepted_endings, is_accepted, spellings
from recordlint.fieldtypes._url_problems import _invisible
from recordlint.fieldtypes._urls import faults

HREFS = """
const urls = JSON.parse(require("fs").readFileSync(0));
const href = (url) => { try { return new URL(url).href } catch { return null } };
console.log(JSON.stringify(urls.map(href)));
"""
"""The URLs as browsers read them, by Node's implementation of the WHATWG's standard."""

RIGHT = (
    *("https://example.com", "https://example.com/", "http://example.com/a.pdf", "https://example.com/a/b/c"),
    *("https://example.com/a.pdf?x=1&y=a%20b", "https://example.com/a.pdf#page=2", "https://example.com:8443/a.pdf"),
    *("https://example.com?x", "https://example.com#x", "https://a-b.example.co.uk/~user/(a)/;v=1,2/!$&'*+=:@"),
    *("https://example.com/%C3%BC.pdf", "https://xn--bcher-kva.example/a", "https://my_files.s3.example.com/a"),
    *("https://example.com/redirect/https://example.org/a", "https://example.com/?to=https://example.org/?x=1"),
    *("https://example.com//a//b", "https://example.com/.well-known/a", "https://[2606:4700::1111]/a.pdf"),
    *("https://[2a00:1450:4001:80b::200e]:443/a?b#c", "https://[2606:4700:0:0:0:0:0:1111]", "https://a.b/c.pdf"),
    *("https://example.l", "https://example.link/a", "https://example.com:65535/", "https://example.com:0080/"),
)


def hrefs(urls: Sequence[str]) -> list[str | None]:
    done = subprocess.run(["node", "-e", HREFS], input=json.dumps(urls), capture_output=True, text=True, check=True)
    read: list[str | None] = json.loads(done.stdout)
    return read


@pytest.mark.parametrize("url", RIGHT)
@pytest.mark.parametrize("field", ["files", "any"])
def test_right_urls_are_clean(field: str, url: str) -> None:
    body = {"properties": {field: {"add": [{"url": url}]}}}
    assert body_checker(VALIDATOR).is_clean(body)
    assert list(faults(url, is_added=True)) == []


def test_right_urls_are_urls_to_browsers() -> None:
    assert None not in hrefs(RIGHT)


PIECES = (
    *(
        "https://example.com",
        "http://u:p@example.com:80",
        "https://bücher.example",
        "/",
        "/a b",
        "%",
        "%20",
        "%zz",
        "?",
    ),
    *("#", "[", "]", "{", "}", "|", "^", "`", '"', "<", ">", "ü", "\xa0", "é.pdf", "a.pdf", "..", "&x=", "'", "€", "@"),
)
ANY_URL = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["a.b", "a-b.example", "localhost", "a.localhost", "10.0.0.1", "a_b.c", "a.b:80", "a.b:", "u@a.b"]),
    st.sampled_from(["", "/", "/c.pdf", "/c.exe", "/c.tar.gz", "/.exe", "/c.d/e", "//x.jpeg", "/ü", "/a:/b.exe"]),
    st.sampled_from(["", "?", "?x=.pdf", "?x=/y.exe", "#", "#/z.exe", "?a#b.pdf", "?[", "#<"]),
)
MADE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)


@pytest.mark.slow
@thorough(0.1)
@given(st.lists(st.one_of(MADE, URLS), min_size=40, max_size=40))
def test_a_rewritten_url_is_the_same_to_browsers(urls: list[str]) -> None:
    fixed = {}
    for url in urls:
        text = json.dumps({"properties": {"any": {"add": [{"url": url}]}}})
        after = json.loads(VALIDATOR.check_json(text).fixed(unsafe=True))["properties"]["any"]["add"][0]["url"]
        if after != url and not _invisible(url):
            fixed[url] = after
    # Only browsers leave % alone where no digits follow it; a server reads the two alike.
    before, after = hrefs([url.strip() for url in fixed]), hrefs(list(fixed.values()))
    for url, one, other in zip(fixed, before, after, strict=True):
        assert other is not None
        assert _plain(one) == _plain(other), (url, fixed[url])


@given(st.one_of(MADE, URLS, st.from_regex(_urls._USUAL), ANY_URL), st.booleans())
@example("https://example.com.:1/a", True)
@example("https://a.localhost/c.pdf", True)
@example("http://a.example,http://b.example", True)
def test_of_a_usual_host_the_same_is_said(url: str, is_added: bool) -> None:
    """A quick look at most URLs, and at most hosts, says what the close look says."""
    quick = faults(url, is_added=is_added)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_urls, "_USUAL", "(?!)")
        patch.setattr(_urls, "_usual_host", lambda: re.compile("(?!)").match)
        assert faults(url, is_added=is_added) == quick


@given(ANY_URL | MADE, st.sampled_from([("pdf",), ("jpg", "tar.gz"), ("png", "PDF")]))
@example("https://host://b.exe", ("pdf",))
@example("https://a.exe", ("pdf",))
@example("https://a.b/c.exe?d.pdf", ("pdf",))
@example("https://a.b/.exe", ("pdf",))
def test_the_ending_is_that_of_the_path(url: str, formats: tuple[str, ...]) -> None:
    endings = accepted_endings(formats)
    if faults(url, is_added=True):
        return
    name = urlsplit(url).path.rpartition("/")[2].lower()
    stem, _, ending = name.rpartition(".")
    says_no_kind = not stem or ending not in KINDS_OF_FILE
    assert is_accepted(url, endings) == (
        says_no_kind or name.endswith(tuple(f".{each}" for each in spellings(endings)))
    )


def _plain(href: str | None) -> str:
    from urllib.parse import unquote

    return unquote(href or "")


@pytest.mark.parametrize("path", ["a" * 20_000, "a/" * 10_000, "?" + "a=b&" * 5_000, "%20" * 7_000, "a%20" * 5_000])
def test_a_long_url_takes_no_longer_than_it_is_long(path: str) -> None:
    """A pattern that tries each way to divide a text never ends here."""
    assert [each.kind for each in faults(f"https://a.example/{path} ", is_added=True)] == ["blank"]
