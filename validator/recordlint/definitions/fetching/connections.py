"""Sentences for connections that fail, and the URLs that may be connected to. Only what imports httpx imports this."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import ssl
from typing import Final

import httpx

from recordlint.errors import UsageError
from recordlint.files.paths import reason

_LOOPBACK: Final = "localhost"


def base_url(text: str) -> str:
    """The base URL to ask, without a slash at its end.

    Raises:
        UsageError: it is no URL, or the token would travel unprotected.

    Example:
        >>> base_url("https://services.leadconnectorhq.com/")
        'https://services.leadconnectorhq.com'
    """
    try:
        url = httpx.URL(text)
        is_host = re.fullmatch(rb"[A-Za-z0-9._:-]+", url.raw_host) is not None
        is_whole = url.scheme in ("http", "https") and is_host
    except (httpx.InvalidURL, ValueError):
        is_whole = False
    if not is_whole:
        raise UsageError("--base-url takes a URL such as https://services.leadconnectorhq.com")
    if url.userinfo or url.query or url.fragment or "?" in text or "#" in text:
        raise UsageError("--base-url takes a URL without a name, a password, a query or a fragment")
    if url.scheme == "http" and not _is_this_machine(url.host):
        raise UsageError(f"{url.host} would get the token unencrypted; write https:// in --base-url")
    return str(url).rstrip("/")


def _is_this_machine(host: str) -> bool:
    """Whether a host is a loopback address, or the name of one."""
    if host == _LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def why_not(where: str, error: httpx.HTTPError) -> str:
    """Why a request brings no answer, and what to do about it. The text of the error is never shown.

    Args:
        where: the base URL.
        error: what httpx raises.
    """
    cause = _cause(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return (
            f"the certificate of {where} is not trusted: {cause.verify_message}; "
            "name the certificates to trust in SSL_CERT_FILE, or correct --base-url"
        )
    if isinstance(error, httpx.ProxyError):
        return f"the proxy refuses to connect to {where}; correct HTTPS_PROXY, or name the host in NO_PROXY"
    if isinstance(error, httpx.ConnectTimeout | httpx.ReadTimeout | httpx.WriteTimeout | httpx.PoolTimeout):
        return f"{where} says nothing for too long; run the command again, or give a longer --timeout"
    if isinstance(error, httpx.ConnectError):
        why = f": {_reason(cause)}" if cause else ""
        return f"{where} cannot be reached{why}; correct --base-url, or look whether there is a network"
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.CloseError | httpx.WriteError):
        return f"{where} ends the connection before its answer is whole; run the command again"
    return f"{where} cannot be asked; correct --base-url"


def _reason(cause: OSError) -> str:
    """What the operating system says; asyncio puts words of its own around it, with the address."""
    if cause.errno is None or isinstance(cause, socket.gaierror | ssl.SSLError):
        return reason(cause)
    return os.strerror(cause.errno).lower()


def is_lasting(error: httpx.HTTPError) -> bool:
    """Whether the next attempt fails the same way."""
    cause = _cause(error)
    if isinstance(cause, socket.gaierror):
        return cause.errno == socket.EAI_NONAME
    is_certain = isinstance(error, httpx.ProxyError | httpx.UnsupportedProtocol | httpx.LocalProtocolError)
    return is_certain or isinstance(cause, ssl.SSLCertVerificationError)


def _cause(error: BaseException) -> OSError | None:
    """The first error behind another that comes from the operating system or from TLS, and says why."""
    seen: BaseException | None = error
    while seen is not None and not (isinstance(seen, OSError) and seen.strerror):
        # A group has one error for each address of the host.
        behind = seen.exceptions[0] if isinstance(seen, BaseExceptionGroup) else seen.__cause__
        seen = behind or seen.__context__
    return seen
