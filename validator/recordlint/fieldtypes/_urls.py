"""What is wrong with the URL of a file, by RFC 3986 and by what the service can reach; no words and no hints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

from recordlint.contract.spec_files import read_spec
from recordlint.fieldtypes._hosts import is_literal, is_reachable
from recordlint.fieldtypes._patterns import Match, compiled, whole, within
from recordlint.problems.named_tuples import new

FILE: Final = "field-types/file_upload.json"
LARGEST_PORT: Final = 65_535
BLANK: Final = "[\x00- \x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
"""White space and control characters, of Unicode too."""
SECOND: Final = r"(?i)[,;|]+(?=https?://)"
"""What stands between two URLs in one text."""
SECOND_BEHIND_BLANK: Final = rf"(?i)[,;|]*{BLANK}+[,;|]*{BLANK}*(?=https?://)"

_PARTS: Final = r"(?s)([^:/?#]+://)([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?"
_HOST_AND_PORT: Final = r"(?s)(\[.*\]|[^:]*)(:.*)?"
_ENCODED: Final = "%[0-9A-Fa-f]{2}"
_USER: Final = rf"[A-Za-z0-9._~!$&'()*+,;=:-]|{_ENCODED}"
_NAME: Final = rf"[A-Za-z0-9._~!$&'()*+,;=-]|{_ENCODED}"
_PATH: Final = rf"[A-Za-z0-9._~!$&'()*+,;=:@/-]|{_ENCODED}"
_QUERY: Final = rf"[A-Za-z0-9._~!$&'()*+,;=:@/?-]|{_ENCODED}"
_USUAL_HOST: Final = r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,8}"
"""Most hosts, which can be reached; `localhost` has nine letters."""
_USUAL: Final = (
    rf"{_USUAL_HOST}(?:/(?:[A-Za-z0-9._~/-]++|%[0-9A-Fa-f]{{2}})*+)?"
    r"(?:\?(?:[A-Za-z0-9._~/=&+-]++|%[0-9A-Fa-f]{2})*+)?"
)
"""Most URLs, with which nothing is wrong."""
_EVERYWHERE: Final = r"[A-Za-z0-9._~!$&'()*+,;=:/?-]*"
"""What is allowed in every part where it can stand."""

Kind = Literal["blank", "form", "second", "character", "literal", "port", "unreachable"]


class Fault(NamedTuple):
    """One thing that is wrong with a URL."""

    kind: Kind
    character: str = ""
    """The one that is not allowed, for `blank` and `character`."""
    in_host: bool = False

    @property
    def is_one_url(self) -> bool:
        """Whether the rest of the URL can be judged all the same."""
        return self.kind not in ("blank", "form", "second")

    @property
    def is_error(self) -> bool:
        """Whether the contract's schema refuses the URL for it."""
        return self.kind in ("blank", "form")


_NO_URL: Final = (Fault("form"),)
_SEVERAL: Final = (Fault("second"),)


class Parts(NamedTuple):
    """A URL in pieces that make it up again; each but the host has its delimiter."""

    scheme: str
    user: str
    host: str
    port: str
    path: str
    query: str
    fragment: str


def split(url: str) -> Parts | None:
    """The parts of a URL with a host, as RFC 3986, appendix B, has them."""
    match = whole(_PARTS)(url)
    if not match:
        return None
    user, at, host = match[2].rpartition("@")
    ends = whole(_HOST_AND_PORT)(host) if ":" in host else None
    host, port = (ends[1], ends[2] or "") if ends else (host, "")
    return new(Parts, (match[1], user + at, host, port, match[3], match[4] or "", match[5] or ""))


def faults(url: str, *, is_added: bool) -> Sequence[Fault]:
    """What is wrong with a URL; where it stands to be removed, whether its host can be reached does not matter."""
    if whole(_USUAL)(url):
        return ()
    if not _form()(url) or "\n" in url:
        blank = within(BLANK)(url)
        return (new(Fault, ("blank", blank[0], False)),) if blank else _NO_URL
    if "://" in url[len("https://") :] and within(SECOND)(url):
        return _SEVERAL
    return tuple(_faults_of_parts(url, is_added=is_added))


@cache
def _form() -> Match:
    return within(read_spec(FILE)["$defs"]["url"]["pattern"])


@cache
def _usual_host() -> Match:
    return compiled(f"{_USUAL_HOST}(?=[/?#]|$)").match


def _faults_of_parts(url: str, *, is_added: bool) -> Iterator[Fault]:
    usual = _usual_host()(url)
    if usual:
        path, _, fragment = url[usual.end() :].partition("#")
        path, _, query = path.partition("?")
        yield from _wrong_character([(path, _PATH), (query, _QUERY), (fragment, _QUERY)])
        return
    parts = split(url)
    if parts is None:
        return
    if not whole(_EVERYWHERE)(url):
        name = "" if parts.host.startswith("[") else parts.host
        pieces = [(parts.user[:-1], _USER), (name, _NAME), (parts.path, _PATH)]
        yield from _wrong_character([*pieces, (parts.query[1:], _QUERY), (parts.fragment[1:], _QUERY)])
    if parts.host.startswith("[") and not is_literal(parts.host):
        yield Fault("literal")
    port = parts.port[1:].lstrip("0")
    if port and (len(port) > len(str(LARGEST_PORT)) or int(port) > LARGEST_PORT):
        yield Fault("port")
    is_name = parts.host.startswith("[") or _allowed(_NAME)(parts.host).end() == len(parts.host)
    if is_added and is_name and not is_reachable(parts.host):
        yield Fault("unreachable")


def _wrong_character(pieces: Iterable[tuple[str, str]]) -> Sequence[Fault]:
    """The first character that RFC 3986 does not allow where it stands.

    Args:
        pieces: the parts of a URL, in its order, each with what it may have.
    """
    for text, allowed in pieces:
        end = _allowed(allowed)(text).end() if text else 0
        if end < len(text):
            return (new(Fault, ("character", text[end], allowed == _NAME)),)
    return ()


def encoded(parts: Parts, host: str) -> str:
    """The URL with this host, and with what RFC 3986 does not allow in the other parts percent-encoded."""
    return "".join(
        [
            parts.scheme,
            _encoded(parts.user[:-1], _USER) + parts.user[-1:],
            host + parts.port,
            _encoded(parts.path, _PATH),
            parts.query[:1] + _encoded(parts.query[1:], _QUERY),
            parts.fragment[:1] + _encoded(parts.fragment[1:], _QUERY),
        ]
    )


def _encoded(text: str, allowed: str) -> str:
    if _allowed(allowed)(text).end() == len(text):
        return text
    from urllib.parse import quote

    return compiled(f"(?s)((?:{allowed})+)|.").sub(lambda match: match[1] or quote(match[0], safe=""), text)


@cache
def _allowed(characters: str) -> Callable[[str], re.Match[str]]:
    """Matches the beginning of a text, as far as it has only these characters."""
    return compiled(f"(?:{characters})*").match  # type: ignore[return-value] # it may be empty, so that it is there
