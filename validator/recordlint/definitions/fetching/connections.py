"""Sentences for connections that fail, and the URLs that may be connected to. Only what imports httpx imports this."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import ssl
from typing import Final
from urllib.request import getproxies, proxy_bypass

import httpx

from recordlint.errors import UsageError
from recordlint.files.paths import reason

_LOOPBACK: Final = "localhost"
_LARGEST_PORT: Final = 65535


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
        # Reading the host decodes it, which fails for a name such as xn--.
        is_whole = url.scheme in ("http", "https") and is_host and url.host != "" and has_port(url)
    except (httpx.InvalidURL, ValueError):
        is_whole = False
    if not is_whole:
        raise UsageError("--base-url takes a URL such as https://services.leadconnectorhq.com")
    if url.userinfo or url.query or url.fragment or "?" in text or "#" in text:
        raise UsageError("--base-url takes a URL without a name, a password, a query or a fragment")
    if url.scheme == "http" and not _is_this_machine(url.host):
        raise UsageError(f"{url.host} would get the token unencrypted; write https:// in --base-url")
    return str(url).rstrip("/")


def has_port(url: httpx.URL) -> bool:
    """Whether a URL has a port that exists, or none."""
    return url.port is None or 0 < url.port <= _LARGEST_PORT


def proxy_for(where: str) -> str:
    """The proxy of the environment that is between here and the service; empty if there is none.

    Args:
        where: the base URL.
    """
    proxies = getproxies()
    proxy = proxies.get("https") or proxies.get("all") or ""
    is_used = where.startswith("https:") and not proxy_bypass(httpx.URL(where).host)
    return proxy if is_used else ""


def verify_proxy(where: str) -> None:
    """See that the proxy can be connected to: httpx takes any number for its port.

    Raises:
        ValueError: it cannot.
        httpx.InvalidURL: it is no URL.
    """
    proxy = proxy_for(where)
    if proxy and not has_port(httpx.URL(proxy if "://" in proxy else f"http://{proxy}")):
        raise ValueError("no such port")


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
        return f"{where} says nothing for too long; run the command again later"
    if isinstance(error, httpx.ConnectError):
        why = f": {_reason(cause)}" if cause else ""
        if proxy_for(where):
            return (
                f"{where} cannot be reached through the proxy{why}; correct HTTPS_PROXY, or name the host in NO_PROXY"
            )
        return f"{where} cannot be reached{why}; correct --base-url, or look whether there is a network"
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.CloseError | httpx.WriteError):
        return (
            f"{where} ends the connection before its answer is whole, or does not speak HTTP; "
            "run the command again, or correct --base-url"
        )
    return f"{where} cannot be asked; correct --base-url"


def _reason(cause: OSError) -> str:
    """What the operating system says; asyncio puts words of its own around it, with the address."""
    if isinstance(cause, ssl.SSLError):
        # Its text names a line of OpenSSL; its reason is a word such as WRONG_VERSION_NUMBER.
        return f"TLS fails with {cause.reason.replace('_', ' ').lower()}" if cause.reason else "TLS fails"
    if cause.errno is None or isinstance(cause, socket.gaierror):
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
