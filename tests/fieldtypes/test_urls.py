"""URLs beside what browsers read in them, and those that the clean schema takes without a closer look."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import URLS, thorough
from field_values import VALIDATOR
from internals import body_checker
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


def _plain(href: str | None) -> str:
    from urllib.parse import unquote

    return unquote(href or "")


@pytest.mark.parametrize("path", ["a" * 20_000, "a/" * 10_000, "?" + "a=b&" * 5_000, "%20" * 7_000, "a%20" * 5_000])
def test_a_long_url_takes_no_longer_than_it_is_long(path: str) -> None:
    """A pattern that tries each way to divide a text never ends here."""
    assert [each.kind for each in faults(f"https://a.example/{path} ", is_added=True)] == ["blank"]
