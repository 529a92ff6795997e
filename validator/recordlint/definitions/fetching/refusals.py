"""Sentences for what the service answers instead of definitions: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, NamedTuple

from recordlint.definitions.fetching.access_token import Token
from recordlint.definitions.fetching.waits import may_pass
from recordlint.jsontext.parse import Unreadable, read_json
from recordlint.wording.phrases import quoted

SCOPE: Final = "objects/schema.readonly"
"""The scope that a token needs to read definitions."""
LONGEST: Final = 200
"""Characters of the service's words that are shown."""


class Asked(NamedTuple):
    """What is asked of whom: what the sentences name."""

    base_url: str
    location: str
    api_version: str
    token: Token


class Answered(NamedTuple):
    """An answer: its status, its headers by names in lower case, and its body, perhaps only the beginning."""

    path: str
    """Of the URL that was asked."""
    status: int
    headers: Mapping[str, str]
    body: bytes


def refusal(asked: Asked, answered: Answered) -> str:
    """Why an answer with another status than 200 is none, and what to do about it.

    Args:
        asked: what the sentence names. The token is never in it.
        answered: the answer.

    Example:
        `the token has no access to the location 'x'; use a token of this location, or correct --location`
    """
    status = answered.status
    if 300 <= status < 400:
        place = answered.headers.get("location", "")
        to = f" to {shown(asked.token, place)}" if place else ""
        return (
            f"{asked.base_url} redirects{to}, and the token is sent to no other place; "
            "correct --base-url, or sign in to the network first"
        )
    if status == HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED:
        return "the network asks for a login; sign in to it, and run the command again"
    is_page = is_html(answered)
    if is_page and not may_pass(status) and status != HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return f"{asked.base_url} {_html(status)}"
    words = "" if is_page else _words(answered.body)
    spoken = f": {shown(asked.token, words)}" if words else ""
    if status == HTTPStatus.UNAUTHORIZED:
        return _unauthorized(asked, words, spoken)
    if status == HTTPStatus.FORBIDDEN:
        location = quoted(asked.location)
        return (
            f"the token has no access to the location {location}{spoken}; "
            "use a token of this location, or correct --location"
        )
    if status == HTTPStatus.NOT_FOUND:
        return f"the service answers 404 to {answered.path}{spoken}; correct --base-url, --location or --object"
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return f"a proxy asks for a name and a password{spoken}; write them into HTTPS_PROXY"
    if status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY):
        return f"the service refuses the request with {status}{spoken}; correct --location"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return f"the service answers 429, too many requests{spoken}; run the command again later"
    if status == HTTPStatus.REQUEST_TIMEOUT or status >= 500:
        return f"the service fails with {status}{spoken}; run the command again later"
    return f"the service answers {status}{spoken}, and a definition comes with 200; correct --base-url"


def _unauthorized(asked: Asked, words: str, spoken: str) -> str:
    """The three reasons for a 401 that were observed."""
    lower = words.lower()
    if "version header" in lower:
        version = quoted(asked.api_version)
        return f"the service does not take the API version {version}{spoken}; use --api-version 2021-07-28"
    if "scope" in lower:
        return f"the token lacks the scope {SCOPE}{spoken}; add it to the Private Integration in HighLevel's settings"
    return (
        f"the service does not take the token{spoken}; copy the token of the Private Integration again, "
        "or make a new one if it has expired"
    )


def not_an_answer(asked: Asked, answered: Answered) -> str:
    """Why the body of an answer with the status 200 is no JSON object, and what to do about it."""
    if is_html(answered):
        return f"{asked.base_url} {_html(answered.status)}"
    if not answered.body.strip():
        return f"{asked.base_url} answers nothing at all; run the command again, or correct --base-url"
    if answered.body.lstrip()[:1] in (b"{", b"["):
        return f"{asked.base_url} answers with JSON that is cut short or damaged; run the command again"
    return f"{asked.base_url} answers with text that is not JSON; correct --base-url, or the settings of the proxy"


def is_html(answered: Answered) -> bool:
    """Whether an answer is a page for people."""
    kind = answered.headers.get("content-type", "").lower()
    return kind.startswith(("text/html", "application/xhtml")) or answered.body.lstrip()[:1] == b"<"


def shown(token: Token, text: str) -> str:
    """Words of a server in single quotes: short, on one line, safe to show, and without the token."""
    return quoted(short(token, text))


def short(token: Token, text: str, longest: int = LONGEST) -> str:
    """A text on one line, without the token, and of no more characters than `longest`."""
    # A piece of the token may begin before the end that is shown.
    hidden = " ".join(token.hide(text[: 4 * longest]).split())
    return hidden if len(hidden) <= longest else f"{hidden[:longest]}…"


def said(token: Token, value: object) -> str:
    """What an answer says in words, as the end of a part of a sentence; empty if it says nothing.

    Example:
        >>> said(Token("pit-0123456789"), {"message": "Not found"})
        ": 'Not found'"
    """
    words = _words_of(value)
    return f": {shown(token, words)}" if words else ""


def _html(status: int) -> str:
    return (
        f"answers {status} with a web page instead of JSON, as proxies and firewalls do; "
        "correct --base-url, or the settings of the proxy"
    )


def _words(body: bytes) -> str:
    """What the service says in the body of a refusal; the body itself if it is not JSON."""
    try:
        return _words_of(read_json(body))
    except Unreadable:
        return body.decode("utf-8", "replace")


def _words_of(value: object) -> str:
    """What the service says in a parsed refusal."""
    words = value.get("message", value.get("error")) if isinstance(value, dict) else None
    if isinstance(words, list):
        return "; ".join(map(str, words))
    return words if isinstance(words, str) else ""
